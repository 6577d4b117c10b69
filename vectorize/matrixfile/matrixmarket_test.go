package matrixfile

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"math/big"
	"reflect"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/iotest"

	"pgregory.net/rapid"
)

// readMatrix reads a matrix that is without fault.
func readMatrix(t rapid.TB, text string, o Options) *Matrix {
	t.Helper()
	o.Format = MatrixMarket
	table, err := Read(strings.NewReader(text), o)
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	return table
}

// small is the example of ReadMatrixMarket: documents are rows.
const small = `%%MatrixMarket matrix coordinate integer general
3 4 5
1 1 2
1 3 1
2 2 4
3 2 1
3 4 1
`

// What is read is a table as Count makes it: terms are rows, documents are columns.
func TestReadMatrixMarket(t *testing.T) {
	table := readMatrix(t, small, Options{})
	want := [][]float64{{2, 0, 0}, {0, 4, 1}, {1, 0, 0}, {0, 0, 1}}
	if got := entries(table); !sameEntries(got, want) {
		t.Errorf("V is %v, want %v", got, want)
	}
	if len(table.Documents) != 3 || stems(table) != "term1 term2 term3 term4" {
		t.Errorf("%d documents, terms %s", len(table.Documents), stems(table))
	}
}

// The same matrix may be written in many ways.
func TestWaysOfWritingAMatrix(t *testing.T) {
	for _, c := range []struct{ name, from, to string }{
		{"any case", "%%MatrixMarket matrix coordinate integer general", "%%MATRIXMARKET Matrix Coordinate INTEGER General"},
		{"line ends of Windows", "\n", "\r\n"},
		{"comments", "3 4 5\n", "% by hand\n%\n3 4 5\n%%% three documents\n"},
		{"a comment longer than the buffer", "3 4 5\n", "%" + strings.Repeat(" 7", longestLine) + "\n3 4 5\n"},
		{"empty lines", "\n", "\n\n \t\r\n"},
		{"blanks", "1 3 1", "\t 1   3\t1 \t"},
		{"zeros before", "1 3 1", "0001 03 001"},
		{"no last line end", "3 4 1\n", "3 4 1"},
		{"another order", "1 1 2\n1 3 1\n2 2 4\n", "2 2 4\n1 3 1\n1 1 2\n"},
		{"an entry in parts", "3 4 5\n1 1 2\n", "3 4 7\n1 1 .5\n1 1 1\n1 1 5e-1\n"},
		{"zeros", "3 4 5\n", "3 4 8\n2 1 0\n1 2 0.0e5\n1 4 -0\n"},
		{"what single precision takes for 0", "3 4 5\n", "3 4 6\n2 1 1e-60\n"},
		{"decimal points", "1 1 2\n", "1 1 2.\n"},
		{"powers of ten", "2 2 4\n", "2 2 +.04E+02\n"},
		{"powers of ten below 0", "2 2 4\n", "2 2 4000e-3\n"},
		{"more digits than 64 bits hold", "2 2 4\n", "2 2 4.000000000000000000000000000001\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			text := strings.ReplaceAll(small, c.from, c.to)
			if text == small {
				t.Fatal("nothing was replaced")
			}
			if got, want := readMatrix(t, text, Options{}), readMatrix(t, small, Options{}); !reflect.DeepEqual(got, want) {
				t.Errorf("%s\nhas %v, want %v", text, entries(got), entries(want))
			}
		})
	}
}

func TestPatternsHaveNoValues(t *testing.T) {
	text := "%%MatrixMarket matrix coordinate pattern general\n2 2 3\n1 1\n2 2\n2 2\n"
	if got, want := entries(readMatrix(t, text, Options{})), [][]float64{{1, 0}, {0, 2}}; !sameEntries(got, want) {
		t.Errorf("V is %v, want %v", got, want)
	}
}

// Without a vocabulary the order of names is that of numbers.
func TestTermsByNumber(t *testing.T) {
	table := readMatrix(t, "%%MatrixMarket matrix coordinate integer general\n1 10 2\n1 10 1\n1 2 1\n", Options{})
	if got, want := stems(table), "term01 term02 term03 term04 term05 term06 term07 term08 term09 term10"; got != want {
		t.Errorf("terms are %q, want %q", got, want)
	}
	if got := table.V.At(9, 0); got != 1 {
		t.Errorf("term10 occurs %v times", got)
	}
}

