// Package synthetic draws matrices of counts from a topic model, to measure on: as large
// as one likes, the same for the same seed (processors that round otherwise may draw
// another term now and then), and never held in memory.
//
// The terms of a topic follow Zipf's law, in an order that is the topic's own. The
// exponent is 5/4; the shift is Mandelbrot's, and flattens the head as the removal of
// stop words does:
//
//	P(rank) ∝ (rank + shift)^(−1/4) − (rank + 1 + shift)^(−1/4) ≈ ¼ (rank + shift)^(−5/4)
//
// A document has a length, from a log-normal distribution, and a few topics, in shares
// that are uniform on the simplex. A part of its tokens comes from a background that all
// documents share, so that a frequent term is frequent everywhere, as in texts. With
// the constants below and 20,000 terms a document has 130 non-zeros and 1.4 tokens for
// each; newsgroups has 129 and 1.9, because words in a text come in bursts.
//
// # The topics that can be found
//
// The background has the same share β of every document, and the shares of a document's topics sum to
// 1 − β. So a document of the shares s is drawn from
//
//	β·b + (1 − β) Σₖ sₖ·tₖ  =  Σₖ sₖ·((1 − β)·tₖ + β·b)
//
// and as many topics as the model has explain all documents exactly, each with its part of the
// background. Topics returns these: no factorisation could tell tₖ from b. The overlap Σ min(p, q)
// with tₖ alone is no more than about 1 − β for topics that were found exactly.
//
// Each document has a stream of random numbers of its own, and is drawn anew whenever
// the matrix is visited: a visit costs time in place of memory, about 65 ns a non-zero.
package synthetic

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"gonum.org/v1/gonum/mat"
)

const (
	shift = 3.0
	// background is the part of the tokens that the document's topics do not choose.
	background = 0.3
	// mostTopics is how many a document may have; each number from 1 is as likely.
	mostTopics = 5
	// The logarithm of a document's length has this mean, if the model says no other, and
	// this standard deviation.
	meanLog, spreadLog = 5, 0.7
	// sample is the number of documents that tell how many a matrix needs. Their mean
	// is off by about one part in a hundred.
	sample = 4096
)

// Model is a topic model.
type Model struct {
	// Terms and Topics are how many there are, at least one.
	Terms, Topics int
	// Tokens is the median length of a document; 0 means e⁵, about 148.
	Tokens float64
	// Seed starts the random numbers: the same seed, the same matrix.
	Seed uint64
}

// Matrix draws documents until they have about so many non-zeros. A larger matrix of the
// same model begins with the documents of a smaller one.
func (m Model) Matrix(nonZeros int) *Matrix {
	if m.Terms < 1 || m.Topics < 1 || nonZeros < 1 {
		panic(fmt.Sprintf("synthetic: a matrix of %d terms, %d topics and %d non-zeros", m.Terms, m.Topics, nonZeros))
	}
	x := &Matrix{model: m, span: 1 - math.Pow(1+float64(m.Terms)/shift, -0.25)}
	for k := range m.Topics + 1 {
		x.orders = append(x.orders, m.order(k))
	}
	x.documents = x.enough(nonZeros)
	return x
}

func (m Model) meanLog() float64 {
	if m.Tokens > 0 {
		return math.Log(m.Tokens)
	}
	return meanLog
}

// order lists the terms by rank: of a topic, or after the last one, of the background.
func (m Model) order(topic int) []int32 {
	random := rand.New(rand.NewPCG(m.Seed, ^uint64(topic))) // far from the documents' numbers
	order := make([]int32, m.Terms)
	for i := range order {
		order[i] = int32(i)
	}
	random.Shuffle(len(order), func(a, b int) { order[a], order[b] = order[b], order[a] })
	return order
}

// Matrix has a row for each term and a column for each document. It is a mat.Matrix and
// a mat.NonZeroDoer.
type Matrix struct {
	model     Model
	documents int
	orders    [][]int32 // the terms by rank, of each topic and of the background
	span      float64   // what (1 + rank/shift)^(−1/4) falls by from the first rank to the last
}

