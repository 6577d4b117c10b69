package vectorize

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"slices"
)

// Proposal is a word that carries no topic, as far as its spread over the documents shows.
type Proposal struct {
	Word string
	// Documents is how many documents have it, and Count how often it occurs.
	Documents, Count int
	// Expected is how many documents would have it if its occurrences were strewn over
	// the text at random, and Evenness is Documents through Expected.
	Expected, Evenness float64
	// Reason says in words what speaks for it.
	Reason string
}

const (
	// evenFrom is the evenness from which a word is proposed. Of the words of BBC News in
	// at least a hundredth of the documents 28 in a hundred reach it ("added", "biggest",
	// "earlier"), and hardly one of the frequent ones has a subject; of 20 Newsgroups 19,
	// among them what its headers are made of.
	evenFrom = 0.9
	// boilerplateFrom is that of a word that documents have once each, as forms do.
	boilerplateFrom = 1.15
	// A word must be in this share of the documents, and in so many, for its spread to
	// say anything.
	proposedShare = 0.02
	proposedLeast = 10
)

// ProposeStopWords proposes stop words beyond those that were in force when the table was
// counted, by counts and without stems. Words of a subject come in bursts: where one
// occurs, it occurs again, so that its occurrences are in far fewer documents than chance
// would have it. Words that are as evenly spread as chance, or more evenly, say nothing
// of what a document is about (Church & Gale 1995, "Poisson mixtures"). They come by the
// number of documents that have them, the most frequent first.
func ProposeStopWords(t *Table) []Proposal {
	lengths, total := t.lengths()
	least := max(proposedLeast, proposedShare*float64(len(t.Documents)))
	var all []Proposal
	for _, term := range t.Vocabulary.Terms {
		if float64(term.DF) < least {
			continue
		}
		p := Proposal{Word: term.Shown(), Documents: term.DF, Count: term.Count}
		for _, l := range lengths {
			p.Expected -= float64(l.documents) * math.Expm1(-float64(term.Count)*float64(l.tokens)/total)
		}
		if p.Evenness = float64(term.DF) / p.Expected; p.Evenness >= evenFrom {
			p.Reason = p.reason(len(t.Documents))
			all = append(all, p)
		}
	}
	slices.SortFunc(all, func(a, b Proposal) int {
		return cmp.Or(cmp.Compare(b.Documents, a.Documents), cmp.Compare(a.Word, b.Word))
	})
	return all
}

func (p *Proposal) reason(documents int) string {
	share := 100 * float64(p.Documents) / float64(documents)
	if p.Evenness >= boilerplateFrom {
		return fmt.Sprintf("in %.0f %% of the documents, %.1f times in each: as in a form", share, float64(p.Count)/float64(p.Documents))
	}
	return fmt.Sprintf("in %.0f %% of the documents, as evenly as by chance", share)
}

// lengthCount is how many documents have a number of tokens.
type lengthCount struct{ tokens, documents int }

// lengths returns the lengths of the documents, and the sum of all.
func (t *Table) lengths() (all []lengthCount, total float64) {
	counts := map[int]int{}
	for _, d := range t.Documents {
		counts[d.Tokens+d.Unknown]++
		total += float64(d.Tokens + d.Unknown)
	}
	for _, tokens := range slices.Sorted(maps.Keys(counts)) {
		all = append(all, lengthCount{tokens, counts[tokens]})
	}
	return all, total
}
