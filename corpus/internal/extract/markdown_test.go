package extract

import (
	"strings"
	"testing"
)

func TestMarkdown(t *testing.T) {
	runTable(t, Markdown, []extractTest{
		{"empty", "", ""},
		{"plain words", "one\ntwo\n\nthree", "one two\n\nthree"},
		{"headings", "# One\nTwo\n===\nthree #hash", "One\n\nTwo\n\nthree #hash"},
		{"emphasis", "*a* **b** _c_ f**oo**bar snake_case", "a b c foobar snake_case"},
		{"links", "[text](http://example.org 'title') <http://example.org>", "text http://example.org"},
		{"a picture", "![a cat](cat.png)", "a cat"},
		{"lists", "- one\n- two\n  1. three\n\nend", "one\ntwo\nthree\n\nend"},
		{"a table", "| A | B |\n|---|---|\n| 1 | *2* |", "A\tB\n1\t2"},
		{"a quotation", "> one\n> two", "one two"},
		{"code in a line stays", "call `Fit` twice", "call Fit twice"},
		{"code between fences goes", "a\n\n```go\nreturn x\n```\nb\n\n~~~\ny\n~~~", "a\n\nb"},
		{"indented text stays", "a\n\n    O rose\n    thou art", "a\n\nO rose\nthou art"},
		{"a note", "text[^1] more\n\n[^1]: the note", "text more\n\nthe note"},
		{"struck out", "a ~~b~~ c", "a c"},
		{"HTML", "a <b>b</b>\n\n<script>x</script>\n\n<div hidden>y</div>", "a b"},
		{"entities", "&copy; &lt;b&gt; \\*", "© <b> *"},
		{"a rule in front", "---\n\ntext", "text"},
	})
}

func TestMarkdownFrontMatter(t *testing.T) {
	tests := []struct {
		name, front string
		want        Text
	}{
		{"none", "", Text{}},
		{"YAML", "---\ntitle: \"The: Title\"\nauthor: Ada\ndate: 2024-03-17\nlang: en\n---\n",
			Text{Title: "The: Title", Author: "Ada", Date: "2024-03-17", Language: "en"}},
		{"ends with dots", "---\r\nTitle: T\r\n...\r\n", Text{Title: "T"}},
		{"TOML", "+++\ntitle = 'T'\nlanguage = \"de\"\n+++\n", Text{Title: "T", Language: "de"}},
		{"authors in a line", "---\nauthors: [Ada, \"Ben\"]\n---\n", Text{Author: "Ada; Ben"}},
		{"authors in lines", "---\nauthor:\n  - Ada\n  - Ben\nx:\n - y\n---\n", Text{Author: "Ada; Ben"}},
		{"behind a mark", "\ufeff---\ntitle: T\n---\n", Text{Title: "T"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := Markdown([]byte(test.front+"text"), noLimit)
			test.want.Body = "text"
			if err != nil || got != test.want {
				t.Errorf("got %+v, %v, want %+v", got, err, test.want)
			}
		})
	}
}

// No nesting takes more stack or time than there is.
func TestMarkdownDeep(t *testing.T) {
	const n = 20_000
	for _, unit := range []string{"> ", "- ", "1. ", "*", "_", "**a ", "[", "![", "`", "<b>", "<", "[^1]", "\\", "&", "|", "~", "(", "***a"} {
		for _, document := range []string{strings.Repeat(unit, n), strings.Repeat(unit, n) + "deep" + strings.Repeat(unit, n)} {
			text, err := Markdown([]byte(document), noLimit)
			if err == nil {
				checkForm(t, text)
			}
		}
	}
}

func FuzzMarkdown(f *testing.F) {
	addFixtures(f, "notebook.md")
	f.Add([]byte("+++\ntitle = 'x'\n+++\n> - a\n>   - b\n\n| a |\n|---|\n| b |\n\n```\nx\n```\n<b>[^1]\n\n[^1]: y"))
	fuzzReader(f, Markdown)
}

// Long Markdown is cut behind empty lines, and not between fences, and reads as in one piece.
func TestMarkdownInPieces(t *testing.T) {
	part := "# Kelp\n\nIt *drifts*\nin the sound.\n\n```\nreturn\n\nself\n```\n\n- foam\n- [gull](a.html)\n\n"
	long := strings.Repeat(part, pieceSize/len(part)+10)
	if end := pieceEnd([]byte(long)); end < pieceSize || end >= len(long) || end%len(part) == strings.Index(part, "self") {
		t.Errorf("a piece of %d bytes", end)
	}
	if unbroken := strings.Repeat("kelp\n", pieceSize); pieceEnd([]byte(unbroken)) > 2*pieceSize+5 {
		t.Error("a piece has no end")
	}
	got, err := Markdown([]byte(long), 1<<30)
	want, wantErr := rendered([]byte(long), 1<<30)
	if err != nil || wantErr != nil || strings.Join(strings.Fields(got.Body), " ") != strings.Join(strings.Fields(want.Body), " ") { // lists that a piece parts are two
		t.Errorf("%d bytes of text, %v; want %d, %v", len(got.Body), err, len(want.Body), wantErr)
	}
}
