package main

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"klew/examples/sheet"
)

const (
	count = 4  // of materials
	bands = 60 // of a spectrum
	width = 40 // of the image, and height
)

// materials is the spectra, one a column, each with a largest value of 1: two hills on a slope.
func materials() *mat.Dense {
	m := mat.NewDense(bands, count, nil)
	for k := range count {
		for b := range bands {
			at := float64(b) / bands
			hill := func(middle, wide float64) float64 { return math.Exp(-math.Pow((at-middle)/wide, 2)) }
			m.Set(b, k, 0.2+0.1*at+hill(0.1+0.22*float64(k), 0.12)+0.5*hill(0.9-0.15*float64(k), 0.05))
		}
		largest := slices.Max(mat.Col(nil, k, m))
		for b := range bands {
			m.Set(b, k, m.At(b, k)/largest)
		}
	}
	return m
}

// abundances is the shares of the materials in each pixel. Each material has a centre; what is
// far from it has none of it, so that the pixels around a centre are pure.
func abundances() *mat.Dense {
	a := mat.NewDense(count, width*width, nil)
	centres := [count][2]float64{{0.15, 0.2}, {0.8, 0.15}, {0.25, 0.85}, {0.8, 0.75}}
	for j := range width * width {
		x, y := float64(j%width)/width, float64(j/width)/width
		sum := 0.0
		for k, c := range centres {
			near := max(0, math.Exp(-8*(math.Pow(x-c[0], 2)+math.Pow(y-c[1], 2)))-0.08)
			a.Set(k, j, near)
			sum += near
		}
		for k := range centres {
			a.Set(k, j, a.At(k, j)/sum)
		}
	}
	return a
}

// photograph is the image, bands × pixels, with noise, as far as it is above 0.
func photograph(spectra, shares *mat.Dense, noise float64) *mat.Dense {
	random := rand.New(rand.NewPCG(1, 1))
	var v mat.Dense
	v.Mul(spectra, shares)
	v.Apply(func(_, _ int, x float64) float64 { return max(0, x+noise*random.NormFloat64()) }, &v)
	return &v
}

// match says which column of w is nearest to each of the spectra.
func match(w mat.Matrix, spectra *mat.Dense) []int {
	order := make([]int, count)
	for k := range order {
		for l := range count {
			if angle(w, l, spectra, k) < angle(w, order[k], spectra, k) {
				order[k] = l
			}
		}
	}
	return order
}

// angle is that between two columns, in radians.
func angle(a mat.Matrix, k int, b mat.Matrix, l int) float64 {
	x, y := mat.NewVecDense(bands, mat.Col(nil, k, a)), mat.NewVecDense(bands, mat.Col(nil, l, b))
	return math.Acos(min(1, mat.Dot(x, y)/(mat.Norm(x, 2)*mat.Norm(y, 2))))
}

// distance is the mean angle to the true spectra, and the root of the mean squared error of the
// shares.
func distance(w, h mat.Matrix, spectra, shares *mat.Dense) (off, wrong float64) {
	for k := range count {
		off += angle(w, k, spectra, k) / count
	}
	var d mat.Dense
	d.Sub(h, shares)
	return off, mat.Norm(&d, 2) / math.Sqrt(count*width*width)
}

// row is the spectra, and the map of each material.
func row(title string, spectra, shares mat.Matrix) []*plot.Plot {
	p := sheet.Plot(title+": spectra", "band", "")
	for k := range count {
		points := make(plotter.XYs, bands)
		for b := range points {
			points[b] = plotter.XY{X: float64(b), Y: spectra.At(b, k)}
		}
		p.Add(sheet.Line(points, k))
	}
	pictures := []*plot.Plot{p}
	for k := range count {
		pictures = append(pictures, sheet.Row(fmt.Sprintf("%s: material %d", title, k+1), shares, k, width))
	}
	return pictures
}
