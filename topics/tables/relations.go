package tables

import (
	"strconv"

	"gonum.org/v1/gonum/mat"
	"klew/topics"
	"klew/topics/relations"
)

// Groups are the topics as a tree cut into groups has them, so that what was joined stands
// together: group, topic, label, share, distance (at which the topic was joined to others), with
// (the topic of which the share of documents goes most with its own), correlation (of the two),
// keywords, so many words of them.
func Groups(m *topics.Model, tree *relations.Tree, groups [][]int, correlations *mat.SymDense, words int) *Table {
	type place struct{ group, topic int }
	var places []place
	for g, members := range groups {
		for _, k := range members {
			places = append(places, place{g + 1, k})
		}
	}
	joined := make([]float64, tree.Topics)
	for _, merge := range tree.Merges {
		for _, k := range []int{merge.A, merge.B} {
			if k < tree.Topics {
				joined[k] = merge.Distance
			}
		}
	}
	labels, shares, r := m.Labels(), m.Shares(), topics.NewRanker(m)
	columns := []Column{wholeColumn("group"), wholeColumn("topic"), textColumn("label"), numberColumn("share"), numberColumn("distance"),
		wholeColumn("with").lacking(), numberColumn("correlation").lacking(), listColumn("keywords")}
	t := tableOf("groups", columns, len(places), func(row []Cell, i int) {
		k := places[i].topic
		row[0], row[1], row[2] = wholeCell(places[i].group), topicCell(m, k), textCell(labels[k])
		row[3], row[4], row[5], row[6] = numberCell(shares[k]), numberCell(joined[k]), none, none
		if with := mostCorrelated(correlations, k); with >= 0 {
			row[5], row[6] = topicCell(m, with), numberCell(correlations.At(k, with))
		}
		row[7] = listCell(Keywords(r, k, words))
	})
	return t.first("group", "topic", "label", "share", "keywords")
}

// mostCorrelated is the other topic whose correlation with one is highest; -1 if there is none.
func mostCorrelated(correlations *mat.SymDense, k int) int {
	most := -1
	for l := range correlations.SymmetricDim() {
		if l != k && (most < 0 || correlations.At(k, l) > correlations.At(k, most)) {
			most = l
		}
	}
	return most
}

// Merges are the steps that made a tree: step, topics (the numbers of those in the group that
// it made), first and second (the topics of its parts), distance.
func Merges(m *topics.Model, tree *relations.Tree) *Table {
	numbers := func(group int) Cell {
		var list []string
		for _, k := range tree.Members(group) {
			list = append(list, strconv.Itoa(m.Number(k)))
		}
		return listCell(list)
	}
	columns := []Column{wholeColumn("step"), {Name: "first", Kind: Wholes}, {Name: "second", Kind: Wholes}, numberColumn("distance"), wholeColumn("topics")}
	return tableOf("merges", columns, len(tree.Merges), func(row []Cell, i int) {
		step := tree.Merges[i]
		row[0], row[1], row[2] = wholeCell(i+1), numbers(step.A), numbers(step.B)
		row[3], row[4] = numberCell(step.Distance), wholeCell(step.Size)
	})
}

// Pairs are all pairs of topics: topic, label, other, other_label, distance of their words,
// correlation of their proportions in documents.
func Pairs(m *topics.Model, distances, correlations *mat.SymDense) *Table {
	columns := []Column{
		wholeColumn("topic"), textColumn("label"), wholeColumn("other"), textColumn("other_label"),
		numberColumn("distance"), numberColumn("correlation"),
	}
	labels, k := m.Labels(), m.Topics()
	return &Table{Name: "pairs", Columns: columns, Rows: func(yield func([]Cell) bool) {
		for a := range k {
			for b := a + 1; b < k; b++ {
				if !yield([]Cell{topicCell(m, a), textCell(labels[a]), topicCell(m, b), textCell(labels[b]),
					numberCell(distances.At(a, b)), numberCell(correlations.At(a, b))}) {
					return
				}
			}
		}
	}}
}

// Effects are the coefficients of a regression of the topics' shares: topic, label, term,
// level, estimate, error, low, high. The term of the first is empty: the share where all
// numbers are 0 and all fields at their base.
func Effects(m *topics.Model, r *relations.Regression, chosen []int) *Table {
	columns := []Column{
		wholeColumn("topic"), textColumn("label"), textColumn("term"), textColumn("level").lacking(), numberColumn("estimate"),
		numberColumn("error").lacking(), numberColumn("low").lacking(), numberColumn("high").lacking(),
	}
	labels, terms := m.Labels(), len(r.Effects)/m.Topics()
	return tableOf("effects", columns, terms*len(chosen), func(row []Cell, i int) {
		k := chosen[i/terms]
		e := r.Effects[k*terms+i%terms]
		row[0], row[1], row[2], row[3] = topicCell(m, k), textCell(labels[k]), textCell(e.Term.Field), none
		if e.Term.Field == "" {
			row[2] = textCell("(base)")
		}
		if e.Term.Level != "" {
			row[3] = textCell(e.Term.Level)
		}
		row[4], row[5], row[6], row[7] = numberCell(e.Estimate), numberCell(e.Error), numberCell(e.Low), numberCell(e.High)
	})
}
