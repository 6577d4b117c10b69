package tables

import (
	"slices"

	"klew/topics"
)

// KeywordsShown is how many keywords stand for a topic, unless the user says otherwise.
const KeywordsShown = 10

// Keywords are the n first keywords of topic k.
func Keywords(r *topics.Ranker, k, n int) []string {
	var words []string
	for _, w := range r.Keywords(k, n) {
		words = append(words, clean(w.Term))
	}
	return words
}

// Ranked gives the keywords of topic k, in the order that is wanted.
type Ranked func(k int) []topics.Ranked

// TermsOf are the terms of ranked keywords.
func TermsOf(ranked []topics.Ranked) []string {
	words := make([]string, len(ranked))
	for i, w := range ranked {
		words[i] = clean(w.Term)
	}
	return words
}

// topicCell is the number by which people know topic k, or none for -1.
func topicCell(m *topics.Model, k int) Cell {
	if k < 0 {
		return none
	}
	return wholeCell(m.Number(k))
}

// labelCell is the label of topic k, or none for -1.
func labelCell(labels []string, k int) Cell {
	if k < 0 {
		return none
	}
	return textCell(labels[k])
}

// numberAt is the number at k, or none if there are no numbers.
func numberAt(numbers []float64, k int) Cell {
	if numbers == nil {
		return none
	}
	return numberCell(numbers[k])
}

// TopicOptions say what is shown of topics.
type TopicOptions struct {
	// Keywords gives those of each topic; the KeywordsShown first if it is nil.
	Keywords Ranked
	// Details adds stability where it is not known, too, entropy, the number of documents in
	// which the topic comes first, and so many documents as Typical says that are most
	// typical of it.
	Details bool
	Typical int
	// Only are the topics to show; all if it is nil.
	Only []int
}

// ranked gives the keywords of each topic.
func (o *TopicOptions) ranked(m *topics.Model) Ranked {
	if o.Keywords != nil {
		return o.Keywords
	}
	r := topics.NewRanker(m)
	return func(k int) []topics.Ranked { return r.Top(k, KeywordsShown, topics.Divergence, 0) }
}

// Topics are the topics: topic, label, share, stability (if it is known), keywords.
func Topics(m *topics.Model, o TopicOptions) *Table {
	columns := []Column{wholeColumn("topic"), textColumn("label"), numberColumn("share")}
	stable := m.Stability != nil || o.Details
	if stable {
		columns = append(columns, numberColumn("stability").lacking())
	}
	var summaries []topics.Summary
	if o.Details {
		typical := listColumn("typical")
		typical.Between = "; "
		columns = append(columns, numberColumn("entropy"), wholeColumn("first_in"), typical)
		summaries = m.Summaries(o.Typical)
	}
	columns = append(columns, listColumn("keywords"))
	labels, shares, keywords := m.Labels(), m.Shares(), o.ranked(m)
	only := o.Only
	if only == nil {
		only = allTopics(m)
	}
	t := tableOf(topicsName, columns, len(only), func(row []Cell, i int) {
		k := only[i]
		cells := append(row[:0], topicCell(m, k), textCell(labels[k]), numberCell(shares[k]))
		if stable {
			cells = append(cells, numberAt(m.Stability, k))
		}
		if o.Details {
			s := &summaries[k]
			cells = append(cells, numberCell(s.Entropy), wholeCell(s.First), listCell(documentIDs(m, s.Typical)))
		}
		_ = append(cells, listCell(TermsOf(keywords(k))))
	})
	if !labelled(m) { // labels are some of the keywords then, which the eye finds there
		t.ForEye = t.without("label")
	}
	return t
}

// labelled says whether the user has given any topic a label.
func labelled(m *topics.Model) bool {
	return slices.ContainsFunc(allTopics(m), func(k int) bool { return m.OwnLabel(k) != "" })
}

func allTopics(m *topics.Model) []int {
	all := make([]int, m.Topics())
	for k := range all {
		all[k] = k
	}
	return all
}

func documentIDs(m *topics.Model, numbers []int) []string {
	ids := make([]string, len(numbers))
	for i, j := range numbers {
		ids[i] = m.Documents[j].ID
	}
	return ids
}

// KeywordList is a row for each keyword of each topic: topic, label, rank, term, weight, and
// with scored the score by which it is ranked.
func KeywordList(m *topics.Model, keywords Ranked, scored bool) *Table {
	columns := []Column{wholeColumn("topic"), textColumn("label"), wholeColumn("rank"), textColumn("term"), numberColumn("weight")}
	if scored {
		columns = append(columns, numberColumn("score"))
	}
	labels := m.Labels()
	return &Table{Name: "keywords", Columns: columns, Rows: func(yield func([]Cell) bool) {
		for k := range m.Topics() {
			for i, w := range keywords(k) {
				row := []Cell{topicCell(m, k), textCell(labels[k]), wholeCell(i + 1), textCell(w.Term), numberCell(w.Weight)}
				if scored {
					row = append(row, numberCell(w.Score))
				}
				if !yield(row) {
					return
				}
			}
		}
	}}
}

// TopicTerms is a row for each weight of W that is not 0: topic, rank, term, stem, weight,
// and count, how many of the topic's tokens are to be expected of the term.
func TopicTerms(m *topics.Model) *Table {
	columns := []Column{
		wholeColumn("topic"), wholeColumn("rank"), textColumn("term"), textColumn("stem"), numberColumn("weight"), numberColumn("count"),
	}
	return &Table{Name: topicTermsName, Columns: columns, Rows: func(yield func([]Cell) bool) {
		row := make([]Cell, len(columns))
		for k, mass := range m.H.Sums() {
			for rank, i := range allTerms(m, k) {
				term, weight := &m.Vocabulary.Terms[i], float64(m.W.Item(int(i))[k])
				row[0], row[1] = topicCell(m, k), wholeCell(rank+1)
				row[2], row[3] = textCell(term.Shown()), textCell(term.Stem)
				row[4], row[5] = numberCell(weight), numberCell(weight*mass)
				if !yield(row) {
					return
				}
			}
		}
	}}
}

// allTerms are the rows of all terms of topic k that have a weight, the largest first.
func allTerms(m *topics.Model, k int) []int32 { return topics.MostProbable(m.W, k, m.W.Items()) }

// Terms are the terms of the vocabulary: term, stem, documents, count.
func Terms(m *topics.Model) *Table {
	columns := []Column{textColumn("term"), textColumn("stem"), wholeColumn("documents"), wholeColumn("count")}
	return tableOf(termsName, columns, len(m.Vocabulary.Terms), func(row []Cell, i int) {
		t := &m.Vocabulary.Terms[i]
		row[0], row[1], row[2], row[3] = textCell(t.Shown()), textCell(t.Stem), wholeCell(t.DF), wholeCell(t.Count)
	})
}

// Naming is a name for topic k.
type Naming struct {
	Topic int
	Label string
}

// Named are names for topics: topic, was (the label until now), label, keywords.
func Named(m *topics.Model, named []Naming, words int) *Table {
	columns := []Column{wholeColumn("topic"), textColumn("was"), textColumn("label"), listColumn("keywords")}
	labels, r := m.Labels(), topics.NewRanker(m)
	return tableOf("names", columns, len(named), func(row []Cell, i int) {
		k := named[i].Topic
		row[0], row[1], row[2], row[3] = topicCell(m, k), labelCell(labels, k), textCell(named[i].Label), listCell(Keywords(r, k, words))
	})
}
