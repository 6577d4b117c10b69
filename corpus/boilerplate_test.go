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
			equal(t, "ledger", told(c.Ledger()), []string{"r/08|repaired|" + BoilerplateDropped + "|" + footer + "|12"})
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

// What many documents share is found wherever it stands in them.
func TestBoilerplateInTheMiddle(t *testing.T) {
	files := fstest.MapFS{}
	for i := range 60 {
		var text strings.Builder
		for j := range 200 {
			fmt.Fprintf(&text, "Line %s of article %s tells of boats.\n", inLetters(j), inLetters(i))
			if i%10 == 0 && j == 100 {
				text.WriteString(footer + "\n")
			}
		}
		files[fmt.Sprintf("r/%02d", i)] = &fstest.MapFile{Data: []byte(text.String())}
	}
	c := open(t, Options{Files: files, Boilerplate: BoilerplateDrop}, "r")
	for _, d := range gather(c) {
		if strings.Contains(d.Text, footer) || strings.Count(d.Text, "boats") != 200 {
			t.Errorf("%s has the footer, or lacks a line", d.ID)
		}
	}
	equal(t, "ledger", told(c.Ledger()), []string{"r/40|repaired|" + BoilerplateDropped + "|" + footer + "|6"})
}

// Passages are lines and the sentences of long ones, whatever they end with.
func TestPassages(t *testing.T) {
	long := strings.Repeat("wave after wave ", 8)
	for _, test := range []struct {
		text string
		want []string
	}{
		{"", nil},
		{"too short\n", nil},
		{"\n  A line of it.  \r\n\n\tAnother line. And more\n", []string{"A line of it.", "Another line. And more"}},
		{"Is it so? " + long + "it is! The last one.", []string{"Is it so?", long + "it is!", "The last one."}[1:]},
		{"Is it truly so? " + long + "it is! The last one. Not 3.5 of it", []string{"Is it truly so?", long + "it is!", "The last one. Not 3.5 of it"}},
		{long + "。すべての権利は留保されています。そうです。" + long, []string{long + "。", "すべての権利は留保されています。", "そうです。", strings.TrimSpace(long)}},
		{strings.Repeat("x", longestPassage+1) + "\nThe last line", []string{"The last line"}},
	} {
		var got []string
		eachPassage(test.text, func(from, to int) { got = append(got, test.text[from:to]) })
		if !slices.Equal(got, test.want) {
			t.Errorf("%q: passages %q, want %q", test.text, got, test.want)
		}
	}
}

// The hash goes by every byte, wherever it is.
func TestPassageHash(t *testing.T) {
	seen := map[uint64]string{}
	text := strings.Repeat("abcdefghijklmnopqrstuvw", 3)
	for n := shortestPassage; n < len(text); n++ {
		for at := -1; at < n; at++ {
			one := []byte(text[:n])
			if at >= 0 {
				one[at] ^= 1
			}
			h := passageHash(string(one))
			if other, there := seen[h]; there {
				t.Fatalf("%q and %q have one hash", one, other)
			}
			seen[h] = string(one)
		}
	}
}

// inLetters is a number without digits: lines that differ in those alone are the same.
func inLetters(n int) string {
	return strings.Map(func(r rune) rune { return r - '0' + 'a' }, fmt.Sprint(n))
}

// With far more different lines than the table holds, what is frequent is still found.
func TestManySharedLines(t *testing.T) {
	s := newShared()
	for i := range 40_000 {
		d := &Document{ID: fmt.Sprint(i), Text: fmt.Sprintf("the line number %s of all\nthe line number %s of all\n", inLetters(i/2*7), inLetters(i/2*11+1))}
		if i%3 == 0 {
			d.Text += footer + "\n"
		}
		s.add(d, appendPassages(nil, d.Text))
	}
	if len(s.slots) > 4096 {
		t.Errorf("the table has %d slots", len(s.slots))
	}
	entries := boilerplateEntries(s.boilerplate(), false)
	if len(entries) != 1 || entries[0].Detail != footer || entries[0].Files != 13_334 {
		t.Errorf("entries %v", entries)
	}
}

