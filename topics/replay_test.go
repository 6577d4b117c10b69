package topics

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"klew/corpus"
	"klew/nmf"
	"klew/vectorize"
)

// refitted does what klew fit --edits does.
func refitted(t *testing.T, r *Replay, topics int, list []corpus.Document) (*Model, []error) {
	t.Helper()
	ctx := context.Background()
	counting, fitting := r.Of.Origin.Counting, nmf.Defaults()
	counting.Banned = r.Banned()
	table, err := vectorize.Count(ctx, documents(list), counting)
	if err != nil {
		t.Fatal(err)
	}
	fitting.Topics, fitting.Start = topics, r.Start(table, topics, 1)
	for i := range fitting.Start.W.Items() {
		if slices.Max(fitting.Start.W.Item(i)) <= 0 {
			t.Errorf("%s begins without weight", table.Vocabulary.Terms[i].Stem)
		}
	}
	result, err := nmf.Fit(ctx, table.V, fitting)
	if err != nil {
		t.Fatal(err)
	}
	m := InOrder(table, result, r.Of.Origin)
	return m, r.Onto(m)
}

// replayOf is a replay of a model's own journal.
func replayOf(t *testing.T, m *Model) *Replay {
	t.Helper()
	edits, err := m.Edits()
	if err != nil {
		t.Fatal(err)
	}
	return &Replay{Of: m, Edits: edits}
}

// Fitted again to the same texts, topics are what they were and have the numbers that they
// had, also where these are not in order of the shares. The journal is the same.
func TestRefitKeepsNumbers(t *testing.T) {
	old := ofFour(t)
	old.Renumber([]int{2, 0, 3, 1})
	old = amended(t, old, "rename 3 sea", "merge 1 4")
	m, left := refitted(t, replayOf(t, old), 4, texts)
	if len(left) > 0 || !slices.Equal(m.Journal, old.Journal) {
		t.Errorf("journal %q, left out %v", m.Journal, left)
	}
	for k, overlap := range replayOf(t, old).overlaps(m) {
		if overlap < 0.95 {
			t.Errorf("topic %d overlaps with what it has become by %g", k+1, overlap)
		}
	}
	if view, err := m.Edited(); err != nil || view.Topics() != 3 {
		t.Errorf("the view has not three topics (%v)", err)
	}
}

// A banned word is not in the vocabulary, in none of its forms, and stays banned. A pinned
// one is in its topic alone.
func TestRefitBansAndPins(t *testing.T) {
	old := ofFour(t)
	sea := old.First(0)
	elsewhere := (sea + 1) % 4
	pin := Edit{Verb: PinWord, Topic: elsewhere, Text: "harbour"}
	old = amended(t, old, "ban sails", pin.String())
	again, left := refitted(t, replayOf(t, old), 4, texts)
	m, leftAgain := refitted(t, replayOf(t, again), 4, texts)
	if len(left)+len(leftAgain) > 0 || !slices.Equal(m.Journal, old.Journal) {
		t.Errorf("journal %q, left out %v and %v", m.Journal, left, leftAgain)
	}
	if _, there := m.Vocabulary.Find("sail"); there {
		t.Error("the banned word is in the vocabulary")
	}
	row, _ := m.Vocabulary.Find("harbour")
	for k, x := range m.W.Item(row) {
		if (x > 0) != (k == elsewhere) {
			t.Errorf("the pinned word has the weights %v, want only topic %d to have any", m.W.Item(row), elsewhere+1)
			break
		}
	}
	if _, err := m.Edited(); err != nil {
		t.Error(err)
	}
}

// Of two pins of one word the last counts.
func TestLastPinCounts(t *testing.T) {
	old := amended(t, ofFour(t), "pin boat 1", "pin boats 3")
	m, _ := refitted(t, replayOf(t, old), 4, texts)
	row, _ := m.Vocabulary.Find("boat")
	if w := m.W.Item(row); w[0] > 0 || w[1] > 0 || w[2] <= 0 || w[3] > 0 {
		t.Errorf("weights %v", w)
	}
}

// Lines that do not apply to the new model are left out, and the others stay.
func TestLinesThatDoNotApply(t *testing.T) {
	old := amended(t, ofFour(t), "rename 4 last", "rename 1 first", "pin oven 1", "pin boat 2", "ban flour")
	withoutOven := append(slices.Clone(texts[:2]), corpus.Document{ID: "g", Text: "A boat in the harbour, a boat at sea"}, corpus.Document{ID: "h", Text: "Flour and bread"})
	m, left := refitted(t, replayOf(t, old), 3, withoutOven)
	if got, want := errors.Join(left...).Error(), `rename 4 "last": there is no topic 4: the model was fitted with the topics 1 to 3`; !strings.Contains(got, want) {
		t.Errorf("left out for\n%s\nwant\n%s", got, want)
	}
	if got, want := errors.Join(left...).Error(), `pin oven 1: `; !strings.Contains(got, want) {
		t.Errorf("left out for\n%s\nwant\n%s", got, want)
	}
	if !slices.Contains(m.Journal, "ban flour") || len(m.Journal)+len(left) != 5 {
		t.Errorf("journal %q, left out %v", m.Journal, left)
	}
	if _, err := m.Edited(); err != nil {
		t.Error(err)
	}
}

