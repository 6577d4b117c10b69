package topics

import (
	"cmp"
	"slices"
)

// Typical returns for each topic the n documents that are most typical of it, those of the
// largest
//
//	p t / (t + s)
//
// where p is the topic's proportion of the document and t the document's tokens: it is the
// proportion once s tokens of something else have been added. The proportion alone would
// put the documents in front that are too short to be of two topics: a note of three words
// is 100 % one. s is half the median length of a document. A document of that length that
// is all one topic has 2/3, one twice as long 4/5, and there it ends: t is at most two
// medians, for of the documents that are one topic through and through the longest are
// price lists and programs.
//
// Documents without the topic are left out, and so are those that repeat an earlier one
// word for word; equals come in the order of the corpus.
func (m *Model) Typical(n int) [][]int {
	return remembered(&m.DocumentTopics, typicalKey(n), func() [][]int { return m.findTypical(n) })
}

func (m *Model) findTypical(n int) [][]int {
	median := float64(medianTokens(m))
	lists := make([]*best[typicalDocument], m.Topics())
	for k := range lists {
		lists[k] = newBest(n, compareTypical)
	}
	seen, proportions := make(map[sameText]bool, len(m.Documents)), make([]float64, m.Topics())
	for j, d := range m.Documents {
		text := sameText{d.Checksum, d.Tokens, d.Unknown}
		if d.Checksum != 0 && seen[text] { // of a matrix nothing is known of the texts
			continue
		}
		seen[text] = true
		PutProportions(proportions, m.H.Item(j))
		for k, p := range proportions {
			if p > 0 {
				tokens := min(float64(d.Tokens), 2*median)
				score := p * tokens / (tokens + median/2)
				lists[k].add(typicalDocument{j, fiveDigits(float32(score))})
			}
		}
	}
	all := make([][]int, len(lists))
	for k, list := range lists {
		for _, t := range list.list() {
			all[k] = append(all[k], t.document)
		}
	}
	return all
}

// sameText is what documents of the same text have in common.
type sameText struct {
	checksum        uint32
	tokens, unknown int
}

type typicalDocument struct {
	document int
	score    uint32 // in five digits, as for words
}

func compareTypical(a, b typicalDocument) int {
	return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.document, b.document))
}

// medianTokens is the median number of tokens of the documents that have any, at least 1.
func medianTokens(m *Model) int {
	var lengths []int
	for _, d := range m.Documents {
		if d.Tokens > 0 {
			lengths = append(lengths, d.Tokens)
		}
	}
	if len(lengths) == 0 {
		return 1
	}
	slices.Sort(lengths)
	return lengths[len(lengths)/2]
}