// A vocabulary's order is its file's; that of a table is by bytes, with the rows of V.
func TestTermsByVocabulary(t *testing.T) {
	table := readMatrix(t, small, Options{Terms: []string{"whale", "ship", "élan", "Ahab"}})
	if got, want := stems(table), "Ahab ship whale élan"; got != want {
		t.Errorf("terms are %q, want %q", got, want)
	}
	if got, want := entries(table), [][]float64{{0, 0, 1}, {0, 4, 1}, {2, 0, 0}, {1, 0, 0}}; !sameEntries(got, want) {
		t.Errorf("V is %v, want %v", got, want)
	}
}

func TestTransposeTurnsAMatrix(t *testing.T) {
	o := Options{Transpose: true, Terms: []string{"whale", "ship", "Ahab"}}
	table := readMatrix(t, small, o)
	want := [][]float64{{0, 1, 0, 1}, {0, 4, 0, 0}, {2, 0, 1, 0}}
	if got := entries(table); stems(table) != "Ahab ship whale" || !sameEntries(got, want) {
		t.Errorf("terms are %q, V is %v, want %v", stems(table), got, want)
	}
	if len(table.Documents) != 4 {
		t.Errorf("%d documents", len(table.Documents))
	}
}

// What is wrong with a file is said in one line, and where.
func TestFaultyMatrices(t *testing.T) {
	const banner, real3 = "%%MatrixMarket matrix coordinate integer general\n", "%%MatrixMarket matrix coordinate real general\n3 3 3\n"
	for _, c := range []struct{ name, text, want string }{
		{"nothing", "", `line 1: not a MatrixMarket file`},
		{"text", "Call me Ishmael.", `line 1: not a MatrixMarket file: it does not begin with %%MatrixMarket`},
		{"a banner cut off", "%%MatrixMarket matrix", `line 1: "%%MatrixMarket matrix": must be "%%MatrixMarket matrix coordinate integer general"`},
		{"line ends of old", strings.ReplaceAll(small, "\n", "\r"), "line 1: "},
		{"a vector", strings.Replace(small, "matrix", "vector", 1), `line 1: it holds a "vector"`},
		{"dense", strings.Replace(small, "coordinate", "array", 1), `line 1: the format is "array": only coordinate can be read; write`},
		{"complex", strings.Replace(small, "integer", "complex", 1), `line 1: the values are "complex": only real, integer and pattern`},
		{"half", strings.Replace(small, "general", "symmetric", 1), `line 1: the symmetry is "symmetric": only general can be read; write all entries`},
		{"a long kind", strings.Replace(small, "integer", strings.Repeat("x", 1000), 1), `the values are "` + strings.Repeat("x", 40) + `"…: only`},
		{"no size", banner + "% nothing else\n", "line 3: the file ends before the size"},
		{"two numbers", banner + "3 4\n", `line 2: "3 4" is no size`},
		{"four numbers", banner + "3 4 5 6\n", `line 2: "3 4 5 6" is no size`},
		{"a size of words", banner + "three 4 5\n", `line 2: "three 4 5" is no size`},
		{"a size below 0", banner + "3 -4 5\n", `line 2: "3 -4 5" is no size`},
		{"no rows", banner + "0 4 0\n", "line 2: a matrix of 0 × 4: must have from 1 to 2147483647"},
		{"more rows than 31 bits hold", banner + "2147483648 4 5\n", "line 2: a matrix of 2147483648 × 4"},
		{"more digits than 64 bits hold", banner + "99999999999999999999999 4 5\n", "line 2: "},
		{"no entries", banner + "3 4 0\n", "no entry of the matrix is above 0"},
		{"only zeros", real3 + "1 1 0\n1 2 0\n1 3 0\n", "no entry of the matrix is above 0"},
		{"too few", strings.Replace(small, "1 3 1\n", "", 1), "line 7: the file ends after 4 of the 5 entries that line 2 announces"},
		{"too many", small + "3 3 1\n", "line 8: one entry more than the 5 that line 2 announces"},
		{"row 0", real3 + "0 1 1\n", "line 3: row 0: must be from 1 to 3, as line 2 announces"},
		{"a row beyond", real3 + "4 1 1\n", "line 3: row 4: must be from 1 to 3"},
		{"column 0", real3 + "1 0 1\n", "line 3: column 0: must be from 1 to 3"},
		{"a column beyond", real3 + "1 4294967297 1\n", "line 3: column 4294967297: must be from 1 to 3"},
		{"a row below 0", real3 + "-1 1 1\n", `line 3: "-1 1 1" is no entry: a row, a column and a value must stand here`},
		{"a row that is no number", real3 + "1.0 1 1\n", `line 3: "1.0 1 1" is no entry`},
		{"no value", real3 + "% a comment\n\n1 1\n", `line 5: "1 1" is no entry`},
		{"two values", real3 + "1 1 1 1\n", `line 3: "1 1 1 1" is no entry`},
		{"a value in a pattern", strings.Replace(small, "integer", "pattern", 1), `line 3: "1 1 2" is no entry: a row and a column must stand here`},
		{"a long line", real3 + "1 1 " + strings.Repeat("1", 100), `line 3: the value "` + strings.Repeat("1", 40) + `"…: must be`},
		{"a line longer than the buffer", real3 + "1 1 " + strings.Repeat("1", longestLine), "line 3: longer than 65536 bytes"},
		{"a value below 0", real3 + "1 1 1\n1 2 -0.5\n", `line 4: the value "-0.5": must be a number from 0 to 3.4e+38`},
		{"NaN", real3 + "1 1 NaN\n", `line 3: the value "NaN": must be a number`},
		{"infinity", real3 + "1 1 inf\n", `line 3: the value "inf": must be a number`},
		{"a value of words", real3 + "1 1 two\n", `line 3: the value "two": must be a number`},
		{"a hexadecimal value", real3 + "1 1 0x1p3\n", `line 3: the value "0x1p3": must be a number`},
		{"too large for single precision", real3 + "1 1 1e39\n", `line 3: the value "1e39": must be a number`},
		{"too large for double precision", real3 + "1 1 1e999\n", `line 3: the value "1e999": must be a number`},
		{"an exponent that would turn over", real3 + "1 1 1e18446744073709551617\n", `line 3: the value "1e18446744073709551617": must be`},
		{"rows that are not there", banner + "2147483647 1 1\n1 1 1\n", "line 2 announces 2147483647 rows and 1 columns: by the number of entries at least 2147483646 of either are empty, and at most 262144 may be"},
		{"columns that are not there", banner + "1 2147483647 1\n1 1 1\n", "at least 2147483646 of either are empty"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := Read(strings.NewReader(c.text), Options{Format: MatrixMarket})
			if err == nil || !strings.HasPrefix(err.Error(), "line") && !strings.HasPrefix(err.Error(), "no entry") || !strings.Contains(err.Error(), c.want) {
				t.Fatalf("error is %v, want %q", err, c.want)
			}
			if len(err.Error()) > 300 || strings.Contains(err.Error(), "\n") {
				t.Errorf("the error is too long: %v", err)
			}
		})
	}
}