// A topic that has become another is told by its words.
func TestTopicThatIsLost(t *testing.T) {
	old := amended(t, ofFour(t), "rename 1 sea", "rename 2 oven")
	other := *old
	other.W = nmf.NewW(old.W.Items(), 4, make([]float32, 4*old.W.Items()))
	for i := range old.W.Items() {
		copy(other.W.Item(i), old.W.Item(i))
		other.W.Item(i)[0] = 0
	}
	left := replayOf(t, old).Onto(&other)
	if len(left) != 1 || !strings.Contains(left[0].Error(), "topic 1 is not what it was any more") || !slices.Equal(other.Journal, []string{`rename 2 "oven"`}) {
		t.Errorf("journal %q, left out %v", other.Journal, left)
	}
}

// A topic that has kept a fifth of its words has become another, and one that has kept most
// is the same.
func TestTopicThatHasKeptAFew(t *testing.T) {
	for kept, same := range map[float32]bool{0.2: false, 0.45: false, 0.55: true, 0.8: true} {
		old := amended(t, ofFour(t), "rename 1 sea")
		other := *old
		terms := old.W.Items() + 1 // one that the topic goes to
		other.W = nmf.NewW(terms, 4, make([]float32, 4*terms))
		for i := range old.W.Items() {
			copy(other.W.Item(i), old.W.Item(i))
			other.W.Item(i)[0] *= kept
		}
		other.W.Item(terms - 1)[0] = 1 - kept
		was := *old
		was.W = nmf.NewW(terms, 4, append(slices.Concat(rowsOf(old.W)...), 0, 0, 0, 0))
		vocabulary := *old.Vocabulary
		vocabulary.Terms = append(slices.Clone(vocabulary.Terms), vectorize.Term{Stem: "zzz"})
		was.Vocabulary, other.Vocabulary = &vocabulary, &vocabulary
		left := replayOf(t, &was).Onto(&other)
		if (len(left) == 0) != same {
			t.Errorf("%v of topic 1 is kept: left out %v", kept, left)
		}
	}
}

func rowsOf(w *nmf.Factor) (rows [][]float32) {
	for i := range w.Items() {
		rows = append(rows, w.Item(i))
	}
	return rows
}

// Topics beyond those of the old model begin at random, and come after them.
func TestRefitWithMoreTopics(t *testing.T) {
	old := amended(t, fitted(t, nil), "rename 2 oven")
	r := replayOf(t, old)
	m, left := refitted(t, r, 3, texts)
	if m.Topics() != 3 || len(left) > 0 || len(r.overlaps(m)) != 2 {
		t.Errorf("%d topics, left out %v", m.Topics(), left)
	}
}

// Topics that are dropped or merged have numbers, and are none of those that are asked for.
func TestNumbersOfLivingTopics(t *testing.T) {
	r := replayOf(t, amended(t, fitted(t, nil), "drop 2"))
	for topics, want := range []int{0, 1, 3, 4} {
		if got := r.Numbers(topics); got != want {
			t.Errorf("%d topics need %d numbers where topic 2 is dropped, not %d", topics, want, got)
		}
	}
	r.Edits = append(r.Edits, Edit{Verb: MergeTopics, Topic: 0, From: 3})
	if got := r.Numbers(4); got != 6 {
		t.Errorf("4 topics need 6 numbers where topic 2 is dropped and 4 merged, not %d", got)
	}
}

// Words that the old model has not seen begin in all topics alike.
func TestNewWords(t *testing.T) {
	old := fitted(t, nil)
	list := append(slices.Clone(texts), corpus.Document{ID: "g", Text: "submarine boats"}, corpus.Document{ID: "h", Text: "submarine at sea"})
	m, _ := refitted(t, &Replay{Of: old}, 2, list)
	row, known := m.Vocabulary.Find("submarin")
	if !known || home(m, row) != m.First(0) {
		t.Errorf("the submarine is not at sea: %v", m.W.Item(row))
	}
}

// home is the topic with most of a term.
func home(m *Model, row int) int {
	home, mass := 0, m.H.Sums()
	for k, x := range m.W.Item(row) {
		if float64(x)*mass[k] > float64(m.W.Item(row)[home])*mass[home] {
			home = k
		}
	}
	return home
}
