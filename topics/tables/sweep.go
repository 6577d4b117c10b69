package tables

import (
	"slices"

	"klew/topics/sweep"
)

// Sweep is what was measured at each number of topics, as means over fits: topics,
// divergence, perplexity, npmi, c_v, diversity, stability (the mean over topics), least (that
// of the least stable topic), stable (how many topics are), seconds, advice.
func Sweep(r *sweep.Result, a sweep.Advice) *Table {
	columns := append([]Column{wholeColumn("topics")}, sweepColumns()...)
	columns = append(columns, numberColumn("stability").lacking(), numberColumn("least").lacking(), wholeColumn("stable").lacking(),
		numberColumn("seconds"), textColumn("advice"))
	t := tableOf("sweep", columns, len(r.Rows), func(row []Cell, i int) {
		x := &r.Rows[i]
		cells := append(row[:0], wholeCell(x.Topics))
		for _, m := range sweepMeasures {
			cells = append(cells, numberCell(x.Mean(m)))
		}
		stable := none
		if x.Stability != nil {
			stable = wholeCell(x.Stable())
		}
		_ = append(cells, numberCell(x.MeanStability()), numberCell(x.LeastStability()), stable,
			numberCell(x.Mean(sweep.Seconds)), textCell(advised(a, x.Topics)))
	})
	return t.first("topics", "advice", "stability", "stable")
}

var sweepMeasures = []sweep.Measure{sweep.Divergence, sweep.Perplexity, sweep.NPMI, sweep.CV, sweep.Diversity}

// sweepColumns are those of the measures.
func sweepColumns() []Column {
	return []Column{
		numberColumn("divergence").lacking(), numberColumn("perplexity").lacking(), numberColumn("npmi").lacking(),
		numberColumn("c_v").lacking(), numberColumn("diversity").lacking(),
	}
}

// advised is the advice on a number of topics.
func advised(a sweep.Advice, topics int) string {
	switch {
	case topics == a.Topics:
		return "recommended"
	case slices.Contains(a.Near, topics):
		return "near"
	}
	return ""
}

// SweepFits are the fits of a sweep: topics, seed, the measures, iterations, seconds.
func SweepFits(r *sweep.Result) *Table {
	columns := append([]Column{wholeColumn("topics"), wholeColumn("seed")}, sweepColumns()...)
	columns = append(columns, wholeColumn("iterations"), numberColumn("seconds"))
	return &Table{Name: "sweep_fits", Columns: columns, Rows: func(yield func([]Cell) bool) {
		for n := range r.Rows {
			x := &r.Rows[n]
			for i, f := range x.Fits {
				row := []Cell{wholeCell(x.Topics), {Whole: f.Seed}}
				for _, m := range sweepMeasures {
					row = append(row, numberCell(x.Of(m, i)))
				}
				if !yield(append(row, wholeCell(f.Iterations), numberCell(f.Seconds))) {
					return
				}
			}
		}
	}}
}
