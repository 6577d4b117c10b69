// Ratings predicts the films that people have not seen, in three ways.
//
//	go run ./examples/ratings [-o ratings.png]
//
// 240 people rate some of 160 films from 1 to 5. A tenth of the ratings is held out, and
// predicted: by the mean, with what is not known taken for 0, and with it left out of account.
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
	path := flag.String("o", "ratings.png", "the picture to write")
	flag.Parse()
	if err := predict(os.Stdout, *path); err != nil {
		fmt.Fprintln(os.Stderr, "ratings:", err)
		os.Exit(1)
	}
}

func predict(out io.Writer, path string) error {
	truth, known, heldOut := table()
	v := masked(truth, known, zero)
	zeros, err := withZeros(v)
	if err != nil {
		return err
	}
	holes, err := withHoles(v, known)
	if err != nil {
		return err
	}
	mean := constant(mat.Sum(v) / mat.Sum(known))
	fmt.Fprintf(out, "%.0f ratings known of %.0f, %.0f held out\n", mat.Sum(known), float64(people*films), mat.Sum(heldOut))
	for _, p := range []struct {
		name       string
		prediction mat.Matrix
	}{{"zeros as data", zeros}, {"the mean", mean}, {"known cells alone", holes}} {
		fmt.Fprintf(out, "%-18s RMSE %.2f\n", p.name, rmse(truth, p.prediction, heldOut))
	}
	return sheet.Save(path, 170, 260, []*plot.Plot{
		sheet.Image("what all would say", truth), sheet.Image("known (unknown: yellow)", masked(truth, known, unknown)),
		sheet.Image("predicted, zeros as data", zeros), sheet.Image("predicted, known cells alone", holes),
	})
}

// withZeros fits the whole table.
func withZeros(v *mat.Dense) (*mat.Dense, error) {
	options := nmf.Defaults()
	options.Topics, options.Loss = 5, nmf.Frobenius
	return predictions(v, options)
}

// withHoles fits the known cells, with what penalties predict best.
func withHoles(v, known *mat.Dense) (*mat.Dense, error) {
	options := nmf.DefaultsObserved(nmf.Frobenius, mat.Sum(v)/mat.Sum(known))
	options.Topics, options.Observed = 5, known
	var err error
	if options.Shrinkage, err = nmf.PredictiveShrinkage(context.Background(), v, options); err != nil {
		return nil, err
	}
	return predictions(v, options)
}
