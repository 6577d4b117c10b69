package corpus

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"testing/fstest"

	_ "klew/corpus/documents"
)

// hostile are inputs that are made to take memory or time without measure, each of some megabytes.
func hostile(t testing.TB) map[string][]byte {
	again := func(s string, n int) []byte { return []byte(strings.Repeat(s, n)) }
	numbered := func(before, each string, n int, after string) []byte {
		var b bytes.Buffer
		b.WriteString(before)
		for i := range n {
			fmt.Fprintf(&b, each, i)
		}
		b.WriteString(after)
		return b.Bytes()
	}
	return map[string][]byte{
		"deep.json":             again(`{"a":`, 1<<19),
		"deep arrays.json":      append(again("[", 1<<20), again("]", 1<<20)...),
		"deep.jsonl":            again(`{"a":[`, 1<<19),
		"deep.xml":              append([]byte("<?xml version='1.0'?>"), again("<a>", 1<<19)...),
		"deep.html":             append([]byte("<html>"), again("<div>", 1<<19)...),
		"deep.md":               again("> ", 1<<20),
		"deep.rtf":              append([]byte(`{\rtf1 `), again("{", 1<<20)...),
		"zips in zips.zip":      nestedZips(t, 60),
		"a bomb.gz":             bomb(t, 200<<20),
		"a bomb in tables.gz":   bomb(t, 16<<20),
		"no line end.csv":       append([]byte("id,text\n1,\""), again("kelp ", 1<<20)...),
		"no line end.jsonl":     append([]byte(`{"text":"`), again("kelp ", 1<<20)...),
		"no line end.txt":       again("kelp ", 1<<20),
		"no line end.mbox":      append([]byte("From a@b.c Tue Mar  2 10:00:00 2021\nSubject: x"), again("kelp ", 1<<20)...),
		"columns.csv":           append(numbered("", "c%d,", 1<<20, "text\n"), again("1,", 1<<18)...),
		"columns and rows.csv":  append(numbered("", "c%d,", 1<<15, "text\n"), again("1\n", 1<<16)...),
		"members.jsonl":         numbered(`{"text":"kelp"`, `,"m%d":1`, 1<<19, "}\n"),
		"a header.eml":          numbered("From: a@b.c\n", "X-Long-%d: kelp\n folded\n", 1<<17, "\nKelp.\n"),
		"one field.eml":         append(again("Subject: kelp\n foam\n", 1), again(" =?utf-8?q?k?=\n", 1<<18)...),
		"parts.eml":             append(numbered("From: a@b.c\nContent-Type: multipart/mixed; boundary=b\n\n", "--b\nContent-Type: text/plain\n\nkelp %d\n", 1<<16, "--b--\n"), '\n'),
		"parts in parts.eml":    numbered("From: a@b.c\n", "Content-Type: multipart/mixed; boundary=b%[1]d\n\n--b%[1]d\n", 1<<15, "\nkelp\n"),
		"mails in an mbox.mbox": again("From a@b.c Tue Mar  2 10:00:00 2021\n\n", 1<<15),
		"attributes.html":       numbered("<html><body", ` a%d="x"`, 1<<18, ">kelp</body></html>"),
		"attributes.xml":        numbered("<?xml version='1.0'?><doc", ` a%d="x"`, 1<<18, ">kelp</doc>"),
		"entities.xml": []byte(`<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "kelp kelp kelp kelp kelp kelp kelp kelp">` +
			`<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;">` +
			`<!ENTITY e "&d;&d;&d;&d;&d;&d;&d;&d;"><!ENTITY f "&e;&e;&e;&e;&e;&e;&e;&e;">]><d>` + strings.Repeat("<p>&f;&f;&f;</p>", 1000) + `</d>`),
		"words.conllu": again("1\tkelp\tkelp\t_\t_\t_\t0\t_\t_\t_\n", 1<<15),
	}
}

// nestedZips is a text in a zip in a zip in a zip.
func nestedZips(t testing.TB, deep int) []byte {
	inner, name := []byte("kelp"), "a.txt"
	for range deep {
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write(inner)
		}
		if err = errors.Join(err, z.Close()); err != nil {
			t.Fatal(err)
		}
		inner, name = b.Bytes(), "a.zip"
	}
	return inner
}

// bomb is a gzip of so many blanks.
func bomb(t testing.TB, size int) []byte {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	piece := bytes.Repeat([]byte("        ,;\t|"), 1<<16)
	for written := 0; written < size; written += len(piece) {
		if _, err := z.Write(piece); err != nil {
			t.Fatal(err)
		}
	}
	z.Close()
	return b.Bytes()
}

// Whatever a file holds, reading it allocates memory in proportion to its size, and up to what a
// document that it packs may have. Bytes are counted, since clocks differ.
func TestHostileFilesAreBounded(t *testing.T) {
	if testing.Short() {
		t.Skip("allocates a gigabyte")
	}
	const times, room = 100, 128 << 20
	for name, raw := range hostile(t) {
		t.Run(name, func(t *testing.T) {
			bound := uint64(times*len(raw) + room)
			if strings.HasSuffix(name, ".gz") {
				bound = 8 * extractLimit
			}
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			c := open(t, Options{Files: fstest.MapFS{name: {Data: raw}}, Threads: 1}, name)
			documents := len(gather(c))
			runtime.ReadMemStats(&after)
			took := after.TotalAlloc - before.TotalAlloc
			if took > bound {
				t.Errorf("%d documents of %d bytes allocated %d MB, and may %d MB", documents, len(raw), took>>20, bound>>20)
			}
			if documents == 0 && len(c.Ledger()) == 0 {
				t.Error("no document, and nothing in the ledger")
			}
			t.Logf("%.1f MB, %d documents, %d entries, %d MB allocated", float64(len(raw))/1e6, documents, len(c.Ledger()), took>>20)
		})
	}
}
