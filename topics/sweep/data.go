package sweep

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"hash"
	"math"

	"klew/nmf"
	"klew/topics"
	"klew/topics/evaluation"
	"klew/vectorize"

	"github.com/james-bowman/sparse"
)

// fitData is the documents as they are fitted. Documents are parted once, and in the same way
// for every fit: numbers of topics are compared on the same documents.
type fitData struct {
	table    *vectorize.Table
	training *sparse.CSC
	heldOut  *sparse.CSC // nil if there is none
	out      []bool      // which documents of the table are held out; nil if none
	halves   []*sparse.CSC
	// background is the distribution of terms in training.
	background []float64
	// shares is the same without the 1 that is added to each count there.
	shares []float64
	// unexplained is the divergence without any topics; what fits leave is told by it.
	unexplained float64
	hash        string // of all that bears on it
}

func newData(t *vectorize.Table, p *Plan) *fitData {
	d := &fitData{table: t, training: t.V}
	if p.HeldOut > 0 && wholeNumbers(t.V) {
		d.training, d.heldOut, d.out = evaluation.HoldOut(t.V, p.HeldOut, p.Fitting.Seed)
	}
	for n := 0; n < p.Halves; n += 2 {
		first, second, _ := evaluation.HoldOut(d.training, 0.5, p.Fitting.Seed+uint64(n/2))
		d.halves = append(d.halves, first, second)
	}
	d.background = evaluation.BackgroundOf(d.training)
	d.shares = sharesOf(d.training)
	d.unexplained = unexplained(d.training, p.Fitting.Loss)
	d.hash = hashOf(t, p)
	return d
}

// sharesOf is each term's part of the sum of a table.
func sharesOf(v *sparse.CSC) []float64 {
	terms, _ := v.Dims()
	sums := make([]float64, terms)
	v.DoNonZero(func(i, _ int, x float64) { sums[i] += x })
	return topics.Proportions(sums)
}

// wholeNumbers says whether a table holds counts: only of such can tokens be predicted.
func wholeNumbers(v *sparse.CSC) bool {
	for _, x := range v.RawMatrix().Data {
		if x != math.Trunc(x) {
			return false
		}
	}
	return true
}

// of is the documents of a job.
func (d *fitData) of(j job) *sparse.CSC {
	if j.half > 0 {
		return d.halves[j.half-1]
	}
	return d.training
}

// unexplained is the divergence of the simplest model: for Kullback-Leibler that of one
// topic, with which every document has the terms of the corpus, Σ v log(v n / (a b)) with a
// and b the sums of row and column and n of all (half of what statistics calls the
// deviance of independence); for Frobenius that of zeros.
func unexplained(v *sparse.CSC, loss nmf.Loss) float64 {
	terms, documents := v.Dims()
	rows, columns := make([]float64, terms), make([]float64, documents)
	total, sum := 0.0, 0.0
	v.DoNonZero(func(i, j int, x float64) {
		rows[i] += x
		columns[j] += x
		total += x
	})
	v.DoNonZero(func(i, j int, x float64) {
		if loss == nmf.Frobenius {
			sum += x * x / 2
		} else {
			sum += x * math.Log(x*total/(rows[i]*columns[j]))
		}
	})
	return sum
}

// hashOf tells tables apart, and ways of parting them.
func hashOf(t *vectorize.Table, p *Plan) string {
	h := sha256.New()
	for _, term := range t.Vocabulary.Terms {
		fmt.Fprintf(h, "%q\n", term.Stem)
	}
	m := t.V.RawMatrix()
	hashAll(h, m.Indptr, func(x int) uint64 { return uint64(x) })
	hashAll(h, m.Ind, func(x int) uint64 { return uint64(x) })
	hashAll(h, m.Data, math.Float64bits)
	fmt.Fprint(h, p.HeldOut, p.Fitting.Seed)
	return hex.EncodeToString(h.Sum(nil)[:16])
}

// hashAll hashes numbers by the thousand: one at a time takes ten times as long.
func hashAll[T any](h hash.Hash, all []T, bits func(T) uint64) {
	buffer := make([]byte, 0, 8192)
	for n, x := range all {
		buffer = binary.LittleEndian.AppendUint64(buffer, bits(x))
		if len(buffer) == cap(buffer) || n == len(all)-1 {
			h.Write(buffer)
			buffer = buffer[:0]
		}
	}
}
