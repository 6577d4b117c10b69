// Parts compares what NMF and SVD find in images: parts, and signed wholes.
//
//	go run ./examples/parts [-data FOLDER] [-k 16] [-alpha 0.001] [-o parts.png]
//
// Without -data the images are swimmers: a body with four limbs, each in four positions.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/plot"
	"klew/examples/sheet"
	"klew/nmf"
)

func main() {
	folder := flag.String("data", "", "a folder of PGM, PNG or JPEG images of one size, in place of swimmers")
	k := flag.Int("k", limbs, "number of parts")
	alpha := flag.Float64("alpha", 0.001, "penalty on the weights of both factors")
	path := flag.String("o", "parts.png", "the picture to write")
	flag.Parse()
	v, width := swimmers(), side
	var err error
	if *folder != "" {
		v, width, err = sheet.Read(*folder)
	}
	if err == nil {
		err = compare(os.Stdout, v, width, *k, *alpha, *path)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "parts:", err)
		os.Exit(1)
	}
}

func compare(out io.Writer, v *mat.Dense, width, k int, alpha float64, path string) error {
	_, images := v.Dims()
	signed := singular(v, min(k, images))
	fmt.Fprintf(out, "SVD: %.1f of the entries that are not zero are negative\n", negative(signed))
	pictures := [][]*plot.Plot{gallery("image %d", v, width, shown), gallery("SVD %d", signed, width, shown)}
	for _, alpha := range []float64{0, alpha} {
		options := nmf.Defaults()
		options.Topics, options.Tol = k, 1e-6
		options.AlphaW, options.AlphaH, options.L1Ratio = alpha, alpha, 1
		options.Restarts = 5 // a single fit may end in a minimum with wrong parts
		result, err := nmf.Fit(context.Background(), v, options)
		if err != nil {
			return err
		}
		fmt.Fprintf(out, "NMF, penalty %g: D is %.3f of a sum of %.0f", alpha, result.Divergence, mat.Sum(v))
		if width == side {
			fmt.Fprintf(out, ", %d of %d limbs are clean", clean(result.W), limbs)
		}
		fmt.Fprintln(out)
		parts := gallery(fmt.Sprintf("penalty %g: %%d", alpha), result.W, width, k)
		for ; len(parts) > shown; parts = parts[shown:] {
			pictures = append(pictures, parts[:shown])
		}
		pictures = append(pictures, parts)
	}
	return sheet.Save(path, 80, 95, pictures...)
}

// shown is the number of images in a row.
const shown = 8

func gallery(title string, m mat.Matrix, width, most int) (pictures []*plot.Plot) {
	_, columns := m.Dims()
	for j := range min(most, columns) {
		at := j * columns / min(most, columns) // some of all
		pictures = append(pictures, sheet.Column(fmt.Sprintf(title, at+1), m, at, width))
	}
	return pictures
}
