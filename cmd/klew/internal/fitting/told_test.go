package fitting

import (
	"bytes"
	"math"
	"strings"
	"testing"

	"klew/cmd/klew/internal/print"
	"klew/nmf"
	"klew/topics"
	"klew/vectorize"
)

// Over restarts the iterations add up, and what is at most left falls short as soon as
// one has ended early.
func TestProgressOverRestarts(t *testing.T) {
	var said bytes.Buffer
	f := &Fitting{Console: &print.Console{Err: &said}, Options: nmf.Options{Restarts: 3, MaxIter: 100}}
	on := f.Begin("fitting", 0)
	step := f.steps(on)
	for _, s := range []struct {
		step nmf.Step
		want string
	}{
		{nmf.Step{Iteration: 1, Divergence: 9000}, "klew: fitting: 1 of 300 iterations, divergence 9,000, restart 1 of 3, at most"},
		{nmf.Step{Iteration: 40, Divergence: 800}, "klew: fitting: 40 of 300 iterations, divergence 800, restart 1 of 3, at most"},
		{nmf.Step{Iteration: 50, Divergence: 80, Sample: true}, "klew: fitting: 50 of 300 iterations, searching on a sample, restart 1 of 3, at most"},
		{nmf.Step{Iteration: 40, Divergence: 800}, "klew: fitting: 40 of 300 iterations, divergence 800, restart 1 of 3, at most"},
		{nmf.Step{Iteration: 0, Divergence: 9000, Restart: 1}, "klew: fitting: 40 of 240 iterations, divergence 9,000, restart 2 of 3, at most"},
		{nmf.Step{Iteration: 100, Divergence: 700, Restart: 1}, "klew: fitting: 140 of 240 iterations, divergence 700, restart 2 of 3, at most"},
		{nmf.Step{Iteration: 100, Divergence: 700, Restart: 2}, "klew: fitting: 240 of 240 iterations, divergence 700, restart 3 of 3\n"},
	} {
		said.Reset()
		on.Due()
		step(s.step)
		if got := said.String(); !strings.HasPrefix(got, s.want) {
			t.Errorf("said %q, want %q", got, s.want)
		}
	}
}

// No number of iterations that can be asked for becomes negative in the product.
func TestAtMost(t *testing.T) {
	for _, c := range []struct{ a, b, most, want int }{
		{3, 100, 300, 300},
		{3, 100, 299, 299},
		{3, 100, math.MaxInt, 300},
		{2, math.MaxInt, math.MaxInt - 1, math.MaxInt - 1},
		{math.MaxInt, math.MaxInt, math.MaxInt, math.MaxInt},
		{1, math.MaxInt, math.MaxInt, math.MaxInt},
	} {
		if got := atMost(c.a, c.b, c.most); got != c.want {
			t.Errorf("at most %d, %d × %d is %d, want %d", c.most, c.a, c.b, got, c.want)
		}
	}
}

// After an interrupt there may be one restart only, with which nothing agrees or not.
func TestSayRestarts(t *testing.T) {
	list := []nmf.Restart{
		{Seed: 7, Divergence: 12.34, Iterations: 1, Status: nmf.Limit, Agreement: 0.5},
		{Seed: 8, Divergence: 10, Iterations: 1200, Status: nmf.Converged, Agreement: 1},
		{Seed: 9, Divergence: 10, Iterations: 1200, Status: nmf.Interrupted, Agreement: 1},
	}
	all := `klew: restart with seed 7: divergence 12.34, stopped at the limit of 1 iteration, agreement 0.500
klew: restart with seed 8: divergence 10.00, converged after 1,200 iterations, agreement 1.000
klew: restart with seed 9: divergence 10.00, interrupted after 1,200 iterations, agreement 1.000
klew: best of 3: seed 8; the others' topics agree with it by 0.750 on average
`
	for _, c := range []struct {
		restarts []nmf.Restart
		want     string
	}{
		{nil, ""},
		{list[1:2], strings.SplitAfter(all, "\n")[1]},
		{list, all},
	} {
		var said bytes.Buffer
		sayRestarts(&print.Console{Err: &said}, &nmf.Result{Divergence: 10, Restarts: c.restarts})
		if got := said.String(); got != c.want {
			t.Errorf("said\n%swant\n%s", got, c.want)
		}
	}
}

// threeTopics is a model of three topics, of a term and a document each.
func threeTopics() *topics.Model {
	table := &vectorize.Table{Vocabulary: &vectorize.Vocabulary{}}
	for _, word := range []string{"bread", "sail", "star"} {
		table.Vocabulary.Terms = append(table.Vocabulary.Terms, vectorize.Term{Stem: word, DF: 1, Count: 1})
		table.Documents = append(table.Documents, vectorize.Document{ID: word, Tokens: 1})
	}
	unit := []float32{1, 0, 0, 0, 1, 0, 0, 0, 1}
	return topics.New(table, &nmf.Result{W: nmf.NewW(3, 3, unit), H: nmf.NewH(3, 3, unit)}, topics.Origin{})
}

// What is said of stability, by how many topics are not stable.
func TestSayStability(t *testing.T) {
	for _, c := range []struct {
		stability []float64
		halves    int
		want      string
	}{
		{nil, 0, ""},
		{nil, 2, "klew: how stable the topics are is not known: half of the documents are too few for 3 topics\n"},
		{[]float64{0.9, 0.8, 0.75}, 2, "klew: each topic was found again in halves of the documents: stability from 0.75 to 0.90\n"},
		{[]float64{0.9, 0.1, 0.75}, 2, "klew: topic 2 was not found again in halves of the documents (stability below 0.55): do not lean on it\n"},
		{[]float64{0.2, 0.1, 0.75}, 2, "klew: topics 1 and 2 were not found again in halves of the documents (stability below 0.55): do not lean on them\n"},
		{[]float64{0, 0, 0}, 2, "klew: no topic was found again in halves of the documents (stability below 0.55): do not lean on any; there may be far fewer topics than 3, or none\n"},
	} {
		m := threeTopics()
		m.Stability = c.stability
		var said strings.Builder
		f := &Fitting{Console: &print.Console{Err: &said}, Options: nmf.Options{Halves: c.halves}}
		f.sayStability(m)
		if said.String() != c.want {
			t.Errorf("%v: said %q, want %q", c.stability, &said, c.want)
		}
	}
}

// A divergence has the digits that it has.
func TestDigits(t *testing.T) {
	for x, want := range map[float64]string{
		0: "0.0", 3.2104e-9: "3.21e-09", 0.00021: "0.00021", 0.2134567: "0.2135", 1.5: "1.500", 12.3: "12.30",
		107.646: "107.6", 9038.46: "9038.5", 8.98e6: "8980000.0",
	} {
		if got := digits(x); got != want {
			t.Errorf("%v: %s, want %s", x, got, want)
		}
	}
}
