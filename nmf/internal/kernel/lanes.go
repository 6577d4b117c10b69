package kernel

import "math"

// A line of few non-zeros gives a vector little to do: a topic's step waits some 90 cycles for
// the one before, however few they are. So short lines are taken Lanes at a time, a line in each
// lane: no sum is folded, and one division serves all. With 5 non-zeros and 3 topics a line a
// sweep then takes a tenth of the time.

// GatherLanes copies the active topics' weights in the items of Lanes lines. The numbers of a
// line stand Lanes apart:
//
//	block[(a·E + e)·Lanes + lane] = w[index[e·Lanes + lane] + active[a·Lanes + lane]]
//	y[e·Lanes + lane] = max(Σₐ h[a·Lanes + lane] · that, Floor)
//
// An index is the place in w where the item begins. A line with fewer than E non-zeros has
// indices of −1 after its last, where y becomes 1, and one with fewer topics than others has
// active topics of −1 and no weight there; block is 0 in both.
func GatherLanes(w []float32, index, active []int32, h, block, y []float32) {
	if len(w) > math.MaxInt32 {
		panic("kernel: places of a factor that 32 bits do not hold")
	}
	chosen.gatherLanes(w, index, active, h, block, y)
}

// SweepLanes is Sweep for Lanes lines, of which each takes its own steps. h and cost hold each
// line's, as block does. A weight where block is all 0 becomes 0.
func SweepLanes(block, value, y, h, cost []float32, l2 float32) {
	chosen.sweepLanes(block, value, y, h, cost, l2)
}

func gatherLanes(w []float32, index, active []int32, h, block, y []float32) {
	for e, i := range index {
		if i < 0 {
			for a := e % Lanes; a < len(active); a += Lanes {
				block[a/Lanes*len(y)+e] = 0
			}
			y[e] = 1
			continue
		}
		total := float32(0)
		for a := e % Lanes; a < len(active); a += Lanes {
			x := float32(0)
			if k := active[a]; k >= 0 {
				x = w[i+k]
			}
			block[a/Lanes*len(y)+e] = x
			total += h[a] * x
		}
		y[e] = max(total, Floor)
	}
}

func sweepLanes(block, value, y, h, cost []float32, l2 float32) {
	n := len(y)
	for a := range h {
		w := block[a/Lanes*n : (a/Lanes+1)*n]
		lane := a % Lanes
		gradient, curvature, steepest := cost[a]+l2*h[a], l2, float32(0)
		for e := lane; e < n; e += Lanes {
			r := w[e] / y[e]
			vr := value[e] * r
			gradient -= vr
			curvature += vr * r
			steepest = max(steepest, r)
		}
		before := h[a]
		h[a] = max(0, before+float32(newton(float64(gradient), float64(curvature), float64(steepest))))
		for e := lane; e < n; e += Lanes {
			y[e] = max(y[e]+(h[a]-before)*w[e], Floor)
		}
	}
}
