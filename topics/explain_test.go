package topics

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"klew/corpus"
	"klew/nmf"
	"klew/vectorize"
	"pgregory.net/rapid"
)

// checkExplanation holds an explanation to its law: the shares of a token sum to 1, and
// weighed and summed they are the document's column of H, to within tol of it.
func checkExplanation(t rapid.TB, m *Model, text string, d *DocumentTopics, j int, tol float64) {
	t.Helper()
	tokens, err := m.Explain(context.Background(), text, d, j)
	if err != nil {
		t.Fatal(err)
	}
	sums, total := make([]float64, m.Topics()), 0.0
	for _, token := range tokens {
		if (token.Shares == nil) == (token.Why() == "") {
			t.Fatalf("%q: %q has the shares %v, and why is %q", text, text[token.From:token.To], token.Shares, token.Why())
		}
		one := 0.0
		for k, share := range token.Shares {
			sums[k] += token.Weight * share
			one += share
		}
		if token.Shares != nil && m.edited == nil && math.Abs(one-1) > 1e-12 {
			t.Fatalf("%q: the shares of %q sum to %v", text, text[token.From:token.To], one)
		}
		total += token.Weight
	}
	for k, h := range m.Folded(d.Weights(j)) {
		if math.Abs(sums[k]-h) > tol*total {
			t.Fatalf("%q, topic %d: shares sum to %v, H has %v (tokens weigh %v)", text, k, sums[k], h, total)
		}
	}
}

// On the fitted documents, for each weighting, n-grams and phrases.
func TestExplainTheFittedDocuments(t *testing.T) {
	for _, weighting := range vectorize.Weightings {
		for _, grams := range []string{"1,1", "1,2", "phrases"} {
			t.Run(fmt.Sprintf("%s/%s", weighting, grams), func(t *testing.T) {
				m := fitted(t, func(c *vectorize.Options, o *nmf.Options) {
					c.Weighting, o.Tol, o.MaxIter = weighting, 0, 500
					if c.Phrases = grams == "phrases"; c.Phrases {
						c.PhraseMinCount, c.PhraseThreshold = 2, 0.3
					} else if err := c.NGrams.Set(grams); err != nil {
						t.Fatal(err)
					}
				})
				for j, d := range texts {
					checkExplanation(t, m, d.Text, &m.DocumentTopics, j, 1e-4)
				}
			})
		}
	}
}

// Where it is not claimed that shares sum to the weights they do not.
func TestSharesThatDoNotAddUp(t *testing.T) {
	for name, change := range map[string]func(o *nmf.Options){
		"nothing":   func(*nmf.Options) {},
		"frobenius": func(o *nmf.Options) { o.Loss = nmf.Frobenius },
		"alpha-h":   func(o *nmf.Options) { o.AlphaH, o.AlphaW = 0.3, 0.03 },
		"alpha-w":   func(o *nmf.Options) { o.AlphaW = 0.1 },
	} {
		m := fitted(t, func(_ *vectorize.Options, o *nmf.Options) { o.Tol, o.MaxIter = 0, 500; change(o) })
		tokens, err := m.Explain(context.Background(), texts[0].Text, &m.DocumentTopics, 0)
		if err != nil {
			t.Fatal(err)
		}
		sums := make([]float64, m.Topics())
		for _, token := range tokens {
			for k, share := range token.Shares {
				sums[k] += token.Weight * share
			}
		}
		if addUp := closeTo(sums, m.Weights(0), 1e-3); addUp != m.SharesAddUp() || addUp != (name == "nothing" || name == "alpha-w") {
			t.Errorf("%s: shares sum to %v, the weights are %v, and they are said to be the same: %v", name, sums, m.Weights(0), m.SharesAddUp())
		}
	}
}