// A vocabulary of another size is found out before the entries are read, and what is
// probably meant is said.
func TestVocabularyOfAnotherSize(t *testing.T) {
	for _, c := range []struct {
		terms     int
		transpose bool
		want      string
	}{
		{5, false, "line 2: the matrix has 4 terms, the vocabulary 5"},
		{3, false, "the vocabulary 3, which is its number of documents: add --transpose"},
		{4, true, "the vocabulary 4, which is its number of documents: leave out --transpose"},
		{0, false, "the matrix has 4 terms, the vocabulary 0"},
	} {
		o := Options{Transpose: c.transpose, Terms: numberedTerms(c.terms)}
		_, err := Read(strings.NewReader(small[:strings.Index(small, "1 1 2")]), o)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%d terms: error %v, want %q", c.terms, err, c.want)
		}
	}
}

// A matrix may have a larger vocabulary than it makes use of.
func TestManyTermsOfAVocabulary(t *testing.T) {
	o := Options{Terms: numberedTerms(mostEmpty + 10)}
	text := fmt.Sprintf("%%%%MatrixMarket matrix coordinate pattern general\n1 %d 1\n1 7\n", len(o.Terms))
	if terms := len(readMatrix(t, text, o).Terms); terms != len(o.Terms) {
		t.Errorf("%d terms, want %d", terms, len(o.Terms))
	}
}

// A header may promise what it likes: memory goes by what is there.
func TestLyingHeaderTakesNoMemory(t *testing.T) {
	for _, size := range []string{"2147483647 2147483647 999999999999999999", "2147483647 2147483647 1"} {
		text := "%%MatrixMarket matrix coordinate pattern general\n" + size + "\n1 1\n"
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, err := Read(strings.NewReader(text), Options{Format: MatrixMarket})
		runtime.ReadMemStats(&after)
		if used := after.TotalAlloc - before.TotalAlloc; err == nil || used > 1<<20 {
			t.Errorf("%s: %d bytes (%v)", size, used, err)
		}
	}
}

