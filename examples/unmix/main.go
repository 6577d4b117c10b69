// Unmix finds the materials in an image of spectra, and how much of each is in every pixel.
//
//	go run ./examples/unmix [-o unmix.png]
//
// A camera for spectra sees 60 colours. Each pixel is a mixture of four materials, and each
// material has some pixels of its own. Vertices finds these, and least squares the shares.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"math"
	"os"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/plot"
	"klew/examples/sheet"
	"klew/nmf"
)

func main() {
	path := flag.String("o", "unmix.png", "the picture to write")
	flag.Parse()
	if err := unmix(os.Stdout, *path); err != nil {
		fmt.Fprintln(os.Stderr, "unmix:", err)
		os.Exit(1)
	}
}

func unmix(out io.Writer, path string) error {
	spectra, shares := materials(), abundances()
	pictures := [][]*plot.Plot{row("true", spectra, shares)}
	for _, noise := range []float64{0, 0.01} {
		mean := 0 // of as many pixels as Vertices takes by default
		if noise == 0 {
			mean = 1
		}
		w, h, err := unmixed(photograph(spectra, shares, noise), mean)
		if err != nil {
			return err
		}
		order := match(w, spectra)
		w.Permute(order)
		h.Permute(order)
		off, wrong := distance(w, h, spectra, shares)
		fmt.Fprintf(out, "noise %g: mean angle %.3f, RMSE of the shares %.3f\n", noise, off, wrong)
		pictures = append(pictures, row(fmt.Sprintf("noise %g", noise), w, h))
	}
	return sheet.Save(path, 110, 125, pictures...)
}

// unmixed is the spectra, each with a largest value of 1, and the shares of all pixels.
func unmixed(v mat.Matrix, mean int) (w, h *nmf.Factor, err error) {
	w, _, err = nmf.Vertices(v, count, mean)
	if err != nil {
		return nil, nil, err
	}
	by := make([]float64, count)
	for k := range by {
		by[k] = 1 / mat.Max(mat.NewVecDense(bands, mat.Col(nil, k, w)))
	}
	w.Scale(by)
	h, err = nmf.Transform(context.Background(), w, v, nmf.Options{Loss: nmf.Frobenius})
	if err != nil {
		return nil, nil, err
	}
	for j := range h.Items() {
		sum := 0.0
		for _, x := range h.Item(j) {
			sum += float64(x)
		}
		for k, x := range h.Item(j) {
			h.Item(j)[k] = float32(float64(x) / math.Max(sum, 1e-9))
		}
	}
	return w, h, nil
}
