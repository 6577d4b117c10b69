package topics

import (
	"context"
	"math"
	"slices"
	"strings"
	"testing"

	"klew/nmf"
	"klew/vectorize"
)

// guided fits the texts by a guide as klew fit --guide does, and plainly from the same start
// where the guide has no strength.
func guided(t *testing.T, g *Guide, k int) (*Model, *Guided) {
	t.Helper()
	counting := vectorize.Defaults()
	table, err := vectorize.Count(context.Background(), documents(texts), counting)
	if err != nil {
		t.Fatal(err)
	}
	fitting, d := nmf.Defaults(), g.For(table, counting)
	var v = table.V
	fitting.Topics = k
	v, fitting.Start = d.Fit(table.V, k, 1, nil)
	result, err := nmf.Fit(context.Background(), v, fitting)
	if err != nil {
		t.Fatal(err)
	}
	return d.Model(v, result, Origin{Counting: counting, Fitting: fitting}), d
}

func guideOf(t *testing.T, strength float64, lines ...string) *Guide {
	t.Helper()
	guided, err := ParseGuide(strings.Join(lines, "\n"))
	if err != nil {
		t.Fatal(err)
	}
	return &Guide{guided, strength}
}

// Guided topics have the first numbers, their labels, and the tokens of their words; the
// others follow by share. Documents of pseudo-counts are in no table.
func TestGuidedTopics(t *testing.T) {
	m, d := guided(t, guideOf(t, 0.1, "oven: bread oven", "sea: sail boat unheardof"), 4)
	if !slices.Equal(m.Journal, []string{`rename 1 oven`, `rename 2 sea`}) && !slices.Equal(m.Journal, []string{`rename 1 "oven"`, `rename 2 "sea"`}) {
		t.Errorf("the journal is %q", m.Journal)
	}
	if len(m.Documents) != len(texts) || m.H.Items() != len(texts) {
		t.Errorf("%d documents with %d columns of H, want %d", len(m.Documents), m.H.Items(), len(texts))
	}
	for k, taken := range d.Taken(m) {
		if taken < 0.9 {
			t.Errorf("topic %d has %g of the tokens of its words", k+1, taken)
		}
	}
	if !slices.Equal(d.Unknown[1], []string{"unheardof"}) || d.Unknown[0] != nil {
		t.Errorf("unknown words: %q", d.Unknown)
	}
	if s := m.Shares(); s[2] < s[3] {
		t.Errorf("the free topics are not in order of share: %v", s)
	}
}

// Words may stand between commas and semicolons.
func TestGuideWithCommas(t *testing.T) {
	got, err := ParseGuide("sport: game, match;cup，team ,\n")
	if err != nil || !slices.Equal(got[0].Words, []string{"game", "match", "cup", "team"}) {
		t.Errorf("words %q, %v", got, err)
	}
}

// Words are found by their stems, whatever forms the texts have, and phrases between quotation marks.
func TestFormsOfGuideWords(t *testing.T) {
	if _, d := guided(t, guideOf(t, 0.1, "sea: sail boat", "oven: bread", "trip: boats sails"), 3); d.Twins() == nil || !strings.Contains(d.Twins().Error(), `the words of "trip" are counted as those of "sea"`) {
		t.Errorf("two topics of the same stems: %v", d.Twins())
	}
	_, d := guided(t, guideOf(t, 0.1, `sea: sailings boating "bread oven" unheardof`), 2)
	if err := d.Twins(); err != nil {
		t.Error(err)
	}
	if !slices.Equal(d.Unknown[0], []string{"bread_oven", "unheardof"}) {
		t.Errorf("unknown words %q", d.Unknown[0])
	}
	got, err := ParseGuide(`sky: "night  sky" star, “milky way”;moon` + "\n")
	if err != nil || !slices.Equal(got[0].Words, []string{"night_sky", "star", "milky_way", "moon"}) {
		t.Errorf("words %q, %v", got, err)
	}
}

// A topic of which no word is counted may be about anything, and has no label.
func TestNoLabelWithoutWords(t *testing.T) {
	m, _ := guided(t, guideOf(t, 0.1, "void: unheardof", "sea: sail boat"), 3)
	if len(m.Journal) != 1 || !strings.HasPrefix(m.Journal[0], "rename 2 ") {
		t.Errorf("the journal is %q", m.Journal)
	}
	if got := m.Corrections(); len(got) > 0 {
		t.Errorf("corrections %q", got)
	}
}

// Labels that came of a guide are no corrections, and what was edited since is.
func TestCorrectionsOfAGuidedModel(t *testing.T) {
	m, _ := guided(t, guideOf(t, 0.1, "oven: bread oven", "sea: sail boat"), 3)
	if got := m.Corrections(); len(got) > 0 {
		t.Errorf("corrections %q", got)
	}
	m.Journal = append(m.Journal, "drop 3")
	if got := m.Corrections(); !slices.Equal(got, []string{"drop 3"}) {
		t.Errorf("corrections %q", got)
	}
}

