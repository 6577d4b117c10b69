package bibliography

import (
	"encoding/json"
	"io"
	"strings"
	"testing"
	"testing/iotest"
)

// The same reference as programs write it.
var written = map[string]string{
	"RIS":            "\ufeffTY  - JOUR\r\nAU  - Müller, Jörg\r\nAU  - Ada, L.\r\nTI  - On kilns\r\nPY  - 2020/05/01\r\nAB  - Glazes run\r\nIN the heat.\r\n\r\nDO  - 10.1/7\r\nER  - \r\n\r\n",
	"MEDLINE":        "\nPMID- 10.1/7\nOWN - NLM\nDP  - 2020 May\nTI  - On kilns\nAB  - Glazes run\n      IN the heat.\nFAU - Müller, Jörg\nFAU - Ada, L.\nAU  - Müller J\n",
	"Web of Science": "\ufeffFN Clarivate Analytics Web of Science\nVR 1.0\nPT J\nAU Müller, Jörg\nTI On kilns\nAB Glazes run\n   IN the heat.\nPY 2020\nUT 10.1/7\nER\n\nEF",
	"EndNote":        "%0 Journal Article\n%A Müller, Jörg\n%A Ada, L.\n%T On kilns\n%D 2020\n%X Glazes run IN the heat.\n%M 10.1/7\n\n",
	"BibTeX":         "% by hand\n@comment{jabref: x}\n@string{j = {Journal}}\n@Article{10.1/7,\n  author = {M{\\\"u}ller, J{\\\"o}rg and Ada, L.},\n  title = {On {K}ilns},\n  year = 2020,\n  abstract = \"Glazes run IN the heat.\",\n}\n",
}

// Each becomes one line of JSON with the names that are used here.
func TestReferences(t *testing.T) {
	for name, text := range written {
		if !Is([]byte(text)) {
			t.Errorf("%s is not known", name)
		}
		for range 2 {
			text += strings.TrimPrefix(text, "\ufeff") // of which a second must come out
			got, err := io.ReadAll(Lines(iotest.OneByteReader(strings.NewReader(text))))
			lines := strings.Split(strings.TrimSpace(string(got)), "\n")
			if err != nil || len(lines) < 2 {
				t.Fatalf("%s: %q, %v", name, got, err)
			}
			for _, want := range []string{`"id":"10.1/7"`, `"abstract":"Glazes run IN the heat."`, `"year":"2020"`, "Müller, Jörg"} {
				if !strings.Contains(lines[0], want) || !strings.Contains(lines[1], want) {
					t.Errorf("%s: no %s in %s", name, want, got)
				}
			}
			if !strings.Contains(strings.ToLower(lines[0]), `"title":"on kilns"`) {
				t.Errorf("%s: %s", name, lines[0])
			}
		}
	}
}

// Other texts are none.
func TestIsNoReference(t *testing.T) {
	for _, text := range []string{"", "TY - not", "@ada wrote of kilns", "@media print { a: b }", "%0 per cent\n", "FN 2187 said", "PMID\n", "@Override {\n  int a, b = 1;"} {
		if Is([]byte(text)) {
			t.Errorf("%q is taken for references", text)
		}
	}
}

// What is broken off is read as far as it goes.
func TestBrokenReferences(t *testing.T) {
	for text, want := range map[string]string{
		"@article{a, title = {On kilns": "On kilns", "@article{a, title = {On kilns\n@article{b, title={Glaze}}": "Glaze",
		"TY  - JOUR\nTI  - On kilns": "On kilns", "@article": "", "@": "", "@a{b": "",
	} {
		got, err := io.ReadAll(Lines(strings.NewReader(text)))
		if err != nil || !strings.Contains(string(got), want) {
			t.Errorf("%q: %q, %v", text, got, err)
		}
	}
}

// Nothing makes the readers panic, or write what is no JSON.
func FuzzLines(f *testing.F) {
	for _, text := range written {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got, err := io.ReadAll(Lines(strings.NewReader(text)))
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(got)) {
			if !json.Valid([]byte(line)) {
				t.Errorf("%q", line)
			}
		}
	})
}
