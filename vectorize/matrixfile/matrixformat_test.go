package matrixfile

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"pgregory.net/rapid"
)

// numbering are the formats that number documents and terms. Triplets name them, have none
// without an entry, and have tests of their own.
var numbering = []Format{MatrixMarket, SVMlight, UCI, LDAC}

// examples are the matrix of the package's comments in each format.
var examples = map[Format]string{
	MatrixMarket: small,
	SVMlight:     "0 1:2 3:1\n1 2:4   # a comment\n0 2:1 4:1\n",
	UCI:          "3\n4\n5\n1 1 2\n1 3 1\n2 2 4\n3 2 1\n3 4 1\n",
	LDAC:         "2 0:2 2:1\n1 1:4\n2 1:1 3:1\n",
}

// readAs reads a matrix that is without fault.
func readAs(t rapid.TB, text string, o Options) *Matrix {
	t.Helper()
	table, err := Read(strings.NewReader(text), o)
	if err != nil {
		t.Fatalf("%s: %v\n%s", o.Format, err, text)
	}
	return table
}

// withoutMeta is a matrix without what only some formats hold.
func withoutMeta(m *Matrix) *Matrix {
	clear(m.Documents)
	m.Note = ""
	return m
}

// The same matrix is the same table in whichever format.
func TestFormatsAgree(t *testing.T) {
	for _, terms := range [][]string{nil, {"whale", "ship", "élan", "Ahab"}} {
		want := readMatrix(t, small, Options{Terms: terms})
		for _, format := range numbering {
			got := withoutMeta(readAs(t, examples[format], Options{Format: format, Terms: terms}))
			if !reflect.DeepEqual(got, want) {
				t.Errorf("%s: got %v, want %v", format, got, want)
			}
		}
	}
	if got := readAs(t, small, Options{}); !reflect.DeepEqual(got, readMatrix(t, small, Options{})) {
		t.Error("a MatrixMarket file is not known by how it begins")
	}
}

// The same lines may be written in many ways.
func TestWaysOfWritingLines(t *testing.T) {
	const svm, lda = "0 1:2 3:1\n1 2:4\n0 2:1 4:1\n", "2 0:2 2:1\n1 1:4\n2 1:1 3:1\n"
	for _, c := range []struct {
		name   string
		format Format
		text   string
	}{
		{"line ends of Windows", SVMlight, strings.ReplaceAll(svm, "\n", "\r\n")},
		{"no last line end", SVMlight, strings.TrimSuffix(svm, "\n")},
		{"empty lines", SVMlight, "\n \n" + strings.ReplaceAll(svm, "\n", "\n\t\r\n")},
		{"comments", SVMlight, "# by hand\n" + strings.ReplaceAll(svm, "\n", "#:#\n#\n")},
		{"a comment longer than the buffer", SVMlight, "#" + strings.Repeat("!", 1<<17) + "\n" + svm},
		{"a comment longer than the buffer at the end", SVMlight, svm + "#" + strings.Repeat("!", 1<<17)},
		{"a comment after an entry", SVMlight, strings.Replace(svm, "3:1", "3:1# 9:9", 1)},
		{"blanks", SVMlight, strings.ReplaceAll(svm, " ", "\t  ")},
		{"a line longer than the buffer", SVMlight, strings.Replace(svm, " ", strings.Repeat(" ", 1<<17), 1)},
		{"counted from 0", SVMlight, "0 0:2 2:1\n1 1:4\n0 1:1 3:1\n"},
		{"another order", SVMlight, "0 3:1 1:2\n1 2:4\n0 4:1 2:1\n"},
		{"an entry in parts", SVMlight, "0 1:.5 1:1.5 3:1\n1 2:4\n0 2:1 4:1\n"},
		{"zeros", SVMlight, "0 1:2 2:0 3:1\n1 2:4\n0 2:1 4:1 1:0.0\n"},
		{"without labels", SVMlight, "1:2 3:1\n2:4\n2:1 4:1\n"},
		{"queries", SVMlight, "0 qid:7 1:2 3:1\n1 qid:7 2:4\n0 qid:8 2:1 4:1\n"},
		{"line ends of Windows", LDAC, strings.ReplaceAll(lda, "\n", "\r\n")},
		{"another order, with empty lines", LDAC, "\n2 2:1 0:2\n\n1 1:4\n2 1:1 3:1"},
	} {
		got := withoutMeta(readAs(t, c.text, Options{Format: c.format}))
		if want := readMatrix(t, small, Options{}); !reflect.DeepEqual(got, want) {
			t.Errorf("%s, %s: got %v, want %v", c.format, c.name, entries(got), entries(want))
		}
	}
}

