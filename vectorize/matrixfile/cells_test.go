package matrixfile

import (
	"fmt"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"
)

// The same four cells, as programs write them.
func TestTriplets(t *testing.T) {
	for name, text := range map[string]string{
		"commas and a header": "user,item,rating,time\nann,\"b, c\",2.5,9\nben,a,0,9\nann,a,4,9\n",
		"semicolons":          "ann;b, c;2,5\r\nben;a;0\r\nann;a;4\r\n",
		"tabs, a mark":        "\ufeffann\tb, c\t2.5\t88\nben\ta\t0\t88\n\nann\ta\t4\t88\n",
		"double colons":       "ann::b, c::2.5::88\nben::a::0::88\nann::a::4::88\n",
		"bars":                "ann|b, c|2.5\nben|a|0\nann|a|4",
	} {
		m := readAs(t, text, Options{Format: Triplets})
		if got := fmt.Sprint(m.Terms, m.Documents); got != "[a b, c] [{  ann} {  ben}]" {
			t.Errorf("%s: terms and documents are %s", name, got)
		}
		if want := mat.NewDense(2, 2, []float64{4, 0, 2.5, 0}); !mat.Equal(m.V, want) {
			t.Errorf("%s: V is %v", name, mat.Formatted(m.V))
		}
		if want := mat.NewDense(2, 2, []float64{1, 1, 1, 0}); !mat.Equal(m.Known, want) {
			t.Errorf("%s: known is %v", name, mat.Formatted(m.Known))
		}
		if header := strings.HasPrefix(text, "user"); header != strings.Contains(m.Note, "line 1 is taken for a header: user, item, rating") {
			t.Errorf("%s: the note is %q", name, m.Note)
		}
		var b strings.Builder
		if err := m.Write(&b, Triplets); err != nil || b.String() != "document,term,value\nann,a,4\nann,\"b, c\",2.5\n" {
			t.Errorf("%s: %v, written as %s", name, err, b.String())
		}
	}
}

func TestNoTriplets(t *testing.T) {
	for text, want := range map[string]string{
		"":                        "no entry",
		"a,b,0\n":                 "no entry",
		"one field\n":             "line 1 has one field",
		"a,b,1\na,c,many\n":       `line 2: the third field must be a number, and is "many"`,
		"a,b,1\na,c\n":            "line 2: the third field must be a number",
		"a,b,1\na,c,-1\n":         "line 2: the value is -1: it must be finite and not negative",
		"a,b,1\na,c,NaN\n":        "line 2: the value is NaN",
		"a,b,1\n,c,1\n":           "line 2: a row or a column has no name",
		"a,b,c\nd,e,f\ng,h,i\n":   "line 2: the third field must be a number",
		"a,b,1\n\"a,c,1\nd,e,1\n": "line 2", // a quotation mark that is not closed
	} {
		if _, err := Read(strings.NewReader(text), Options{Format: Triplets}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v does not say %q", text, err, want)
		}
	}
}

// Whatever is read is a matrix that can be written and read again.
func FuzzTriplets(f *testing.F) {
	for _, text := range []string{"a,b,1\n", "u::i::3\n", "\ufeffx;y;1,5\n", "a\tb\t0\na\tc\t2", "\"a\nb\",c,1\n"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		m, err := Read(strings.NewReader(text), Options{Format: Triplets})
		if err != nil {
			return
		}
		rows, columns := m.V.Dims()
		if r, c := m.Known.Dims(); r != rows || c != columns || rows != len(m.Terms) || columns != len(m.Documents) {
			t.Fatalf("%d × %d, known %d × %d, %d terms, %d documents", rows, columns, r, c, len(m.Terms), len(m.Documents))
		}
		var b strings.Builder
		if err := m.Write(&b, Triplets); err != nil {
			t.Fatal(err)
		}
		if _, err := Read(strings.NewReader(b.String()), Options{Format: Triplets}); err != nil {
			t.Fatalf("%q was written as %q: %v", text, b.String(), err)
		}
	})
}