// What stops the reader stops the reading, and can be told from the error.
func TestReadErrorsComeThrough(t *testing.T) {
	long := strings.Replace(small, "\n", "\n%"+strings.Repeat("-", longestLine)+"\n", 1)
	for _, text := range []string{small, long} {
		for n := 0; n < len(text); n += len(text) / len(small) {
			from := io.MultiReader(strings.NewReader(text[:n]), iotest.ErrReader(context.Canceled))
			if _, err := Read(iotest.HalfReader(from), Options{Format: MatrixMarket}); !errors.Is(err, context.Canceled) {
				t.Errorf("after %d bytes: error %v", n, err)
			}
		}
	}
}

// The same term twice is a fault of the program that names the terms.
func TestTermsGivenTwice(t *testing.T) {
	defer func() {
		if got := fmt.Sprint(recover()); !strings.Contains(got, `matrixfile: the term "ship" is given twice`) {
			t.Errorf("panic %v", got)
		}
	}()
	Read(strings.NewReader(small), Options{Terms: []string{"ship", "whale", "ship", "sea"}})
}

// written writes a matrix of documents by terms, its entries in any order and in parts.
func written(t *rapid.T, counts [][]int) string {
	var lines []string
	for d, row := range counts {
		for i, left := range row {
			for left > 0 {
				part := rapid.IntRange(1, left).Draw(t, "part")
				lines = append(lines, fmt.Sprintf("%d %d %d", d+1, i+1, part))
				left -= part
			}
		}
	}
	size := fmt.Sprintf("%d %d %d", len(counts), len(counts[0]), len(lines))
	lines = rapid.Permutation(lines).Draw(t, "lines")
	return "%%MatrixMarket matrix coordinate integer general\n" + size + "\n" + strings.Join(lines, "\n")
}

// A matrix comes back whatever the order of its entries, the names of its terms, and
// whichever way it lies.
func TestRandomMatricesComeBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		documents, terms := rapid.IntRange(1, 5).Draw(t, "documents"), rapid.IntRange(1, 5).Draw(t, "terms")
		counts, empty := make([][]int, documents), true
		for d := range counts {
			counts[d] = rapid.SliceOfN(rapid.IntRange(0, 3), terms, terms).Draw(t, "counts")
			empty = empty && slices.Max(counts[d]) == 0
		}
		if empty {
			return
		}
		text := written(t, counts)
		names := rapid.Permutation([]string{"a", "B", "ab", "Z", "é"}).Draw(t, "names")
		table := readMatrix(t, text, Options{Terms: names[:terms]})
		turned := readMatrix(t, text, Options{Terms: names[:documents], Transpose: true})
		for d, row := range counts {
			for i, want := range row {
				at, _ := slices.BinarySearch(table.Terms, names[i])
				turnedAt, _ := slices.BinarySearch(turned.Terms, names[d])
				if got, got2 := table.V.At(at, d), turned.V.At(turnedAt, i); got != float64(want) || got2 != float64(want) {
					t.Fatalf("document %d, term %d: %v, turned %v, want %d\n%s", d, i, got, got2, want, text)
				}
			}
		}
	})
}

