package comparison

import (
	"context"
	"slices"

	"klew/topics"
)

// AlignTo gives the topics of a newer model that an older model has as well the numbers that
// they have there, and the others numbers above all that the older model has, in the order in
// which they are: a new model's is that of their shares. So no number that meant a topic ever
// means another. Numbers of topics that are lost are gaps (topics.Model). Topics are the same as in
// Compare, changed ones among them; of several into which one was split, or from which one was
// merged, one keeps the number, the one that nmf.Match has matched. It returns the topics that have
// no number from the older model.
func AlignTo(ctx context.Context, older, newer *topics.Model, threads int) (fresh []int, err error) {
	c, err := Compare(ctx, older, newer, threads)
	if err != nil {
		return nil, err
	}
	var wanted []topics.Assignment
	for k, l := range c.pairing.to {
		if l >= 0 && c.related(k, l) {
			wanted = append(wanted, topics.Assignment{Number: older.Number(k) - 1, Topic: l})
		}
	}
	return newer.Assign(wanted, older.Fitted().Topics()), nil
}

// related reports whether what became of topic k is l, or l is among it.
func (c *Comparison) related(k, l int) bool {
	return slices.ContainsFunc(c.Relations, func(r Relation) bool {
		return slices.Contains(r.Old, k) && slices.Contains(r.New, l)
	})
}
