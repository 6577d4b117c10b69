// Package comparison says what became of the topics of one model in another, and gives
// topics the numbers that they have in an older model.
package comparison

import (
	"context"
	"fmt"
	"slices"

	"klew/nmf"
	"klew/topics"
)

// Change says what became of a topic of one model in another.
type Change string

const (
	// Same: one topic of the other is the same, but for little.
	Same Change = "same"
	// Changed: one topic of the other is recognisably it.
	Changed Change = "changed"
	// Split: it is a mixture of several topics, each of which is for the most part it.
	Split Change = "split"
	// Merged: several topics have become one, the reverse of Split.
	Merged Change = "merged"
	// Gone: no topic of the other is like it.
	Gone Change = "gone"
	// New: it is like none that there was.
	New Change = "new"
)

// Where each change begins. Likeness is defined with Compare.
const (
	// SameFrom is the likeness from which two topics are the same, and LikeFrom that from
	// which one can be recognised in the other.
	SameFrom, LikeFrom = 0.7, 0.25
	// partOf is how much of a part must come from what was split, and leastPart how much
	// of that must go into a part.
	partOf, leastPart = 0.5, 0.1
	// better is how much more the parts together are like the whole than the best of them.
	better = 0.05
	// leastMost is how much of what tells a topic from the corpus must be expected to be found
	// again for a match with that to count in full: of less, nothing can be told.
	leastMost = 0.5
	// manyShared is the share of the smaller model's documents that must be in both for
	// documents to count.
	manyShared = 0.5
)

// Comparison is what became of the topics of an older model in a newer one.
type Comparison struct {
	// Relations are first those of the older topics, in their order, and then what is new.
	Relations []Relation
	// Terms is the number of terms that both have. Documents is that of the documents by
	// which topics were compared, too: those that both have, or 0 if those are too few.
	Terms, Documents int

	old, new  *topics.Model
	marginals map[*topics.Model][]float64 // as far as words were asked for
	pairing   *pairing
}

// Likeness is that of topic k of the one model and topic l of the other.
func (c *Comparison) Likeness(k, l int) float64 { return c.pairing.likeness(k, l) }

// Relation is what became of a topic, or of several.
type Relation struct {
	Change Change
	// Old and New are the topics: one each, several new ones where a topic was split,
	// several old ones where some were merged, and none of that model which has none.
	Old, New []int
	// Likeness is that of the topics, of all parts together where there are several. For
	// topics that are gone or new it is that of the most similar one of the other model.
	Likeness float64
}

// Compare matches the topics of two models, which may differ in anything: texts, terms,
// options, number of topics.
//
// Terms are the same if their stems are; those of one vocabulary only are in common with
// nothing. Where both models have the same documents, by ID and checksum, and these are at
// least half of one, a topic is its distribution over the documents in common as well as
// that over terms, and each counts for half: then topics can be told apart that use the
// same words, and matched although the words are counted otherwise. The overlap of two
// topics is that of nmf.Match over both distributions.
//
// The likeness of two topics is their overlap beyond chance, (overlap − chance) / (most −
// chance), where chance is the overlap of either with the other's corpus as a whole,
// whichever is more. A topic is 1 like itself, and 0 like what is no nearer to it than all
// texts together. most is 1 if the models have the same documents. Else it is the overlap that
// the two would have if they were the same topic, learned from other texts (see sampling): two
// random halves of BBC News have a topic's words in common by 0.5 at most.
//
// For four pairs of such halves (15 and 25 topics, two splits of each) all documents were put to
// both models: topics that are the same here have proportions that correlate by 0.82 to 0.96,
// changed ones by 0.52 to 0.92, and no topic that is gone or new correlates with any by more
// than 0.60. Without most none was the same, and topics that correlate by up to 0.69 were gone.
// Of headlines alone, 1,100 in each half, one topic in 15 and one in 25 are found again.
// Of halves of 20 Newsgroups and of NIPS, 20 topics each, on which nothing was chosen, 3 and 6 are
// gone (5 and 8 without most), all with a likeness below 0.27.
//
// A topic was split if two or more topics are at least half of it, each at least a tenth,
// and together are more like it than one alone. How much of a topic is another is found by
// solving its distribution as a mixture of the other model's topics (nmf.Transform).
func Compare(ctx context.Context, older, newer *topics.Model, threads int) (*Comparison, error) {
	c := &Comparison{old: older, new: newer, marginals: map[*topics.Model][]float64{}}
	p := c.common(threads)
	c.pairing = p
	if err := p.mix(ctx, threads); err != nil {
		return nil, fmt.Errorf("comparing the topics of two models: %w", err)
	}
	p.relate(threads)
	c.Relations = p.relations()
	return c, nil
}

