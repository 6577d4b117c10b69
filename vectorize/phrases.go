package vectorize

import (
	"cmp"
	"maps"
	"math"
	"slices"
)

// Phrases
//
// Two terms that stand side by side, without a stop word between them, are a phrase if
// they do so far more often than chance would have it. The measure is the normalised
// pointwise mutual information of Bouma (2009), "Normalized (Pointwise) Mutual Information
// in Collocation Extraction": with p(x), p(y) and p(x,y) the shares of all tokens that are
// x, that are y, and that are an x with a y behind it,
//
//	log(p(x,y) / p(x)p(y)) / −log p(x,y)
//
// It is 1 for terms that never stand apart, 0 for those that meet by chance.
//
// A text is read once: its sequence of forms is kept, four bytes a token, and counted when
// the phrases are known. There a phrase takes the place of its parts, from left to right:
// "new york times" is new_york and times. So no token is counted twice, and the topics of
// the parts are not drawn to the phrase.

// Phrase is two stems that are one term where they stand side by side.
type Phrase struct{ First, Second string }

// Stem is the stem of the term.
func (p Phrase) Stem() string { return p.First + "_" + p.Second }

// held is a document whose sequence waits for the phrases.
type held struct {
	document int // of tally.documents
	from, to int // of tally.heldForms
}

// apart stands in a held sequence where something stood that is no term.
const apart = -1

// hold keeps the sequence of the last document.
func (t *tally) hold(sequence []int32) {
	h := held{document: len(t.documents) - 1, from: len(t.heldForms)}
	t.heldForms = append(t.heldForms, sequence...)
	h.to = len(t.heldForms)
	t.held = append(t.held, h)
}

// pairKey is two terms as one number.
func pairKey(first, second int32) uint64 { return uint64(first)<<32 | uint64(uint32(second)) }

// setPhrases looks up the phrases among the tally's own terms.
func (t *tally) setPhrases(phrases []Phrase) {
	t.phrases = map[uint64]bool{}
	for _, p := range phrases {
		first, known := t.names[p.First]
		second, alsoKnown := t.names[p.Second]
		if known && alsoKnown {
			t.phrases[pairKey(first, second)] = true
		}
	}
}

// countHeld counts a document with its phrases.
func (t *tally) countHeld(h held) {
	t.joinPhrases(t.heldForms[h.from:h.to])
	t.countSequence(&t.documents[h.document])
}

// joinPhrases makes the sequence of forms, with phrases in the place of their parts.
func (t *tally) joinPhrases(forms []int32) {
	t.sequence = t.sequence[:0]
	for i := 0; i < len(forms); i++ {
		switch {
		case forms[i] == apart:
		case i+1 < len(forms) && forms[i+1] != apart && t.phrases[pairKey(t.forms[forms[i]].term, t.forms[forms[i+1]].term)]:
			t.sequence = append(t.sequence, t.gramOf(forms[i:i+2]))
			i++
		default:
			t.sequence = append(t.sequence, forms[i])
		}
	}
}

// bigrams counts the pairs of terms in held sequences.
type bigrams struct {
	names   map[string]int32
	counts  []int // of each term
	total   int
	numbers [][]int32 // for each tally, the number here of each of its terms
	pairs   map[uint64]int
}

// findPhrases finds the phrases of all tallies, in byte order.
func findPhrases(tallies []*tally, o *Options) []Phrase {
	b := &bigrams{names: map[string]int32{}, pairs: map[uint64]int{}}
	for _, t := range tallies {
		b.countTerms(t)
	}
	likely := b.likely(tallies, o.phraseMinCount())
	for i, t := range tallies {
		b.countPairs(t, b.numbers[i], likely)
	}
	stems := make([]string, len(b.names))
	for stem, number := range b.names {
		stems[number] = stem
	}
	var phrases []Phrase
	for _, key := range slices.Sorted(maps.Keys(b.pairs)) {
		count := b.pairs[key]
		if count >= o.phraseMinCount() && b.npmi(key, count) >= o.PhraseThreshold {
			phrases = append(phrases, Phrase{stems[key>>32], stems[uint32(key)]})
		}
	}
	slices.SortFunc(phrases, func(a, b Phrase) int {
		return cmp.Or(cmp.Compare(a.First, b.First), cmp.Compare(a.Second, b.Second))
	})
	return phrases
}

// countTerms counts the terms in a tally's held sequences.
func (b *bigrams) countTerms(t *tally) {
	numbers := make([]int32, len(t.terms))
	for i, term := range t.terms {
		number, known := b.names[term.stem]
		if !known {
			number = int32(len(b.counts))
			b.names[term.stem] = number
			b.counts = append(b.counts, 0)
		}
		numbers[i] = number
	}
	for _, form := range t.heldForms {
		if form != apart {
			b.counts[numbers[t.forms[form].term]]++
			b.total++
		}
	}
	b.numbers = append(b.numbers, numbers)
}

// eachPair calls do for each two neighbours in a tally's held sequences.
func (b *bigrams) eachPair(t *tally, numbers []int32, do func(key uint64)) {
	for _, h := range t.held {
		forms := t.heldForms[h.from:h.to]
		for i := 1; i < len(forms); i++ {
			if forms[i-1] != apart && forms[i] != apart {
				do(pairKey(numbers[t.forms[forms[i-1]].term], numbers[t.forms[forms[i]].term]))
			}
		}
	}
}

// slots is the size of the table of likely pairs, a power of two.
const slots = 1 << 24

// slot is where a pair is counted in the table of likely pairs.
func slot(key uint64) uint64 { return key * 0x9e3779b97f4a7c15 >> 40 }

// likely counts pairs by a hash of theirs, up to 255: those whose slot does not reach the
// least count do not either, and need no room in the map. Of 20 Newsgroups' 600,000
// different pairs one in thirty is left.
func (b *bigrams) likely(tallies []*tally, least int) func(uint64) bool {
	counts := make([]uint8, slots)
	for i, t := range tallies {
		b.eachPair(t, b.numbers[i], func(key uint64) {
			if c := &counts[slot(key)]; *c < math.MaxUint8 {
				*c++
			}
		})
	}
	least = min(least, math.MaxUint8)
	return func(key uint64) bool { return int(counts[slot(key)]) >= least }
}

// countPairs counts the likely pairs of a tally.
func (b *bigrams) countPairs(t *tally, numbers []int32, likely func(uint64) bool) {
	b.eachPair(t, numbers, func(key uint64) {
		if likely(key) {
			b.pairs[key]++
		}
	})
}

// npmi is the measure of a pair that occurs count times.
func (b *bigrams) npmi(key uint64, count int) float64 {
	n := float64(b.total)
	first, second := float64(b.counts[key>>32])/n, float64(b.counts[uint32(key)])/n
	both := float64(count) / n
	if both >= 1 {
		return 1
	}
	return math.Log(both/(first*second)) / -math.Log(both)
}
