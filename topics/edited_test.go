package topics

import (
	"bytes"
	"context"
	"math"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"klew/corpus"
	"klew/nmf"
	"klew/vectorize"
	"pgregory.net/rapid"
)

// ofFour is a model of four topics.
func ofFour(t testing.TB) *Model {
	t.Helper()
	return fitted(t, func(_ *vectorize.Options, o *nmf.Options) { o.Topics = 4 })
}

// with is a copy of a model with some lines in its journal.
func amended(t testing.TB, m *Model, lines ...string) *Model {
	t.Helper()
	edits, err := ParseJournal(strings.Join(lines, "\n"))
	if err != nil {
		t.Fatal(err)
	}
	a := *m
	if err := a.Amend(edits); err != nil {
		t.Fatal(err)
	}
	return &a
}

// viewOf is how a model looks with some lines in its journal.
func viewOf(t testing.TB, m *Model, lines ...string) *Model {
	t.Helper()
	view, err := amended(t, m, lines...).Edited()
	if err != nil {
		t.Fatal(err)
	}
	return view
}

func TestMerge(t *testing.T) {
	m := ofFour(t)
	view := viewOf(t, m, "merge 3 1")
	if got, want := numbers(view), []int{2, 3, 4}; !slices.Equal(got, want) {
		t.Fatalf("topics %v, want %v", got, want)
	}
	mass := m.H.Sums()
	for j := range m.Documents {
		got, was := view.Weights(j), m.Weights(j)
		if want := []float64{was[1], was[2] + was[0], was[3]}; !closeTo(got, want, 1e-5) {
			t.Errorf("document %d has the weights %v, want %v", j, got, want)
		}
	}
	for i := range m.W.Items() {
		row := m.W.Item(i)
		want := (float64(row[0])*mass[0] + float64(row[2])*mass[2]) / (mass[0] + mass[2])
		if got := float64(view.W.Item(i)[1]); math.Abs(got-want) > 1e-6 {
			t.Errorf("term %d has the weight %g in the merged topic, want %g", i, got, want)
		}
	}
	checkView(t, amended(t, m, "merge 3 1"), view)
}

func numbers(m *Model) []int {
	all := make([]int, m.Topics())
	for k := range all {
		all[k] = m.Number(k)
	}
	return all
}

func closeTo(got, want []float64, within float64) bool {
	return slices.EqualFunc(got, want, func(a, b float64) bool { return math.Abs(a-b) <= within })
}

// Which way round topics are merged, and by which steps, makes no difference but for the
// number.
func TestMergersMeet(t *testing.T) {
	m := ofFour(t)
	for _, lines := range [][]string{{"merge 4 1", "merge 3 4"}, {"merge 3 1", "merge 3 4"}, {"merge 1 4", "merge 3 1"}} {
		view, want := viewOf(t, m, lines...), viewOf(t, m, "merge 3 4", "merge 3 1")
		if !slices.Equal(numbers(view), []int{2, 3}) || !reflect.DeepEqual(view.H, want.H) || !reflect.DeepEqual(view.W, want.W) {
			t.Errorf("%v leads elsewhere", lines)
		}
	}
}

// Proportions are taken among the topics that are left, and a document of a dropped topic
// alone has none.
func TestDrop(t *testing.T) {
	m := ofFour(t)
	view := viewOf(t, m, "drop 2")
	for j := range m.Documents {
		p := m.Proportions(j)
		left := 1 - p[1]
		got := view.Proportions(j)
		for n, k := range []int{0, 2, 3} {
			want := 0.0
			if left > 1e-9 {
				want = p[k] / left
			}
			if math.Abs(got[n]-want) > 1e-5 {
				t.Errorf("document %d: topic %d has the proportion %g, want %g", j, k+1, got[n], want)
			}
		}
	}
	for k := range view.Topics() {
		if was := view.Number(k) - 1; !slices.Equal(MostProbable(view.W, k, 9), MostProbable(m.W, was, 9)) {
			t.Errorf("topic %d has other words", was+1)
		}
	}
	checkView(t, amended(t, m, "drop 2"), view)
}