// Labels and queries are kept; comments are not, and a document may have neither.
func TestLabels(t *testing.T) {
	m := readAs(t, "+1 qid:3 1:1\n# none\nspam\n2:2\n-0.5 1:1 # late\n", Options{Format: SVMlight})
	if want := []Document{{"+1", "3", ""}, {"spam", "", ""}, {}, {"-0.5", "", ""}}; !slices.Equal(m.Documents, want) {
		t.Errorf("documents are %v, want %v", m.Documents, want)
	}
	var b bytes.Buffer
	if err := m.Write(&b, SVMlight); err != nil || b.String() != "+1 1:1\n0\n0 2:2\n-0.5 1:1\n" {
		t.Errorf("written %q (%v)", b.String(), err)
	}
}

// A vocabulary may have terms that the lines do not use.
func TestLinesUseFewTerms(t *testing.T) {
	table := readAs(t, "1 2:1\n", Options{Format: LDAC, Terms: []string{"d", "c", "b", "a"}})
	if got := fmt.Sprint(stems(table), entries(table)); got != "a b c d[[0] [1] [0] [0]]" && got != "a b c d [[0] [1] [0] [0]]" {
		t.Errorf("got %s", got)
	}
}

// What is wrong with a file is said in one line, and where.
func TestFaultyLines(t *testing.T) {
	for _, c := range []struct {
		name   string
		format Format
		text   string
		want   string
	}{
		{"no MatrixMarket file", "", "1 1:1\n", "not a MatrixMarket file: it does not begin with %%MatrixMarket; name another format"},
		{"a format that there is not", "csv", "", `matrix format "csv": must be one of mm, svmlight, uci, ldac`},
		{"nothing", SVMlight, "", "no entry of the matrix is above 0"},
		{"only a comment", SVMlight, "# nothing\n", "no entry of the matrix is above 0"},
		{"text", SVMlight, "Call me Ishmael.\n", `line 1: "me" is no entry: must be a term's number, a colon and a value`},
		{"a number below 0", SVMlight, "0 1:1\n0 -1:1\n", `line 2: "-1:1" is no entry`},
		{"a term that is no number", SVMlight, "0 1.0:1\n", `line 1: "1.0:1" is no entry`},
		{"no term", SVMlight, "0 :1\n", `line 1: ":1" is no entry`},
		{"no value", SVMlight, "0 1:\n", `line 1: the value of "1:": must be a number from 0`},
		{"NaN", SVMlight, "0 1:NaN\n", `line 1: the value of "1:NaN": must be`},
		{"infinity", SVMlight, "0 1:inf\n", `line 1: the value of "1:inf"`},
		{"a value below 0", SVMlight, "0 1:1\n\n0 1:-0.5\n", `line 3: the value of "1:-0.5": must be a number from 0 to 3.4e+38`},
		{"a value too large", SVMlight, "0 1:1e39\n", `line 1: the value of "1:1e39"`},
		{"a term too large", SVMlight, "0 2147483647:1\n", `line 1: "2147483647:1": documents and terms can be numbered up to 2147483647`},
		{"a term of 30 digits", SVMlight, "0 999999999999999999999999999999:1\n", `line 1: "999999999999999999999999999999:1" is no entry`},
		{"terms that are not there", SVMlight, "0 1:1\n0 2000000000:1\n", "line 2: by the term 2000000000 and the number of entries at least 1999999998 terms do not occur, and at most 262144 may not"},
		{"a field without end", SVMlight, "0 1:" + strings.Repeat("1", 10000), "line 1: \"1:11111111111111111111111111111111111111\"… is longer than 4096 bytes"},
		{"nothing but empty lines", LDAC, "\n\n", "no entry"},
		{"no number of entries", LDAC, "0:1 1:1\n", `line 1: "0:1" is not the number of entries`},
		{"too few entries", LDAC, "1 0:1\n3 0:1 1:1\n", "line 2: it has 2 entries, and says that it has 3"},
		{"too many entries", LDAC, "1 0:1 1:1\n", "line 1: it has 2 entries, and says that it has 1"},
		{"1e18 entries", LDAC, "999999999999999999 0:1\n", "line 1: it has 1 entries, and says that it has 999999999999999999"},
		{"a comment", LDAC, "1 0:1 # one\n", `line 1: "#" is no entry`},
		{"empty documents without end", LDAC, strings.Repeat("0\n", mostEmpty+2), "line 262146: at least 262145 documents are empty, and at most 262144 may be"},
		{"no documents", UCI, "", "line 1: the file ends before the number of documents"},
		{"no terms", UCI, "3\n\n", "the file ends before the number of terms"},
		{"a size in one line", UCI, "3 4 5\n", `line 1: "3 4 5" is not the number of documents, which must stand here alone`},
		{"a size below 0", UCI, "3\n-4\n5\n", `line 2: "-4" is not the number of terms`},
		{"1e18 documents", UCI, "1000000000000000000\n4\n5\n", `line 1: "1000000000000000000" is not the number of documents`},
		{"too many documents", UCI, "100000000000000000\n4\n5\n", "line 3: a matrix of 100000000000000000 × 4: must have"},
		{"a document beyond", UCI, "1\n1\n1\n2 1 1\n", "line 4: row 2: must be from 1 to 1, as lines 1 to 3 announce"},
		{"entries that are not there", UCI, "1\n1\n9\n1 1 1\n", "line 5: the file ends after 1 of the 9 entries that lines 1 to 3 announce"},
		{"documents that are not there", UCI, "2000000000\n1\n1\n1 1 1\n", "lines 1 to 3 announce 2000000000 rows and 1 columns: by the number of entries at least 1999999999"},
	} {
		t.Run(string(c.format)+" "+c.name, func(t *testing.T) {
			_, err := Read(strings.NewReader(c.text), Options{Format: c.format})
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Fatalf("error is %v, want %q", err, c.want)
			}
			if len(err.Error()) > 300 || strings.Contains(err.Error(), "\n") {
				t.Errorf("the error is too long: %v", err)
			}
		})
	}
}