// slowMatrix reads a matrix without any cleverness: a map from places to sums, by
// document and term.
func slowMatrix(text string) (rows, columns int, sums map[[2]int]float64, ok bool) {
	lines := slowHeader(strings.Split(text, "\n"))
	kind := strings.Fields(strings.ToLower(lines[0]))
	if len(kind) != 5 || kind[1] != "matrix" || kind[2] != "coordinate" || kind[4] != "general" ||
		!slices.Contains([]string{"real", "double", "integer", "unsigned-integer", "pattern"}, kind[3]) {
		return 0, 0, nil, false
	}
	var said [][]string
	for _, line := range lines[1:] {
		line = strings.Trim(line, " \t\r")
		if line != "" && line[0] != '%' {
			said = append(said, strings.FieldsFunc(line, func(r rune) bool { return strings.ContainsRune(" \t\r", r) }))
		}
	}
	if len(said) == 0 || len(said[0]) != 3 {
		return 0, 0, nil, false
	}
	rows, okRows := slowIndex(said[0][0], math.MaxInt32)
	columns, okColumns := slowIndex(said[0][1], math.MaxInt32)
	if said[0][2] != "0" && !slowDigits.MatchString(said[0][2]) || strings.TrimLeft(said[0][2], "0") != strings.TrimLeft(strconv.Itoa(len(said)-1), "0") {
		return 0, 0, nil, false
	}
	sums = map[[2]int]float64{}
	for _, entry := range said[1:] {
		if kind[3] == "pattern" {
			entry = append(entry, "1")
		}
		if len(entry) != 3 {
			return 0, 0, nil, false
		}
		row, okRow := slowIndex(entry[0], rows)
		column, okColumn := slowIndex(entry[1], columns)
		x, okValue := slowDecimal(entry[2])
		if !okRow || !okColumn || !okValue || x < 0 || x > math.MaxFloat32 {
			return 0, 0, nil, false
		}
		if whole, isWhole := new(big.Int).SetString(entry[2], 10); isWhole && whole.Cmp(big.NewInt(mostWhole)) > 0 {
			return 0, 0, nil, false
		} else if x != math.Trunc(x) {
			x = float64(float32(x))
		}
		if x > 0 {
			sums[[2]int{row - 1, column - 1}] += x
		}
	}
	return rows, columns, sums, okRows && okColumns
}

// slowHeader leaves out the lines that may stand before the header, and its mark.
func slowHeader(lines []string) []string {
	for i, line := range lines {
		line = strings.TrimSpace(strings.TrimPrefix(line, "\ufeff"))
		if first := strings.Fields(strings.ToLower(line)); len(first) > 0 && slowMagic.MatchString(first[0]) {
			return append([]string{line}, lines[i+1:]...)
		} else if line != "" && line[0] != '%' {
			break
		}
	}
	return []string{""}
}

var slowMagic = regexp.MustCompile(`^%%?matrixmarket$`)

var slowDigits = regexp.MustCompile(`^[0-9]{1,18}$`)

func slowIndex(text string, most int) (int, bool) {
	n, err := strconv.Atoi(text)
	return n, err == nil && slowDigits.MatchString(text) && n >= 1 && n <= most
}

// FuzzMatrixMarket compares the reader with the slow one, for any file.
func FuzzMatrixMarket(f *testing.F) {
	f.Add(small)
	for _, field := range []string{"real", "pattern", "complex"} {
		f.Add(strings.Replace(small, "integer", field, 1))
	}
	f.Add("%MatrixMarket\tmatrix coordinate integer general\n3 4 1\n1 1 2\n")
	f.Add("\ufeff% made by\n\n%%MatrixMarket matrix coordinate integer general\n3 4 1\n1 1 2\n")
	f.Add("%%matrixmarket\tMATRIX coordinate pattern general\r\n%\r\n\r\n2 2 2\r\n1 1\r\n 2 2 ")
	f.Add("%%MatrixMarket matrix coordinate real general\n2 3 4\n2 3 1e-3\n2 3 .5\n1 1 12.50\n1 2 0\n")
	f.Add("%%MatrixMarket matrix coordinate real general\n2 3 1\n2 3 12345678901234567890.5e-7\n")
	f.Add("%%MatrixMarket matrix coordinate real general\n2000000000 2000000000 1000000000\n1 1 1\n")
	f.Fuzz(func(t *testing.T, text string) {
		table, err := Read(strings.NewReader(text), Options{Format: MatrixMarket})
		rows, columns, sums, ok := slowMatrix(text)
		if err != nil {
			// The slow reader knows nothing of long lines and of what is too empty.
			if ok && len(sums) > 0 && max(rows, columns) <= mostEmpty && len(text) < longestLine {
				t.Fatalf("error %v for %q", err, text)
			}
			return
		}
		if terms, documents := table.V.Dims(); !ok || documents != rows || terms != columns || table.V.NNZ() != len(sums) {
			t.Fatalf("%d documents, %d terms, %d entries; want %d, %d, %d (%v) of %q", documents, terms, table.V.NNZ(), rows, columns, len(sums), ok, text)
		}
		for place, want := range sums {
			// The last bits of a sum depend on the order of adding.
			if got := table.V.At(place[1], place[0]); math.Abs(got-want) > 1e-9*want {
				t.Fatalf("document %d, term %d: %v, want %v of %q", place[0], place[1], got, want, text)
			}
		}
	})
}
