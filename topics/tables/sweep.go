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

// SweepFile is the name of the file in the folder of a sweep that holds its sheet as JSON.
const SweepFile = "sweep.json"

// SweepMagic begins that file.
const SweepMagic = "{\n \"klew_sweep\": 1,"

// SweepSheet is all that is known of a sweep: klew_sweep (the version of the sheet), advice (in
// words), training and held_out (numbers of documents), missing (fits); sweep (the table Sweep),
// sweep_fits (the table SweepFits).
func SweepSheet(r *sweep.Result, a sweep.Advice) Sheet {
	var l facts
	l.whole("klew_sweep", 1)
	l.text("advice", a.String())
	l.whole("training", r.Training)
	l.whole("held_out", r.HeldOut)
	l.whole("missing", r.Missing)
	return Sheet{Thing: l[0], Facts: l, Parts: []*Table{Sweep(r, a), SweepFits(r)}}
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
