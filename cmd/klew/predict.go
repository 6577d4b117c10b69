package main

import (
	"context"
	"errors"
	"fmt"
	"math"

	"klew/cmd/klew/internal/lookup"
	"klew/cmd/klew/internal/print"
	"klew/cmd/klew/internal/source"
	"klew/cmd/klew/internal/usage"
	"klew/topics"
	"klew/topics/tables"
	"klew/vectorize/matrixfile"

	"github.com/spf13/cobra"
)

// predictCommand is the command predict: unknown cells of a table with holes.
type predictCommand struct {
	*print.Console
	top    int
	rows   []string
	seen   string
	format print.Format
}

func newPredict(p *print.Console) *cobra.Command {
	r := &predictCommand{Console: p}
	c := &cobra.Command{
		Use:   "predict MODEL [PAIRS]",
		Short: "Predict unknown cells of a table with holes, such as ratings",
		Long: `Predict cells that are not known of a table with holes, from a model of klew fit --observed.

PAIRS is a file with the names of a row and of a column a line, with or without a header
(- is standard input). The result has the columns row, column, prediction, and unseen: what of
row and column the model has not seen, for which the mean of all known cells stands. Where
PAIRS has a third column of numbers, that is value in the result, and the error is told:
RMSE, the root of the mean squared difference, and MAE, the mean absolute one.

With --top N in place of PAIRS, each row gets the N columns of the largest predictions among
those it has no known cell in. For that the file that was fitted is read again from where it
was, or --seen names it. Predictions lie between the least and the largest known value.`,
		Example: `  klew fit ratings.csv --matrix-format triplets --observed -k 10 -o ratings.klew
  klew predict ratings.klew pairs.csv
  klew predict ratings.klew --top 5 --row anna --row ben
  echo "anna,Casablanca" | klew predict ratings.klew - --format json`,
		Args: usage.Args("MODEL", "[PAIRS]"),
		RunE: func(c *cobra.Command, args []string) error { return r.run(c.Context(), args[0], args[1:]) },
	}
	flags := c.Flags()
	usage.Count(c, &r.top, "top", "n", 0, usage.MostListed, "columns to predict for each row, the largest first")
	flags.StringArrayVar(&r.rows, "row", nil, "with --top, only for the row of this `name` (may be given several times)")
	flags.StringVar(&r.seen, "seen", "", "with --top, the `file` of known cells, if it is not where it was")
	r.format.AddFlags(c)
	return c
}

func (r *predictCommand) run(ctx context.Context, path string, pairs []string) error {
	switch {
	case (len(pairs) == 0) == (r.top == 0):
		return usage.Mistake(errors.New("name a file of PAIRS to predict, or --top N for the best columns of each row"))
	case r.top == 0 && (len(r.rows) > 0 || r.seen != ""):
		return usage.Mistake(errors.New("--row and --seen go with --top"))
	}
	m, err := lookup.FittedModel(path)
	if err != nil {
		return err
	}
	if m.Origin.Known == nil {
		return fmt.Errorf("%s is not a model of a table with holes: make one by klew fit RATINGS --matrix-format triplets --observed -o %s", path, path)
	}
	predictor := topics.NewPredictor(m)
	if r.top > 0 {
		return r.best(ctx, predictor, path)
	}
	all, err := r.read(ctx, predictor, pairs[0])
	if err != nil {
		return err
	}
	r.sayErrors(all)
	return print.Table(r.Console, r.format, tables.Predictions(all))
}

// read predicts the pairs of a file. A first line neither name of which the model knows, but
// one of the next line's, is a header.
func (r *predictCommand) read(ctx context.Context, p *topics.Predictor, path string) (all []topics.Prediction, err error) {
	first := matrixfile.Cell{}
	err = source.Cells(ctx, r.Console, path, func(c matrixfile.Cell) error {
		if first.Line == 0 {
			first = c
		}
		all = append(all, p.Cell(c.Row, c.Column, knownValue(c)))
		return nil
	})
	if err != nil {
		return nil, err
	}
	if len(all) > 1 && all[0].Unseen == topics.UnseenBoth && (first.Third != "" || all[1].Unseen != topics.UnseenBoth) {
		r.Say("klew: %s: the first line is taken for a header: %s, %s", path, first.Row, first.Column)
		all = all[1:]
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("%s: there is no pair in it", path)
	}
	return all, nil
}

func knownValue(c matrixfile.Cell) float64 {
	if c.HasValue {
		return c.Value
	}
	return math.NaN()
}

// sayErrors tells how far predictions are from the values that are known.
func (r *predictCommand) sayErrors(all []topics.Prediction) {
	squares, off, n := 0.0, 0.0, 0
	for _, p := range all {
		if d := p.Value - p.Predicted; !math.IsNaN(d) {
			squares, off, n = squares+d*d, off+math.Abs(d), n+1
		}
	}
	if n > 0 {
		r.Say("klew: of %s with a value: RMSE %.4f, MAE %.4f", print.Count(n, "pair"), math.Sqrt(squares/float64(n)), off/float64(n))
	}
}

// best predicts the columns of each row that it has no known cell in.
func (r *predictCommand) best(ctx context.Context, p *topics.Predictor, path string) error {
	file := r.seen
	if file == "" {
		file = lookup.PathFrom(p.Model.Origin.Base, p.Model.Origin.Paths[0])
	}
	seen := map[[2]string]bool{}
	err := source.Cells(ctx, r.Console, file, func(c matrixfile.Cell) error {
		seen[[2]string{c.Row, c.Column}] = true
		return nil
	})
	if err != nil {
		return fmt.Errorf("%w; --seen names the file of the known cells that %s was fitted to", err, path)
	}
	all, err := p.Best(r.top, r.rows, func(row, column string) bool { return seen[[2]string{row, column}] })
	if err != nil {
		return err
	}
	return print.Table(r.Console, r.format, tables.Predictions(all))
}
