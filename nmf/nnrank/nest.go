package nnrank

import (
	"math"
	"slices"
)

// fewest is a polygon with the fewest corners between two others, which may touch.
//
// From a place on the outer polygon one looks along the inner one, which is to stay at the
// left, and goes on to where the line meets the outer polygon again. A polygon between the
// two that begins at the place can do no better than these steps. So it has k corners if
// after k steps one is round, or beyond; where to begin is what must be found. Between
// certain places where the sight changes a step is a projective map of places, which is
// monotonous with a monotonous slope, and so are k of them: what is gained has its largest
// value at one of these places, or at one point between two of them (Aggarwal et al. 1989).
func fewest(outer, inner []Point) []Point {
	b := boundary{outer, inner}
	for k := 3; k < len(outer); k++ {
		at, gain := b.best(k)
		if gain >= -zero {
			return b.corners(at, k)
		}
	}
	return outer
}

// boundary is the outer polygon with places from 0 to its number of corners: 2.5 is in the
// middle between corners 2 and 3. Places go on beyond one round.
type boundary struct{ outer, inner []Point }

// round is the number of places once around.
func (b boundary) round() float64 { return float64(len(b.outer)) }

func (b boundary) point(place float64) Point {
	side := math.Floor(place)
	n := len(b.outer)
	i := ((int(side) % n) + n) % n
	return b.outer[i].towards(b.outer[(i+1)%n], place-side)
}

// step is the place where the sight from a place meets the outer polygon again.
func (b boundary) step(from float64) float64 { return b.sight(from, 1) }

// back is the place from which step comes to a place.
func (b boundary) back(to float64) float64 { return b.sight(to, -1) }

// sight follows the line from a place that has the inner polygon at its left (turn 1) or at
// its right (-1), on in the direction of the turn.
func (b boundary) sight(from, turn float64) float64 {
	p := b.point(from)
	to := b.exit(p, b.tangent(p, turn).minus(p))
	for turn*(to-from) < 0 {
		to += turn * b.round()
	}
	for turn*(to-from) >= b.round() {
		to -= turn * b.round()
	}
	return to
}

// exit is the place where a way from p, a point within, leaves the outer polygon.
func (b boundary) exit(p, way Point) float64 {
	length := math.Hypot(way.X, way.Y)
	place, soonest := 0.0, math.Inf(1)
	for i, a := range b.outer {
		side := b.outer[(i+1)%len(b.outer)].minus(a)
		size := math.Hypot(side.X, side.Y)
		speed := (side.Y*way.X - side.X*way.Y) / (size * length)
		if speed < 1e-12 {
			continue // along the side, but for rounding, or away from it
		}
		after := max(0, left(a, b.outer[(i+1)%len(b.outer)], p)/size) / speed
		if after < soonest {
			at := p.towards(Point{p.X + way.X, p.Y + way.Y}, after/length).minus(a)
			along := (at.X*side.X + at.Y*side.Y) / (size * size)
			place, soonest = float64(i)+min(max(along, 0), 1), after
		}
	}
	return place
}

// tangent is the corner of the inner polygon that all others lie at the left (or right) of,
// seen from p: the one farthest to the right of the way to its middle. p may be a corner
// itself, which is passed over, and lie on a side.
func (b boundary) tangent(p Point, turn float64) Point {
	var middle, best Point
	for _, q := range b.inner {
		middle.X += q.X / float64(len(b.inner))
		middle.Y += q.Y / float64(len(b.inner))
	}
	ahead, most := middle.minus(p), math.Inf(-1)
	for _, q := range b.inner {
		d := q.minus(p)
		if math.Hypot(d.X, d.Y) < 1e-12 {
			continue
		}
		angle := -turn * math.Atan2(ahead.X*d.Y-ahead.Y*d.X, ahead.X*d.X+ahead.Y*d.Y)
		if angle > most {
			best, most = q, angle
		}
	}
	return best
}

// corners are the places after steps from a place.
func (b boundary) corners(at float64, k int) []Point {
	var corners []Point
	for range k {
		corners = append(corners, b.point(at))
		at = b.step(at)
	}
	return corners
}

// gain is how far k steps from a place come beyond one round.
func (b boundary) gain(at float64, k int) float64 {
	to := at
	for range k {
		to = b.step(to)
	}
	return to - at - b.round()
}

// best is the place from which k steps come farthest.
func (b boundary) best(k int) (at, gain float64) {
	gain = math.Inf(-1)
	try := func(place float64) float64 {
		g := b.gain(place, k)
		if g > gain {
			at, gain = place, g
		}
		return g
	}
	places := b.changes(k)
	for n, place := range places {
		try(place)
		low, high := place, b.round()
		if n+1 < len(places) {
			high = places[n+1]
		}
		for range 60 { // each leaves two thirds: to 1e-10 of a side
			third := (high - low) / 3
			if try(low+third) < try(high-third) {
				low += third
			} else {
				high -= third
			}
		}
	}
	return at, gain
}

// changes are the places where one of k steps changes how it depends on where it began: at
// or to a corner of the outer polygon, or along a side of the inner one.
func (b boundary) changes(k int) []float64 {
	var places []float64
	for i := range b.outer {
		places = append(places, float64(i))
	}
	for n, q := range b.inner {
		next := b.inner[(n+1)%len(b.inner)]
		places = append(places, b.exit(q, q.minus(next)))
	}
	all := slices.Clone(places)
	for range k {
		for n, place := range places {
			places[n] = b.back(place)
		}
		all = append(all, places...)
	}
	for n, place := range all {
		all[n] = place - b.round()*math.Floor(place/b.round())
	}
	slices.Sort(all)
	return slices.Compact(all)
}
