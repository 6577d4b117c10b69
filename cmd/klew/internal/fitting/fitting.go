// Package fitting factorises a table of counts for a command: with progress, a trace, the numbers
// of an older model, or its journal; and it tells what came of it.
package fitting

import (
	"context"
	"time"

	"github.com/james-bowman/sparse"
	"klew/cmd/klew/internal/print"
	"klew/cmd/klew/internal/usage"
	"klew/nmf"
	"klew/topics"
	"klew/vectorize"
)

// Fitting factorises a table of counts, says how far it is, and tells what came of it.
type Fitting struct {
	*print.Console
	// Options are those of the factorisation.
	Options nmf.Options
	// AlignTo names a model whose topics keep their numbers; empty for none.
	AlignTo string
	// AlignLabels says whether these have their labels, too, and the words banned there are left
	// out here.
	AlignLabels bool
	// Edits names a model with whose topics to begin, and whose journal to keep, or a file of
	// words to ban and to pin; empty for none.
	Edits string
	// Guide names a file of labels and words that the first topics are to be about; empty for
	// none. Strength is how much they lean to them, as topics.Guide has it.
	Guide    string
	Strength float64
	// Tracing says whether each step is to be kept in Trace.
	Tracing bool
	Trace   *Trace // of the fit that was made last

	older  *topics.Model // that of AlignTo
	replay topics.Replay // of Edits
	guide  *topics.Guide // of Guide
}

// Prepare checks the options and reads what they name, before the work. It returns the words
// that the journal bans. given tells whether the user gave an option.
func (f *Fitting) Prepare(given func(option string) bool) (banned []string, err error) {
	if given == nil { // none was
		given = func(string) bool { return false }
	}
	if banned, err = f.readEdits(given); err != nil {
		return nil, err
	}
	if err := f.Options.Validate(); err != nil {
		return nil, usage.Mistake(err)
	}
	if err := f.readGuide(given); err != nil {
		return nil, err
	}
	more, err := f.readOlder()
	return append(banned, more...), err
}

// Factorise finds the topics of a table, of which the matrix is then gone.
func (f *Fitting) Factorise(ctx context.Context, table *vectorize.Table, origin topics.Origin) (*topics.Model, error) {
	origin.Fitting = f.Options
	origin.Fitting.Observed = nil // a matrix, which the model does not keep
	// nmf works on a copy of its own, and nobody needs this one beside it: it takes 16
	// bytes a non-zero.
	v := table.V
	table.V = nil
	switch {
	case f.Edits != "":
		return f.replayed(ctx, table, v, origin)
	case f.guide != nil:
		return f.guided(ctx, table, v, origin)
	}
	result, err := f.solve(ctx, v, f.Options)
	if err != nil {
		return nil, err
	}
	m := topics.New(table, result, origin)
	if err := f.alignTopics(ctx, m); err != nil {
		return nil, err
	}
	f.sayStability(m)
	return m, nil
}

// solve factorises a matrix, and shows how far it has come.
func (f *Fitting) solve(ctx context.Context, v *sparse.CSC, options nmf.Options) (*nmf.Result, error) {
	factorising := f.Begin("fitting", options.MaxIter)
	options.Progress = f.steps(factorising)
	if f.Tracing {
		f.Trace = &Trace{begun: time.Now(), last: options.Restarts - 1}
		options.Progress = f.Trace.note(options.Progress)
	}
	result, err := nmf.Fit(ctx, v, options)
	took := factorising.End()
	if err != nil {
		return nil, err
	}
	f.sayFitted(result, took)
	sayRestarts(f.Console, result)
	return result, nil
}

// sayFitted tells where the fit ended.
func (f *Fitting) sayFitted(r *nmf.Result, took time.Duration) {
	f.Say("klew: fitted %s in %.1f s: %s %s, divergence %s", print.Count(r.W.Topics(), "topic"), took.Seconds(),
		how[r.Status], print.Count(r.Iterations, "iteration"), digits(r.Unrefined()))
	x := r.Refinement
	if x != nil && !x.Done && f.Options.Refine == nmf.RefineOn {
		f.Say("klew: not refined, as --refine on asks: %s", x.Reason)
	}
	if x != nil && x.Done {
		f.Say("klew: refined them, each token left out of the counts that judge it: divergence %s; %s", digits(r.Divergence), x.Reason)
	}
}
