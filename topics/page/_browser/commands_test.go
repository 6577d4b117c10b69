package browser

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"klew/corpus"
	"klew/examples"
)

// cli is klew as a program, in a folder with a model and its page.
type cli struct {
	*testing.T
	program, folder string
}

// newCLI builds the program.
func newCLI(t *testing.T) *cli {
	t.Helper()
	k := &cli{t, filepath.Join(t.TempDir(), "klew"), t.TempDir()}
	if out, err := exec.Command("go", "build", "-o", k.program, "klew/cmd/klew").CombinedOutput(); err != nil {
		t.Fatalf("building klew: %v\n%s", err, out)
	}
	return k
}

// run is what a command prints.
func (k *cli) run(arguments ...string) []byte {
	k.Helper()
	c := exec.CommandContext(k.Context(), k.program, arguments...)
	c.Dir = k.folder
	out, err := c.Output()
	if err != nil {
		var ended *exec.ExitError
		errors.As(err, &ended)
		k.Fatalf("klew %s: %v\n%s", strings.Join(arguments, " "), err, ended.Stderr)
	}
	return out
}

// object is a row of a table that a command prints, with its numbers as they are written.
type object map[string]any

// text is a value as it is written, nothing if there is none.
func (o object) text(name string) string {
	if o[name] == nil {
		return ""
	}
	return fmt.Sprint(o[name])
}

func (o object) number(name string) float64 {
	x, _ := o[name].(json.Number).Float64()
	return x
}

func (o object) texts(name string) []string {
	list := []string{}
	for _, x := range o[name].([]any) {
		list = append(list, fmt.Sprint(x))
	}
	return list
}

// rows are those of a table below a name.
func (o object) rows(name string) (all []object) {
	for _, x := range o[name].([]any) {
		all = append(all, x.(map[string]any))
	}
	return all
}

// table is the table that a command prints, and sheet what else it does.
func (k *cli) table(arguments ...string) []object { k.Helper(); return decoded[[]object](k, arguments) }

func (k *cli) sheet(arguments ...string) object { k.Helper(); return decoded[object](k, arguments) }

func decoded[T any](k *cli, arguments []string) (value T) {
	k.Helper()
	d := json.NewDecoder(bytes.NewReader(k.run(append(arguments, "--format", "json")...)))
	d.UseNumber()
	if err := d.Decode(&value); err != nil {
		k.Fatalf("klew %s: %v", strings.Join(arguments, " "), err)
	}
	return value
}

// sheetOf is klew topic of the topic of a number.
func (k *cli) sheetOf(number string) object {
	return k.sheet("topic", "m.klew", number, "--words", "20", "--neighbours", "8", "--no-texts")
}

// collections are texts whose models are compared: the sample texts, and BBC News where the
// folder that SHARED names has it.
func collections(t *testing.T, compare func(t *testing.T, documents []corpus.Document, topics int)) {
	t.Run("demo", func(t *testing.T) {
		compare(t, opened(t, "demo", corpus.Options{Files: examples.Demo}), 8)
	})
	t.Run("BBC", func(t *testing.T) {
		path := filepath.Join(os.Getenv("SHARED"), "data", "bbc.tar.gz")
		if _, err := os.Stat(path); err != nil {
			t.Skip("SHARED names no folder with data/bbc.tar.gz in it")
		}
		compare(t, opened(t, path, corpus.Options{}), 20)
	})
}

func opened(t *testing.T, path string, o corpus.Options) []corpus.Document {
	t.Helper()
	c, err := corpus.Open([]string{path}, o)
	if err != nil {
		t.Fatal(err)
	}
	return slices.Collect(c.Documents(t.Context()))
}

// explored is a model that was edited, of texts with sections and dates, and its page with an
// older model and a sweep.
func explored(t *testing.T, documents []corpus.Document, topics int) (*cli, *tab) {
	t.Helper()
	found := chromium(t)
	k := newCLI(t)
	k.writeCSV(documents)
	n := strconv.Itoa(topics)
	k.run("fit", "texts.csv", "-k", n, "--halves", "2", "-o", "m.klew")
	k.run("fit", "texts.csv", "-k", strconv.Itoa(topics-2), "--seed", "2", "-o", "older.klew")
	k.run("edit", "m.klew", `rename 2 "the second, renamed"`, "drop "+n)
	k.run("sweep", "texts.csv", "-k", "2,"+n, "--seeds", "2", "--halves", "1", "-o", "sweep")
	k.run("view", "m.klew", "-o", "m.html", "--compare", "older.klew", "--sweep", "sweep", "--texts", "none")
	b := start(t, found, "file://"+filepath.Join(k.folder, "m.html"))
	b.do(chromedp.EmulateViewport(1280, 900), chromedp.Navigate(b.url))
	return k, b
}

// writeCSV writes texts with a section, which is their folder, and a date. One has a sign that
// was taken for another encoding, which the ledger tells.
func (k *cli) writeCSV(documents []corpus.Document) {
	k.Helper()
	var file bytes.Buffer
	w := csv.NewWriter(&file)
	w.Write([]string{"id", "section", "date", "text"})
	for j, d := range documents {
		text := d.Text
		if j == 3 {
			text += " It was sold for Â£600, they say, and nobody asked why."
		}
		w.Write([]string{strconv.Itoa(j), corpus.Value(d.Meta, corpus.Folder), fmt.Sprintf("%d-%02d-03", 2019+j%4, 1+j/4%12), text})
	}
	w.Flush()
	if err := os.WriteFile(filepath.Join(k.folder, "texts.csv"), file.Bytes(), 0o644); err != nil {
		k.Fatal(err)
	}
}

// grouped is how the page writes a whole number, with commas between thousands.
func grouped(whole string) string {
	for at := len(whole) - 3; at > 0; at -= 3 {
		whole = whole[:at] + "," + whole[at:]
	}
	return whole
}

// same compares what a view shows with what a command prints.
func (b *tab) same(what string, got, want []string) {
	b.Helper()
	for i := range max(len(got), len(want)) {
		if i >= len(got) || i >= len(want) || got[i] != want[i] {
			b.Errorf("%s: of %d and %d, the page has from number %d\n%q\nand the command\n%q", what, len(got), len(want), i, got[min(i, len(got)):min(i+8, len(got))], want[min(i, len(want)):min(i+8, len(want))])
			return
		}
	}
}

// texts are those of all elements that a selector finds, with those of their parts.
func (b *tab) texts(selector string) []string {
	b.Helper()
	return eval[[]string](b, fmt.Sprintf(`[...document.querySelectorAll(%q)].map(e => e.textContent.trim())`, selector))
}
