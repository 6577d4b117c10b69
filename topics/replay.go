package topics

import (
	"cmp"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"

	"klew/nmf"
	"klew/vectorize"
)

// Replay is a journal that a new fit takes over. Its topics begin as those of the model
// that the numbers in the journal are about, and so keep their numbers:
//
//	replay := &topics.Replay{Of: old, Edits: edits}
//	counting.Banned = replay.Banned()
//	table, err := vectorize.Count(ctx, c.Documents(ctx), counting)
//	fitting.Start = replay.Start(table, fitting.Topics, fitting.Seed)
//	result, err := nmf.Fit(ctx, table.V, fitting)
//	model := topics.InOrder(table, result, origin)
//	for _, reason := range replay.Onto(model) {
//		fmt.Println(reason)
//	}
//
// BBC News, 12 topics, fitted again with two words banned and four pinned to topics that
// they are strange to: each topic overlaps with what it was by 0.96 or more, and the fit
// takes 10 iterations where the first took 438.
type Replay struct {
	// Of is the model as it was fitted.
	Of *Model
	// Edits are its journal, or another about its topics.
	Edits []Edit
}

// Renumber makes topic order[k] topic k of a model as fitted. A journal, which has the
// numbers from before, must come after it.
func (m *Model) Renumber(order []int) {
	m.W.Permute(order)
	m.H.Permute(order)
	m.Scale, m.Stability = permuted(m.Scale, order), permuted(m.Stability, order)
	m.Outcome.renumber(order)
}

// Banned lists the words that are to be left out of the vocabulary: those of the journal,
// and as far as the model knows them all of their forms.
func (r *Replay) Banned() []string {
	banned := WordsOf(r.Edits, BanWord)
	if r.Of == nil {
		return banned
	}
	for _, rows := range r.Of.Vocabulary.RowsOf(banned) {
		for _, row := range rows {
			term := r.Of.Vocabulary.Terms[row]
			banned = append(banned, term.Stem)
			for _, form := range term.Forms {
				banned = append(banned, form.Text)
			}
		}
	}
	return banned
}

// WordsOf lists the words of edits of one kind.
func WordsOf(edits []Edit, verb Verb) (words []string) {
	for _, e := range edits {
		if e.Verb == verb {
			words = append(words, e.Text)
		}
	}
	return words
}

// Start makes the factor W of a table that a fit of so many topics begins with. Terms have
// the weights that they had; those that had none, or that the model does not know, have
// their share of the corpus in every topic. What is asked beyond the model's topics, and a topic
// of it that is empty, is new: nmf.Start.Grow splits others for it. If fewer are asked, the last
// are left out. Topics that the journal drops or merges are not split: a part of them would have a
// number of its own again. A pinned word is
// in its topic alone, and the fit leaves it there: the documents that have it have the
// topic, too. With m the masses of the topics and w the word's row of W, it begins with
// Σ wₖmₖ / m.
func (r *Replay) Start(table *vectorize.Table, topics int, seed uint64) *nmf.Start {
	v := table.Vocabulary
	background, source := v.Shares(), rand.New(rand.NewPCG(seed, 0x6564697473))
	w := nmf.NewW(len(v.Terms), topics, make([]float32, len(v.Terms)*topics))
	for i, t := range v.Terms {
		row := w.Item(i)
		old, beyond := row[:min(topics, r.Of.Topics())], row[min(topics, r.Of.Topics()):]
		if at, known := r.Of.Vocabulary.Find(t.Stem); known {
			copy(old, r.Of.W.Item(at))
		}
		if slices.Max(old) == 0 {
			fill(old, float32(background[i]))
		}
		for k := range beyond {
			beyond[k] = float32(2 * background[i] * (1 - source.Float64()))
		}
	}
	return &nmf.Start{W: w, Only: r.pin(v, w), Grow: r.fresh(topics), Whole: r.whole(topics)}
}

// fresh are the topics that a fit of so many does not have from the model, but for its gaps.
func (r *Replay) fresh(topics int) (fresh []int) {
	empty := r.Of.Empty()
	for k := range topics {
		if (k >= r.Of.Topics() || slices.Contains(empty, k)) && !slices.Contains(r.Of.Gaps, k) {
			fresh = append(fresh, k)
		}
	}
	return fresh
}

// Numbers is how many numbers so many topics need: some are not used (Unused).
func (r *Replay) Numbers(topics int) int {
	for _, k := range r.Unused() {
		if k < topics {
			topics++
		}
	}
	return topics
}