// pairing is two models on common rows.
type pairing struct {
	old, new side
	overlap  [][]float64 // by old and new topic
	to       []int       // the new topic for each old one, as matched, or −1
	found    []Relation
	sampling *sampling // nil if both are of the same texts
}

// side is one of the models.
type side struct {
	w *nmf.Factor // terms and documents in common × topics; a column sums to 1, or 0
	// corpus is the column of all topics together, by their shares.
	corpus *nmf.Factor
	chance []float64 // the overlap of each topic with the other's corpus
	tokens []float64 // from which each topic was learned
	// parts is how much of each topic is each of the other's.
	parts [][]float64
	known []bool // whether something has been said of the topic
}

// likeness is that of two topics.
func (p *pairing) likeness(k, l int) float64 {
	return aboveChance(p.overlap[k][l], max(p.old.chance[k], p.new.chance[l]), p.most(k, l))
}

// most is the overlap that two topics would have if they were the same.
func (p *pairing) most(k, l int) float64 {
	return p.sampling.most(&p.old, k, func(row int) float64 { return float64(p.new.w.Item(row)[l]) }, p.new.tokens[l])
}

// aboveChance is an overlap as a share of what there can be above chance. Where there is nothing,
// since a topic is the corpus, only the same is alike.
func aboveChance(overlap, chance, most float64) float64 {
	if overlap > 1-1e-5 {
		return 1
	}
	return min(1, max(0, (overlap-chance)/max(most-chance, leastMost*(1-chance), 1e-5)))
}

// relate finds the relations. A topic that was split has not changed into one of its
// parts, nor is it the same as the largest.
func (p *pairing) relate(threads int) {
	p.to, _ = nmf.Match(p.old.w, p.new.w, threads)
	for k := range p.old.known {
		if parts := p.old.partsOf(k, &p.new); !p.old.known[k] && len(parts) > 1 {
			p.split(k, parts)
		}
	}
	for l := range p.new.known {
		if parts := p.new.partsOf(l, &p.old); !p.new.known[l] && len(parts) > 1 {
			p.merged(l, parts)
		}
	}
	p.pairs(Same, SameFrom)
	p.pairs(Changed, LikeFrom)
	for k := range p.old.known {
		if !p.old.known[k] {
			p.found = append(p.found, Relation{Change: Gone, Old: []int{k}, Likeness: p.nearest(k, -1)})
		}
	}
	for l := range p.new.known {
		if !p.new.known[l] {
			p.found = append(p.found, Relation{Change: New, New: []int{l}, Likeness: p.nearest(-1, l)})
		}
	}
}

// pairs takes the matched topics that are alike enough and of which nothing was said yet.
func (p *pairing) pairs(change Change, from float64) {
	for k, l := range p.to {
		if l < 0 || p.old.known[k] || p.new.known[l] || p.likeness(k, l) < from {
			continue
		}
		p.say(Relation{change, []int{k}, []int{l}, p.likeness(k, l)})
	}
}

func (p *pairing) say(r Relation) {
	p.found = append(p.found, r)
	for _, k := range r.Old {
		p.old.known[k] = true
	}
	for _, l := range r.New {
		p.new.known[l] = true
	}
}

