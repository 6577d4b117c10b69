package tables

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"klew/topics"

	"pgregory.net/rapid"
)

// Whatever names texts have, each format gives back all cells of all tables.
func TestRoundTrip(t *testing.T) {
	folder := t.TempDir()
	rapid.Check(t, func(r *rapid.T) {
		m := randomModel(r)
		for _, f := range Formats {
			checkRead(r, m, f, folder)
		}
	})
}

// A title of a million characters is intact.
func TestLongTitle(t *testing.T) {
	for _, f := range Formats {
		t.Run(string(f), func(t *testing.T) { checkRead(t, smallModel(), f, t.TempDir()) })
	}
}

// checkRead writes a model, reads it again, and compares. Files that are brought to disk, as
// Write does, would take a minute and a half.
func checkRead(t fataler, m *topics.Model, f Format, folder string) {
	t.Helper()
	e := &Export{Model: m, Format: f, Path: folder, Folder: true, AllTables: true}
	if f == SQLite {
		checkDatabase(t, e)
		return
	}
	var data [][]byte
	for _, f := range e.files() {
		var to bytes.Buffer
		if err := f.write(context.Background(), &to); err != nil {
			t.Fatalf("%s: %v", f.path, err)
		}
		data = append(data, to.Bytes())
	}
	switch f {
	case XLSX:
		sheets, _, err := readXLSX(data[0])
		if err != nil {
			t.Fatalf("xlsx: %v", err)
		}
		for _, want := range e.sheets() {
			same(t, "xlsx "+string(want.Name), *sheets[string(want.Name)], want, true)
		}
	case Npz:
		checkNpz(t, e, data[0])
	case MALLET:
		checkMALLET(t, m, data)
	case LDAvis:
		checkLDAvis(t, m, data[0])
	default:
		for n, name := range Names {
			want := e.table(name)
			g, blankIsNone, err := readFlat(f, data[n], want)
			if err != nil {
				t.Fatalf("%s %s: %v", f, name, err)
			}
			same(t, string(f)+" "+string(name), g, want, blankIsNone)
		}
	}
}

func checkDatabase(t fataler, e *Export) {
	t.Helper()
	if err := os.Remove(e.path()); err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatalf("%v", err)
	}
	if err := e.sqlite(context.Background(), e.path()); err != nil {
		t.Fatalf("sqlite: %v", err)
	}
	for _, name := range Names {
		g, err := readDatabase(e.path(), databaseTables[name])
		if err != nil {
			t.Fatalf("sqlite %s: %v", name, err)
		}
		want := e.table(name)
		if name == documentsName {
			want = Corpus(e.Model.Documents, "id")
		}
		same(t, "sqlite "+string(name), g, want, false)
	}
}

func readFlat(f Format, data []byte, t *Table) (g got, blankIsNone bool, err error) {
	switch f {
	case CSV:
		g, err = typed(readCSV(string(data)), t)
		return g, true, err
	case TSV:
		fields, err := readTSV(string(data))
		if err != nil {
			return g, false, err
		}
		g, err = typed(fields, t)
		return g, true, err
	case JSONLines:
		g, err = readJSON(data)
	case Parquet:
		g, err = readParquet(data)
	}
	return g, false, err
}

func checkNpz(t fataler, e *Export, data []byte) {
	t.Helper()
	arrays, err := readNpz(data)
	if err != nil {
		t.Fatalf("npz: %v", err)
	}
	m := e.Model
	for _, table := range []*Table{e.table(topicsName), Corpus(m.Documents, "count", "label"), e.table(termsName)} {
		for i, c := range table.Columns {
			checkColumn(t, arrays, table, c, i)
		}
	}
	headers := map[string]string{
		"W":           fmt.Sprintf("f4 False %d, %d", m.W.Items(), m.Topics()),
		"H":           fmt.Sprintf("f4 True %d, %d", m.Topics(), m.H.Items()),
		"proportions": fmt.Sprintf("f8 False %d, %d", m.H.Items(), m.Topics()),
		"share":       fmt.Sprintf("f8 False %d,", m.Topics()),
		"tokens":      fmt.Sprintf("i8 False %d,", len(m.Documents)),
	}
	for name, want := range headers {
		if got := arrays[name].header; got != want {
			t.Fatalf("npz %s: the header says %s, not %s", name, got, want)
		}
	}
	for j := range m.Documents {
		for k, p := range m.Proportions(j) {
			at := j*m.Topics() + k
			if arrays["proportions"].numbers[at] != p || arrays["H"].numbers[at] != m.Weights(j)[k] {
				t.Fatalf("npz: document %d has other topics", j)
			}
		}
	}
	for i := range m.W.Items() {
		for k := range m.Topics() {
			if arrays["W"].numbers[i*m.Topics()+k] != float64(m.W.Item(i)[k]) {
				t.Fatalf("npz: term %d has other weights", i)
			}
		}
	}
}

