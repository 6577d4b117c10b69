package nmf

import (
	"math"
	"math/big"
	"testing"
)

// A root is right to the last digits, also where b is so large that the formula of school takes
// one large number from another.
func TestPositiveRoot(t *testing.T) {
	for _, c := range [][3]float64{{1, 0, 4}, {1, 3, 4}, {1, -3, 4}, {1e-9, 1, 1e-12}, {1, 1e8, 1}, {1, -1e8, 1}, {1e-20, 1, 1e6}, {2, 5, 0}} {
		exact := func(x float64) *big.Float { return new(big.Float).SetPrec(300).SetFloat64(x) }
		mul := func(x, y *big.Float) *big.Float { return new(big.Float).SetPrec(300).Mul(x, y) }
		a, b := exact(c[0]), exact(c[1])
		under := new(big.Float).SetPrec(300).Add(mul(b, b), mul(exact(4), mul(a, exact(c[2]))))
		root := new(big.Float).SetPrec(300).Sqrt(under)
		want, _ := new(big.Float).SetPrec(300).Quo(root.Sub(root, b), mul(exact(2), a)).Float64()
		if got := positiveRoot(c[0], c[1], c[2]); math.Abs(got-want) > 1e-15*math.Abs(want)*4 {
			t.Errorf("%g x² + %g x = %g has the root %.17g, want %.17g", c[0], c[1], c[2], got, want)
		}
	}
}