// partsOf lists the topics of the other side that are for the most part topic k, and into
// which a good part of it has gone.
func (s *side) partsOf(k int, other *side) []int {
	var parts []int
	for l, part := range s.parts[k] {
		if part >= leastPart && other.parts[l][k] >= partOf && !other.known[l] {
			parts = append(parts, l)
		}
	}
	return parts
}

// split says that k was split if its parts together are more like it than each.
func (p *pairing) split(k int, parts []int) {
	one := 0.0
	for _, l := range parts {
		one = max(one, p.likeness(k, l))
	}
	if all := p.likenessOfAll(&p.old, k, &p.new, parts); all >= max(LikeFrom, one+better) {
		p.say(Relation{Split, []int{k}, parts, all})
	}
}

// merged is the reverse of split.
func (p *pairing) merged(l int, parts []int) {
	one := 0.0
	for _, k := range parts {
		one = max(one, p.likeness(k, l))
	}
	if all := p.likenessOfAll(&p.new, l, &p.old, parts); all >= max(LikeFrom, one+better) {
		p.say(Relation{Merged, parts, []int{l}, all})
	}
}

// likenessOfAll is the likeness of topic k with some topics of the other side, each in the
// proportion that it has of k.
func (p *pairing) likenessOfAll(s *side, k int, other *side, parts []int) float64 {
	total, tokens := 0.0, 0.0
	for _, l := range parts {
		total += s.parts[k][l]
		tokens += other.tokens[l]
	}
	blend := func(row int) (sum float64) {
		for _, l := range parts {
			sum += s.parts[k][l] / total * float64(other.w.Item(row)[l])
		}
		return sum
	}
	overlap, chance := 0.0, 0.0
	for i := range s.w.Items() {
		sum := blend(i)
		overlap += min(float64(s.w.Item(i)[k]), sum)
		chance += min(float64(s.corpus.Item(i)[0]), sum)
	}
	return aboveChance(overlap, max(chance, s.chance[k]), p.sampling.most(s, k, blend, tokens))
}

// nearest is the likeness of a topic with the one that is most like it; the other is −1.
func (p *pairing) nearest(k, l int) float64 {
	most := 0.0
	for i := range p.old.known {
		for j := range p.new.known {
			if i == k || j == l {
				most = max(most, p.likeness(i, j))
			}
		}
	}
	return most
}

// relations puts them in the order of the first old topic, then of the first new one.
func (p *pairing) relations() []Relation {
	slices.SortStableFunc(p.found, func(a, b Relation) int {
		switch {
		case len(a.Old) > 0 && len(b.Old) > 0:
			return a.Old[0] - b.Old[0]
		case len(a.Old) > 0:
			return -1
		case len(b.Old) > 0:
			return 1
		}
		return a.New[0] - b.New[0]
	})
	return p.found
}

// Words are those that a relation between two topics has brought and taken: of the n first
// keywords of the one topic those that are not among the 2n first of the other. A term that
// has only moved a little is in neither. For several topics there are none.
func (c *Comparison) Words(r Relation, n int) (came, went []string) {
	if len(r.Old) != 1 || len(r.New) != 1 {
		return nil, nil
	}
	k, l := r.Old[0], r.New[0]
	return c.beside(c.new, l, c.old, k, n), c.beside(c.old, k, c.new, l, n)
}

// beside lists the first n terms of topic k that are not among the first 2n of the other's
// topic l.
func (c *Comparison) beside(m *topics.Model, k int, other *topics.Model, l, n int) []string {
	there := map[string]bool{}
	for _, row := range c.top(other, l, 2*min(n, other.W.Items())) {
		there[other.Vocabulary.Terms[row].Stem] = true
	}
	var words []string
	for _, row := range c.top(m, k, n) {
		if t := m.Vocabulary.Terms[row]; !there[t.Stem] {
			words = append(words, t.Shown())
		}
	}
	return words
}

// top are the rows of the first n keywords of topic k of one of the models.
func (c *Comparison) top(m *topics.Model, k, n int) []int32 {
	if c.marginals[m] == nil {
		c.marginals[m] = m.Marginals()
	}
	return topics.TopTerms(m.W, c.marginals[m], k, n)
}
