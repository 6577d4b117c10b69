package browser

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"klew/corpus"
)

// A page is printed with its content.
func TestPrint(t *testing.T) {
	m, texts := demo(t)
	b := open(t, m, texts)
	for _, hash := range []string{"#/topics", "#/topic/1", "#/documents", "#/doc/0", "#/map", "#/tree", "#/trends", "#/fields", "#/evaluation", "#/model"} {
		b.visit(hash)
		pdf, err := chromedp.Run(b.ctx, chromedp.PrintToPDF())
		if err != nil || len(pdf) < 5000 {
			t.Errorf("%s: %d bytes, %v", hash, len(pdf), err)
		}
		if folder := os.Getenv("SHOTS"); folder != "" {
			name := filepath.Join(folder, "print-"+strings.Trim(strings.ReplaceAll(hash, "/", "-"), "#-")+".pdf")
			if err := os.WriteFile(name, pdf, 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	b.quiet("print")
}

// Documents is printed with all that are chosen, up to a bound, and says how many are left out;
// on the screen are those again that there were.
func TestPrintDocuments(t *testing.T) {
	var documents []corpus.Document
	for i := range 1200 {
		text := strings.Repeat([]string{"bees honey hive ", "train rail station ", "wolf forest moon "}[i%3], 1+i%4)
		documents = append(documents, corpus.Document{ID: fmt.Sprintf("d%04d", i), Text: text, Meta: []corpus.Field{{Name: "kind", Value: fmt.Sprint(i % 2)}}})
	}
	m, texts := fit(t, documents, 3)
	b := open(t, m, texts)
	for hash, want := range map[string][]string{
		"#/documents":                {"1000", "d0000", "d0999", "200 documents more"},
		"#/documents?sort=tokens":    {"1000", "d0003", "", "200 documents more"},
		"#/documents?f.kind=1":       {"600", "d0001", "d1199", ""},
		"#/documents?q=d000":         {"10", "d0000", "d0009", ""},
		"#/documents?q=nothing+such": {"0", "", "", ""},
	} {
		b.visit(hash)
		screen := b.texts("main .scroller tbody tr")
		pdf, err := chromedp.Run(b.ctx, chromedp.PrintToPDF())
		if err != nil {
			t.Fatal(err)
		}
		eval[bool](b, `dispatchEvent(new Event('beforeprint'))`)
		rows := b.texts("main .paper td.id")
		if fmt.Sprint(len(rows)) != want[0] || len(rows) > 0 && (rows[0] != want[1] || want[2] != "" && rows[len(rows)-1] != want[2]) {
			t.Errorf("%s: %d rows are printed: %.60q", hash, len(rows), rows)
		}
		if note := strings.Join(b.texts("main .paper .note"), " "); note != want[3] && !strings.Contains(note, want[3]) || (note == "") != (want[3] == "") {
			t.Errorf("%s: below stands %q, want %q", hash, note, want[3])
		}
		if sheets := bytes.Count(pdf, []byte("/Type /Page\n")); sheets < len(rows)/60 || sheets > 1+len(rows)/20 {
			t.Errorf("%s: %d rows are on %d sheets", hash, len(rows), sheets)
		}
		eval[bool](b, `dispatchEvent(new Event('afterprint'))`)
		b.same("after printing", b.texts("main .scroller tbody tr, main .paper"), screen)
	}
	b.quiet("print documents")
}
