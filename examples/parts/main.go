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
	"slices"

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
		err = compare(os.Stdout, v, width, *folder == "", *k, *alpha, *path)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "parts:", err)
		os.Exit(1)
	}
}

func compare(out io.Writer, v *mat.Dense, width int, swim bool, k int, alpha float64, path string) error {
	_, images := v.Dims()
	signed := singular(v, min(k, images))
	fmt.Fprintf(out, "SVD: %.1f of the entries that are not zero are negative\n", negative(signed))
	pictures := [][]*plot.Plot{sheet.Columns("image %d", v, width, shown), sheet.Columns("SVD %d", signed, width, shown)}
	for _, alpha := range slices.Compact([]float64{0, alpha}) {
		options := nmf.Defaults()
		options.Topics, options.Loss = k, nmf.Frobenius
		options.AlphaW, options.AlphaH, options.L1Ratio = alpha, alpha, 1
		if swim {
			options.Tol, options.Restarts = 1e-7, 5 // to the last pixel; one fit may end in a minimum above
		}
		result, err := nmf.Fit(context.Background(), v, options)
		if err != nil {
			return err
		}
		fmt.Fprintf(out, "NMF, penalty %g: D is %.3f of a sum of %.0f", alpha, result.Divergence, mat.Sum(v))
		if swim {
			fmt.Fprintf(out, ", %d of %d limbs are clean", clean(result.W), limbs)
		}
		fmt.Fprintln(out)
		parts := sheet.Columns(fmt.Sprintf("penalty %g: %%d", alpha), result.W, width, k)
		for ; len(parts) > shown; parts = parts[shown:] {
			pictures = append(pictures, parts[:shown])
		}
		pictures = append(pictures, parts)
	}
	return sheet.Save(path, 80, 95, pictures...)
}

// shown is the number of images in a row.
const shown = 8