// checkColumn holds an array, or the two of long texts, against a column of a table.
func checkColumn(t fataler, arrays map[string]array, table *Table, c Column, i int) {
	t.Helper()
	texts := arrays[c.Name].texts
	if starts := arrays[c.Name+"_offsets"].numbers; starts != nil {
		whole := []byte{}
		for _, b := range arrays[c.Name+"_utf8"].numbers {
			whole = append(whole, byte(b))
		}
		for n := range len(starts) - 1 {
			texts = append(texts, string(whole[int(starts[n]):int(starts[n+1])]))
		}
	}
	n := 0
	for row := range table.Rows {
		switch numbers := arrays[c.Name].numbers; {
		case c.Kind.isText():
			if want := strings.TrimRight(row[i].asText(&c), "\x00"); n >= len(texts) || strings.TrimRight(texts[n], "\x00") != want {
				t.Fatalf("npz %s: row %d is not %.100q", c.Name, n, want)
			}
		case c.Kind == Whole && numbers[n] != float64(row[i].Whole), c.Kind == Number && !row[i].None && numbers[n] != row[i].Number:
			t.Fatalf("npz %s: row %d is %v, not %v", c.Name, n, numbers[n], row[i])
		}
		n++
	}
	if got := len(texts) + len(arrays[c.Name].numbers); got != n {
		t.Fatalf("npz %s: %d values for %d rows", c.Name, got, n)
	}
}

// The tables have what the model answers.
func TestTablesAreTheModels(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := randomModel(t)
		j := 0
		for row := range Documents(m, &m.DocumentTopics, DocumentOptions{}).Rows {
			for k, p := range m.Proportions(j) {
				if got := row[len(row)-m.Topics()+k].Number; got != p {
					t.Fatalf("document %d, topic %d: %v is not %v", j, k, got, p)
				}
			}
			j++
		}
		var words []topics.Ranked
		for k := range m.Topics() {
			words = append(words, topics.NewRanker(m).Top(k, math.MaxInt, topics.Probability, 0)...)
		}
		n := 0
		for row := range TopicTerms(m).Rows {
			if row[2].Text != clean(words[n].Term) || row[4].Number != words[n].Weight {
				t.Fatalf("row %d is %q with %v, and by probability comes %v", n, row[2].Text, row[4].Number, words[n])
			}
			n++
		}
		if n != len(words) {
			t.Fatalf("%d rows for %d keywords", n, len(words))
		}
	})
}

// The same model gives the same bytes, in every format.
func TestSameBytes(t *testing.T) {
	var files [2][][]byte
	for n := range files {
		for _, f := range Formats {
			e := &Export{Model: smallModel(), Format: f, Path: t.TempDir(), Folder: true}
			report, err := e.Write(context.Background())
			if err != nil {
				t.Fatal(err)
			}
			for _, path := range report.Files {
				files[n] = append(files[n], readFile(t, path))
			}
		}
	}
	for n := range files[0] {
		if !bytes.Equal(files[0][n], files[1][n]) {
			t.Errorf("file %d differs", n)
		}
	}
}

// Columns keep their names apart, also where a difference between large and small letters
// is none.
func TestColumnsHaveNamesOfTheirOwn(t *testing.T) {
	columns := fieldColumns([]string{"folder", "Date", "date", "tokens", "meta_tokens", "TOPIC_1", ""}, []string{"document", "tokens", "topic_1"})
	want := []string{"folder", "Date", "meta_date", "meta_tokens", "meta_meta_tokens", "meta_TOPIC_1", "meta_"}
	if got := namesOf(columns); !slices.Equal(got, want) {
		t.Errorf("%q is not %q", got, want)
	}
}

