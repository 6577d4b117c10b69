package sweep

import (
	"fmt"
	"math"
	"slices"

	"klew/nmf"
	"klew/topics"
)

// Advice is which number of topics to look at first, and how far that can be trusted.
type Advice struct {
	// Topics is the number, 0 if none stands out.
	Topics int
	// Near are other numbers of which nearly as much can be said.
	Near []int
	// Reason is a sentence on why, and Doubts are those on what speaks against it.
	Reason string
	Doubts []string
}

// Advise says which number of topics stands out:
//
//  1. the largest at which all topics are stable, where one in twenty may be not, and the
//     mean stability is at most 0.05 below the highest with which that is so;
//  2. if there is none, that with the highest mean stability, if it is at least nmf.Stable;
//  3. else none does.
//
// A topic is stable if other documents of the same kind would have shown it (nmf.Stability).
// With fewer topics, some that the texts have are joined; with more, some are torn, in
// another way in each half of the documents. Near are larger numbers at which all are
// stable too, and those at which one topic more is not and yet more are than with the number
// recommended. Small numbers may stand out for being coarse: whoever wants finer topics
// leaves them out of the grid.
//
// Drawn from ten topics, ten are stable with k = 10, and ten with k = 11, 12, 13 and 16, while
// with 9 all are, and as much on average; on noise none is with any k. Neither divergence nor
// perplexity tells: the one always falls with k, and the other falls in most texts to far
// more topics than anybody reads. Nor does coherence, which asks whether people can read a
// topic, not whether it is there; what these say is among the doubts.
//
// Numbers of which fits are missing do not count.
func (r *Result) Advise() Advice {
	if slices.ContainsFunc(r.Rows, incomplete) {
		whole := *r
		whole.Rows = slices.DeleteFunc(slices.Clone(r.Rows), incomplete)
		return whole.Advise()
	}
	var a Advice
	least := r.highest(func(row *Row) bool { return row.unstable() == 0 }) - tolerance
	for n := range r.Rows {
		row := &r.Rows[n]
		if row.unstable() == 0 && row.MeanStability() >= least {
			a.Topics = row.Topics
		}
	}
	if a.Topics == 0 {
		if row := r.steadiest(); row != nil && row.MeanStability() >= nmf.Stable {
			a.Topics = row.Topics
		}
	}
	for n := range r.Rows {
		if row := &r.Rows[n]; (row.unstable() == 0 || row.unstable() == 1) && r.gains(row, a.Topics) {
			a.Near = append(a.Near, row.Topics)
		}
	}
	a.Near = nearest(a.Near, a.Topics)
	a.Reason, a.Doubts = r.reason(&a), r.doubts(&a)
	return a
}

func incomplete(row Row) bool { return row.Missing > 0 }

// tolerance is how far the mean stability may be below the highest. That of halves of BBC
// News differs by 0.02 to 0.08 between one pair of halves and four.
const tolerance = 0.05

// highest is the highest mean stability of some rows, below any if there are none.
func (r *Result) highest(of func(*Row) bool) float64 {
	highest := math.Inf(-1)
	for n := range r.Rows {
		if row := &r.Rows[n]; of(row) {
			highest = max(highest, row.MeanStability())
		}
	}
	return highest
}

// gains says whether a number of topics is worth a look beside those recommended, which may be none.
func (r *Result) gains(row *Row, recommended int) bool {
	if recommended == 0 {
		return row.Topics > 2
	}
	return row.Stable() > r.row(recommended).Stable()
}

// forgiven is the part of the topics that need not be stable.
const forgiven = 0.05

// unstable is how many topics are not stable beyond those that are forgiven; -1 if nothing
// can be told.
func (row *Row) unstable() int {
	if row.Stability == nil {
		return -1
	}
	return max(0, row.Topics-row.Stable()-int(forgiven*float64(row.Topics)))
}

// Stable is the number of topics that are stable.
func (row *Row) Stable() int {
	n := 0
	for _, s := range row.Stability {
		if s >= nmf.Stable {
			n++
		}
	}
	return n
}

// mostNear is how many neighbours one can still look at.
const mostNear = 3