// enough is the number of documents that have about so many non-zeros.
func (m *Matrix) enough(nonZeros int) int {
	d := m.newDrawer()
	held, drawn := 0, 0
	for held < nonZeros && drawn < sample {
		d.draw(drawn)
		held += len(d.terms)
		drawn++
	}
	return max(1, int(math.Round(float64(nonZeros)*float64(drawn)/float64(held))))
}

// Dims is part of mat.Matrix.
func (m *Matrix) Dims() (terms, documents int) { return m.model.Terms, m.documents }

// At is part of mat.Matrix. It draws the whole document for one entry.
func (m *Matrix) At(term, document int) float64 {
	if uint(term) >= uint(m.model.Terms) || uint(document) >= uint(m.documents) {
		panic(mat.ErrIndexOutOfRange)
	}
	d := m.newDrawer()
	d.draw(document)
	return float64(d.count[term])
}

// T is part of mat.Matrix.
func (m *Matrix) T() mat.Matrix { return mat.Transpose{Matrix: m} }

// DoNonZero is part of mat.NonZeroDoer. It goes by document, and within a document by
// term.
func (m *Matrix) DoNonZero(visit func(term, document int, count float64)) {
	d := m.newDrawer()
	for document := range m.documents {
		d.draw(document)
		for _, term := range d.terms {
			visit(int(term), document, float64(d.count[term]))
		}
	}
}

// Topics returns the probability of each term in each topic, with the topic's part of the
// background: see the package comment.
func (m *Matrix) Topics() [][]float64 {
	all := make([][]float64, m.model.Topics)
	for k := range all {
		all[k] = make([]float64, m.model.Terms)
		m.add(all[k], 1-background, m.orders[k])
		m.add(all[k], background, m.orders[m.model.Topics])
	}
	return all
}

// add adds a share of Zipf's law over terms in an order.
func (m *Matrix) add(to []float64, share float64, order []int32) {
	below := 0.0
	for rank, term := range order {
		upTo := (1 - math.Pow(1+float64(rank+1)/shift, -0.25)) / m.span
		to[term] += share * (upTo - below)
		below = upTo
	}
}

// drawer is the working memory of one visit.
type drawer struct {
	*Matrix
	source rand.PCG
	random *rand.Rand
	terms  []int32 // those of the document, rising
	count  []int32 // by term, of the document
	parts  [mostTopics + 1]part
}

// part is a source of the document's tokens: the background, or one of its topics.
type part struct {
	until float64 // the sum of the shares as far as this one
	order []int32
}

func (m *Matrix) newDrawer() *drawer {
	d := &drawer{Matrix: m, count: make([]int32, m.model.Terms)}
	d.random = rand.New(&d.source)
	return d
}

// draw makes terms and count those of a document.
func (d *drawer) draw(document int) {
	for _, term := range d.terms {
		d.count[term] = 0
	}
	d.terms = d.terms[:0]
	d.source.Seed(d.model.Seed, uint64(document))
	length := math.Round(math.Exp(d.model.meanLog() + spreadLog*d.random.NormFloat64()))
	d.mix()
	for range max(1, int(length)) {
		term := d.token()
		if d.count[term] == 0 {
			d.terms = append(d.terms, term)
		}
		d.count[term]++
	}
	slices.Sort(d.terms)
}

// mix chooses the document's topics and their shares.
func (d *drawer) mix() {
	last := 1 + d.random.IntN(mostTopics)
	d.parts[0] = part{background, d.orders[d.model.Topics]}
	total := 0.0
	for p := range last {
		total += d.random.ExpFloat64()
		d.parts[p+1] = part{total, d.orders[d.random.IntN(d.model.Topics)]}
	}
	for p := 1; p < last; p++ {
		d.parts[p].until = background + (1-background)*d.parts[p].until/total
	}
	d.parts[last].until = 1
}

// token draws a term from the document's mixture.
func (d *drawer) token() int32 {
	share, p := d.random.Float64(), 0
	for share >= d.parts[p].until {
		p++
	}
	return d.parts[p].order[d.rank()]
}

// rank draws from Zipf's law by inverting its distribution function, which takes no more
// than the fourth power of a number.
func (d *drawer) rank() int {
	root := 1 - d.span*d.random.Float64()
	square := root * root
	return min(int(shift/(square*square)-shift), d.model.Terms-1)
}
