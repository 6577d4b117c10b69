package corpus

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

const footer = "ACME Newswire, all rights reserved."

// articles are texts of which each second one ends with a footer: on a line of its own, or behind
// the last sentence of a long line.
func articles(n int, before string) fstest.MapFS {
	files := fstest.MapFS{}
	for i := range n {
		text := fmt.Sprintf("Article %c tells of a harbour.\nThe keeper of lamp %c slept through the storm, and nobody in the village heard the bell or saw the boat until the tide had gone.", 'a'+i%26, 'a'+i%26)
		if i%2 == 0 {
			text += before + footer
		}
		files[fmt.Sprintf("r/%02d", i)] = &fstest.MapFile{Data: []byte(text)}
	}
	return files
}

// What many documents share is told, and left out if asked; a word of it elsewhere stays.
func TestBoilerplate(t *testing.T) {
	for _, before := range []string{"\n", "\r\n\n  ", " "} {
		files := articles(24, before)
		files["r/99"] = &fstest.MapFile{Data: []byte("All rights are reserved, said the lawyer.\nACME is a firm, and this is another line.")}
		c := open(t, Options{Files: files}, "r")
		kept := gather(c)
		if i := slices.IndexFunc(c.Ledger(), func(e Entry) bool { return e.Reason == Boilerplate }); i < 0 || c.Ledger()[i].Files != 12 || c.Ledger()[i].Detail != footer || !c.Ledger()[i].Note {
			t.Errorf("%q: ledger %v", before, c.Ledger())
		}
		c = open(t, Options{Files: files, Boilerplate: BoilerplateDrop}, "r")
		for range 2 { // the corpus may be read again
			for i, d := range gather(c) {
				if want := strings.TrimSpace(strings.TrimSuffix(kept[i].Text, footer)); strings.TrimSpace(d.Text) != want {
					t.Errorf("%q: %s is %q, want %q", before, d.ID, d.Text, want)
				}
			}
			equal(t, "ledger", told(c.Ledger()), []string{"r/02|repaired|" + BoilerplateDropped + "|" + footer + "|12"})
		}
	}
}

// Four documents are too few to tell, a line of two words is no boilerplate, and no document is
// left out as a whole.
func TestWhatIsNoBoilerplate(t *testing.T) {
	few, short, whole := articles(8, "\n"), fstest.MapFS{}, fstest.MapFS{}
	for i := range 20 {
		short[fmt.Sprintf("r/%02d", i)] = &fstest.MapFile{Data: fmt.Appendf(nil, "Dear Sirs,\nletter of %c to the harbour master", 'a'+i)}
		whole[fmt.Sprintf("r/%02d", i)] = &fstest.MapFile{Data: []byte("Happy birthday to you.")}
	}
	for name, files := range map[string]fstest.MapFS{"few": few, "short": short, "whole": whole} {
		c := open(t, Options{Files: files, Boilerplate: BoilerplateDrop}, "r")
		for _, d := range gather(c) {
			if d.Text != string(files[d.ID].Data) {
				t.Errorf("%s: %s is %q", name, d.ID, d.Text)
			}
		}
	}
	twice := "The very same line.\nThe other same line here.\n"
	for i := range 10 {
		whole[fmt.Sprintf("r/%02d", i)] = &fstest.MapFile{Data: []byte(twice)}
	}
	for _, d := range gather(open(t, Options{Files: whole, Boilerplate: BoilerplateDrop}, "r")) {
		if strings.TrimSpace(d.Text) == "" {
			t.Errorf("%s is empty", d.ID)
		}
	}
}

// What stands in the middle of a long document is text, and is not looked at.
func TestPassagesOfLongTexts(t *testing.T) {
	line := func(i int) string { return fmt.Sprintf("line %d of the long text\n", i) }
	var text strings.Builder
	for i := range 1000 {
		text.WriteString(line(i))
	}
	all := passagesOf(text.String())
	for _, p := range all {
		if got := text.String()[p.from:p.to]; !strings.HasPrefix(got, "line ") || !strings.HasSuffix(got, "text") {
			t.Fatalf("a passage is %q", got)
		}
	}
	if n := len(all); n < 15 || n > 35 {
		t.Errorf("%d passages", n)
	}
	for i := range len(all) - 1 {
		if all[i].to > all[i+1].from {
			t.Fatal("passages overlap")
		}
	}
}

// With more repeated lines than the table holds, what is frequent is still found.
func TestManySharedLines(t *testing.T) {
	s := newShared()
	for i := range 40_000 {
		d := &Document{ID: fmt.Sprint(i), Text: fmt.Sprintf("the line number %d of all\nthe line number %d of all\n", i/2*7, i/2*11+1)}
		if i%3 == 0 {
			d.Text += footer + "\n"
		}
		s.add(d, passagesOf(d.Text))
	}
	entries := s.entries(false)
	if len(entries) != 1 || entries[0].Detail != footer || entries[0].Files < 13_000 || entries[0].Files > 13_335 {
		t.Errorf("entries %v", entries)
	}
}