func TestRename(t *testing.T) {
	m := ofFour(t)
	view := viewOf(t, m, `rename 2 "at sea"`, "rename 4 ovens", "rename 3 flour", "drop 1", `rename 3 ""`)
	if got := []string{view.OwnLabel(0), view.OwnLabel(1), view.OwnLabel(2)}; !slices.Equal(got, []string{"at sea", "", "ovens"}) {
		t.Errorf("labels %q", got)
	}
	if m.OwnLabel(1) != "" {
		t.Error("a model without journal has labels")
	}
}

// A banned word is no keyword, whatever its form, and what is left is a distribution. The
// documents stay as they were.
func TestBan(t *testing.T) {
	m := ofFour(t)
	view := viewOf(t, m, "ban sail")
	for k := range view.Topics() {
		for _, w := range view.Keywords(k, 100) {
			if strings.HasPrefix(w.Term, "sail") {
				t.Errorf("topic %d has the keyword %s", k+1, w.Term)
			}
		}
	}
	if !reflect.DeepEqual(view.H, m.H) {
		t.Error("the documents have other topics")
	}
	checkView(t, amended(t, m, "ban sail"), view)
}

// checkView checks what holds for every view: W's columns are distributions, the mass of
// what is left is kept, numbers rise and lead back to their topics.
func checkView(t interface {
	Helper()
	Errorf(string, ...any)
	Fatal(...any)
}, m, view *Model) {
	t.Helper()
	for k, sum := range view.W.Sums() {
		if math.Abs(sum-1) > 1e-5 && (sum != 0 || len(view.Keywords(k, 1)) > 0) {
			t.Errorf("topic %d sums to %g", view.Number(k), sum)
		}
	}
	s, err := m.replayed()
	if err != nil {
		t.Fatal(err)
	}
	want := make([]float64, m.Topics())
	for k, mass := range m.H.Sums() {
		if s.into[k] >= 0 {
			want[s.into[k]] += mass
		}
	}
	for k, mass := range view.H.Sums() {
		number := view.Number(k)
		if k > 0 && number <= view.Number(k-1) {
			t.Errorf("topic %d comes after topic %d", number, view.Number(k-1))
		}
		if math.Abs(mass-want[number-1]) > 1e-4*(1+mass) {
			t.Errorf("topic %d holds %g tokens, want %g", number, mass, want[number-1])
		}
		if back, err := view.Topic(number); err != nil || back != k {
			t.Errorf("topic %d is found at %d (%v), want %d", number, back, err, k)
		}
	}
	sum := 0.0
	for _, share := range view.Shares() {
		sum += share
	}
	if math.Abs(sum-1) > 1e-9 {
		t.Errorf("shares sum to %g", sum)
	}
}

// anyJournal draws a journal that holds for a model.
func anyJournal(t *rapid.T, m *Model) *Model {
	a := *m
	words := []string{"boat", "sails", "flour", "oven", "sea"}
	for range rapid.IntRange(0, 6).Draw(t, "lines") {
		e := Edit{Verb: rapid.SampledFrom(forms).Draw(t, "form").verb, Topic: rapid.IntRange(0, 3).Draw(t, "topic"), From: rapid.IntRange(0, 3).Draw(t, "from")}
		e.Text = rapid.SampledFrom(words).Draw(t, "word")
		if line, err := ParseEdit(e.String()); err == nil {
			a.Amend([]Edit{line}) // one that does not hold is left out
		}
	}
	return &a
}

// Whatever the journal: the view keeps its promises, the fitted model its factors, and with
// every line taken back, in any order, the file its bytes.
func TestJournalsLeaveTheModel(t *testing.T) {
	fitted := ofFour(t)
	before := encoded(t, fitted)
	rapid.Check(t, func(rt *rapid.T) {
		m := anyJournal(rt, fitted)
		view, err := m.Edited()
		if err != nil {
			rt.Fatal(err)
		}
		checkView(rt, m, view)
		for len(m.Journal) > 0 {
			if err := m.Undo(rapid.IntRange(0, len(m.Journal)-1).Draw(rt, "line")); err != nil {
				rt.Fatal(err)
			}
			if view, err = m.Edited(); err != nil {
				rt.Fatalf("with a line taken back the others do not hold: %v", err)
			}
			checkView(rt, m, view)
		}
		if !bytes.Equal(encoded(t, m), before) {
			rt.Fatal("with all lines taken back the file is another")
		}
	})
}

