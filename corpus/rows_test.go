package corpus

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"pgregory.net/rapid"
)

// Each row of a table is a document or a line of the ledger.
func TestEachRowIsAccountedFor(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		good, bad := []string{"lantern of the harbour", "kelp and sand, and foam", "ein \"altes\" Haus"}, 0
		rows := rapid.SliceOfN(rapid.IntRange(0, 5), 6, 40).Draw(t, "rows")
		var csv, lines strings.Builder
		var elements []string
		csv.WriteString("id;text\n")
		for i, kind := range rows {
			text := good[kind%len(good)]
			csvRow, element := fmt.Sprintf("%d;\"%s\"\n", i, strings.ReplaceAll(text, `"`, `""`)), fmt.Sprintf(`{"id":%d,"text":%q}`, i, text)
			if kind == 5 {
				csvRow, element = fmt.Sprintf("%d;x;y;z\n", i), fmt.Sprintf(`[%d]`, i)
				bad++
			}
			csv.WriteString(csvRow)
			lines.WriteString(element + "\n")
			elements = append(elements, element)
		}
		for name, text := range map[string]string{
			"t.csv": csv.String(), "t.tsv": strings.ReplaceAll(csv.String(), ";", "\t"), "t.jsonl": lines.String(), "t.json": "[" + strings.Join(elements, ",") + "]",
			"wrapped.json": `{"answers":[` + strings.Join(elements, ",") + `]}`,
		} {
			c, err := Open([]string{name}, Options{Files: fstest.MapFS{name: {Data: []byte(text)}}, TextColumns: []string{"text"}})
			if err != nil {
				t.Fatal(err)
			}
			documents := len(gather(c))
			entries := 0
			for _, e := range c.Ledger() {
				if e.Reason == BadRecord {
					entries++
				}
			}
			if documents+entries != len(rows) || entries != bad {
				t.Errorf("%s: %d documents and %d faults of %d rows with %d faults", name, documents, entries, len(rows), bad)
			}
		}
	})
}
