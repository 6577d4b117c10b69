package vectorize

import (
	"math"
	"slices"
	"sync"

	"github.com/james-bowman/sparse"
)

// build makes the vocabulary of the kept terms and the matrix of their counts.
func (t *Table) build(kept []keep, all *merged) {
	rows := make([]int32, len(all.terms))
	for i := range rows {
		rows[i] = -1
	}
	t.Vocabulary = &Vocabulary{Terms: make([]Term, len(kept)), Documents: all.documents}
	for row, k := range kept {
		t.Vocabulary.Terms[row] = k.term
		if k.number >= 0 {
			rows[k.number] = int32(row)
		}
	}
	start := make([]int, len(t.Documents)+1)
	tallies := all.tallies
	eachTally(tallies, func(i int) { tallies[i].measure(t, start, rows, all.numbers[i]) })
	for d := range t.Documents {
		start[d+1] += start[d]
	}
	size := start[len(t.Documents)]
	index, value := make([]int, size), make([]float64, size)
	eachTally(tallies, func(i int) { tallies[i].fill(start, index, value) })
	t.V = sparse.NewCSC(len(kept), len(t.Documents), start, index, value)
}

// eachTally does the work of all tallies side by side. Each of them writes what
// belongs to its own documents.
func eachTally(tallies []*tally, do func(i int)) {
	var done sync.WaitGroup
	for i := range tallies {
		done.Go(func() { do(i) })
	}
	done.Wait()
}

// measure gives the entries the rows of their terms, sorts them by row, drops those
// without a row, and counts what is left of each document, at start[number+1].
func (t *tally) measure(table *Table, start []int, rows, numbers []int32) {
	for i := range t.documents {
		d := &t.documents[i]
		entries := d.of(t.entries)
		known := 0
		for e := range entries {
			entries[e].term = rows[numbers[entries[e].term]]
			if entries[e].term >= 0 {
				known += int(entries[e].count)
			}
		}
		entries = slices.DeleteFunc(entries, func(e entry) bool { return e.term < 0 })
		t.sort(entries)
		d.size = int32(len(entries))
		start[d.number+1] = len(entries)
		table.Documents[d.number].Tokens = known
		table.Documents[d.number].Unknown = int(d.tokens) - known
	}
}

// sort puts entries in order of their terms. As whole numbers they are sorted in half
// the time that a comparing function takes.
func (t *tally) sort(entries []entry) {
	t.keys = t.keys[:0]
	for _, e := range entries {
		t.keys = append(t.keys, uint64(e.term)<<32|uint64(e.count))
	}
	slices.Sort(t.keys)
	for i, key := range t.keys {
		entries[i] = entry{int32(key >> 32), int32(key)}
	}
}

// fill writes the entries to their places.
func (t *tally) fill(start, index []int, value []float64) {
	for _, d := range t.documents {
		at := start[d.number]
		for i, e := range d.of(t.entries) {
			index[at+i], value[at+i] = int(e.term), float64(e.count)
		}
	}
}

// weigh turns counts into what the weighting wants.
func (t *Table) weigh(w Weighting) {
	m := t.V.RawMatrix()
	switch w {
	case BinaryWeighting:
		for e := range m.Data {
			m.Data[e] = 1
		}
	case LogWeighting:
		logCounts(m.Data)
	case BM25Weighting:
		inverse, mean := t.Vocabulary.probabilistic(), t.Vocabulary.meanLength()
		for d := range t.Documents {
			from, to := m.Indptr[d], m.Indptr[d+1]
			scaleBM25(m.Ind[from:to], m.Data[from:to], inverse, mean)
		}
	case TFIDFWeighting:
		inverse := t.Vocabulary.inverse()
		for d := range t.Documents {
			from, to := m.Indptr[d], m.Indptr[d+1]
			scaleTFIDF(m.Ind[from:to], m.Data[from:to], inverse)
		}
	}
}

// inverse is the inverse document frequency of each term, smoothed.
func (v *Vocabulary) inverse() []float64 {
	inverse := make([]float64, len(v.Terms))
	for i, t := range v.Terms {
		inverse[i] = 1 + math.Log(float64(1+v.Documents)/float64(1+t.DF))
	}
	return inverse
}

func scaleTFIDF(index []int, value, inverse []float64) {
	squares := 0.0
	for e, i := range index {
		value[e] *= inverse[i]
		squares += value[e] * value[e]
	}
	length := math.Sqrt(squares)
	for e := range value {
		value[e] /= length
	}
}