// What is inferred with an edited model for the texts that it was fitted to is what it says
// of them.
func TestInferenceWithEdits(t *testing.T) {
	for _, alpha := range []float64{0, 0.01} {
		m := fitted(t, func(_ *vectorize.Options, o *nmf.Options) { o.Topics, o.AlphaH, o.AlphaW = 4, alpha, alpha/10 })
		for _, lines := range [][]string{{"drop 2"}, {"merge 1 4"}, {"merge 1 4", "drop 2", "ban boat", "rename 1 x", "pin sea 3"}} {
			view := viewOf(t, m, lines...)
			if n, difference := inferredAgain(t, view); n != len(texts)-1 || difference > 1e-3 {
				t.Errorf("%v: %d documents, mean difference %g", lines, n, difference)
			}
			if difference := weightsApart(t, view); difference > 1e-3 {
				t.Errorf("%v: weights differ by %g of the document's", lines, difference)
			}
		}
	}
}

// A text about a dropped topic does not become one about another.
func TestInferenceOfADroppedTopic(t *testing.T) {
	m := fitted(t, nil)
	view := viewOf(t, m, "drop "+string(rune('1'+m.First(0))))
	inferred, err := view.Infer(context.Background(), documents([]corpus.Document{{ID: "new", Text: "boats at sea"}}), 1)
	if err != nil {
		t.Fatal(err)
	}
	if w := inferred.Weights(0); len(w) != 1 || w[0] > 0.01 {
		t.Errorf("weights %v, want none", w)
	}
}

// The journal is in the file, what it does is not; a view is not for saving.
func TestJournalIsSaved(t *testing.T) {
	m := amended(t, ofFour(t), "merge 3 1", `rename 3 "at sea"`, "ban flour")
	m.Stability, m.Scale = []float64{1, 0.5, 0.25, 0}, nil
	path := filepath.Join(t.TempDir(), "m.klew")
	if err := m.Save(path); err != nil {
		t.Fatal(err)
	}
	got, err := Load(path)
	if err != nil {
		t.Fatal(err)
	}
	sameModel(t, got, m)
	view, err := got.Edited()
	if err != nil {
		t.Fatal(err)
	}
	if view.Topics() != 3 || view.OwnLabel(1) != "at sea" || view.Fitted() != got {
		t.Errorf("%d topics, the second called %q", view.Topics(), view.OwnLabel(1))
	}
	if mass := m.H.Sums(); !closeTo(view.Stability, []float64{0.5, (mass[0] + 0.25*mass[2]) / (mass[0] + mass[2]), 0}, 1e-6) {
		t.Errorf("stability %v", view.Stability)
	}
	if again, err := view.Edited(); err != nil || again != view {
		t.Errorf("a view has a view of its own (%v)", err)
	}
	if err := view.Save(path); err == nil || !strings.Contains(err.Error(), "as it was fitted") {
		t.Errorf("a view was saved (%v)", err)
	}
}

// Without a journal a model is its own view.
func TestNoJournal(t *testing.T) {
	m := ofFour(t)
	if view, err := m.Edited(); err != nil || view != m || m.Fitted() != m || m.Number(3) != 4 {
		t.Errorf("view %p of %p (%v)", view, m, err)
	}
}

func TestTopicByNumber(t *testing.T) {
	m := ofFour(t)
	view := viewOf(t, m, "merge 3 1", "drop 2")
	for number, want := range map[int]string{
		1: "topic 1 has been merged into topic 3", 2: "topic 2 has been dropped", 3: "", 4: "",
		0: "no topic 0: the model was fitted with the topics 1 to 4", 5: "no topic 5", -1: "no topic -1",
	} {
		k, err := view.Topic(number)
		if want == "" && (err != nil || view.Number(k) != number) || want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
			t.Errorf("topic %d is at %d (%v), want %q", number, k, err, want)
		}
	}
	if k, err := m.Topic(4); err != nil || k != 3 {
		t.Errorf("topic 4 is at %d (%v)", k, err)
	}
	if _, err := m.Topic(5); err == nil {
		t.Error("a model of four topics has a fifth")
	}
}

