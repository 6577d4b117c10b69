package pdf

import (
	"bytes"
	"compress/zlib"
	"errors"
	"flag"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"klew/corpus/internal/extract"
)

// needsEngine skips a test where there is no time to compile the engine.
func needsEngine(t testing.TB) {
	t.Helper()
	if testing.Short() {
		t.Skip("compiling the PDF engine takes seconds, and minutes on a slow machine")
	}
}

// noLimit is a limit that no document of these tests comes near.
const noLimit = 1 << 30

var update = flag.Bool("update", false, "write the golden file anew")

func readFixture(t testing.TB, name string) []byte {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// checkForm fails where a text is not in the form that package extract promises.
func checkForm(t *testing.T, text extract.Text) {
	t.Helper()
	for paragraph := range strings.SplitSeq(text.Body, "\n\n") {
		for l := range strings.SplitSeq(paragraph, "\n") {
			if l == "" || l != extract.Tidy(l) {
				t.Errorf("%q has the line %q in it", text.Body, l)
			}
		}
	}
}

// LibreOffice's PDF of the notebook has the words of the notebook, in order, and no other.
func TestWordForWord(t *testing.T) {
	needsEngine(t)
	text, err := Read(readFixture(t, "office.pdf"), noLimit)
	if err != nil {
		t.Fatal(err)
	}
	notebook, err := extract.Markdown(readFixture(t, "../../extract/testdata/notebook.md"), noLimit)
	if err != nil {
		t.Fatal(err)
	}
	got := asPrinted(strings.ReplaceAll(strings.Join(strings.Fields(text.Body), " "), "• ", ""))
	want := strings.Join(strings.Fields(notebook.Body), " ")
	want = strings.ReplaceAll(want, "Keeper's", "Keeper’s") // Markdown's apostrophe is straight
	if _, got, _ = strings.Cut(got, "2024-03-17 "); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	golden := strings.Join([]string{"title: " + text.Title, "author: " + text.Author,
		"date: " + text.Date, "language: " + text.Language, "", text.Body, ""}, "\n")
	if *update {
		if err := os.WriteFile("testdata/office.pdf.txt", []byte(golden), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	if want := string(readFixture(t, "office.pdf.txt")); golden != want {
		t.Errorf("got\n%s\nwant\n%s", golden, want)
	}
}

// asPrinted takes back what a printed page adds: the numbers of notes, and that notes stand
// at the foot of their page.
func asPrinted(text string) string {
	const note = "1 Except the schoolmaster, who owns two of them."
	text = strings.Replace(text, note+" ", "", 1) + note[1:]
	return strings.Replace(text, "clock.1", "clock.", 1)
}

// typeset is a PDF with the pages given as what is drawn on them.
func typeset(pages ...string) []byte {
	var out bytes.Buffer
	var offsets []int
	object := func(format string, values ...any) {
		offsets = append(offsets, out.Len())
		fmt.Fprintf(&out, "%d 0 obj\n%s\nendobj\n", len(offsets), fmt.Sprintf(format, values...))
	}
	out.WriteString("%PDF-1.4\n")
	object("<</Type/Catalog/Pages 2 0 R>>")
	var kids strings.Builder
	for i := range pages {
		fmt.Fprintf(&kids, "%d 0 R ", 4+2*i)
	}
	object("<</Type/Pages/Count %d/Kids[%s]>>", len(pages), kids.String())
	object("<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>")
	for i, page := range pages {
		object("<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 600]/Contents %d 0 R/Resources<</Font<</F 3 0 R>>>>>>", 5+2*i)
		object("<</Length %d>>\nstream\n%s\nendstream", len(page), page)
	}
	start := out.Len()
	fmt.Fprintf(&out, "xref\n0 %d\n0000000000 65535 f \n", len(offsets)+1)
	for _, at := range offsets {
		fmt.Fprintf(&out, "%010d 00000 n \n", at)
	}
	fmt.Fprintf(&out, "trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(offsets)+1, start)
	return out.Bytes()
}

// lines draws lines of twelve points, each so many points below the one before.
func lines(steps []int, texts ...string) string {
	var b strings.Builder
	b.WriteString("BT /F 12 Tf 50 550 Td\n")
	for i, text := range texts {
		if i > 0 {
			fmt.Fprintf(&b, "0 %d Td\n", -steps[(i-1)%len(steps)])
		}
		fmt.Fprintf(&b, "(%s) Tj\n", text)
	}
	b.WriteString("ET")
	return b.String()
}

func TestPDF(t *testing.T) {
	needsEngine(t)
	for _, test := range []struct{ name, document, want string }{
		{"lines", string(typeset(lines([]int{14}, "One line", "and another", "and a third"))), "One line\nand another\nand a third"},
		{"paragraphs", string(typeset(lines([]int{14, 14, 24}, "One", "two", "three", "Four", "five", "six"))), "One\ntwo\nthree\n\nFour\nfive\nsix"},
		{"double spacing", string(typeset(lines([]int{28}, "One", "two", "three"))), "One\ntwo\nthree"},
		{"a word broken at a line end", string(typeset(lines([]int{14}, "the elec-", "troen-", "cephalogram"))), "the electroencephalogram"},
		{"a hyphen that stays", string(typeset(lines([]int{14}, "the Franco-", "Prussian war of 1914-", "18"))), "the Franco-\nPrussian war of 1914-\n18"},
		{"a sentence over two pages", string(typeset(lines([]int{14}, "It goes"), lines([]int{14}, "on here."), lines([]int{14}, "New."))), "It goes\non here.\n\nNew."},
		{"a word over two pages", string(typeset(lines([]int{14}, "It is bro-"), lines([]int{14}, "ken."))), "It is broken."},
		{"a page without text", string(typeset(lines([]int{14}, "One."), "0 0 10 10 re f", lines([]int{14}, "Two."))), "One.\n\nTwo."},
	} {
		t.Run(test.name, func(t *testing.T) {
			text, err := Read([]byte(test.document), noLimit)
			if err != nil || text.Body != test.want {
				t.Errorf("got %q, %v; want %q", text.Body, err, test.want)
			}
			checkForm(t, text)
		})
	}
}

func TestPDFFaults(t *testing.T) {
	needsEngine(t)
	whole := readFixture(t, "office.pdf")
	tests := []struct {
		name string
		raw  []byte
		is   error
		says string
	}{
		{"empty", nil, nil, "does not begin as a PDF"},
		{"another format", []byte("text"), nil, "does not begin as a PDF"},
		{"only the head", []byte("%PDF-1.7\n"), nil, "damaged or cut off"},
		{"cut off", whole[:200], nil, "damaged or cut off"},
		{"encrypted", readFixture(t, "locked.pdf"), extract.ErrEncrypted, ""},
		{"a scan", typeset("0 0 10 10 re f"), extract.ErrNoText, "OCR"},
		{"no pages", typeset(), nil, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			text, err := Read(test.raw, noLimit)
			if err == nil || !strings.Contains(err.Error(), test.says) || test.is != nil && !errors.Is(err, test.is) {
				t.Errorf("got %.50q, %v; want an error that says %q", text.Body, err, test.says)
			}
		})
	}
	if _, err := Read(typeset(lines([]int{14}, strings.Repeat("long ", 100))), 700); !errors.Is(err, extract.ErrLimit) {
		t.Errorf("beyond the limit: %v", err)
	}
	if text, err := Read(whole, noLimit); err != nil || text.Body == "" {
		t.Errorf("a whole one after all these: %v", err)
	}
}

// Little that unpacks to 640 MiB ends at the engine's memory, and with it only the
// engine.
func TestPDFBomb(t *testing.T) {
	needsEngine(t)
	var packed bytes.Buffer
	w, err := zlib.NewWriterLevel(&packed, zlib.BestSpeed)
	if err != nil {
		t.Fatal(err)
	}
	blanks := bytes.Repeat([]byte(" "), 1<<20)
	for range 640 {
		w.Write(blanks)
	}
	w.Close()
	bomb := typeset(packed.String())
	bomb = bytes.Replace(bomb, []byte("<</Length"), []byte("<</Filter/FlateDecode/Length"), 1)
	if _, err := Read(bomb, noLimit); !errors.Is(err, extract.ErrLimit) {
		t.Errorf("got %v", err)
	}
	if _, err := Read(readFixture(t, "office.pdf"), noLimit); err != nil {
		t.Errorf("and a good one after it: %v", err)
	}
}

// Many goroutines read as one does, good documents beside bad ones.
func TestPDFTogether(t *testing.T) {
	needsEngine(t)
	good, bad := readFixture(t, "office.pdf"), readFixture(t, "locked.pdf")
	want, err := Read(good, noLimit)
	if err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	for i := range 24 {
		all.Go(func() {
			if i%3 == 0 {
				if _, err := Read(bad, noLimit); !errors.Is(err, extract.ErrEncrypted) {
					t.Errorf("the encrypted one: %v", err)
				}
			} else if got, err := Read(good, noLimit); err != nil || got != want {
				t.Errorf("got %+v, %v", got, err)
			}
		})
	}
	all.Wait()
}

// An engine that ran out of time is ended, says so, and does not take others with it.
func TestPDFPatience(t *testing.T) {
	needsEngine(t)
	e, err := borrow()
	if err != nil {
		t.Fatal(err)
	}
	if !e.timer.Stop() {
		t.Fatal("late already")
	}
	e.expire()
	if _, err := e.read(readFixture(t, "office.pdf"), noLimit); err == nil || !strings.Contains(err.Error(), "longer than 1m0s") {
		t.Errorf("got %v", err)
	}
	e.giveBack()
	if _, err := Read(readFixture(t, "office.pdf"), noLimit); err != nil {
		t.Error(err)
	}
}

func TestPDFDate(t *testing.T) {
	for date, want := range map[string]string{
		"D:20240317140500+01'00'": "2024-03-17T14:05:00+01:00",
		"D:20240317140500+01'00":  "2024-03-17T14:05:00+01:00",
		"D:20240317140500Z":       "2024-03-17T14:05:00Z",
		"D:20240317140500Z00'00'": "2024-03-17T14:05:00Z",
		"D:20240317140500":        "2024-03-17T14:05:00",
		"D:20240317":              "2024-03-17",
		"D:202403":                "2024-03",
		"D:2024":                  "2024",
		"D:":                      "",
		"D:x":                     "",
		"":                        "",
		"17 March 2024":           "17 March 2024",
	} {
		if got := pdfDate(date); got != want {
			t.Errorf("pdfDate(%q) = %q, want %q", date, got, want)
		}
	}
}

func TestPrintedLines(t *testing.T) {
	var got []string
	for _, l := range printedLines("one\r\ntwo\ufffethree\nfour\u00ad\r\nfive\ufffe") {
		got = append(got, fmt.Sprintf("%q %v", l.text, l.broken))
	}
	want := []string{`"one\r\n" false`, `"two\ufffe" true`, `"three\n" false`, `"four\u00ad\r\n" true`, `"five\ufffe" true`}
	if strings.Join(got, "; ") != strings.Join(want, "; ") {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestBetween(t *testing.T) {
	at := func(height, size float64) printed { return printed{height: height, size: size} }
	tests := []struct {
		name          string
		before, after string
		last, l       printed
		want          gap
	}{
		{"the next line", "a.", "B", at(100, 12), at(86, 12), line},
		{"a space between", "a", "b", at(100, 12), at(76, 12), paragraph},
		{"lines of a title", "A", "B", at(100, 28), at(67, 28), line},
		{"the same line", "A", "B", at(100, 12), at(100, 12), line},
		{"the next column", "a.", "B", at(100, 12), at(500, 12), paragraph},
		{"the next column within a sentence", "and", "so", at(100, 12), at(500, 12), line},
		{"the next page", "a.", "B", printed{height: math.NaN()}, at(500, 12), paragraph},
		{"the next page within a word", "hyphen-", "ation", printed{height: math.NaN()}, at(500, 12), line},
	}
	for _, test := range tests {
		test.l.text = test.after
		if got := between(test.before, test.last, test.l, 14); got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}

// FuzzPDF is slow: each document has a new engine.
func FuzzPDF(f *testing.F) {
	needsEngine(f)
	f.Add(typeset(lines([]int{14, 24}, "One", "two-", "three"), "BT /F 1 Tf 12 0 0 12 9 9 Tm (x) Tj ET"))
	f.Add(typeset())
	f.Fuzz(func(t *testing.T, raw []byte) {
		if text, err := Read(raw, 1<<20); err == nil {
			checkForm(t, text)
		}
	})
}

func BenchmarkPDF(b *testing.B) {
	needsEngine(b)
	var page []string
	for i := range 50 {
		page = append(page, fmt.Sprintf("Line %d of a page with words that mean nothing at all.", i))
	}
	for _, pages := range []int{1, 100} {
		var all []string
		for range pages {
			all = append(all, lines([]int{11}, page...))
		}
		raw := typeset(all...)
		b.Run(fmt.Sprintf("%d pages", pages), func(b *testing.B) {
			b.SetBytes(int64(len(raw)))
			for b.Loop() {
				if _, err := Read(raw, noLimit); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
