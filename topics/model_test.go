package topics

import (
	"context"
	"math"
	"slices"
	"testing"

	"klew/corpus"
	"klew/nmf"
	"klew/vectorize"
)

// texts is a corpus small enough to follow: two subjects, one text of both, and one
// without a word.
var texts = []corpus.Document{
	{ID: "a", Meta: []corpus.Field{{Name: "folder", Value: "sea"}}, Text: "Boats sail. The boat sails the sea; a harbour, a boat, a sea."},
	{ID: "b", Meta: []corpus.Field{{Name: "folder", Value: "sea"}}, Text: "Sailing: boats leave the harbour for the sea, boats and sails."},
	{ID: "c", Meta: []corpus.Field{{Name: "folder", Value: "oven"}, {Name: "year", Value: "1999"}}, Text: "Dough and flour make bread. Bread, dough, oven! Flour."},
	{ID: "d", Meta: []corpus.Field{{Name: "folder", Value: "oven"}}, Text: "An oven bakes bread of flour and dough; the oven, the flour."},
	{ID: "e", Text: "Bread on a boat: flour at sea, dough and sails, oven in the harbour."},
	{ID: "f", Text: "…"},
}

func documents(list []corpus.Document) func(func(corpus.Document) bool) { return slices.Values(list) }

// fitted is a model of texts.
func fitted(t testing.TB, change func(*vectorize.Options, *nmf.Options)) *Model {
	t.Helper()
	counting, fitting := vectorize.Defaults(), nmf.Defaults()
	counting.MinDF.Set("1")
	counting.MaxDF.Set("1.0")
	fitting.Topics = 2
	if change != nil {
		change(&counting, &fitting)
	}
	ctx := context.Background()
	table, err := vectorize.Count(ctx, documents(texts), counting)
	if err != nil {
		t.Fatal(err)
	}
	result, err := nmf.Fit(ctx, table.V, fitting)
	if err != nil {
		t.Fatal(err)
	}
	return New(table, result, Origin{
		Program: "klew test", Paths: []string{"texts"}, Counting: counting, Fitting: fitting,
		Ledger: corpus.Ledger{{Path: "x.png", Reason: corpus.Binary, Detail: "image/png"}, {Path: "a", Repaired: true, Reason: corpus.Windows1252}},
	})
}

func TestColumnsOfWAreDistributions(t *testing.T) {
	m := fitted(t, nil)
	for k, sum := range m.W.Sums() {
		if math.Abs(sum-1) > 1e-5 {
			t.Errorf("topic %d sums to %g", k, sum)
		}
	}
}

// The weights of a document are its tokens, shared out among the topics.
func TestWeightsAreTokens(t *testing.T) {
	m := fitted(t, nil)
	for j, d := range m.Documents {
		sum := 0.0
		for _, x := range m.Weights(j) {
			sum += x
		}
		if math.Abs(sum-float64(d.Tokens)) > 0.01 {
			t.Errorf("document %s: weights sum to %g of %d tokens", d.ID, sum, d.Tokens)
		}
	}
}

func TestProportions(t *testing.T) {
	m := fitted(t, nil)
	for j, d := range m.Documents {
		sum, want := 0.0, 1.0
		for _, p := range m.Proportions(j) {
			sum += p
		}
		if d.Tokens == 0 {
			want = 0
		}
		if math.Abs(sum-want) > 1e-9 {
			t.Errorf("document %s: proportions sum to %g", d.ID, sum)
		}
	}
	if first := m.First(len(texts) - 1); first != -1 {
		t.Errorf("the empty document has the topic %d", first)
	}
}

func TestTopicsComeByFallingShare(t *testing.T) {
	for seed := range uint64(5) {
		m := fitted(t, func(_ *vectorize.Options, o *nmf.Options) {
			o.Topics, o.Seed, o.Init = 3, seed, nmf.Random
		})
		shares, sum := m.Shares(), 0.0
		for k, s := range shares {
			sum += s
			if k > 0 && s > shares[k-1] {
				t.Errorf("seed %d: topic %d has a larger share than the one before: %v", seed, k, shares)
			}
		}
		if math.Abs(sum-1) > 1e-6 {
			t.Errorf("seed %d: shares sum to %g", seed, sum)
		}
	}
}

// Keywords fall in weight, are written as in the texts, and tell the subjects apart.
func TestKeywords(t *testing.T) {
	m := fitted(t, nil)
	sea := m.First(0)
	if m.First(1) != sea || m.First(2) == sea || m.First(3) == sea {
		t.Fatalf("first topics %d %d %d %d", m.First(0), m.First(1), m.First(2), m.First(3))
	}
	words := m.Keywords(sea, 100)
	for i, w := range words {
		if i > 0 && w.Weight > words[i-1].Weight*(1+1e-5) || w.Weight <= 0 {
			t.Errorf("weight %g at rank %d", w.Weight, i+1)
		}
	}
	if got := words[0].Term; got != "boats" && got != "boat" && got != "sea" && got != "sails" {
		t.Errorf("first keyword %q", got)
	}
	if got := len(m.Keywords(sea, 2)); got != 2 {
		t.Errorf("%d keywords, asked for 2", got)
	}
	for _, w := range words {
		if w.Term == "harbour" {
			return
		}
	}
	t.Errorf("no harbour, as people write it, among %v", words)
}

// Which of two words is ahead must not hang on the last bits.
func TestKeywordsThatAreEqual(t *testing.T) {
	m := fitted(t, nil)
	for i := range m.W.Items() {
		m.W.Item(i)[0], m.W.Item(i)[1] = 0.1+float32(i%3)*1e-8, 0.01+float32(i%4)*1e-9
	}
	for i, w := range m.Keywords(0, 100) {
		if want := m.Vocabulary.Terms[i].Shown(); w.Term != want {
			t.Errorf("rank %d is %q, want %q", i+1, w.Term, want)
		}
	}
}

