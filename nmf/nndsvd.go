package nmf

import (
	"context"
	"math"
	"math/rand/v2"

	"gonum.org/v1/gonum/mat"
)

// nndsvd is the start of Boutsidis & Gallopoulos (SVD based initialization: A head
// start for nonnegative matrix factorization, Pattern Recognition 2008): topic k is
// the positive or the negative part of the kth pair of singular vectors, whichever
// is larger. Zeros become the mean of V (their NNDSVDa) or random numbers below a
// hundredth of it (NNDSVDar).
func (f *fitting) nndsvd(ctx context.Context, o Options) {
	m := f.m
	if f.singular == nil || f.singular.seed != o.Seed {
		u, sigma, v := m.svd(ctx, o)
		f.singular = &singular{o.Seed, u, v, sigma}
	}
	u, sigma, v := f.singular.u, f.singular.sigma, f.singular.v
	for k, s := range sigma {
		left, right := mat.Col(nil, k, u), mat.Col(nil, k, v)
		sign, weight := dominant(left, right)
		f.w.setPart(k, left, sign, math.Sqrt(s*weight))
		f.h.setPart(k, right, sign, math.Sqrt(s*weight))
	}
	mean := m.total() / (float64(m.rows.count()) * float64(m.columns.count()))
	fill := func(int, *rand.Rand) float64 { return mean }
	if o.Init == NNDSVDar {
		fill = func(_ int, source *rand.Rand) float64 { return mean / 100 * (1 - source.Float64()) }
	}
	fillAll := func(k int, source *rand.Rand) float64 {
		if sigma[k] > 0 {
			return fill(k, source)
		}
		// V has fewer singular vectors than topics: the others are drawn, since topics
		// that begin with the same weights keep the same weights.
		return mean * (1 - source.Float64())
	}
	source := newRandom(o.Seed)
	f.w.fillZeros(o.Topics, source, fillAll)
	f.h.fillZeros(o.Topics, source, fillAll)
}

// singular is the leading singular vectors and values of V, as a seed gives them.
type singular struct {
	seed  uint64
	u, v  *mat.Dense
	sigma []float64
}

// dominant says which sign's parts of a pair of singular vectors have the larger
// product of lengths, and that product.
func dominant(left, right []float64) (sign, weight float64) {
	positive := partNorm(left, 1) * partNorm(right, 1)
	negative := partNorm(left, -1) * partNorm(right, -1)
	if positive >= negative {
		return 1, positive
	}
	return -1, negative
}

func partNorm(x []float64, sign float64) float64 {
	sum := 0.0
	for _, v := range x {
		if v *= sign; v > 0 {
			sum += v * v
		}
	}
	return math.Sqrt(sum)
}

// setPart makes the kth weights the part of x with that sign, of length norm.
func (f *Factor) setPart(k int, x []float64, sign, norm float64) {
	length := partNorm(x, sign)
	if length == 0 {
		return
	}
	for n, v := range x {
		if v *= sign; v > 0 {
			f.Item(n)[k] = float32(v * norm / length)
		}
	}
}

func (f *Factor) fillZeros(topics int, source *rand.Rand, by func(k int, source *rand.Rand) float64) {
	for n := range f.items {
		for k, v := range f.Item(n)[:topics] {
			if v == 0 {
				f.Item(n)[k] = float32(by(k, source))
			}
		}
	}
}

const (
	// svdExtra and svdPasses are the oversampling and the power iterations of the
	// randomised method; four passes separate the close singular values of text.
	svdExtra  = 10
	svdPasses = 4
)

// svd approximates the leading singular triplets of V by a randomised range finder
// (Halko, Martinsson & Tropp 2011, algorithm 4.4). Columns of u and v beyond V's rank
// are zero. If ctx ends, the approximation is a coarser one.
func (m *matrix) svd(ctx context.Context, o Options) (u *mat.Dense, sigma []float64, v *mat.Dense) {
	rows, columns, topics, threads := m.rows.count(), m.columns.count(), o.Topics, o.threads()
	width := min(topics+svdExtra, rows, columns)
	source := newRandom(o.Seed)
	probe := mat.NewDense(columns, width, nil)
	probe.Apply(func(int, int, float64) float64 { return source.NormFloat64() }, probe)
	q := orthonormal(m.rows.times(probe, threads))
	for pass := 0; pass < svdPasses && ctx.Err() == nil; pass++ {
		q = orthonormal(m.rows.times(orthonormal(m.columns.times(q, threads)), threads))
	}
	b := m.columns.times(q, threads) // (QᵀV)ᵀ
	values, vectors := eigen(b)
	sigma = make([]float64, topics)
	u, v = mat.NewDense(rows, topics, nil), mat.NewDense(columns, topics, nil)
	for k := range min(topics, width) {
		if values[k] <= values[0]*1e-12 {
			break
		}
		sigma[k] = math.Sqrt(values[k])
		direction := vectors.ColView(k)
		u.ColView(k).(*mat.VecDense).MulVec(q, direction)
		right := v.ColView(k).(*mat.VecDense)
		right.MulVec(b, direction)
		right.ScaleVec(1/sigma[k], right)
	}
	return u, sigma, v
}

// times multiplies by a dense matrix with one row for each index across.
func (l *lines) times(x *mat.Dense, threads int) *mat.Dense {
	_, width := x.Dims()
	product := mat.NewDense(l.count(), width, nil)
	cuts := l.blocks()
	parallel(len(cuts)-1, threads, func(b int) {
		for n := cuts[b]; n < cuts[b+1]; n++ {
			l.line(n).times(x, product.RawRowView(n))
		}
	})
	return product
}

func (l line) times(x *mat.Dense, to []float64) {
	for e, i := range l.index {
		value := float64(l.value[e])
		for c, y := range x.RawRowView(int(i)) {
			to[c] += value * y
		}
	}
}

// orthonormal returns a basis of the columns of x, with zero columns where their
// rank is less. It goes by the small Gram matrix, since a tall Householder
// factorisation would need a square of the number of rows.
func orthonormal(x *mat.Dense) *mat.Dense {
	values, vectors := eigen(x)
	for k, value := range values {
		scale := 0.0
		if value > values[0]*1e-14 {
			scale = 1 / math.Sqrt(value)
		}
		column := vectors.ColView(k).(*mat.VecDense)
		column.ScaleVec(scale, column)
	}
	var q mat.Dense
	q.Mul(x, vectors)
	return &q
}

// eigen returns the eigenvalues of xᵀx, largest first, and their vectors.
func eigen(x *mat.Dense) ([]float64, *mat.Dense) {
	_, width := x.Dims()
	var gram mat.Dense
	gram.Mul(x.T(), x)
	var e mat.EigenSym
	if !e.Factorize(mat.NewSymDense(width, gram.RawMatrix().Data), true) {
		panic("nmf: the eigenvalues of a symmetric matrix did not converge")
	}
	ascending := e.Values(nil)
	var vectors mat.Dense
	e.VectorsTo(&vectors)
	values, ordered := make([]float64, width), mat.NewDense(width, width, nil)
	for k := range width {
		values[k] = ascending[width-1-k]
		ordered.SetCol(k, mat.Col(nil, width-1-k, &vectors))
	}
	return values, ordered
}
