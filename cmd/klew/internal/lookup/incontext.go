package lookup

import (
	"context"
	"slices"

	"klew/cmd/klew/internal/print"
	"klew/topics"
)

// InContext finds the rows of some terms in the texts of a model, which are read again, with so
// many words around them: of each term the first n in the order of the documents, and how many
// there are.
func InContext(ctx context.Context, to *print.Console, m *topics.Model, rows []int, around, n int) (found [][]topics.InContext, counts []int, err error) {
	c, err := topics.NewConcordance(m, rows, around)
	if err != nil {
		return nil, nil, err
	}
	again, err := Reread(m, 0)
	if err != nil {
		return nil, nil, err
	}
	found, counts = make([][]topics.InContext, len(rows)), make([]int, len(rows))
	reading := to.Begin("reading the texts again", len(m.Documents))
	for j, d := range again.All(ctx) {
		for _, x := range c.Find(j, d.Text) {
			i := slices.Index(rows, x.Row)
			if counts[i]++; counts[i] <= n {
				found[i] = append(found[i], x)
			}
		}
		reading.Set(again.Found, "documents")
	}
	reading.End()
	if err := ctx.Err(); err != nil {
		return nil, nil, err
	}
	again.SayMissing(to)
	return found, counts, nil
}