func TestLinesBeyondTheVocabulary(t *testing.T) {
	for format, want := range map[Format]string{
		SVMlight: "line 3: the term 4, counted from 1, is beyond the vocabulary, which has 3",
		LDAC:     "line 3: the term 3, counted from 0, is beyond the vocabulary, which has 3",
		UCI:      "the matrix has 4 terms, the vocabulary 3",
	} {
		_, err := Read(strings.NewReader(examples[format]), Options{Format: format, Terms: numberedTerms(3)})
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: error %v, want %q", format, err, want)
		}
		if _, err := Read(nil, Options{Format: format, Transpose: true}); err == nil || !strings.Contains(err.Error(), "cannot be transposed") {
			t.Errorf("%s: error %v", format, err)
		}
	}
}

// What stops the reader stops the reading, and can be told from the error.
func TestReadErrorsOfLinesComeThrough(t *testing.T) {
	for _, format := range append([]Format{""}, Formats...) {
		text := cmp.Or(examples[format], small)
		for n := range len(text) {
			from := io.MultiReader(strings.NewReader(text[:n]), iotest.ErrReader(errGone))
			if _, err := Read(from, Options{Format: format}); !errors.Is(err, errGone) {
				t.Errorf("%s, after %d bytes: error %v", format, n, err)
			}
		}
	}
}

var errGone = errors.New("gone")

// Numbers may promise what they like: memory goes by what is there.
func TestLyingLinesTakeNoMemory(t *testing.T) {
	for text, format := range map[string]Format{
		"999999999999999999 2147483646:1\n":          LDAC,
		"0 2147483646:1\n":                           SVMlight,
		"2147483647\n2147483647\n999999999\n1 1 1\n": UCI,
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, err := Read(strings.NewReader(text), Options{Format: format})
		runtime.ReadMemStats(&after)
		if used := after.TotalAlloc - before.TotalAlloc; err == nil || used > 1<<20 {
			t.Errorf("%s: %d bytes (%v)", format, used, err)
		}
	}
}

// drawn is a matrix with counts of any size, or fractions.
func drawn(t *rapid.T, whole bool) *Matrix {
	names := rapid.SliceOfNDistinct(rapid.StringMatching(`[a-zé_]{1,5}`), 1, 6, rapid.ID).Draw(t, "terms")
	entries := &triplets{}
	m := &Matrix{Documents: make([]Document, rapid.IntRange(1, 6).Draw(t, "documents"))}
	for d := range m.Documents {
		for i := range names {
			x := float64(rapid.SampledFrom([]int64{0, 0, 1, 2, 1<<24 + 1, 1<<31 + 1, mostWhole}).Draw(t, "count"))
			if !whole && rapid.Bool().Draw(t, "fraction") {
				x = float64(rapid.Float32Range(0, 1e9).Draw(t, "value"))
			}
			if x > 0 {
				entries.add(triplet{int32(d), int32(i), x})
			}
		}
	}
	if entries.count == 0 {
		entries.add(triplet{value: 1})
	}
	m.build(entries, names)
	return m
}