// If one line does not hold, none is kept, and all that do not are reported.
func TestAmendIsAllOrNothing(t *testing.T) {
	m := amended(t, ofFour(t), "merge 3 1", "ban Sail")
	edits, err := ParseJournal("drop 4\ndrop 4\nrename 1 x\nmerge 2 2\nban xylophone\npin sails 2\ndrop 9\ndrop 2\ndrop 3")
	if err != nil {
		t.Fatal(err)
	}
	err = m.Amend(edits)
	if err == nil || len(m.Journal) != 2 {
		t.Fatalf("the error is %v, the journal %v", err, m.Journal)
	}
	want := []string{
		"drop 4: topic 4 has been dropped",
		`rename 1 "x": topic 1 has been merged into topic 3`,
		"merge 2 2: topic 2 cannot be merged with itself",
		`ban xylophone: the vocabulary does not hold the word "xylophone"`,
		`pin sails 2: the word "sails" is banned; take that back first`,
		"drop 9: there is no topic 9: the model was fitted with the topics 1 to 4",
		"drop 3: topic 3 is the only one left",
	}
	if got := strings.Split(err.Error(), "\n"); !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// A journal that does not hold, which only another program could write, is an error with
// the number of the line; Undo goes by this.
func TestBrokenJournal(t *testing.T) {
	for line, want := range map[string]string{
		"split 3":  `line 3 of the journal: split 3: there is no edit "split"`,
		"drop 9":   "line 3 of the journal: there is no topic 9",
		"rename 2": "line 3 of the journal: rename 2: the label is missing",
	} {
		m := ofFour(t)
		m.Journal = []string{"drop 1", "", line}
		if _, err := m.Edited(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: the error is %v, want one with %q", line, err, want)
		}
		if err := m.Amend([]Edit{{Verb: DropTopic, Topic: 1}}); err == nil {
			t.Errorf("%q: more was added", line)
		}
		if err := m.Undo(2); err != nil {
			t.Error(err)
		}
		if view, err := m.Edited(); err != nil || view.Topics() != 3 {
			t.Errorf("with the line taken back: %v", err)
		}
		if m.Undo(2) == nil || m.Undo(-1) == nil {
			t.Error("a line that is not there was taken back")
		}
	}
}

// Empty topics merge without harm.
func TestEmptyTopics(t *testing.T) {
	m := ofFour(t)
	zero := func(f *nmf.Factor) {
		for n := range f.Items() {
			f.Item(n)[2], f.Item(n)[3] = 0, 0
		}
	}
	zero(m.W)
	zero(m.H)
	view := viewOf(t, m, "merge 3 4", "merge 1 2")
	if sums := view.W.Sums(); math.Abs(sums[0]-1) > 1e-5 || sums[1] != 0 {
		t.Errorf("columns of W sum to %v", sums)
	}
}

// Folded, the shares of a document's tokens still sum to its column of H.
func TestFoldedShares(t *testing.T) {
	m := ofFour(t)
	view := viewOf(t, m, "merge 3 1", "drop 2", "ban boat")
	cutter, err := vectorize.NewCutter(m.Vocabulary, m.Origin.Counting)
	if err != nil {
		t.Fatal(err)
	}
	shares := make([]float64, m.Topics())
	for j, d := range texts {
		sum := make([]float64, view.Topics())
		for _, row := range cutter.Rows(d.Text) {
			TokenShares(shares, view.Fitted().W, int(row), &view.Fitted().DocumentTopics, j)
			for k, x := range view.Folded(shares) {
				sum[k] += x
			}
		}
		if !closeTo(sum, view.Weights(j), 0.01) {
			t.Errorf("document %s: shares of tokens sum to %v, H has %v", d.ID, sum, view.Weights(j))
		}
	}
}
