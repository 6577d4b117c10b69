// Package kernel holds the innermost loops of the factorisation: what is done for
// each non-zero of one line of V. Nearly all of a fit's time is spent here.
//
// The loops are plain Go in single precision. One call handles a run of non-zeros of
// one line, short enough (see Run) for sums in single precision; the caller adds the
// runs up in double precision.
//
// Throughout, w is the fixed factor with k weights an item side by side, index names
// the items of the line's non-zeros and value their values, and h holds the k weights
// of the line itself.
package kernel

// Run is the largest number of non-zeros to pass in one call. A sum of 256 rounded
// positive numbers is off by less than 256 · 2⁻²⁴ ≈ 1.5e-5 of itself in the worst
// case and by about 1e-6 as a rule; longer runs were not measurably faster.
const Run = 256

// Floor is the least y a division sees. A cell of V whose row of W and column of H
// share no topic has y = 0 and would give infinity.
const Floor = 1e-30

// Ratios is the pass of the Kullback-Leibler loss:
//
//	y[e] = max(Σₖ w[index[e]][k] h[k], Floor)
//	sum[k] += Σₑ value[e]/y[e] · w[index[e]][k]
//
// One visit to w[index[e]] serves both: at k = 20 it is 80 bytes, and fetching them is
// what the loop waits for. Two non-zeros at a time wait for theirs together, and share
// the loads of h and of sum.
func Ratios(w []float32, index []int32, value, h, y, sum []float32) {
	k := len(h)
	sum = sum[:k]
	e := 0
	for ; e+2 <= len(index); e += 2 {
		i, j := int(index[e])*k, int(index[e+1])*k
		a, b := w[i:i+k], w[j:j+k]
		ya, yb := dot2(a, b, h)
		y[e], y[e+1] = max(ya, Floor), max(yb, Floor)
		add2(sum, value[e]/y[e], a, value[e+1]/y[e+1], b)
	}
	for ; e < len(index); e++ {
		i := int(index[e]) * k
		row := w[i : i+k]
		y[e] = max(dot(row, h), Floor)
		add(sum, value[e]/y[e], row)
	}
}

// Products is the pass of the Frobenius loss: sum[k] += Σₑ value[e] w[index[e]][k].
func Products(w []float32, index []int32, value, sum []float32) {
	k := len(sum)
	for e, i := range index {
		add(sum, value[e], w[int(i)*k:int(i)*k+k])
	}
}

// dot has four accumulators, since each addition waits four cycles for the one before.
func dot(a, b []float32) float32 {
	b = b[:len(a)]
	var s0, s1, s2, s3 float32
	i := 0
	for ; i+4 <= len(a); i += 4 {
		x, y := a[i:i+4:i+4], b[i:i+4:i+4]
		s0 += x[0] * y[0]
		s1 += x[1] * y[1]
		s2 += x[2] * y[2]
		s3 += x[3] * y[3]
	}
	for ; i < len(a); i++ {
		s0 += a[i] * b[i]
	}
	return (s0 + s1) + (s2 + s3)
}

// add is to += u · row.
func add(to []float32, u float32, row []float32) {
	to = to[:len(row)]
	i := 0
	for ; i+4 <= len(row); i += 4 {
		t, r := to[i:i+4:i+4], row[i:i+4:i+4]
		t[0] += u * r[0]
		t[1] += u * r[1]
		t[2] += u * r[2]
		t[3] += u * r[3]
	}
	for ; i < len(row); i++ {
		to[i] += u * row[i]
	}
}

// dot2 is the dot products of a and of b with h.
func dot2(a, b, h []float32) (ya, yb float32) {
	a, b = a[:len(h)], b[:len(h)]
	var a0, a1, b0, b1 float32
	i := 0
	for ; i+2 <= len(h); i += 2 {
		h0, h1 := h[i], h[i+1]
		a0 += a[i] * h0
		a1 += a[i+1] * h1
		b0 += b[i] * h0
		b1 += b[i+1] * h1
	}
	if i < len(h) {
		a0 += a[i] * h[i]
		b0 += b[i] * h[i]
	}
	return a0 + a1, b0 + b1
}

// add2 is to += u · a + v · b.
func add2(to []float32, u float32, a []float32, v float32, b []float32) {
	a, b = a[:len(to)], b[:len(to)]
	for i, x := range a {
		to[i] += u*x + v*b[i]
	}
}