// Unused are the numbers, from 0 and rising, of gaps and of topics that the journal drops or makes a
// part of others.
func (r *Replay) Unused() []int {
	unused := slices.Clone(r.Of.Gaps)
	for _, e := range r.Edits {
		switch e.Verb {
		case DropTopic:
			unused = append(unused, e.Topic)
		case MergeTopics:
			unused = append(unused, e.From)
		}
	}
	slices.Sort(unused)
	return slices.Compact(unused)
}

// whole are the topics, of so many, that are dropped or merged.
func (r *Replay) whole(topics int) (whole []int) {
	for _, e := range r.Edits {
		switch e.Verb {
		case DropTopic:
			whole = append(whole, e.Topic)
		case MergeTopics:
			whole = append(whole, e.Topic, e.From)
		}
	}
	return slices.DeleteFunc(whole, func(k int) bool { return k >= topics })
}

func fill(row []float32, x float32) {
	for k := range row {
		row[k] = x
	}
}

// pin moves the weight of pinned words to their topics, and returns these by row.
func (r *Replay) pin(v *vectorize.Vocabulary, w *nmf.Factor) map[int]int {
	pinned, mass := map[int]int{}, r.masses(w.Topics())
	rows := v.RowsOf(wordsOf(r.Edits))
	for n, e := range r.Edits {
		if e.Verb != PinWord || e.Topic >= w.Topics() {
			continue
		}
		for _, i := range rows[n] {
			row, sum := w.Item(i), 0.0
			for k, x := range row {
				sum += float64(x) * mass[k]
			}
			clear(row)
			row[e.Topic] = float32(sum / mass[e.Topic])
			pinned[i] = e.Topic
		}
	}
	return pinned
}

// masses are those of the topics to be, the mean for one that has none.
func (r *Replay) masses(topics int) []float64 {
	all := make([]float64, topics)
	mean := 0.0
	for k, x := range r.Of.H.Sums() {
		mean += x / float64(r.Of.Topics())
		if k < topics {
			all[k] = x
		}
	}
	for k, x := range all {
		if x == 0 {
			all[k] = cmp.Or(mean, 1)
		}
	}
	return all
}

// sameTopic is the least overlap, Σ min(w, w′), of a topic with what it has become. Fitted
// again to two of BBC News' five sections, topics of these overlap with what they were by
// 0.65 or more, the others by 0.36 at most; topics of one model with each other by 0.43.
const sameTopic = 0.5

// Onto gives a model that was fitted from Start the journal, but for the lines that do not
// apply any more: those about a topic that it does not have, or that has become another,
// and pins of words that its texts do not hold. It returns the reasons.
func (r *Replay) Onto(m *Model) (left []error) {
	m.Gaps = slices.DeleteFunc(slices.Clone(r.Of.Gaps), func(k int) bool { return k >= m.Topics() })
	s := newEditing(m.Topics())
	for k, overlap := range r.overlaps(m) {
		if overlap < sameTopic {
			s.into[k] = gone
		}
	}
	s.leaveOut(m.Gaps)
	m.Journal = nil
	rows := m.Vocabulary.RowsOf(wordsOf(r.Edits))
	for n, e := range r.Edits {
		err := s.apply(e)
		if errors.Is(err, errGone) && e.Verb == PinWord {
			err = nil // it is what it was told to be
		}
		if err == nil && e.Verb == PinWord && len(rows[n]) == 0 {
			err = fmt.Errorf("the texts do not hold the word %q, or too rarely", e.Text)
		}
		if err != nil {
			left = append(left, fmt.Errorf("%s: %w", e, err))
			continue
		}
		m.Journal = append(m.Journal, e.String())
	}
	return left
}

// overlaps are those of the topics with what they have become, over the terms that both
// models know.
func (r *Replay) overlaps(m *Model) []float64 {
	all := make([]float64, min(m.Topics(), r.Of.Topics()))
	for k := range all {
		var before, after []float32
		for i, t := range m.Vocabulary.Terms {
			if old, known := r.Of.Vocabulary.Find(t.Stem); known {
				before, after = append(before, r.Of.W.Item(old)[k]), append(after, m.W.Item(i)[k])
			}
		}
		all[k] = nmf.Agreement(nmf.NewW(len(before), 1, before), nmf.NewW(len(after), 1, after), 1)
	}
	return all
}
