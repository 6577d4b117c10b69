package kernel

import "math"

// LogSum is Σₑ value[e] log y[e] in double precision, for y from [Floor, 10³⁰].
//
// A logarithm costs as much as all else done for a non-zero. But nearly every entry
// of a matrix of counts is one to four times its unit, the smallest entry: then the
// y are multiplied together, and one logarithm is taken of the product whenever it
// comes near the ends of the double range.
func LogSum(value, y []float32, unit float32) float64 {
	y = y[:len(value)]
	var logs, others float64
	product := 1.0
	for e, v := range value {
		x := float64(y[e])
		switch v {
		case unit:
			product *= x
		case 2 * unit:
			product *= x * x
		case 3 * unit:
			product *= x * x * x
		case 4 * unit:
			product *= x * x * (x * x)
		default:
			others += float64(v) * math.Log(x)
		}
		if product < 1e-150 || product > 1e150 {
			logs += math.Log(product)
			product = 1
		}
	}
	return float64(unit)*(logs+math.Log(product)) + others
}
