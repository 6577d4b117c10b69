package conllu

import (
	"fmt"
	"strings"
	"testing"
)

// row is a line of a word.
func row(id, form, lemma string) string {
	return strings.Join([]string{id, form, lemma, "X", "_", "_", "0", "root", "_", "_"}, "\t") + "\n"
}

func TestRead(t *testing.T) {
	mice, run := row("1", "mice", "mouse"), row("2", "ran", "run")
	tests := []struct{ name, text, want string }{
		{"a sentence", mice + run, "mouse run"},
		{"two, and a mark", "\ufeff# sent_id = a\n" + mice + run + "\n" + mice + "\n", "mouse run\nmouse"},
		{"paragraphs", "# newpar\n" + mice + "\n# newpar id = p2\n" + run + "\n" + mice, "mouse\n\nrun\nmouse"},
		{"documents", "# newdoc\n" + mice + "\n# newdoc id = b 2\n# meta::genre = news\n# text = mice\n" + run, "mouse | b 2 [genre news] run"},
		{"words in tokens, and words that are not there", row("1-2", "don't", "_") + row("1", "do", "do") + row("2", "n't", "not") + row("2.1", "run", "run"), "do not"},
		{"no lemma", row("1", "mice", "_") + row("2", "_", "_"), "mice _ (2 bare)"},
		{"line ends of Windows", strings.ReplaceAll(mice+run+"\n"+mice, "\n", "\r\n"), "mouse run\nmouse"},
		{"faults", mice + "2\tran\trun\n" + "x" + mice + run, "mouse run (2 faulty: line 2: 3 columns in place of 10, with tabs between)"},
		{"a comment that speaks of documents", "# newdocument\n# text = newdoc id = 1\n" + mice, "mouse"},
		{"faults alone", "mice run\n", " (1 faulty: line 1: 1 columns in place of 10, with tabs between)"},
		{"nothing", "# newdoc id = a\n\n", ""},
	}
	for _, test := range tests {
		var got []string
		err := Read(strings.NewReader(test.text), 1<<20, func(d Document) bool {
			got = append(got, show(d))
			return true
		})
		if all := strings.Join(got, " | "); err != nil || all != test.want {
			t.Errorf("%s: %q, %v, want %q", test.name, all, err, test.want)
		}
	}
}

func show(d Document) string {
	text := d.Text
	if len(d.Meta) > 0 {
		text = fmt.Sprintf("[%s %s] ", d.Meta[0][0], d.Meta[0][1]) + text
	}
	if d.ID != "" {
		text = d.ID + " " + text
	}
	if d.Bare > 0 {
		text += fmt.Sprintf(" (%d bare)", d.Bare)
	}
	if d.Faulty > 0 {
		text += fmt.Sprintf(" (%d faulty: %s)", d.Faulty, d.Fault)
	}
	return text
}

func TestReadStops(t *testing.T) {
	text := row("1", "mice", "mouse") + "# newdoc\n" + row("1", "mice", "mouse")
	n := 0
	if err := Read(strings.NewReader(text), 1<<20, func(Document) bool { n++; return false }); err != nil || n != 1 {
		t.Errorf("%d documents, %v", n, err)
	}
	for name, long := range map[string]string{"document": strings.Repeat(row("1", "mice", "mouse"), 9), "line": strings.Repeat("a", maxLine+1)} {
		if err := Read(strings.NewReader(long), 20, func(Document) bool { return true }); err == nil {
			t.Errorf("a %s that is too large was read", name)
		}
	}
}

func TestIs(t *testing.T) {
	for head, want := range map[string]bool{
		row("1", "mice", "mouse"):                            true,
		"# newdoc\n# a\n" + row("1-2", "don't", "_"):         true,
		row("0.1", "run", "run"):                             true,
		row("2", "mice", "mouse"):                            false,
		"id\ta\tb\tc\td\te\tf\tg\th\ti\n" + row("1", "", ""): false,
		"1\ta\tb\tc\td\te\tf\tg\th\ti\n":                     false,
		"# A heading\n\nWords.\n":                            false,
		"":                                                   false,
		"#":                                                  false,
	} {
		if Is([]byte(head)) != want {
			t.Errorf("%q: %v", head, !want)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add("# newdoc id = a\n# newpar\n" + row("1-2", "don't", "_") + row("1", "do", "do") + "\n# meta::a = b\n2\tx\n" + row("8.1", "a", "b"))
	f.Fuzz(func(t *testing.T, text string) {
		words, lines := 0, strings.Count(text, "\n")+1
		Is([]byte(text))
		Read(strings.NewReader(text), 1<<20, func(d Document) bool {
			if words += d.Words + d.Faulty; d.Words+d.Faulty == 0 {
				t.Error("an empty document")
			}
			return true
		})
		if words > lines {
			t.Errorf("%d words of %d lines", words, lines)
		}
	})
}
