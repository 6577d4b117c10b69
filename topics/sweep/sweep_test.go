package sweep

import (
	"context"
	"fmt"
	"iter"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/james-bowman/sparse"
	"klew/corpus"
	"klew/nmf"
	"klew/vectorize"
)

// drawn makes a table of documents whose tokens are drawn from topics: each a Zipf
// distribution over all terms in an order of its own; a document has one to three of
// them, and a fifth of its tokens from a distribution that all documents share. With a
// single topic there is nothing to find: noise.
func drawn(topics, terms, documents int, seed uint64) *vectorize.Table {
	random := rand.New(rand.NewPCG(seed, 1))
	orders := make([][]int, topics+1)
	for k := range orders {
		orders[k] = random.Perm(terms)
	}
	t := &vectorize.Table{Vocabulary: &vectorize.Vocabulary{Documents: documents}}
	start, index, value := []int{0}, []int(nil), []float64(nil)
	for range documents {
		own := random.Perm(topics)[:1+random.IntN(min(3, topics))]
		counts := make([]float64, terms)
		length := 40 + random.IntN(80)
		for range length {
			order := orders[own[random.IntN(len(own))]]
			if random.Float64() < 0.2 {
				order = orders[topics]
			}
			rank := int(math.Exp(random.Float64() * math.Log(float64(terms))))
			counts[order[rank%terms]]++
		}
		for i, n := range counts {
			if n > 0 {
				index, value = append(index, i), append(value, n)
			}
		}
		start = append(start, len(index))
		t.Documents = append(t.Documents, vectorize.Document{Tokens: length})
	}
	for i := range terms {
		t.Vocabulary.Terms = append(t.Vocabulary.Terms, vectorize.Term{Stem: term(i)})
	}
	t.V = sparse.NewCSC(terms, documents, start, index, value)
	return t
}

// term is a word for a number; the words are in byte order.
func term(i int) string {
	return string([]byte{'a' + byte(i/676), 'a' + byte(i/26%26), 'a' + byte(i%26)})
}

// texts are documents with the words of a table, in any order.
func texts(t *vectorize.Table) iter.Seq[corpus.Document] {
	return func(yield func(corpus.Document) bool) {
		_, documents := t.V.Dims()
		for j := range documents {
			var words []string
			t.V.DoColNonZero(j, func(i, _ int, n float64) {
				for range int(n) {
					words = append(words, t.Vocabulary.Terms[i].Stem)
				}
			})
			if !yield(corpus.Document{ID: fmt.Sprint(j), Text: strings.Join(words, " ")}) {
				return
			}
		}
	}
}

func planOf(grid string, seeds int) Plan {
	p := Defaults()
	p.Topics, _ = Grid(grid)
	p.Seeds = seeds
	return p
}

