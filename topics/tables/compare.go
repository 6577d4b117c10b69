package tables

import (
	"klew/topics"
	"klew/topics/comparison"
)

// Comparison is what became of the topics of model a in model b, a row for each topic or pair
// of topics: change, topic and in_b, label and label_in_b, likeness, share and share_in_b, the
// first words that came and went, and the first keywords of the topic as it is now.
func Comparison(a, b *topics.Model, c *comparison.Comparison, words int) *Table {
	columns := []Column{
		textColumn("change"), wholeColumn("topic").lacking(), wholeColumn("in_b").lacking(),
		textColumn("label").lacking(), textColumn("label_in_b").lacking(), numberColumn("likeness"),
		numberColumn("share").lacking(), numberColumn("share_in_b").lacking(), listColumn("came"), listColumn("went"), listColumn("keywords"),
	}
	rankers := map[*topics.Model]*topics.Ranker{a: topics.NewRanker(a), b: topics.NewRanker(b)}
	x := compared{a, b, c, words, a.Labels(), b.Labels(), a.Shares(), b.Shares(), rankers}
	t := &Table{Name: "comparison", Columns: columns, Rows: func(yield func([]Cell) bool) {
		for _, r := range c.Relations {
			for _, pair := range pairsOf(r) {
				if !yield(x.row(r, pair[0], pair[1])) {
					return
				}
			}
		}
	}}
	return t.first("change", "topic", "in_b", "label", "label_in_b", "share", "share_in_b", "likeness")
}

type compared struct {
	a, b             *topics.Model
	of               *comparison.Comparison
	words            int
	labelsA, labelsB []string
	sharesA, sharesB []float64
	rankers          map[*topics.Model]*topics.Ranker
}

// row is that of topic k of a and topic l of b; -1 where there is none.
func (x *compared) row(r comparison.Relation, k, l int) []Cell {
	likeness := r.Likeness
	if len(r.Old)*len(r.New) > 1 {
		likeness = x.of.Likeness(k, l)
	}
	shown, of := x.a, k
	if l >= 0 && r.Change != comparison.Merged {
		shown, of = x.b, l
	}
	came, went := x.of.Words(r, x.words)
	return []Cell{
		textCell(string(r.Change)), topicCell(x.a, k), topicCell(x.b, l), labelCell(x.labelsA, k), labelCell(x.labelsB, l),
		numberCell(likeness), shareCell(x.sharesA, k), shareCell(x.sharesB, l), listCell(came), listCell(went),
		listCell(Keywords(x.rankers[shown], of, x.words)),
	}
}

// shareCell is the share of topic k, or none for -1.
func shareCell(shares []float64, k int) Cell {
	if k < 0 {
		return none
	}
	return numberCell(shares[k])
}

// pairsOf are the topics of the rows of a relation, -1 where there is none.
func pairsOf(r comparison.Relation) (pairs [][2]int) {
	was, is := r.Old, r.New
	if len(was) == 0 {
		was = []int{-1}
	}
	if len(is) == 0 {
		is = []int{-1}
	}
	for _, k := range was {
		for _, l := range is {
			pairs = append(pairs, [2]int{k, l})
		}
	}
	return pairs
}