// An edited model explains the weights of the topics that are left, whatever the edits.
func TestExplainByAnEditedModel(t *testing.T) {
	m := fitted(t, func(_ *vectorize.Options, o *nmf.Options) { o.Topics, o.Tol, o.MaxIter = 4, 0, 500 })
	for _, lines := range [][]string{{"merge 1 3"}, {"drop 2"}, {"ban boat"}, {"drop 1", "merge 2 4", "ban bread"}, {`rename 1 "at sea"`}} {
		view := viewOf(t, m, lines...)
		for j, d := range texts {
			checkExplanation(t, view, d.Text, &m.DocumentTopics, j, 1e-4)
			sums := make([]float64, view.Topics())
			tokens, err := view.Explain(context.Background(), d.Text, &view.Fitted().DocumentTopics, j)
			if err != nil {
				t.Fatal(err)
			}
			for _, token := range tokens {
				for k, share := range token.Shares {
					sums[k] += token.Weight * share
				}
			}
			if !closeTo(sums, view.Weights(j), 1e-2) {
				t.Errorf("%q, document %d: shares sum to %v, the view has %v", lines, j, sums, view.Weights(j))
			}
		}
	}
	view := viewOf(t, m, "drop 1")
	if _, err := view.Explain(context.Background(), "boats", &view.DocumentTopics, 0); err == nil {
		t.Error("a document by fewer topics than were fitted was explained")
	}
}

// words of the random models, one of them no term, two of them stop words.
var words = strings.Fields("boats sea harbour bread dough flour oven unheard the of")

// randomModel draws topics over all words but the last three. About a third of W is 0,
// and so a term may be in no topic, and a topic empty.
func randomModel(t *rapid.T) *Model {
	counting, fitting := vectorize.Defaults(), nmf.Defaults()
	counting.Language, counting.MinDF = "en", vectorize.Frequency{}
	counting.Weighting = rapid.SampledFrom(vectorize.Weightings).Draw(t, "weighting")
	fitting.Topics = rapid.IntRange(1, 5).Draw(t, "topics")
	fitting.Tol, fitting.MaxIter = 1e-9, 5000
	known := strings.Join(words[:len(words)-3], " ")
	table, err := vectorize.Count(context.Background(), slices.Values([]corpus.Document{{ID: "a", Text: known}, {ID: "b", Text: "boats"}}), counting)
	if err != nil {
		t.Fatal(err)
	}
	n := len(table.Vocabulary.Terms)
	weight := rapid.OneOf(rapid.Just(float32(0)), rapid.Float32Range(0.01, 10), rapid.Float32Range(0.01, 10))
	w := nmf.NewW(n, fitting.Topics, rapid.SliceOfN(weight, n*fitting.Topics, n*fitting.Topics).Draw(t, "W"))
	h := nmf.NewH(fitting.Topics, 2, slices.Repeat([]float32{1}, 2*fitting.Topics))
	return New(table, &nmf.Result{W: w, H: h}, Origin{Counting: counting, Fitting: fitting})
}

// On any text that a model has not seen, whatever the model. Tokens of terms that no topic
// has are in no share, and not in H either.
func TestExplainNewTexts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := randomModel(t)
		var documents []corpus.Document
		for _, text := range rapid.SliceOfN(rapid.SliceOfN(rapid.SampledFrom(words), 0, 15), 1, 4).Draw(t, "texts") {
			documents = append(documents, corpus.Document{Text: strings.Join(text, " ")})
		}
		inferred, err := m.Infer(context.Background(), slices.Values(documents), 1)
		if err != nil {
			t.Fatal(err)
		}
		for j, d := range documents {
			checkExplanation(t, m, d.Text, inferred, j, 1e-3)
		}
	})
}

// What has no share says why.
func TestExplainSaysWhy(t *testing.T) {
	m := fitted(t, nil)
	const text = "The boat's of xylophones, B's and flour?"
	inferred, err := m.Infer(context.Background(), slices.Values([]corpus.Document{{Text: "boats at sea"}}), 1)
	if err != nil {
		t.Fatal(err)
	}
	tokens, err := m.Explain(context.Background(), text, inferred, 0)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, token := range tokens {
		got = append(got, text[token.From:token.To]+": "+token.Why())
	}
	want := []string{"The: stop word", "boat's: ", "of: stop word", "xylophones: not in the vocabulary",
		"B's: too short", "and: stop word", "flour: in no topic of the document"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
