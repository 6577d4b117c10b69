// Starts shows that the minimum of D that a fit ends in depends on its start, and what the race
// of starts, and splitting and merging, do about it.
//
//	go run ./examples/starts [-o starts.png]
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
	"gonum.org/v1/plot/plotter"
	"klew/examples/sheet"
	"klew/nmf"
)

func main() {
	path := flag.String("o", "starts.png", "the picture to write")
	flag.Parse()
	if err := compare(os.Stdout, *path); err != nil {
		fmt.Fprintln(os.Stderr, "starts:", err)
		os.Exit(1)
	}
}

func compare(out io.Writer, path string) error {
	v := counts(400, 300, 20)
	p := sheet.Plot("D by the number of iterations, 20 topics", "iterations", "D")
	p.X.Scale, p.X.Tick.Marker, p.Legend.Top = plot.LogScale{}, plot.LogTicks{Prec: -1}, true
	var single []float64
	for seed := range uint64(10) {
		end, err := draw(p, v, nmf.Random, 0, seed+1, "random starts", 3)
		if err != nil {
			return err
		}
		single = append(single, end)
	}
	fmt.Fprintf(out, "of %d random starts the highest ends %.1f %% above the lowest\n", len(single), 100*(slices.Max(single)/slices.Min(single)-1))
	for n, splitMerge := range []int{0, -1} {
		name := []string{"the race", "the race, split and merged"}[n]
		end, err := draw(p, v, nmf.Race, splitMerge, 1, name, n+1)
		if err != nil {
			return err
		}
		above := end > slices.Min(single)
		fmt.Fprintf(out, "%s ends at %.3f of the lowest; above any of them: %v\n", name, end/slices.Min(single), above)
	}
	p.Y.Max = 1.2 * slices.Max(single)
	return sheet.Save(path, 420, 300, []*plot.Plot{p})
}

// draw fits, and adds a line of D to the plot.
func draw(p *plot.Plot, v mat.Matrix, init nmf.Init, splitMerge int, seed uint64, name string, colour int) (end float64, err error) {
	options := nmf.Defaults()
	options.Topics, options.Init, options.SplitMerge, options.Seed, options.Refine = 20, init, splitMerge, seed, nmf.RefineOff
	result, err := nmf.Fit(context.Background(), v, options)
	if err != nil {
		return 0, err
	}
	var points plotter.XYs
	for _, step := range result.Trace[1:] {
		points = append(points, plotter.XY{X: float64(step.Iteration), Y: step.Divergence})
	}
	line := sheet.Line(points, colour)
	if p.Add(line); init == nmf.Race || seed == 1 {
		p.Legend.Add(name, line)
	}
	return result.Divergence, nil
}
