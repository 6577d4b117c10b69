// Rank shows that a matrix may need more non-negative columns than its rank.
//
//	go run ./examples/rank [-o rank.png]
//
// A square lies in the middle of another. How far its corners are from the other's sides is a
// matrix of rank 3, whatever the size; its non-negative rank is 3 if and only if a triangle lies
// between the two.
package main

import (
	"flag"
	"fmt"
	"io"
	"os"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"klew/examples/sheet"
	"klew/nmf/nnrank"
)

func main() {
	path := flag.String("o", "rank.png", "the picture to write")
	flag.Parse()
	if err := show(os.Stdout, *path); err != nil {
		fmt.Fprintln(os.Stderr, "rank:", err)
		os.Exit(1)
	}
}

func show(out io.Writer, path string) error {
	var pictures []*plot.Plot
	for _, a := range []float64{0.40, 0.43} {
		n, err := nnrank.Nested(nnrank.Squares(a))
		if err != nil {
			return err
		}
		p := sheet.Plot(fmt.Sprintf("a = %.2f: %d corners between the squares", a, len(n.Between)), "", "")
		p.HideAxes()
		for colour, polygon := range [][]nnrank.Point{n.Outer, n.Inner, n.Between} {
			p.Add(sheet.Line(closed(polygon), []int{4, 0, 1}[colour]))
		}
		pictures = append(pictures, p)
		if err := bounds(out, fmt.Sprintf("squares, a = %.2f", a), nnrank.Squares(a)); err != nil {
			return err
		}
	}
	for corners := 3; corners <= 8; corners++ {
		if err := bounds(out, fmt.Sprintf("polygon, %d corners", corners), nnrank.Polygon(corners)); err != nil {
			return err
		}
	}
	return sheet.Save(path, 220, 240, pictures)
}

// bounds prints what is proved of a matrix, and what is found.
func bounds(out io.Writer, name string, m mat.Matrix) error {
	r, err := nnrank.Find(m, nnrank.Options{})
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "%-18s rank %d, non-negative rank at least %d by %s, at most %d\n", name, r.Rank, r.Lower.Value, r.Lower.By, r.Upper)
	return nil
}

func closed(polygon []nnrank.Point) (points plotter.XYs) {
	for n := range len(polygon) + 1 {
		p := polygon[n%len(polygon)]
		points = append(points, plotter.XY{X: p.X, Y: p.Y})
	}
	return points
}