// What an earlier export has written is replaced, and nothing else.
func TestOnlyEarlierExportsAreReplaced(t *testing.T) {
	for _, f := range Formats {
		t.Run(string(f), func(t *testing.T) {
			e := &Export{Model: smallModel(), Format: f, Path: t.TempDir(), Folder: true}
			report, err := e.Write(context.Background())
			if err != nil {
				t.Fatal(err)
			}
			if err := e.Check(); err != nil {
				t.Errorf("after an export: %v", err)
			}
			for _, foreign := range []string{"my notes", "PK\x03\x04", "SQLite format 3\x00" + strings.Repeat("x", 100), `{"a": 1}`, "a,b\n1,2\n"} {
				for _, path := range report.Files {
					if err := os.WriteFile(path, []byte(foreign), 0o666); err != nil {
						t.Fatal(err)
					}
				}
				if err := e.Check(); err == nil || !strings.Contains(err.Error(), "not a table that klew wrote") {
					t.Errorf("over %q: %v", foreign, err)
				}
			}
		})
	}
}

// Each table as one file, packed and not, is known again, too.
func TestOneTable(t *testing.T) {
	for _, f := range []Format{CSV, TSV, JSONLines, Parquet} {
		for _, name := range Names {
			for _, packed := range []string{"", ".gz", ".zst"} {
				if packed != "" && f == Parquet {
					continue
				}
				e := &Export{Model: smallModel(), Format: f, Path: filepath.Join(t.TempDir(), "x"+f.endings()[0]+packed), Table: name}
				if _, err := e.Write(context.Background()); err != nil {
					t.Fatal(err)
				}
				if err := e.Check(); err != nil {
					t.Errorf("%s %s: %v", e.Path, name, err)
				}
				if got := FormatOf(e.Path); got != f {
					t.Errorf("%s is said to be of the format %q", e.Path, got)
				}
			}
		}
	}
}

// An export that ends early leaves no file, and none that is half done.
func TestInterrupted(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	for _, f := range Formats {
		folder := t.TempDir()
		e := &Export{Model: smallModel(), Format: f, Path: folder, Folder: true}
		report, err := e.Write(ctx)
		if err == nil {
			t.Errorf("%s: no error", f)
		}
		entries, err := os.ReadDir(folder)
		if err != nil {
			t.Fatal(err)
		}
		if len(entries) != len(report.Files) {
			t.Errorf("%s: %v is there, and %v is told of", f, entries, report.Files)
		}
	}
}

// What cannot be is an error before anything is written.
func TestCheck(t *testing.T) {
	folder := t.TempDir()
	in := func(name string) string { return filepath.Join(folder, name) }
	if err := os.WriteFile(in("file"), []byte("x"), 0o666); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		export Export
		says   string
	}{
		{Export{Format: "doc", Path: in("x")}, `format of tables "doc": must be one of csv, `},
		{Export{Format: CSV, Path: in("x"), Table: "chair"}, `table "chair": must be one of topics, `},
		{Export{Format: MALLET, Path: in("x")}, "name a folder"},
		{Export{Format: XLSX, Path: in("x.xlsx.gz")}, "packed already"},
		{Export{Format: CSV, Path: in("file"), Folder: true}, "cannot make the folder"},
		{Export{Format: CSV, Path: in("none/x.csv")}, "no such file or directory"},
	} {
		if err := c.export.Check(); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%v: %v does not say %q", c.export, err, c.says)
		}
	}
}

// A disk that is full is an error wherever that comes up, and not a shorter file.
func TestFullDisk(t *testing.T) {
	for _, f := range Formats {
		for _, file := range (&Export{Model: smallModel(), Format: f, Path: "x", Folder: true}).files() {
			if f == SQLite { // which writes files itself
				continue
			}
			var whole bytes.Buffer
			if err := file.write(context.Background(), &whole); err != nil {
				t.Fatal(err)
			}
			for _, room := range []int{0, 1, whole.Len() / 2, whole.Len() - 1} {
				if err := file.write(context.Background(), &disk{room}); !errors.Is(err, errFull) {
					t.Errorf("%s of %d bytes with room for %d: %v", file.path, whole.Len(), room, err)
				}
			}
		}
	}
}

var errFull = errors.New("the disk is full")

// disk has room for so many bytes.
type disk struct{ room int }

func (d *disk) Write(p []byte) (int, error) {
	if d.room -= len(p); d.room < 0 {
		return 0, errFull
	}
	return len(p), nil
}
