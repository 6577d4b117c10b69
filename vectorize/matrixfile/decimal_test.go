package matrixfile

import (
	"math"
	"math/rand/v2"
	"regexp"
	"strconv"
	"testing"
)

// decimalSyntax is what a value may look like.
var decimalSyntax = regexp.MustCompile(`^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?$`)

// slowDecimal is decimal written for the reader.
func slowDecimal(text string) (float64, bool) {
	if !decimalSyntax.MatchString(text) {
		return 0, false
	}
	x, _ := strconv.ParseFloat(text, 64)
	return x, true
}

// sameDecimal compares numbers as far as decimal promises.
func sameDecimal(a, b float64) bool {
	return a == b || math.Abs(a-b) <= math.Abs(b)*(1.0/(1<<51))
}

// Every text of up to seven characters from an alphabet with one of each kind is a number,
// or none, as for strconv.
func TestDecimalExhaustively(t *testing.T) {
	var try func(text string, left int)
	try = func(text string, left int) {
		got, ok := decimal([]byte(text))
		if want, wantOK := slowDecimal(text); ok != wantOK || ok && !sameDecimal(got, want) {
			t.Fatalf("%q is read as %v, %v, want %v, %v", text, got, ok, want, wantOK)
		}
		for _, letter := range "07.e-+" {
			if left > 0 {
				try(text+string(letter), left-1)
			}
		}
	}
	try("", 7)
}

// Numbers of all lengths and sizes are what strconv reads, in single precision to the
// last bit.
func TestRandomDecimals(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 5))
	for range 100_000 {
		x := math.Float64frombits(random.Uint64())
		if math.IsNaN(x) || math.IsInf(x, 0) {
			continue
		}
		text := strconv.FormatFloat(x, "efg"[random.IntN(3)], random.IntN(26)-1, 64)
		got, ok := decimal([]byte(text))
		if want, _ := slowDecimal(text); !ok || !sameDecimal(got, want) || float32(got) != float32(want) {
			t.Fatalf("%q is read as %v, %v, want %v", text, got, ok, want)
		}
	}
}