// A matrix comes back from every format with its vocabulary, whole numbers to the last digit.
func TestMatricesComeBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		format := rapid.SampledFrom(numbering).Draw(t, "format")
		want := drawn(t, format == UCI || format == LDAC)
		var matrix, vocabulary bytes.Buffer
		if err := errors.Join(want.Write(&matrix, format), WriteTerms(&vocabulary, want.Terms)); err != nil {
			t.Fatal(err)
		}
		terms, err := ReadTerms(&vocabulary)
		if err != nil {
			t.Fatal(err)
		}
		text := matrix.String()
		o := Options{Format: format, Terms: terms}
		if format == SVMlight {
			o.Base = OneBased
		}
		got := withoutMeta(readAs(t, text, o))
		if !reflect.DeepEqual(got, want) {
			t.Fatalf("%s: got %v, want %v of\n%s", format, entries(got), entries(want), text)
		}
	})
}

// Fractions do not go where only whole numbers may.
func TestFractionsAreRefused(t *testing.T) {
	m := readAs(t, "0 1:0.5\n", Options{Format: SVMlight})
	for _, format := range []Format{UCI, LDAC} {
		var b bytes.Buffer
		if err := m.Write(&b, format); err == nil || !strings.Contains(err.Error(), "holds whole numbers only") || b.Len() > 0 {
			t.Errorf("%s: error %v", format, err)
		}
	}
}

// Where terms are counted from is what the user says, else what the file says, else 0 if a term
// 0 occurs; and it is told.
func TestBaseOfSVMlight(t *testing.T) {
	const header = "# Generated by dump_svmlight_file from scikit-learn 1.5.2\n# Column indices are zero-based\n#\n"
	for _, c := range []struct {
		text  string
		base  Base
		terms int
		says  string
	}{
		{"0 1:1\n1 2:1\n", AnyBase, 2, "counted from 1: no term 0 occurs"},
		{"0 0:1\n1 2:1\n", AnyBase, 3, "counted from 0, since line 1 has a term 0"},
		{header + "0 1:1\n1 2:1\n", AnyBase, 3, "counted from 0, as its header says"},
		{"\uFEFF" + header + "0 1:1\n1 2:1\n", AnyBase, 3, "counted from 0, as its header says"},
		{"# indices are 1-based\n0 1:1\n1 2:1\n", AnyBase, 2, "counted from 1, as its header says"},
		{"# one-based\n0 0:1\n1 2:1\n", AnyBase, 3, "since line 2 has a term 0"},
		{"0 1:1\n# zero-based\n1 2:1\n", AnyBase, 2, "counted from 1"}, // no header any more
		{"0 1:1\n1 2:1\n", ZeroBased, 3, ""},
		{header + "0 1:1\n1 2:1\n", OneBased, 2, ""},
	} {
		m := readAs(t, c.text, Options{Format: SVMlight, Base: c.base})
		if len(m.Terms) != c.terms || !strings.Contains(m.Note, c.says) || (m.Note == "") != (c.says == "") {
			t.Errorf("%q, %v: %d terms, %q; want %d, %q", c.text, c.base, len(m.Terms), m.Note, c.terms, c.says)
		}
	}
	_, err := Read(strings.NewReader("0 1:1\n1 0:1\n"), Options{Format: SVMlight, Base: OneBased})
	if err == nil || !strings.Contains(err.Error(), "line 2: it has a term 0, and terms are to be counted from 1") {
		t.Errorf("error %v", err)
	}
	if _, err := Read(nil, Options{Format: UCI, Base: ZeroBased}); err == nil {
		t.Error("a base for a format that has one")
	}
}

// Whole numbers are whole or refused; what is written with an exponent is no count.
func TestLargeNumbers(t *testing.T) {
	for text, want := range map[string]float64{"16777217": 1<<24 + 1, "2147483649": 1<<31 + 1, "9007199254740992": 1 << 53, "1e30": 1e30, "0.1": float64(float32(0.1))} {
		if got := readAs(t, "0 1:"+text+"\n", Options{Format: SVMlight}).V.At(0, 0); got != want {
			t.Errorf("%s is read as %v", text, got)
		}
	}
	for format, text := range map[Format]string{
		SVMlight: "0 1:9007199254740993\n", UCI: "1\n1\n1\n1 1 9007199254740993\n", LDAC: "1 0:9007199254740993\n",
		MatrixMarket: "%%MatrixMarket matrix coordinate integer general\n1 1 1\n1 1 9007199254740993\n",
	} {
		_, err := Read(strings.NewReader(text), Options{Format: format})
		if err == nil || !strings.Contains(err.Error(), "9007199254740993") || !strings.Contains(err.Error(), "above 2^53") {
			t.Errorf("%s: error %v", format, err)
		}
	}
}