// nearest are the few of rising numbers that are closest to k.
func nearest(numbers []int, k int) []int {
	numbers = slices.Clone(numbers)
	slices.SortStableFunc(numbers, func(a, b int) int { return distance(a, k) - distance(b, k) })
	numbers = numbers[:min(len(numbers), mostNear)]
	slices.Sort(numbers)
	return numbers
}

func distance(a, b int) int { return max(a-b, b-a) }

func (r *Result) reason(a *Advice) string {
	told := slices.ContainsFunc(r.Rows, func(row Row) bool { return row.unstable() >= 0 })
	switch {
	case len(r.Rows) == 0:
		return "no number of topics has all its fits"
	case !told:
		return "no number of topics stands out: without halves nothing is known of how stable topics are"
	case a.Topics == 0:
		best := r.steadiest()
		return fmt.Sprintf("no number of topics stands out: with none are most topics found again in halves of the documents (with %d, where they come nearest, %d)",
			best.Topics, best.Stable())
	}
	const found = "found again in halves of the documents"
	row := r.row(a.Topics)
	switch stable := row.Stable(); {
	case row.unstable() > 0:
		return fmt.Sprintf("%d topics come nearest: %d of them are %s, and their mean stability of %.2f is the highest", a.Topics, stable, found, row.MeanStability())
	case stable < row.Topics:
		return fmt.Sprintf("%d topics: all but %d are %s", a.Topics, row.Topics-stable, found)
	}
	return fmt.Sprintf("%d topics: each is %s, with a stability of %.2f or more, where 1 is the same topic", a.Topics, found, row.LeastStability())
}

func (r *Result) row(k int) *Row {
	return &r.Rows[slices.IndexFunc(r.Rows, func(row Row) bool { return row.Topics == k })]
}

// doubts are what speaks for other numbers.
func (r *Result) doubts(a *Advice) []string {
	var doubts []string
	doubt := func(format string, args ...any) { doubts = append(doubts, fmt.Sprintf(format, args...)) }
	if len(r.Rows) == 0 {
		return nil
	}
	largest := r.Rows[len(r.Rows)-1].Topics
	if a.Topics == largest {
		doubt("%d is the largest number that was tried: try more", largest)
	}
	if a.Topics > 0 && r.row(a.Topics).unstable() > 0 {
		doubt("with no number are all topics found again")
	}
	if a.Topics == 0 && slices.ContainsFunc(r.Rows, func(row Row) bool { return row.Stability != nil }) {
		doubt("the texts may be too few for their topics, or have none")
	}
	if len(a.Near) > 0 {
		which := "that"
		if len(a.Near) > 1 {
			which = "those"
		}
		if a.Topics == 0 {
			doubt("with %s only one is not: look at %s", topics.Listed(a.Near), which)
		} else {
			doubt("with %s more topics are stable, and nearly all of them: look at %s, too", topics.Listed(a.Near), which)
		}
	}
	if k := r.extreme(func(row *Row) float64 { return -row.Mean(Perplexity) }); k > 0 && k != a.Topics {
		if k == largest {
			doubt("held-out perplexity falls up to %d", k)
		} else {
			doubt("held-out perplexity is lowest with %d", k)
		}
	}
	if k := r.extreme(func(row *Row) float64 { return row.Mean(CV) }); k > 0 && k != a.Topics {
		doubt("C_V is highest with %d", k)
	}
	return doubts
}

// steadiest is the row with the highest mean stability, nil if none is known.
func (r *Result) steadiest() *Row {
	k := r.extreme((*Row).MeanStability)
	if k == 0 {
		return nil
	}
	return r.row(k)
}

// extreme is the number of topics with the largest value, 0 if there is none.
func (r *Result) extreme(of func(*Row) float64) int {
	best, k := math.Inf(-1), 0
	for n := range r.Rows {
		if x := of(&r.Rows[n]); x > best {
			best, k = x, r.Rows[n].Topics
		}
	}
	return k
}

// String is the advice as a sentence or two.
func (a Advice) String() string {
	text := a.Reason
	for n, doubt := range a.Doubts {
		if n == 0 && a.Topics > 0 {
			doubt = "but " + doubt
		}
		text += "; " + doubt
	}
	return text
}
