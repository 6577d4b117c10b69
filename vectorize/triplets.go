package vectorize

import (
	"math"
	"slices"

	"github.com/james-bowman/sparse"
)

// triplet is an entry of V with its place: 12 bytes.
type triplet struct {
	document, term int32
	value          float32
}

// triplets are the entries of V as they come. They are kept in blocks: one slice that
// grew would be there twice while it is copied.
type triplets struct {
	blocks [][]triplet
	count  int
}

// blockSize makes blocks of 96 KB.
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
			index[at], value[at] = int(rows[e.term]), float64(e.value)
			next[e.document]++
		}
	}
	n := tidy(start, index, value)
	return sparse.NewCSC(len(rows), documents, start, index[:n], value[:n])
}

// tidy puts the entries of each column in order of their rows, adds those of one place,
// and returns how many are left. They are sorted as whole numbers, by row and then by
// value: so sums do not depend on the order of the file.
func tidy(start, index []int, value []float64) int {
	var keys []uint64
	to := 0
	for d := range len(start) - 1 {
		keys = keys[:0]
		for e := start[d]; e < start[d+1]; e++ {
			keys = append(keys, uint64(index[e])<<32|uint64(math.Float32bits(float32(value[e]))))
		}
		slices.Sort(keys)
		start[d] = to
		for _, key := range keys {
			row, x := int(key>>32), float64(math.Float32frombits(uint32(key)))
			if to > start[d] && index[to-1] == row {
				value[to-1] += x
				continue
			}
			index[to], value[to] = row, x
			to++
		}
	}
	start[len(start)-1] = to
	return to
}

// shift adds to the number of each term.
func (t *triplets) shift(by int32) {
	for _, block := range t.blocks {
		for i := range block {
			block[i].term += by
		}
	}
}
