package relations_test

import (
	"math"
	"slices"
	"testing"

	"klew/topics/relations"

	"gonum.org/v1/gonum/mat"
)

// clusters are distances of so many groups, each of so many: near within, far between.
func clusters(groups, each int) *mat.SymDense {
	n := groups * each
	d := mat.NewSymDense(n, nil)
	for i := range n {
		for j := i + 1; j < n; j++ {
			x := 0.9 + 0.001*float64((i*7+j*3)%11)
			if i/each == j/each {
				x = 0.3 + 0.01*float64((i*5+j)%7)
			}
			d.SetSym(i, j, x)
		}
	}
	return d
}

// Groups stay together in the plane: of each point the nearest ones are those of its group.
func TestEmbedKeepsGroups(t *testing.T) {
	for _, size := range [][2]int{{2, 3}, {5, 4}, {10, 6}} {
		d := clusters(size[0], size[1])
		points := relations.Embed(d)
		n := size[1] - 1
		for i := range points {
			for j := range points {
				if math.IsNaN(points[i].X) || math.IsNaN(points[j].Y) {
					t.Fatalf("%v: a point is nowhere", size)
				}
			}
		}
		if kept := relations.Kept(d, points, n); kept < 0.95 {
			t.Errorf("%d groups of %d: %.2f of the neighbours are kept", size[0], size[1], kept)
		}
		if again := relations.Embed(d); !slices.Equal(points, again) {
			t.Errorf("%v: two runs differ", size)
		}
	}
}

// Few points, and points that are all the same, have places, too.
func TestEmbedFew(t *testing.T) {
	for k := 1; k <= 6; k++ {
		for _, at := range []float64{0, 1} {
			d := mat.NewSymDense(k, nil)
			for i := range k {
				for j := i + 1; j < k; j++ {
					d.SetSym(i, j, at)
				}
			}
			for _, p := range relations.Embed(d) {
				if math.IsNaN(p.X+p.Y) || math.IsInf(p.X+p.Y, 0) {
					t.Errorf("%d points at distance %v: one is nowhere", k, at)
				}
			}
		}
	}
	d := mat.NewSymDense(3, []float64{0, 3, 4, 3, 0, 5, 4, 5, 0})
	p := relations.Embed(d)
	if got := math.Hypot(p[1].X-p[2].X, p[1].Y-p[2].Y); math.Abs(got-5) > 1e-9 {
		t.Errorf("of three points the distance is %v, want 5", got)
	}
}

func TestApart(t *testing.T) {
	points := []relations.Point{{X: 0, Y: 0}, {X: 0, Y: 0}, {X: 0.5, Y: 0}, {X: 9, Y: 9}}
	radii := []float64{1, 2, 0.5, 1}
	relations.Apart(points, radii)
	for i := range points {
		for j := i + 1; j < len(points); j++ {
			if d := math.Hypot(points[i].X-points[j].X, points[i].Y-points[j].Y); d < (radii[i]+radii[j])*0.999 {
				t.Errorf("%d and %d are %v apart, and overlap", i, j, d)
			}
		}
	}
	if points[3] != (relations.Point{X: 9, Y: 9}) {
		t.Error("a disc that was apart has moved")
	}
}
