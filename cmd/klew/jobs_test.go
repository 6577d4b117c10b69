package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
)

// themes are what the texts of the jobs are about: each has words of its own, beside which
// stand words of all.
var themes = []struct {
	name  string
	words []string
}{
	{"parking", strings.Fields("parking car street garage ticket meter driver lot permit kerb")},
	{"buses", strings.Fields("bus stop timetable ride ticket delay line seat passenger tram")},
	{"library", strings.Fields("library book shelf reading librarian novel loan children story desk")},
	{"park", strings.Fields("park tree bench playground grass dog pond path flower shade")},
}

var anyWords = strings.Fields("the and of is with for the there people often")

// writer makes texts, the same whenever a test runs.
type writer struct{ *rand.Rand }

func newWriter(seed uint64) writer { return writer{rand.New(rand.NewPCG(seed, 1))} }

// text is so many words about a theme.
func (w writer) text(theme, n int) string {
	words := make([]string, n)
	for i := range words {
		from := themes[theme].words
		if w.IntN(5) == 0 {
			from = anyWords
		}
		words[i] = from[w.IntN(len(from))]
	}
	return strings.ToUpper(words[0][:1]) + words[0][1:] + " " + strings.Join(words[1:], " ") + "."
}

// inputs are what the scripts job-*.txtar work on; the command "input NAME" makes one in the
// script's folder.
var inputs = map[string]func(dir string) error{
	"survey": survey, "mailbox": mailbox, "folder": unknownFolder, "months": months,
}

func writeInput(ts *testscript.TestScript, _ bool, args []string) {
	ts.Check(inputs[args[0]](ts.MkAbs(".")))
}

// survey is answers.csv as a spreadsheet of Central Europe saves it: a mark, semicolons, days
// before months. In the north more and more answers are about parking.
func survey(dir string) error {
	w := newWriter(1)
	var b strings.Builder
	b.WriteString("\uFEFFnr;region;date;answer\r\n")
	for i := range 3000 {
		region, quarter := w.IntN(3), i/750
		theme := 1 + w.IntN(3)
		if region == 0 && w.IntN(4) <= quarter {
			theme = 0
		}
		fmt.Fprintf(&b, "%d;%s;%d/%d/2025;\"%s\"\r\n", i+1, []string{"north", "south", "west"}[region],
			1+w.IntN(28), 1+3*quarter+w.IntN(3), w.text(theme, 6+w.IntN(12)))
	}
	return os.WriteFile(filepath.Join(dir, "answers.csv"), []byte(b.String()), 0o600)
}

// mailbox is inbox.mbox, with replies that quote what they answer, and new.eml.
func mailbox(dir string) error {
	w := newWriter(2)
	mail := func(i, theme int) string {
		quoted := ""
		if i%3 == 0 {
			quoted = "\nOn Monday Ada wrote:\n> " + w.text((theme+1)%4, 30) + "\n"
		}
		return fmt.Sprintf("From: Reader %d <reader%d@example.org>\nSubject: About the %s\nDate: Mon, %d %s 2025 10:00:00 +0000\nMessage-ID: <%d@example.org>\n\n%s\n%s",
			i%7, i%7, themes[theme].name, 1+i%28, []string{"Jan", "Feb", "Mar"}[i%3], i, w.text(theme, 40), quoted)
	}
	var b strings.Builder
	for i := range 120 {
		b.WriteString("From reader@example.org Mon Jan  6 10:00:00 2025\n" + mail(i, i%4) + "\n\n")
	}
	if err := os.WriteFile(filepath.Join(dir, "inbox.mbox"), []byte(b.String()), 0o600); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, "new.eml"), []byte(mail(1000, 2)), 0o600)
}

// unknownFolder is found, with texts in several formats, and with what is no text.
func unknownFolder(dir string) error {
	w := newWriter(3)
	files := map[string]string{
		"found/empty.txt": "", "found/~$draft.docx": "lock", "found/photo.jpg": "\xff\xd8\xff\xe0\x00\x10JFIF\x00" + strings.Repeat("\x01\x02\xfe", 400),
	}
	for i := range 80 {
		text := w.text(i%4, 60)
		switch i % 5 {
		case 0:
			files[fmt.Sprintf("found/web/%02d.html", i)] = "<html><head><title>Page</title></head><body><p>" + text + "</p></body></html>"
		case 1:
			files[fmt.Sprintf("found/notes/%02d.md", i)] = "# Note\n\n" + text + "\n"
		default:
			files[fmt.Sprintf("found/notes/%02d.txt", i)] = text + "\n"
		}
	}
	return writeAll(dir, files)
}

// months are two folders: the next month has a theme that the first has not, and lacks another.
func months(dir string) error {
	w := newWriter(4)
	files := map[string]string{}
	for i := range 60 {
		files[fmt.Sprintf("january/%02d.txt", i)] = w.text(i%3, 50)
		files[fmt.Sprintf("february/%02d.txt", i)] = w.text(1+i%3, 50)
	}
	return writeAll(dir, files)
}

func writeAll(dir string, files map[string]string) error {
	for name, text := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			return err
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			return err
		}
	}
	return nil
}
