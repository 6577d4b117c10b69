package topics

import (
	"cmp"
	"math"
	"slices"

	"klew/nmf"
)

// Of is the model with some of its documents alone, by their numbers: shares, proportions, and
// what is typical are of these. Words and labels of topics stay what they are. Like Edited it is
// a view that cannot be saved.
func (m *Model) Of(members []int) *Model {
	view := *m
	view.partial = true
	view.LearnedShares = m.Learned()
	view.DocumentTopics = m.DocumentTopics.Of(members)
	if m.edited != nil {
		was := *m.edited
		was.fitted = was.fitted.Of(members)
		view.edited = &was
	}
	return &view
}

// Of are some of the documents, by their numbers, with their topics.
func (d *DocumentTopics) Of(members []int) DocumentTopics {
	some := DocumentTopics{}
	k := d.H.Topics()
	h := make([]float32, 0, len(members)*k)
	for _, j := range members {
		some.Documents = append(some.Documents, d.Documents[j])
		h = append(h, d.H.Item(j)...)
	}
	some.H = nmf.NewH(k, len(members), h)
	return some
}

// Learned are the topics' shares of the corpus from which their words were learned.
func (m *Model) Learned() []float64 {
	if m.LearnedShares != nil {
		return m.LearnedShares
	}
	return m.Shares()
}

// Having are the documents that have any of some topics, in at least a proportion: in their
// order or, if they are to be sorted, those with most of the first of these topics first.
// Proportions that agree to six digits count as equal.
func (d *DocumentTopics) Having(some []int, least float64, sorted bool) (members []int) {
	first, p := make(map[int]float64), make([]float64, d.H.Topics())
	for j := range d.H.Items() {
		PutProportions(p, d.H.Item(j))
		if slices.ContainsFunc(some, func(k int) bool { return p[k] > 0 && p[k] >= least }) {
			members, first[j] = append(members, j), math.Round(p[some[0]]*1e6)
		}
	}
	if sorted {
		slices.SortStableFunc(members, func(a, b int) int { return cmp.Compare(first[b], first[a]) })
	}
	return members
}
