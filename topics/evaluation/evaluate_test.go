package evaluation

import (
	"context"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/james-bowman/sparse"
	"klew/corpus"
	"klew/nmf"
	"klew/topics"
	"klew/vectorize"
)

// Each measure has a name of its own, a definition, and a direction or none.
func TestMeasures(t *testing.T) {
	seen := map[string]bool{}
	for _, m := range Measures {
		if seen[m.Name] {
			t.Errorf("two measures are called %s", m.Name)
		}
		seen[m.Name] = true
		for line := range strings.Lines(m.What) {
			if len([]rune(line)) > 80 {
				t.Errorf("%s: a line of the definition is too wide: %s", m.Name, line)
			}
		}
		if m.What == "" || m.Better != Higher && m.Better != Lower && m.Better != "" {
			t.Errorf("%s: direction %q, definition %q", m.Name, m.Better, m.What)
		}
	}
}

func evaluated(t *testing.T, m *topics.Model, o Options) *Evaluation {
	t.Helper()
	e, err := Evaluate(context.Background(), m, o)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// One call measures everything for which there is what it needs, and nothing else.
func TestEvaluateMeasuresWhatItCan(t *testing.T) {
	m := fitted(t, func(_ *vectorize.Options, o *nmf.Options) { o.Halves = 0 })
	own := map[Need]Options{
		TheModel:     {},
		TheTexts:     {Texts: documents(texts)},
		HeldOutTexts: {HeldOut: documents(texts)},
		OwnTexts:     {Own: documents(texts)},
		TheLabels:    {Labels: "folder"},
	}
	all := Options{Texts: documents(texts), HeldOut: documents(texts), Own: documents(texts), Labels: "folder"}
	everything := evaluated(t, m, all)
	for need, o := range own {
		e := evaluated(t, m, o)
		for _, x := range Measures {
			value, measured := e.Model(x)
			if want := (x.Needs == need || x.Needs == TheModel) && x.Scope != TopicOnly; measured != want {
				t.Errorf("with %+v: %s measured: %v", o, x.Name, measured)
			}
			if other, _ := everything.Model(x); measured && value != other && !(math.IsNaN(value) && math.IsNaN(other)) {
				t.Errorf("%s is %v, and %v beside others", x.Name, value, other)
			}
			if values := e.Topics(x); values != nil && (len(values) != m.Topics() || x.Scope == ModelOnly) {
				t.Errorf("%s of topics: %v", x.Name, values)
			}
		}
	}
	if everything.HeldOut.Documents != 5 || *everything.Own != *everything.HeldOut || everything.Read != len(texts) || everything.Poor != nil {
		t.Errorf("%+v", everything)
	}
	if nmi, _ := everything.Model(measure(t, "nmi")); nmi != 1 || !slices.Contains(everything.Label, "oven") || everything.Classes.Unlabelled != 2 {
		t.Errorf("NMI %v, labels %q, %d without", nmi, everything.Label, everything.Classes.Unlabelled)
	}
}

func measure(t *testing.T, name string) Measure {
	t.Helper()
	i := slices.IndexFunc(Measures, func(m Measure) bool { return m.Name == name })
	if i < 0 {
		t.Fatalf("no measure %s", name)
	}
	return Measures[i]
}

// A model's value is the mean over the topics that have one; the stability is the model's.
func TestMeansAreOverTopicsThatHaveAValue(t *testing.T) {
	m := fitted(t, nil)
	m.Stability = []float64{1, 0.5}
	for i := range m.W.Items() { // an empty topic
		m.W.Item(i)[1] = 0
	}
	e := evaluated(t, m, Options{Texts: documents(texts)})
	if x, _ := e.Model(measure(t, "stability")); x != 0.75 {
		t.Errorf("stability %v", x)
	}
	for _, name := range []string{"c_npmi", "coherence", "exclusivity"} {
		values := e.Topics(measure(t, name))
		if x, _ := e.Model(measure(t, name)); x != values[0] || !math.IsNaN(values[1]) {
			t.Errorf("%s: %v of the topics %v", name, x, values)
		}
	}
	if !slices.Equal(e.Poor, []int{1}) {
		t.Errorf("without coherence are %v", e.Poor)
	}
}

// With one top word in the texts nothing stands together: the topic has no coherence.
func TestOneKnownWordIsNotCoherent(t *testing.T) {
	m := fitted(t, nil)
	e := evaluated(t, m, Options{Texts: documents([]corpus.Document{{Text: "A boat, and a boat."}})})
	for k, x := range e.Topics(measure(t, "c_npmi")) {
		if !math.IsNaN(x) || !slices.Contains(e.Poor, k) {
			t.Errorf("topic %d: c_npmi %v, without coherence are %v", k, x, e.Poor)
		}
	}
}

// Without a text there is no coherence, and that is no fault; an interrupt is.
func TestEvaluateWithoutTexts(t *testing.T) {
	m := fitted(t, nil)
	e := evaluated(t, m, Options{Texts: documents(nil)})
	if _, measured := e.Model(measure(t, "c_v")); measured || e.Read != 0 {
		t.Errorf("coherence in %d texts", e.Read)
	}
	if _, err := Evaluate(context.Background(), m, Options{HeldOut: documents(nil)}); err == nil {
		t.Error("halves of no documents are predicted")
	}
	ended, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Evaluate(ended, m, Options{Texts: documents(texts)}); err == nil {
		t.Error("goes on after the end")
	}
}

// Laplace: each term counts once more than it does, so that none is impossible.
func TestBackgroundHasOneMoreOfEachTerm(t *testing.T) {
	v := sparse.NewCSC(3, 2, []int{0, 1, 3}, []int{0, 0, 2}, []float64{2, 1, 1})
	if got := BackgroundOf(v); !slices.Equal(got, []float64{4. / 7, 1. / 7, 2. / 7}) {
		t.Errorf("%v", got)
	}
}
