package corpus

import (
	"archive/zip"
	"bytes"
	"strings"
	"testing"
	"testing/fstest"
)

// Matrices are told from texts that look like them.
func TestMatrixOf(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"%%MatrixMarket matrix coordinate integer general\n2 2 1\n1 1 3\n", "mm"},
		{"\xef\xbb\xbf\n% made by hand\n%matrixmarket matrix array real general\n", "mm"},
		{"%PDF is not it\nMatrixMarket matrix\n", ""},
		{"% of a comment\n\\section{MatrixMarket matrix}\n", ""},
		{"1 1:2 3:1 # first\n-1 qid:4 2:0.5\n0,2 1:1e3\n", "svmlight"},
		{"# made by hand\n+1 1:2\n-1 1:2 7:3\n+1 9:1\n", "svmlight"},
		{"1 3:2 1:1\n1 1:1 2:1\n1 1:1\n", ""}, // terms fall
		{"1 1:1\n1 2:1\n", ""},                // too few lines to tell
		{"2 5:1 3:2\n1 0:4\n0\n", "ldac"},
		{"3\n5\n4\n1 1 2\n1 2 1\n2 5 1\n", "uci"},
		{"3\n5\n4\n", ""},
		{"1:1 In the beginning was the harbour.\n1:2 And the harbour was cold.\n1:3 And kelp grew.\n", ""},
		{"1 1:1 In the beginning\n1 1:2 and then\n1 1:3 at last\n", ""},
		{"12 10:15 harbour\n14 11:30 lighthouse\n15 12:00 kelp\n", ""},
		{"1. Boats\n2. Nets\n3. Sails\n", ""},
		{"1999\n2000\n2001\n1 2 3 apples\n", ""},
		{"", ""},
	} {
		if got := matrixOf([]byte(test.text)); got != test.want {
			t.Errorf("%q is %q, want %q", test.text, got, test.want)
		}
	}
}

// A matrix among texts is named, with the command that reads it, wherever it lies; told to take
// files as texts, klew does.
func TestMatrixAmongTexts(t *testing.T) {
	const market = "%%MatrixMarket matrix coordinate integer general\n2 2 1\n1 1 3\n"
	var packed bytes.Buffer
	w := zip.NewWriter(&packed)
	for name, text := range map[string]string{"m.txt": market} {
		f, _ := w.Create(name)
		f.Write([]byte(text))
	}
	w.Close()
	files := fstest.MapFS{
		"r/a.txt": {Data: []byte("boats in the harbour")},
		"r/b.mtx": {Data: []byte(market)},
		"r/c":     {Data: []byte(strings.Repeat("1 1:2 3:1\n", 9))},
		"r/d.zip": {Data: packed.Bytes()},
	}
	c := open(t, Options{Files: files}, "r")
	equal(t, "documents", ids(gather(c)), []string{"r/a.txt"})
	said := MatrixOfCounts + "|klew fit FILE"
	rest := " reads one that lies outside of folders and archives|1"
	equal(t, "ledger", told(c.Ledger()), []string{
		"r/b.mtx|skipped|" + said + rest, "r/c|skipped|" + said + " --matrix-format svmlight" + rest, "r/d.zip/m.txt|skipped|" + said + rest})
	equal(t, "documents as texts", ids(gather(open(t, Options{Files: files, Format: "text"}, "r/b.mtx"))), []string{"r/b.mtx"})
	c = open(t, Options{Stdin: strings.NewReader(market)}, "-")
	equal(t, "documents of standard input", ids(gather(c)), nil)
}
