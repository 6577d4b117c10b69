// Factorise finds the parts of a matrix of one's own, which need not come from text.
//
//	go run ./examples/factorise
package main

import (
	"context"
	"fmt"
	"io"
	"os"

	"github.com/james-bowman/sparse"
	"gonum.org/v1/gonum/mat"
	"klew/nmf"
)

func main() {
	// Six people (columns) and how often each ate four dishes (rows): two tastes.
	dense := mat.NewDense(4, 6, []float64{
		5, 4, 0, 0, 2, 0,
		3, 2, 0, 1, 1, 0,
		0, 0, 6, 2, 3, 4,
		0, 1, 3, 1, 1, 2,
	})
	// The same as a sparse matrix, by column: where each column begins, the rows of
	// its entries, and the entries.
	bySparse := sparse.NewCSC(4, 6,
		[]int{0, 2, 5, 7, 10, 14, 16},
		[]int{0, 1, 0, 1, 3, 2, 3, 1, 2, 3, 0, 1, 2, 3, 2, 3},
		[]float64{5, 3, 4, 2, 1, 6, 3, 1, 2, 1, 2, 1, 3, 1, 4, 2})
	for _, v := range []mat.Matrix{dense, bySparse} {
		if err := printFactors(os.Stdout, v); err != nil {
			fmt.Fprintln(os.Stderr, "factorise:", err)
			os.Exit(1)
		}
	}
}

func printFactors(out io.Writer, v mat.Matrix) error {
	options := nmf.Defaults()
	options.Topics = 2
	result, err := nmf.Fit(context.Background(), v, options)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "%T: %s, divergence %.2f\n", v, result.Status, result.Divergence)
	var product mat.Dense
	product.Mul(result.W, result.H)
	fmt.Fprintf(out, "%.1f\n", mat.Formatted(&product))
	return nil
}
