//go:build !purego

package kernel

//go:noescape
func ratiosNEON(w []float32, index []int32, value, h, y, sum []float32)

//go:noescape
func productsNEON(w []float32, index []int32, value, sum []float32)

//go:noescape
func multiplyNEON(h, sum, inverse []float32, faded, least float32)

//go:noescape
func sweepNEON(block, value, y, h []float32, cost []float64, l2 float64)

//go:noescape
func logSumNEON(value, y []float32) (sum float64)
