package matrixfile

import (
	"bytes"
	"math"
	"slices"

	"github.com/james-bowman/sparse"
)

// triplet is an entry of V with its place: 16 bytes.
type triplet struct {
	document, term int32
	value          float64
}

// triplets are the entries of V as they come. They are kept in blocks: one slice that
// grew would be there twice while it is copied.
type triplets struct {
	blocks [][]triplet
	count  int
}

// blockSize makes blocks of 128 KB.
const blockSize = 1 << 13

func (t *triplets) add(x triplet) {
	if t.count%blockSize == 0 {
		t.blocks = append(t.blocks, make([]triplet, 0, blockSize))
	}
	last := &t.blocks[len(t.blocks)-1]
	*last = append(*last, x)
	t.count++
}

// matrix sorts the entries by document, by counting, and within a document by row. The
// row of a term is given.
func (t *triplets) matrix(documents int, rows []int32) *sparse.CSC {
	start := make([]int, documents+1)
	for _, block := range t.blocks {
		for _, e := range block {
			start[e.document+1]++
		}
	}
	for d := range documents {
		start[d+1] += start[d]
	}
	index, value := make([]int, t.count), make([]float64, t.count)
	next := slices.Clone(start)
	for _, block := range t.blocks {
		for _, e := range block {
			at := next[e.document]
			index[at], value[at] = int(rows[e.term]), e.value
			next[e.document]++
		}
	}
	n := tidy(start, index, value)
	return sparse.NewCSC(len(rows), documents, start, index[:n], value[:n])
}

// tidy puts the entries of each column in order of their rows, adds those of one place, and
// returns how many are left. Those of one place are added in the order of their values: so sums
// do not depend on the order of the file.
func tidy(start, index []int, value []float64) int {
	var keys []uint64
	var values []float64
	to := 0
	for d := range len(start) - 1 {
		keys, values = keys[:0], append(values[:0], value[start[d]:start[d+1]]...)
		for i, row := range index[start[d]:start[d+1]] {
			keys = append(keys, uint64(row)<<32|uint64(i))
		}
		slices.Sort(keys)
		start[d] = to
		for len(keys) > 0 {
			row, same := keys[0]>>32, 1
			for same < len(keys) && keys[same]>>32 == row {
				same++
			}
			index[to], value[to] = int(row), sum(keys[:same], values)
			keys = keys[same:]
			to++
		}
	}
	start[len(start)-1] = to
	return to
}

// sum adds the values of one place, whose numbers the low halves of the keys are.
func sum(keys []uint64, values []float64) float64 {
	if len(keys) == 1 {
		return values[uint32(keys[0])]
	}
	parts := make([]float64, len(keys))
	for i, key := range keys {
		parts[i] = values[uint32(key)]
	}
	slices.Sort(parts)
	total := 0.0
	for _, x := range parts {
		total += x
	}
	return total
}

// shift adds to the number of each term.
func (t *triplets) shift(by int32) {
	for _, block := range t.blocks {
		for i := range block {
			block[i].term += by
		}
	}
}

// mostWhole is the largest whole number below which double precision holds all of them.
const mostWhole = 1 << 53

// parseValue reads a value. tooLong says that it is a whole number of which the last digits would
// be lost.
func parseValue(field []byte) (x float64, ok, tooLong bool) {
	x, ok = decimal(field)
	if !ok || !(x >= 0 && x <= math.MaxFloat32) {
		return 0, false, false
	}
	if x != math.Trunc(x) {
		return float64(float32(x)), true, false
	}
	digits, _ := cutSign(field)
	digits = bytes.TrimLeft(digits, "0")
	whole, n := addDigits(0, digits)
	return x, true, n == len(digits) && (n > digitsOf64Bits || whole > mostWhole)
}
