package fitting

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"klew/cmd/klew/internal/lookup"
	"klew/cmd/klew/internal/print"
	"klew/nmf"
	"klew/topics"
	"klew/topics/updating"
	"klew/vectorize"
)

// Updated lets a model learn from more documents, which were counted as its own, and tells how far its
// topics moved.
func (f *Fitting) Updated(ctx context.Context, m *topics.Model, path string, c *vectorize.Counted, counting vectorize.Options) (*topics.Model, error) {
	f.sayTwice(m, c)
	pruned, _, err := c.Outline(counting)
	if err != nil { // none is frequent enough among so few documents
		pruned = &vectorize.Table{Vocabulary: &vectorize.Vocabulary{}, Documents: c.Documents}
	}
	table, err := c.TableWith(ctx, updating.Vocabulary(m, pruned, c.Terms))
	if err != nil {
		return nil, err
	}
	if table.V.NNZ() == 0 {
		return nil, fmt.Errorf("no document has a word that %s knows, or that is frequent enough to be new: nothing is learned", path)
	}
	stage, options := f.Begin("fitting", f.Options.MaxIter), f.Options
	options.Progress = func(s nmf.Step) { stage.Set(s.Iteration, "iterations, divergence "+grouped(s.Divergence)) }
	next, err := updating.Update(ctx, m, table, options, path)
	took := stage.End()
	if err != nil {
		return nil, err
	}
	f.Say("klew: updated %s in %.1f s: %s more, %s; %s %s", print.Count(next.Topics(), "topic"), took.Seconds(), print.Count(len(table.Documents), "document"),
		print.Count(next.Origin.Updated.Terms, "new term"), how[next.Outcome.Status], print.Count(next.Outcome.Iterations, "iteration"))
	f.sayMoved(next)
	return next, nil
}

// sayTwice tells that the model has documents already.
func (f *Fitting) sayTwice(m *topics.Model, c *vectorize.Counted) {
	type name struct {
		id  string
		sum uint32
	}
	has, twice := map[name]bool{}, 0
	for _, d := range m.Documents {
		has[name{d.ID, d.Checksum}] = true
	}
	for _, d := range c.Documents {
		if has[name{d.ID, d.Checksum}] {
			twice++
		}
	}
	if twice > 0 {
		f.Say("klew: %s of %s in the model already, and count twice", print.Count(twice, "document"), print.Grouped(len(c.Documents)))
	}
}

// sayMoved tells how far the topics moved, and which did most.
func (f *Fitting) sayMoved(m *topics.Model) {
	moved := m.Origin.Updated.Moved
	order := make([]int, 0, len(moved))
	for k := range moved {
		order = append(order, k)
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(moved[b], moved[a]) })
	var most []string
	for _, k := range order[:min(3, len(order))] {
		most = append(most, fmt.Sprintf("%d (%.3f)", m.Number(k), moved[k]))
	}
	f.Say("klew: of its words a topic has moved from %.3f to %.3f (0: none, 1: all); most moved: %s; klew compare tells which words came and went",
		slices.Min(moved), slices.Max(moved), strings.Join(most, ", "))
}

// PathsFrom are the paths of a model's texts and those of more, from the working folder.
func PathsFrom(m *topics.Model, more []string) (paths []string) {
	for _, path := range m.Origin.Paths {
		paths = append(paths, lookup.PathFrom(m.Origin.Base, path))
	}
	return append(paths, more...)
}