func run(t testing.TB, table *vectorize.Table, p Plan, s *Store) *Result {
	t.Helper()
	r, err := Run(context.Background(), table, p, s, nil)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// Drawn from ten topics, ten are recommended: the table shows that more topics than ten
// are never stable, however many are asked for.
func TestTenTopicsAreFound(t *testing.T) {
	if testing.Short() {
		t.Skip("24 fits")
	}
	r := run(t, drawn(10, 400, 500, 3), planOf("5,8:13,16", 1), nil)
	for n := range r.Rows {
		row := &r.Rows[n]
		t.Logf("k=%2d  %2d stable  %.2f", row.Topics, row.Stable(), row.Stability)
		if row.Topics >= 10 && row.Stable() > 11 {
			t.Errorf("with %d topics %d are stable, and there are ten", row.Topics, row.Stable())
		}
	}
	a := r.Advise()
	t.Log(a)
	if a.Topics != 10 {
		t.Errorf("%d topics recommended, not the ten that there are", a.Topics)
	}
}

// In noise, no number of topics stands out.
func TestNothingIsFoundInNoise(t *testing.T) {
	if testing.Short() {
		t.Skip("12 fits")
	}
	r := run(t, drawn(1, 400, 500, 3), planOf("2,3,5,8", 1), nil)
	a := r.Advise()
	t.Log(a)
	if a.Topics != 0 || !strings.HasPrefix(a.String(), "no number of topics stands out: with none are most topics found again") {
		t.Errorf("recommended are %d topics: %s", a.Topics, a)
	}
}

// rowOf is a row of a table made by hand: a number of topics, so many of them stable.
func rowOf(k, stable int, perplexity, cv float64) Row {
	row := Row{Topics: k, Fits: []Fit{{Perplexity: perplexity}}, Measured: []Measured{{CV: cv}}}
	for n := range k {
		s := 0.8
		if n >= stable {
			s = 0.1
		}
		row.Stability = append(row.Stability, s)
	}
	return row
}

func TestAdvise(t *testing.T) {
	nan := math.NaN()
	untold := rowOf(5, 0, 0, nan)
	untold.Stability = nil
	little := rowOf(12, 12, 150, nan) // less stable by as much as chance may make it
	for k := range little.Stability {
		little.Stability[k] = 0.77
	}
	weaker := rowOf(10, 10, 150, nan)
	for k := range weaker.Stability {
		weaker.Stability[k] = 0.6
	}
	for _, c := range []struct {
		rows   []Row
		topics int
		near   []int
		says   string
	}{
		{nil, 0, nil, "no number of topics has all its fits"},
		{[]Row{untold}, 0, nil, "no number of topics stands out: without halves nothing is known of how stable topics are"},
		{[]Row{rowOf(2, 2, 300, 0.4), rowOf(5, 5, 200, 0.6), rowOf(6, 5, 190, 0.7), rowOf(7, 6, 195, 0.6)}, 5, []int{7},
			"5 topics: each is found again in halves of the documents, with a stability of 0.80 or more, where 1 is the same topic; " +
				"but with 7 more topics are stable, and nearly all of them: look at that, too; held-out perplexity is lowest with 6; C_V is highest with 6"},
		{[]Row{rowOf(5, 5, 200, 0.6), rowOf(7, 6, 190, 0.5), rowOf(8, 7, 180, 0.5), rowOf(9, 6, 170, 0.5)}, 5, []int{7, 8},
			"with 7 and 8 more topics are stable, and nearly all of them: look at those, too; held-out perplexity falls up to 9"},
		{[]Row{rowOf(5, 5, 200, nan), weaker, rowOf(12, 3, 140, nan)}, 5, []int{10}, "but with 10 more topics are stable, and nearly all of them: look at that, too"},
		{[]Row{rowOf(5, 5, 200, nan), little, rowOf(20, 3, 100, nan)}, 12, nil, "12 topics: each is found again"},
		{[]Row{weaker, rowOf(12, 3, 140, nan)}, 10, nil, "10 topics: each is found again in halves of the documents, with a stability of 0.60 or more"},
		{[]Row{rowOf(5, 5, 200, nan), rowOf(10, 10, 100, nan)}, 10, nil, "but 10 is the largest number that was tried: try more"},
		{[]Row{rowOf(20, 19, 200, nan), rowOf(30, 26, 0, nan)}, 20, nil, "20 topics: all but 1 are found again"},
		{[]Row{rowOf(5, 4, 200, nan), rowOf(10, 9, 100, nan), rowOf(15, 10, 90, nan)}, 10, nil,
			"10 topics come nearest: 9 of them are found again in halves of the documents, and their mean stability of 0.73 is the highest; but with no number are all topics found again"},
		{[]Row{rowOf(5, 1, 200, nan), rowOf(10, 1, 100, nan)}, 0, nil,
			"no number of topics stands out: with none are most topics found again in halves of the documents (with 5, where they come nearest, 1); the texts may be too few for their topics, or have none"},
	} {
		r := &Result{Rows: c.rows}
		a := r.Advise()
		if a.Topics != c.topics || !slices.Equal(a.Near, c.near) || !strings.Contains(a.String(), c.says) {
			t.Errorf("got %d, near %v: %s\nwant %d, near %v: %s", a.Topics, a.Near, a, c.topics, c.near, c.says)
		}
	}
}

func TestGrid(t *testing.T) {
	for text, want := range map[string]string{
		"7": "[7]", "2:5": "[2 3 4 5]", "5:20:5": "[5 10 15 20]", "5:19:5": "[5 10 15]", "10, 2:4,3": "[2 3 4 10]",
		"": "error", "0": "error", "5:2": "error", "2:5:0": "error", "1:2:3:4": "error", "a": "error", "2:": "error", "-3": "error",
		"1:1000000": "error", "1:9999999999": "error", "1:6000,1:6000": "error",
	} {
		got := "error"
		if grid, err := Grid(text); err == nil {
			got = fmt.Sprint(grid)
		}
		if got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
}

// What is left of the divergence is told by that of one topic, which is what a fit of one
// topic has.
func TestUnexplainedIsOneTopic(t *testing.T) {
	table := drawn(3, 60, 40, 1)
	for loss, want := range map[nmf.Loss]float64{nmf.KullbackLeibler: 0, nmf.Frobenius: 0} {
		if loss == nmf.KullbackLeibler {
			o := nmf.Defaults()
			o.Topics = 1
			r, err := nmf.Fit(context.Background(), table.V, o)
			if err != nil {
				t.Fatal(err)
			}
			want = r.Divergence
		} else {
			table.V.DoNonZero(func(_, _ int, x float64) { want += x * x / 2 })
		}
		if got := unexplained(table.V, loss); math.Abs(got/want-1) > 1e-5 {
			t.Errorf("%s: %v, want %v", loss, got, want)
		}
	}
}

// Threads, and how many fits are made at once, change nothing but the time.
func TestThreadsDoNotMatter(t *testing.T) {
	table := drawn(4, 80, 90, 2)
	var first *Result
	for _, threads := range []int{1, 2, 3, 8} {
		p := planOf("2:4", 2)
		p.Fitting.Threads = threads
		if threads == 3 {
			p.Memory = 1
		}
		r := run(t, table, p, nil)
		counting := vectorize.Defaults()
		counting.Language = vectorize.NoLanguage
		if err := r.Cohere(context.Background(), table.Vocabulary, counting, texts(table)); err != nil {
			t.Fatal(err)
		}
		forgetTime(r)
		if first == nil {
			first = r
		} else if fmt.Sprint(r) != fmt.Sprint(first) {
			t.Errorf("with %d threads\n%+v\nis not\n%+v", threads, r, first)
		}
	}
	row := first.Rows[1]
	if first.Training != 81 || first.HeldOut != 9 || len(row.Fits) != 2 || len(row.Stability) != 3 {
		t.Errorf("%+v", first)
	}
	for _, m := range []Measure{Divergence, Perplexity, NPMI, CV, Diversity} {
		low, high := row.Range(m)
		if mean := row.Mean(m); !(low <= mean && mean <= high) {
			t.Errorf("%s: the mean %v is not from %v to %v", m, mean, low, high)
		}
	}
	if p := row.Mean(Perplexity); p < 2 || p > 80 {
		t.Errorf("perplexity %v for 80 terms", p)
	}
}

func forgetTime(r *Result) {
	for n := range r.Rows {
		for i := range r.Rows[n].Fits {
			r.Rows[n].Fits[i].Seconds = 0
		}
	}
}

// A single topic has no stability, weights that are no counts no perplexity, and without
// texts there is no coherence.
func TestWhatIsNotKnown(t *testing.T) {
	table := drawn(4, 80, 90, 2)
	m := table.V.RawMatrix()
	m.Data[0] += 0.5
	r := run(t, table, planOf("1,2", 1), nil)
	if r.HeldOut != 0 || r.Rows[0].Stability != nil || r.Rows[1].Stability == nil {
		t.Errorf("%+v", r)
	}
	for _, measure := range []Measure{Perplexity, NPMI, CV} {
		if x := r.Rows[1].Mean(measure); !math.IsNaN(x) {
			t.Errorf("%s is %v", measure, x)
		}
	}
	if !math.IsNaN(r.Rows[0].MeanStability()) || !math.IsNaN(r.Rows[0].LeastStability()) {
		t.Error("a single topic is stable")
	}
	if left := r.Rows[0].Fits[0].Left; math.Abs(left-1) > 1e-4 {
		t.Errorf("one topic leaves %v of what one topic leaves", left)
	}
}

func TestRefused(t *testing.T) {
	table := drawn(4, 80, 20, 2)
	if _, err := Run(context.Background(), table, planOf("2,10", 1), nil, nil); err == nil || !strings.Contains(err.Error(), "at most 9") {
		t.Errorf("ten topics of halves of nine documents: %v", err)
	}
	p := Defaults()
	p.Topics, p.Seeds, p.Halves, p.HeldOut, p.Words, p.Fitting.Loss = []int{3, 3}, 0, -1, 0.7, 1, "none"
	err := p.Validate()
	for _, want := range []string{"3 topics", "0 seeds", "-1 halves", "0.7", "1 words", `loss "none"`} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("no fault %q in %v", want, err)
		}
	}
}
