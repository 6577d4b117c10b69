package topics

import (
	"context"
	"slices"
)

// AlignTo gives the topics that an older model has as well the numbers that they have
// there, and the others the numbers that are left, in the order in which they are: a new
// model's is that of their shares. It changes nothing but the order. Topics are the same as
// in Compare, changed ones among them; of several into which one was split, or from which
// one was merged, one keeps the number, the one that nmf.Match has matched. It returns the
// topics that have no number from the older model.
//
// A topic of which the older number is more than there are topics now cannot keep it.
func (m *Model) AlignTo(ctx context.Context, older *Model, threads int) (fresh []int, err error) {
	c, err := Compare(ctx, older, m, threads)
	if err != nil {
		return nil, err
	}
	order := make([]int, m.Topics())
	for k := range order {
		order[k] = -1
	}
	placed := make([]bool, m.Topics())
	for k, l := range c.pairing.to {
		if at := older.Number(k) - 1; at < len(order) && l >= 0 && c.related(k, l) {
			order[at], placed[l] = l, true
		}
	}
	for k := range order {
		if order[k] < 0 {
			order[k] = slices.Index(placed, false)
			placed[order[k]] = true
			fresh = append(fresh, k)
		}
	}
	m.Renumber(order)
	return fresh, nil
}

// related reports whether what became of topic k is l, or l is among it.
func (c *Comparison) related(k, l int) bool {
	return slices.ContainsFunc(c.Relations, func(r Relation) bool {
		return slices.Contains(r.Was, k) && slices.Contains(r.Is, l)
	})
}