// A sum does not depend on the order of the file.
func TestSumsOfAnyOrder(t *testing.T) {
	for _, text := range []string{"0 1:1e16 1:1 1:1\n", "0 1:1 1:1e16 1:1\n", "0 1:1 1:1 1:1e16\n"} {
		if got := readAs(t, text, Options{Format: SVMlight}).V.At(0, 0); got != 1e16+2 {
			t.Errorf("%q adds up to %v", text, got)
		}
	}
}

// What editors and other programs put before the header does not hide a matrix.
func TestBeforeTheHeader(t *testing.T) {
	want := readMatrix(t, small, Options{})
	for name, text := range map[string]string{
		"a byte order mark": "\uFEFF" + small, "empty lines": "\n \r\n" + small, "blanks": "  \t" + small,
		"a comment": "% by hand\n" + small, "one percent sign": small[1:], "all": "\uFEFF\n% x\n  " + small[1:],
		"unsigned integers": strings.Replace(small, "integer", "unsigned-integer", 1),
		"double":            strings.Replace(small, "integer", "double", 1),
	} {
		if got := readAs(t, text, Options{}); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %v", name, entries(got))
		}
	}
	for _, text := range []string{"", "%", "%%%MatrixMarket matrix", "MatrixMarket matrix", "%%MatrixMarkets matrix", "x\n" + small, strings.Repeat("%\n", HeadSize)} {
		if IsMatrixMarket([]byte(text)) {
			t.Errorf("%.40q is taken for a matrix", text)
		}
	}
}

func TestTermsThatCannotStandOnALine(t *testing.T) {
	for _, stem := range []string{"", " ", "a\nb", "a\r", strings.Repeat("x", longestTerm), "\xff"} {
		if err := WriteTerms(io.Discard, []string{stem}); err == nil || !strings.Contains(err.Error(), "on a line of its own") {
			t.Errorf("%q: error %v", stem, err)
		}
	}
}

// fuzzFormat reads any file, and what can be read comes back from being written.
func fuzzFormat(f *testing.F, format Format, seeds ...string) {
	f.Add(examples[format])
	for _, seed := range seeds {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		table, err := Read(strings.NewReader(text), Options{Format: format})
		if err != nil {
			return
		}
		var b bytes.Buffer
		if err := table.Write(&b, MatrixMarket); err != nil {
			t.Fatal(err)
		}
		again, err := Read(&b, Options{})
		if err != nil {
			return // sums of what is near the largest value
		}
		if again.V.NNZ() != table.V.NNZ() || len(again.Documents) != len(table.Documents) || stems(again) != stems(table) {
			t.Fatalf("%d non-zeros, want %d, of %q", again.V.NNZ(), table.V.NNZ(), text)
		}
	})
}

func FuzzSVMlight(f *testing.F) {
	fuzzFormat(f, SVMlight, "+1 qid:3 0:1e-3 7:.5 # x\r\n\n#\n-1\n", "1:1\n2 2000000000:1\n", "a 1:1e38 1:3e38")
}

func FuzzUCI(f *testing.F) {
	fuzzFormat(f, UCI, "2\r\n\n3\n% no\n1\n2 3 1e-3\n", "2000000000\n1\n1\n1 1 1\n")
}

func FuzzLDAC(f *testing.F) { fuzzFormat(f, LDAC, "0\n1 0:1\r\n\n2 5:0 1:.5", "999999999 0:1\n") }

func stems(m *Matrix) string { return strings.Join(m.Terms, " ") }

// entries are the rows of V, with zeros.
func entries(m *Matrix) [][]float64 {
	rows, columns := m.V.Dims()
	full := make([][]float64, rows)
	for i := range full {
		full[i] = make([]float64, columns)
		for j := range full[i] {
			full[i][j] = m.V.At(i, j)
		}
	}
	return full
}

// sameEntries compares matrices bit by bit.
func sameEntries(a, b [][]float64) bool {
	return slices.EqualFunc(a, b, func(a, b []float64) bool { return slices.Equal(a, b) })
}