// One document of millions of lines makes no more room than the table has, and what comes
// before and behind it is found.
func TestEndlessDocument(t *testing.T) {
	s := newShared()
	few := &Document{ID: "few", Text: footer + "\nand another line\n"}
	for i := range 8 {
		s.add(few, appendPassages(nil, few.Text))
		if i == 3 {
			many := make([]uint64, 2*mostSlots)
			for i := range many {
				many[i] = uint64(i+1) * 0x9e3779b97f4a7c15
			}
			s.add(&Document{ID: "many"}, many)
		}
	}
	if found := s.boilerplate(); len(s.slots) != mostSlots || len(found) != 2 {
		t.Errorf("%d slots, %d lines found", len(s.slots), len(found))
	}
}

// Statements that programs repeat are no boilerplate, and licences, menus and addresses are.
func TestCodeIsNoBoilerplate(t *testing.T) {
	for text, want := range map[string]bool{
		"if err != nil {": true, "for e, i := range l.index {": true, "def self.parse(data) # once": true, "$VERBOSE = original_verbose": true,
		"r := fit(t, v, o)": true, "<div class=\"footer nav\">": true, "std::vector<int> all the things": true, "my_name and your_name": true,
		"require 'mail/utilities'": true, "\"math/rand/v2\"": true,
		"# All rights reserved.": false, "by the and/or of the 'and' or 'or' kind": false, "(c) 2024 ACME Newswire (London), all rights reserved": false, "Home | News | Sport | Contact us": false,
		"Write to us: news@acme.example, or see https://acme.example/?a=b": false, "* Redistributions in binary form must reproduce": false, "": false,
		"[Advertisement] Read more of our stories on the web": false,
	} {
		if got := isCode(text); got != want {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
}

// Lines that differ in their numbers alone are boilerplate as those that do not, and are left out
// with them.
func TestBoilerplateWithNumbers(t *testing.T) {
	files := fstest.MapFS{}
	for i := range 20 {
		text := fmt.Sprintf("Kelp of the %s shore\nPage %d of %d\nSent on %02d/%02d/2024 at %d:15 to 1,%03d readers of the log\n%s\n",
			strings.Repeat("x", i+1), i+1, 20+i, i+1, i%12+1, i, i*7, strings.Repeat("foam ", i+3))
		files[fmt.Sprintf("%02d.txt", i)] = &fstest.MapFile{Data: []byte(text)}
	}
	c, err := Open([]string{"."}, Options{Files: files, Boilerplate: BoilerplateDrop})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range gather(c) {
		if strings.Contains(d.Text, "Page") || strings.Contains(d.Text, "readers") || !strings.Contains(d.Text, "Kelp") || !strings.Contains(d.Text, "foam") {
			t.Errorf("%s keeps %q", d.ID, d.Text)
		}
	}
	var lines []string
	for _, e := range c.Ledger() {
		lines = append(lines, fmt.Sprintf("%s %d %s", e.Reason, e.Files, e.Detail))
	}
	want := []string{BoilerplateDropped + " 20 Page 5 of 24", BoilerplateDropped + " 20 Sent on 05/05/2024 at 4:15 to 1,028 readers of the log"}
	if !slices.Equal(lines, want) {
		t.Errorf("the ledger is %q, want %q", lines, want)
	}
}

// The hash of a passage depends on its words and not on its numbers.
func TestPassageHashOfNumbers(t *testing.T) {
	for _, pair := range [][2]string{
		{"Page 3 of 12 pages", "Page 117 of 9 pages"}, {"it costs 1,234.50 in all", "it costs 7 in all"}, {"12345678", "1234567890123"},
		{"at 9:05 on 03/04/2024", "at 10:15 on 3/4/1999"},
	} {
		if passageHash(pair[0]) != passageHash(pair[1]) {
			t.Errorf("%q and %q differ", pair[0], pair[1])
		}
	}
	for _, pair := range [][2]string{
		{"Page 3 of 12 pages", "Page 3 or 12 pages"}, {"the end. 12 of them", "the end 12 of them"}, {"kelp and foam", "kelp and foam 1"}, {"a/b/c/d/e/:", "a0b0c0d0e0:"},
	} {
		if passageHash(pair[0]) == passageHash(pair[1]) {
			t.Errorf("%q and %q are the same", pair[0], pair[1])
		}
	}
}
