package nmf

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/mat"
)

// Vertices finds k columns of v of which all others are nearly mixtures: the pure pixels of
// an image of spectra, the words that only one topic has. It goes by successive projection
// (Araújo, Saldanha, Galvão, Yoneyama, Chame & Visani, The successive projections algorithm,
// Chemometrics and Intelligent Laboratory Systems 2001; Gillis & Vavasis, Fast and robust
// recursive algorithms for separable nonnegative matrix factorization, IEEE PAMI 2014): the
// column that is longest is a vertex, and the next is found in what is left of all columns
// once its direction has been taken from them. There is no seed.
//
// Lengths are those of the columns divided by the root of their sums, between those as they
// are, by which every vertex is a bright pixel, and those with the sum 1, by which it is a
// dark and noisy one. On the image Samson the mean angle to the true spectra is 0.03, and with
// the others 0.38 and 0.05.
//
// A single column has noise. So w, of m × k, has for each vertex the mean of as many columns as
// mean says, those that reach furthest in its direction; 1 takes the column itself, which is
// exact if there is no noise, and 0 stands for a tenth of the columns divided by k, at least
// one. columns are those that were found. A column of w is in the units of v, and its scale
// says nothing.
//
// The weights of the columns in the vertices are Transform(ctx, w, v, …), with Frobenius least
// squares without negative ones. If they are to be shares, scale the columns of w to a largest
// value of 1 first, and divide afterwards; to force sums of 1 made them worse.
//
// It returns an error for entries that Fit would refuse, and if k is not from 1 to what Fit
// could use, or v has fewer directions.
func Vertices(v mat.Matrix, k, mean int) (w *Factor, columns []int, err error) {
	m, err := pack(v)
	if err != nil {
		return nil, nil, err
	}
	switch most := m.usable(); {
	case k < 1 || k > most:
		return nil, nil, fmt.Errorf("nmf: %d vertices asked of a matrix that has from 1 to at most %d", k, most)
	case mean < 0 || mean > m.columns.count():
		return nil, nil, fmt.Errorf("nmf: vertices as means of %d columns of %d: must be 0 (a tenth, divided by the number of vertices) or more, up to all", mean, m.columns.count())
	}
	w, columns = m.vertices(k, mean)
	if len(columns) < k {
		return nil, nil, fmt.Errorf("nmf: %d vertices asked of a matrix in which all columns are mixtures of %d", k, len(columns))
	}
	w.scale(math.Ldexp(1, m.exponent))
	return w, columns, nil
}

// sameDirection is the part of a column's squared length that is left of it by rounding.
const sameDirection = 1e-10

// vertices is Vertices of a packed matrix; it finds fewer if there are no more.
func (m *matrix) vertices(k, mean int) (w *Factor, columns []int) {
	if mean == 0 {
		mean = max(1, m.columns.count()/10/k)
	}
	p := newProjection(&m.columns)
	w = newFactor(m.rows.count(), k)
	for n := range k {
		j := p.furthest()
		if j < 0 {
			break
		}
		along := p.project(j)
		w.setMean(n, p, likest(along, mean))
		columns = append(columns, j)
	}
	return w, columns
}

// projection is columns from which some directions have been taken.
type projection struct {
	columns *lines
	scale   []float64 // that each column is divided by
	whole   []float64 // the squared length of each, at first
	left    []float64 // and now
	taken   [][]float64
}

func newProjection(columns *lines) *projection {
	n := columns.count()
	p := &projection{columns: columns, scale: make([]float64, n), whole: make([]float64, n)}
	for j := range n {
		sum, square := 0.0, 0.0
		for _, x := range columns.line(j).value {
			sum += float64(x)
			square += float64(x) * float64(x)
		}
		if sum > 0 {
			p.scale[j], p.whole[j] = math.Sqrt(sum), square/sum
		}
	}
	p.left = slices.Clone(p.whole)
	return p
}

// furthest is the column of which most is left, the first of several; −1 if that is nothing.
func (p *projection) furthest() int {
	best := -1
	for j, left := range p.left {
		if left > sameDirection*p.whole[j] && (best < 0 || left > p.left[best]) {
			best = j
		}
	}
	return best
}

// project takes the direction of what is left of column j from all columns, and returns how
// far each reaches in it.
func (p *projection) project(j int) (along []float64) {
	direction := make([]float64, p.columns.across)
	l := p.columns.line(j)
	for e, i := range l.index {
		direction[i] = float64(l.value[e]) / p.scale[j]
	}
	for range 2 { // the second time for what the first has rounded
		for _, t := range p.taken {
			addScaled(direction, -dot(direction, t), t)
		}
	}
	length := math.Sqrt(dot(direction, direction))
	for i := range direction {
		direction[i] /= length
	}
	p.taken = append(p.taken, direction)
	along = make([]float64, len(p.left))
	for n := range along {
		l := p.columns.line(n)
		for e, i := range l.index {
			along[n] += float64(l.value[e]) * direction[i]
		}
		if p.scale[n] > 0 {
			along[n] /= p.scale[n]
		}
		p.left[n] -= along[n] * along[n]
	}
	p.left[j] = 0
	return along
}

func dot(x, y []float64) float64 {
	sum := 0.0
	for i, a := range x {
		sum += a * y[i]
	}
	return sum
}

func addScaled(to []float64, by float64, x []float64) {
	for i, a := range x {
		to[i] += by * a
	}
}

// likest are the columns that reach furthest.
func likest(along []float64, count int) []int {
	order := make([]int, len(along))
	for j := range order {
		order[j] = j
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(along[b], along[a]) })
	return order[:count]
}

// setMean makes the kth weights the mean of some columns, each divided by its scale, times the
// mean scale.
func (f *Factor) setMean(k int, p *projection, columns []int) {
	scale := 0.0
	for _, j := range columns {
		scale += p.scale[j]
	}
	sums := make([]float64, f.items)
	for _, j := range columns {
		l := p.columns.line(j)
		for e, i := range l.index {
			sums[i] += float64(l.value[e]) / p.scale[j]
		}
	}
	count := float64(len(columns))
	for i, sum := range sums {
		f.Item(i)[k] = float32(sum / count * scale / count)
	}
}

// vertexFill is what a start has in place of the zeros of vertices, as a share of the mean of
// V's rows: a multiplicative update never leaves a zero.
const vertexFill = 0.01

// fromVertices begins with vertices, and where there are too few with random topics, and finds
// H for them.
func (f *fitting) fromVertices(ctx context.Context, o Options, seed uint64) {
	w, found := f.m.vertices(o.Topics, 0)
	source := newRandom(seed)
	columns := float64(f.m.columns.count())
	for i := range f.w.items {
		sum := 0.0
		for _, x := range f.m.rows.line(i).value {
			sum += float64(x)
		}
		for k := range o.Topics {
			f.w.Item(i)[k] = w.Item(i)[k] + float32(vertexFill*sum/columns)
			if k >= len(found) && sum > 0 {
				f.w.Item(i)[k] = float32(sum / columns * (1 - source.Float64()))
			}
		}
	}
	f.guessH(ctx)
}