// A guided topic whose words are not among its keywords is about something else.
func TestWordsThatLead(t *testing.T) {
	m, d := guided(t, guideOf(t, 0.1, "oven: bread oven", "sea: sail boat"), 2)
	if got := d.Leading(m, d.table.V, 5); !slices.Equal(got, []bool{true, true}) {
		t.Errorf("words of the guide lead: %v", got)
	}
	if got := d.Leading(ofSome(m, 3), d.table.V, 5); len(got) != 2 {
		t.Errorf("words of the guide lead, with a background: %v", got)
	}
	m.Renumber([]int{1, 0})
	if got := d.Leading(m, d.table.V, 5); !slices.Equal(got, []bool{false, false}) {
		t.Errorf("words of the guide lead, where the topics are exchanged: %v", got)
	}
}

// Free topics begin with those of a fit without the guide that are like no guided one, whatever their
// numbers are there.
func TestFreeTopicsBeginWithThoseOfAPlainFit(t *testing.T) {
	_, d := guided(t, guideOf(t, 0, "oven: bread oven", "void: unheardof", "sea: sail boat"), 4)
	_, start := d.Fit(d.table.V, 4, 1, nil)
	terms := start.W.Items()
	plain := nmf.NewW(terms, 4, make([]float32, terms*4))
	for i := range terms {
		w := start.W.Item(i)
		plain.Item(i)[1], plain.Item(i)[2] = w[2], w[0] // sea and oven
	}
	plain.Item(3)[0], plain.Item(4)[3] = 1, 1
	_, start = d.Fit(d.table.V, 4, 1, plain)
	if w := start.W.Item(3); w[1] < 0.9 || w[3] > 0.5 {
		t.Errorf("the first free topic has %g of the term of the first that is left, the other %g", w[1], w[3])
	}
	if w := start.W.Item(4); w[3] < 0.9 || w[1] > 0.5 {
		t.Errorf("the last free topic has %g of the term of the last that is left, the other %g", w[3], w[1])
	}
	if got := d.Free(4); got != 2 {
		t.Errorf("%d topics are free, want 2", got)
	}
}

// ofSome is a model of its first documents alone, as where the others are a background.
func ofSome(m *Model, documents int) *Model {
	some := *m
	some.H, some.Documents = m.H.First(documents), m.Documents[:documents]
	return &some
}

// Without strength a guide is a start and no more: what is fitted is the plain problem, and
// the divergence is that of the counts alone, with strength, too.
func TestGuideWithoutStrength(t *testing.T) {
	for _, strength := range []float64{0, 0.5} {
		m, d := guided(t, guideOf(t, strength, "oven: bread oven", "sea: sail boat"), 3)
		if got, want := m.Outcome.Divergence, divergenceOf(d.table, m); math.Abs(got-want) > 1e-3*want {
			t.Errorf("strength %g: divergence %g, of the counts %g", strength, got, want)
		}
		if columns := len(m.Origin.Fitting.Start.OnlyH); (columns > 0) != (strength > 0) {
			t.Errorf("strength %g: %d columns of pseudo-counts", strength, columns)
		}
	}
}

func divergenceOf(table *vectorize.Table, m *Model) (sum float64) {
	terms, columns := table.V.Dims()
	for i := range terms {
		for j := range columns {
			v, y := table.V.At(i, j), 0.0
			for k, w := range m.W.Item(i) {
				y += float64(w) * float64(m.H.Item(j)[k])
			}
			sum += y - v
			if v > 0 {
				sum += v * math.Log(v/y)
			}
		}
	}
	return sum
}

// The more strength, the more of a topic its words are.
func TestStrength(t *testing.T) {
	last := 0.0
	for _, strength := range []float64{0, 0.1, 1} {
		m, d := guided(t, guideOf(t, strength, "sea: sail boat"), 3)
		part := 0.0
		for _, i := range d.rows[0] {
			part += float64(m.W.Item(i)[0])
		}
		if part < last {
			t.Errorf("strength %g: the words are %g of the topic, and %g with less", strength, part, last)
		}
		last = part
	}
}

func TestParseGuide(t *testing.T) {
	got, err := ParseGuide("# sections\n\nsport:  game match\r\nnew york : borough\n")
	if err != nil || len(got) != 2 || got[0].Label != "sport" || got[1].Label != "new york" || !slices.Equal(got[0].Words, []string{"game", "match"}) {
		t.Errorf("%v, %v", got, err)
	}
	for text, want := range map[string]string{
		"":           "there is no line",
		"# only\n":   "there is no line",
		"sport game": "line 1",
		"a: b\n: c":  "line 2",
		"a:\n":       "line 1",
		"a: b\na: c": `there is a topic "a" already`,
	} {
		if _, err := ParseGuide(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", text, err, want)
		}
	}
}
