package kernel

import "math"

// logSum multiplies the y of equal values together and takes one logarithm of the
// product whenever it comes near the ends of the double range: in a matrix of counts
// nearly every value is one of a few, and a logarithm costs as much as all else done
// for a non-zero.
func logSum(value, y []float32) float64 {
	y = y[:len(value)]
	sum, product, of := 0.0, 1.0, float32(0)
	for e, v := range value {
		if v != of || product < 1e-250 || product > 1e250 {
			sum += float64(of) * math.Log(product)
			product, of = 1, v
		}
		product *= float64(y[e])
	}
	return sum + float64(of)*math.Log(product)
}