func TestInferenceIsWhatFittingFound(t *testing.T) {
	for _, weighting := range vectorize.Weightings {
		for _, loss := range nmf.Losses {
			m := fitted(t, func(v *vectorize.Options, o *nmf.Options) { v.Weighting, o.Loss = weighting, loss })
			inferred, err := m.Infer(context.Background(), documents(texts), 1)
			if err != nil {
				t.Fatal(err)
			}
			n, difference := m.Agreement(inferred)
			if n != len(texts)-1 || difference > 1e-3 { // the last text is empty
				t.Errorf("%s, %s: %d documents, mean difference %g", weighting, loss, n, difference)
			}
		}
	}
}

// A penalty on H is on the weights that fitting saw. With W's columns brought to 1 they
// are others, and the penalty would be too: inference has to go back to the scale of the
// fit. The weights show it, and not only the proportions.
func TestInferenceUnderAPenalty(t *testing.T) {
	for _, loss := range nmf.Losses {
		for _, l1Ratio := range []float64{0, 0.5, 1} {
			m := fitted(t, func(_ *vectorize.Options, o *nmf.Options) {
				o.Loss, o.L1Ratio, o.AlphaW, o.AlphaH = loss, l1Ratio, 0.003, 0.03
			})
			if n, difference := inferredAgain(t, m); n != len(texts)-1 || difference > 1e-3 {
				t.Errorf("%s, L1 ratio %g: %d documents, mean difference of proportions %g", loss, l1Ratio, n, difference)
			}
			if difference := weightsApart(t, m); difference > 1e-3 {
				t.Errorf("%s, L1 ratio %g: weights differ by %g of the document's", loss, l1Ratio, difference)
			}
			for k := range m.Scale {
				m.Scale[k] = 1
			}
			if difference := weightsApart(t, m); difference < 1e-2 {
				t.Errorf("%s, L1 ratio %g: also without the scale weights differ by %g only: this tests nothing", loss, l1Ratio, difference)
			}
		}
	}
}

// inferredAgain compares what inference makes of texts with what fitting did.
func inferredAgain(t *testing.T, m *Model) (n int, difference float64) {
	t.Helper()
	inferred, err := m.Infer(context.Background(), documents(texts), 1)
	if err != nil {
		t.Fatal(err)
	}
	return m.Agreement(inferred)
}

// weightsApart is the largest difference of an inferred weight from the fitted one, as a
// share of the document's weights.
func weightsApart(t *testing.T, m *Model) float64 {
	t.Helper()
	inferred, err := m.Infer(context.Background(), documents(texts), 1)
	if err != nil {
		t.Fatal(err)
	}
	largest := 0.0
	for j := range m.Documents {
		total, apart := 0.0, 0.0
		for k, x := range m.Weights(j) {
			total += x
			apart = max(apart, math.Abs(x-inferred.Weights(j)[k]))
		}
		if total > 0 {
			largest = max(largest, apart/total)
		}
	}
	return largest
}

// Under a penalty the weights are less than the tokens. (On H alone it would hardly be
// felt: W would grow in its place.)
func TestWeightsUnderAPenalty(t *testing.T) {
	m := fitted(t, func(_ *vectorize.Options, o *nmf.Options) { o.AlphaW, o.AlphaH, o.L1Ratio = 0.003, 0.03, 1 })
	for j, d := range m.Documents {
		sum := 0.0
		for _, x := range m.Weights(j) {
			sum += x
		}
		if d.Tokens > 0 && sum > 0.999*float64(d.Tokens) {
			t.Errorf("document %s: weights sum to %g of %d tokens", d.ID, sum, d.Tokens)
		}
	}
}

// Agreement is about the same documents only, and it can see a difference.
func TestAgreement(t *testing.T) {
	m := fitted(t, nil)
	other := m.DocumentTopics
	other.Documents = slices.Clone(m.Documents)
	other.Documents[0].ID = "another"
	other.Documents[1].Checksum++
	if n, _ := m.Agreement(&other); n != len(texts)-3 {
		t.Errorf("%d documents agree, want all but those two and the empty one", n)
	}
	swapped := nmf.NewH(2, len(texts), make([]float32, 2*len(texts)))
	for j := range texts {
		swapped.Item(j)[0], swapped.Item(j)[1] = m.H.Item(j)[1], m.H.Item(j)[0]
	}
	if _, difference := m.Agreement(&DocumentTopics{Documents: m.Documents, H: swapped}); difference < 0.5 {
		t.Errorf("swapped topics differ by %g only", difference)
	}
}

func TestInferUnknownWords(t *testing.T) {
	m := fitted(t, nil)
	inferred, err := m.Infer(context.Background(), documents([]corpus.Document{
		{ID: "new", Text: "The boat and the submarine"},
		{ID: "strange", Text: "nothing known here"},
	}), 0)
	if err != nil {
		t.Fatal(err)
	}
	if d := inferred.Documents[0]; d.Tokens != 1 || d.Unknown != 1 || d.Known() != 0.5 {
		t.Errorf("%d tokens known, %d not", d.Tokens, d.Unknown)
	}
	if inferred.First(0) != m.First(0) {
		t.Error("a boat is not at sea")
	}
	if inferred.First(1) != -1 {
		t.Error("a document of unknown words has a topic")
	}
}

// The values are scikit-learn's normalized_mutual_info_score.
