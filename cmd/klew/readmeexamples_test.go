package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"klew/examples"

	"github.com/klauspost/compress/zstd"
)

// worked are the examples that stand without output.
var worked = regexp.MustCompile(`(?m)^    (klew .*)$`)

// Each example of the README and the manual does what it is there for, on the sample texts in the shape
// that it speaks of.
func TestReadmeExamples(t *testing.T) {
	shell, err := exec.LookPath("sh")
	if err != nil {
		t.Skip("there is no shell here")
	}
	var text string
	for _, name := range readmes {
		part, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		text += string(part)
	}
	t.Chdir(t.TempDir())
	writeSamples(t)
	commands := worked.FindAllStringSubmatch(text, -1)
	if len(commands) < 12 {
		t.Fatalf("only %d examples found in the README", len(commands))
	}
	for _, c := range commands {
		command, _, _ := strings.Cut(c[1], "   ") // behind it stands what it is for
		if strings.HasPrefix(command, "klew serve ") {
			continue // it goes on until it is stopped
		}
		if out, err := exec.Command(shell, "-c", command).CombinedOutput(); err != nil {
			t.Errorf("%s: %v\n%s", command, err, out)
		} else if bytes.Contains(out, []byte("skipped")) {
			t.Errorf("%s: %s", command, out)
		}
	}
}

// writeSamples writes the sample texts as folders, a table, a mailbox, JSON Lines, and a
// matrix.
func writeSamples(t *testing.T) {
	var table, mails, lines bytes.Buffer
	rows, objects := csv.NewWriter(&table), json.NewEncoder(&lines)
	must(t, rows.Write([]string{"number", "title", "review"}))
	n := 0
	must(t, fs.WalkDir(examples.Demo, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := fs.ReadFile(examples.Demo, name)
		folder, title := path.Base(path.Dir(name)), strings.TrimSuffix(path.Base(name), ".txt")
		n++
		write(t, filepath.Join("notes", folder, title+".txt"), text)
		write(t, filepath.Join("news", folder, title+".txt"), text)
		write(t, filepath.Join("books", folder, fmt.Sprintf("%d-%s.txt", 1800+n, title)), text)
		fmt.Fprintf(&mails, "From a@example.org Mon Jan  4 10:00:00 1999\nFrom: a@example.org\nTo: b@example.org\nSubject: %s\n\n%s\n\n", title, text)
		must(t, objects.Encode(map[string]string{"id": fmt.Sprint(n), "text": string(text), "section": folder}))
		must(t, rows.Write([]string{fmt.Sprint(n), title, string(text)}))
		return err
	}))
	rows.Flush()
	write(t, "reviews.csv", table.Bytes())
	write(t, "inbox.mbox", mails.Bytes())
	packer, err := zstd.NewWriter(nil)
	must(t, err)
	write(t, "news.jsonl.zst", packer.EncodeAll(lines.Bytes(), nil))
	output(t, "matrix", "notes", "-o", "counts.mtx.gz", "-q")
	must(t, os.Rename("counts.vocabulary.txt", "terms.txt"))
	writeRatings(t)
}

// writeRatings writes what eight people say of eight films, with holes, and two pairs.
func writeRatings(t *testing.T) {
	ratings := "person,film,stars\n"
	for i, person := range strings.Fields("ann ben cat dan eve fay gus ida") {
		for j, film := range strings.Fields("Alien Emma Gravity Persuasion Solaris Sanditon Moon Middlemarch") {
			if (3*i+j)%4 > 0 {
				ratings += fmt.Sprintf("%s,%s,%d\n", person, film, 5-4*((i+j)%2))
			}
		}
	}
	write(t, "ratings.csv", []byte(ratings))
	write(t, "pairs.csv", []byte("ann,Alien\nben,Emma,5\n"))
}

func write(t *testing.T, name string, text []byte) {
	must(t, os.MkdirAll(filepath.Dir(name), 0o777))
	must(t, os.WriteFile(name, text, 0o666))
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
