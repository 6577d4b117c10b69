package corpus

import (
	"strings"
	"testing"
	"testing/fstest"
)

// Segments come last: they have what their document has, and what repeats is gone.
func TestOrderOfStages(t *testing.T) {
	files := fstest.MapFS{
		"r/1999-a": {Data: []byte("one\ntwo\n")},
		"r/2000-b": {Data: []byte("one two")},
		"r/2001-c": {Data: []byte("two\nthree")},
	}
	c := open(t, Options{Files: files, MetaPath: "{year}-*", Segment: "lines", Dedupe: DedupeExact}, "r")
	var got []string
	for _, d := range gather(c) {
		got = append(got, strings.Join([]string{d.ID, d.Parent, d.Date, d.Text}, " "))
	}
	equal(t, "documents", got, []string{
		"r/1999-a#1 r/1999-a 1999 one", "r/1999-a#2 r/1999-a 1999 two",
		"r/2001-c#1 r/2001-c 2001 two", "r/2001-c#2 r/2001-c 2001 three",
	})
	equal(t, "ledger", told(c.Ledger()), []string{"r/2000-b|skipped|" + Duplicate + "|r/1999-a|1"})
	if c.Len() != 0 {
		t.Errorf("Len() = %d, though nobody knows how many segments will come", c.Len())
	}
}

// All faults are told at once.
func TestValidate(t *testing.T) {
	err := Options{Include: []string{"["}, MetaPath: "x", Segment: "pages", Dedupe: "maybe"}.Validate()
	for _, want := range []string{`"["`, `"x"`, `"pages"`, `"maybe": must be one of off, exact, near`} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want %s in it", err, want)
		}
	}
	if err := (Options{}).Validate(); err != nil {
		t.Error(err)
	}
}

func TestFields(t *testing.T) {
	d := Document{Meta: []Field{{Folder, "f"}, {DateField, "12/3/99"}, {"x", "y"}}, Date: "1999-03-12", Parent: "p"}
	want := []Field{{Folder, "f"}, {DateField, "1999-03-12"}, {"x", "y"}, {ParentField, "p"}}
	for i, f := range d.Fields() {
		if f != want[i] {
			t.Errorf("field %v, want %v", f, want[i])
		}
	}
	if d.Meta[1].Value != "12/3/99" {
		t.Error("the metadata changed")
	}
}

// Whatever is asked to be left out, each thing in a folder is a document or counted in the
// ledger. Archives and tables, whose names have endings, are always read: of those left out
// nobody knows what is in them.
func TestNothingLeftOutIsLost(t *testing.T) {
	for seed := range uint64(200) {
		tr := newTree(seed)
		for _, o := range []Options{{}, {Include: []string{"*[-~]", "/?x/**", "*.*"}}, {Dedupe: DedupeExact}, {Include: []string{"*x", "*.*"}, Dedupe: DedupeNear, MetaPath: "{a}/*"}} {
			o.Files = tr
			c := open(t, o, "r")
			n := len(gather(c))
			for _, e := range c.Ledger() {
				if e.Action() == "skipped" {
					n += e.number()
				}
			}
			if n != len(tr.reasons) {
				t.Fatalf("seed %d: %d documents and entries of %d things with %+v", seed, n, len(tr.reasons), o)
			}
		}
	}
}
