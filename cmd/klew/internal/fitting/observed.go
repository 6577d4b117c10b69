package fitting

import (
	"context"
	"errors"
	"fmt"

	"klew/cmd/klew/internal/print"
	"klew/cmd/klew/internal/usage"
	"klew/nmf"
	"klew/topics"
	"klew/vectorize"
)

// Observe makes the cells that a file of triplets names the known ones, with the options that suit
// (nmf.DefaultsObserved, and the shrinkage that predicts best) where the user has given none.
func (f *Fitting) Observe(ctx context.Context, table *vectorize.Table, given func(option string) bool) (*topics.Known, error) {
	for _, option := range []string{"edits", "guide", "halves"} {
		if given(option) {
			return nil, usage.Mistakef("--%s is for counts of words, where all cells are known, and not for --observed", option)
		}
	}
	known, err := knownOf(table)
	if err != nil {
		return nil, err
	}
	o, loss := &f.Options, nmf.Frobenius
	if given("loss") {
		loss = o.Loss
	}
	suit := nmf.DefaultsObserved(loss, known.Mean)
	o.Loss, o.Observed = loss, table.Known
	if !given("refine") {
		o.Refine = suit.Refine
	}
	if !given("split-merge") {
		o.SplitMerge = suit.SplitMerge
	}
	if !given("alpha-w") {
		o.AlphaW = suit.AlphaW
	}
	if !given("alpha-h") {
		o.AlphaH = o.AlphaW
	}
	if err := o.Validate(); err != nil {
		return nil, usage.Mistake(err)
	}
	f.Say("klew: %s known of %s by %s, between %g and %g, mean %.4g", print.Count(known.Cells, "cell"),
		print.Count(len(table.Documents), "row"), print.Count(len(table.Vocabulary.Terms), "column"), known.Least, known.Largest, known.Mean)
	if !given("shrinkage") {
		looking := f.Begin("choosing the shrinkage", 0)
		o.Shrinkage, err = nmf.PredictiveShrinkage(ctx, table.V, *o)
		looking.End()
	}
	f.Say("klew: %s, penalties %.4g and %.4g, shrinkage %.4g", o.Loss, o.AlphaW, o.AlphaH, o.Shrinkage)
	return known, err
}

// knownOf is about the known cells, each of which must be named once.
func knownOf(table *vectorize.Table) (*topics.Known, error) {
	if table.Known == nil {
		return nil, errors.New("--observed: the file does not say which cells are known")
	}
	var twice error
	known := &topics.Known{Cells: table.Known.NNZ()}
	table.Known.DoNonZero(func(term, document int, times float64) {
		if times > 1 && twice == nil {
			twice = fmt.Errorf("--observed: the cell of row %s and column %s is named %g times: leave one", table.Documents[document].ID, table.Vocabulary.Terms[term].Stem, times)
		}
	})
	values := 0
	table.V.DoNonZero(func(_, _ int, x float64) {
		values++
		known.Mean += x / float64(known.Cells)
		if known.Largest = max(known.Largest, x); values == 1 || x < known.Least {
			known.Least = x
		}
	})
	if values < known.Cells {
		known.Least = 0
	}
	return known, twice
}
