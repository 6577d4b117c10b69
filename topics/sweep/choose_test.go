package sweep

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/james-bowman/sparse"
	"klew/nmf"
	"klew/vectorize"
)

func withThreads(threads int) nmf.Options {
	o := nmf.Defaults()
	o.Threads = threads
	return o
}

func choose(t *testing.T, table *vectorize.Table, threads int) *Choice {
	t.Helper()
	c, err := Choose(context.Background(), table, withThreads(threads), nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, look := range c.Looks {
		t.Logf("k=%2d  %2d found, mean %.2f, perplexity %.1f", look.Topics, look.found(), look.mean(), look.Perplexity)
	}
	t.Log(c.Topics, c.Reason)
	return c
}

// The number of topics that documents were drawn from is chosen, if there are enough documents.
func TestChooseFindsTheNumber(t *testing.T) {
	for _, k := range []int{3, 5, 10} {
		if c := choose(t, drawn(k, 400, 900, uint64(k)), 0); c.Topics != k || strings.Contains(c.Reason, "guess") {
			t.Errorf("chose %d topics of %d: %s", c.Topics, k, c.Reason)
		}
	}
}

// More topics are looked at where 30 are not all.
func TestChooseGoesOn(t *testing.T) {
	if testing.Short() {
		t.Skip("takes five seconds of a processor")
	}
	if c := choose(t, drawn(36, 600, 1800, 1), 0); c.Topics < 33 || c.Topics > 40 {
		t.Errorf("chose %d topics of 36: %s", c.Topics, c.Reason)
	}
}

// What says that more topics may be better still.
func TestUnfinished(t *testing.T) {
	one := Look{Topics: 1, Perplexity: 1000}
	for _, x := range []struct {
		looks []Look
		want  bool
	}{
		{[]Look{one, lookOf(20, 8, 0.4, 500), lookOf(30, 15, 0.45, 450)}, true},
		{[]Look{one, lookOf(20, 8, 0.5, 500), lookOf(30, 15, 0.45, 450)}, false},            // less steady
		{[]Look{one, lookOf(20, 8, 0.4, 500), lookOf(30, 15, 0.45, 1100)}, false},           // worse than one topic
		{[]Look{one, {Topics: 30, Stability: make([]float64, 30), Perplexity: 900}}, false}, // as in noise
		{[]Look{{Topics: 1}, lookOf(20, 8, 0.4, 0), lookOf(30, 15, 0.45, 0)}, true},
	} {
		if got := (&chooser{}).unfinished(x.looks); got != x.want {
			t.Errorf("%v: %t", x.looks, got)
		}
	}
}

// In noise, and of few documents, nothing can be told, and the choice says so.
func TestChooseGuesses(t *testing.T) {
	for want, table := range map[string]*vectorize.Table{
		"10 a guess: with no number have halves":     drawn(1, 300, 400, 5),
		"4 a guess: the documents are too few":       drawn(3, 60, 21, 5),
		"2 a guess: the documents are too few to co": drawn(3, 60, 3, 5),
	} {
		if c := choose(t, table, 0); !strings.HasPrefix(fmt.Sprint(c.Topics, " ", c.Reason), want) {
			t.Errorf("chose %d topics: %s; want %s", c.Topics, c.Reason, want)
		}
	}
}

// Of short texts the number is found about as well, and in noise none, though topics of single words
// are found again there.
func TestChooseForShortTexts(t *testing.T) {
	for _, x := range []struct{ topics, terms, documents, least, most int }{{4, 400, 1500, 3, 5}, {8, 400, 3000, 7, 10}, {8, 120, 3000, 7, 10}, {1, 400, 2000, 10, 10}} {
		table := drawn(x.topics, x.terms, x.documents, 7)
		shorten(table, 8)
		c := choose(t, table, 0)
		if c.Topics < x.least || c.Topics > x.most || strings.Contains(c.Reason, "guess") != (x.topics == 1) {
			t.Errorf("chose %d topics of %d: %s", c.Topics, x.topics, c.Reason)
		}
	}
}

// shorten leaves so many tokens of each document, by a draw.
func shorten(table *vectorize.Table, tokens int) {
	terms, documents := table.V.Dims()
	random, short := rand.New(rand.NewPCG(1, 2)), sparse.NewDOK(terms, documents)
	for j := range documents {
		var all []int
		table.V.DoColNonZero(j, func(i, _ int, x float64) { all = append(all, slices.Repeat([]int{i}, int(x))...) })
		random.Shuffle(len(all), func(a, b int) { all[a], all[b] = all[b], all[a] })
		for _, i := range all[:min(tokens, len(all))] {
			short.Set(i, j, short.At(i, j)+1)
		}
	}
	table.V = short.ToCSC()
}

// The rule for short texts.
func TestRuleForShortTexts(t *testing.T) {
	one, c := Look{Topics: 1, Perplexity: 1000}, &chooser{short: true}
	for _, x := range []struct {
		looks []Look
		want  string
	}{
		{[]Look{one, lookOf(5, 5, 0.8, 700), lookOf(10, 4, 0.5, 500), lookOf(20, 8, 0.5, 495)}, "10 it is the smallest number with which halves of the documents predict each other about as well as they can; 4 of 10"},
		{[]Look{one, lookOf(5, 5, 0.8, 700), lookOf(10, 2, 0.5, 500), lookOf(20, 8, 0.5, 495)}, "1 a guess"},
		{[]Look{one, lookOf(5, 5, 0.8, 700), lookOf(10, 2, 0.5, 500), lookOf(20, 8, 0.5, 600)}, "10 it is the smallest number"},
		{[]Look{one, lookOf(5, 5, 0.8, 999), lookOf(10, 9, 0.9, 998)}, "1 a guess"},
		{[]Look{one, lookOf(5, 5, 0.8, 700), lookOf(10, 9, 0.9, 500)}, "10 it is the smallest number with which halves of the documents predict each other about as well as they can; 9 of 10 topics are found in both; 10 is the most"},
	} {
		if got := c.choose(&vectorize.Table{Vocabulary: &vectorize.Vocabulary{}}, x.looks); !strings.HasPrefix(fmt.Sprint(got.Topics, " ", got.Reason), x.want) {
			t.Errorf("got %d %s\nwant %s", got.Topics, got.Reason, x.want)
		}
	}
	if !c.unfinished([]Look{one, lookOf(20, 8, 0.4, 700), lookOf(25, 9, 0.4, 500), lookOf(30, 9, 0.4, 490)}) {
		t.Error("the number needed is nearly the most looked at, and no more are")
	}
	if c.unfinished([]Look{one, lookOf(12, 8, 0.4, 500), lookOf(30, 9, 0.4, 490)}) {
		t.Error("more are looked at than needed")
	}
}

// Threads change nothing.
func TestChooseThreads(t *testing.T) {
	table := drawn(4, 120, 150, 2)
	if one, many := fmt.Sprint(*choose(t, table, 1)), fmt.Sprint(*choose(t, table, 5)); one != many {
		t.Errorf("with one thread\n%s\nwith five\n%s", one, many)
	}
}

// lookOf is a look with so many topics found again, of a mean stability.
func lookOf(k, found int, mean, perplexity float64) Look {
	l := Look{Topics: k, Perplexity: perplexity}
	for n := range k {
		s := 0.3
		if n < found {
			s = (mean*float64(k) - 0.3*float64(k-found)) / float64(found)
		}
		l.Stability = append(l.Stability, s)
	}
	return l
}

// The rule, step by step.
func TestRuleOfChoice(t *testing.T) {
	one, unknown := Look{Topics: 1, Perplexity: 1000}, Look{Topics: 1}
	c := &chooser{}
	for _, x := range []struct {
		looks []Look
		want  string
	}{
		{[]Look{one, lookOf(5, 5, 0.8, 500), lookOf(10, 10, 0.78, 450), lookOf(20, 8, 0.5, 450)}, "10 each is found"},
		{[]Look{one, lookOf(5, 5, 0.8, 500), lookOf(10, 10, 0.7, 450), lookOf(20, 8, 0.5, 450)}, "5 each is found"},
		{[]Look{one, lookOf(2, 2, 0.9, 900), lookOf(10, 10, 0.7, 450), lookOf(20, 8, 0.5, 450)}, "10 each is found"}, // 2 are coarse
		{[]Look{one, lookOf(20, 19, 0.7, 450), lookOf(25, 8, 0.5, 450)}, "20 all but 1"},
		{[]Look{one, lookOf(5, 3, 0.4, 500), lookOf(10, 5, 0.45, 450), lookOf(20, 8, 0.4, 440)}, "10 of the numbers with which halves of the documents predict each other about as well as they can, it has the steadiest topics: 5 of 10"},
		{[]Look{one, lookOf(5, 3, 0.4, 500), lookOf(10, 5, 0.45, 450), lookOf(20, 8, 0.4, 400)}, "20 of the numbers"},
		{[]Look{one, lookOf(5, 5, 0.8, 600), lookOf(10, 2, 0.4, 400), lookOf(20, 4, 0.35, 390)}, "5 each is found"}, // 55 % saved, and else 2 of 10
		{[]Look{one, lookOf(5, 5, 0.8, 600), lookOf(10, 4, 0.5, 400), lookOf(20, 8, 0.4, 390)}, "10 of the numbers"},
		{[]Look{unknown, lookOf(5, 3, 0.4, 0), lookOf(10, 5, 0.45, 0), lookOf(20, 8, 0.4, 0)}, "10 no number has all of its topics in both halves of the documents, and this comes nearest"},
		{[]Look{unknown, lookOf(5, 1, 0.34, 0), lookOf(10, 1, 0.32, 0)}, "1 a guess"},
		{[]Look{one, lookOf(5, 0, 0, 500), lookOf(10, 0, 0, 450), lookOf(20, 0, 0, 600)}, "1 a guess"},
		{[]Look{one, lookOf(5, 3, 0.4, 1100), lookOf(10, 5, 0.45, 1200)}, "10 no number has all"},
		{[]Look{one, lookOf(5, 0, 0, 500), lookOf(10, 0, 0, 450), lookOf(20, 0, 0, 440)}, "1 a guess"},
		{[]Look{one, lookOf(5, 5, 0.8, 500), lookOf(10, 10, 0.8, 450)}, "10 each is found in both halves of the documents, with a stability of 0.80 on average; 10 is the most"},
	} {
		for n := range x.looks {
			if x.looks[n].found() == 0 {
				x.looks[n].Stability = make([]float64, x.looks[n].Topics)
			}
		}
		if got := c.choose(&vectorize.Table{Vocabulary: &vectorize.Vocabulary{}}, x.looks); !strings.HasPrefix(fmt.Sprint(got.Topics, " ", got.Reason), x.want) {
			t.Errorf("got %d %s\nwant %s", got.Topics, got.Reason, x.want)
		}
	}
}

// Documents that are all alike have one topic, whatever their lengths.
func TestNothingToTellApart(t *testing.T) {
	c := sparse.NewDOK(20, 200)
	for j := range 200 {
		for i := range 20 {
			c.Set(i, j, float64((i+1)*(1+j%7)))
		}
	}
	table := &vectorize.Table{V: c.ToCSC()}
	choice, err := Choose(context.Background(), table, withThreads(1), nil)
	if err != nil || choice.Topics != 1 || !strings.Contains(choice.Reason, "same proportions") {
		t.Errorf("%+v, %v", choice, err)
	}
	c.Set(0, 3, 40)
	if alike(c.ToCSC()) {
		t.Error("one document differs")
	}
}

// Prediction alone chooses no number of which not one topic is found again.
func TestNoTopicFoundAgain(t *testing.T) {
	one := Look{Topics: 1, Perplexity: 1000}
	none := Look{Topics: 4, Stability: []float64{0.4, 0.4, 0.3, 0.3}, Perplexity: 900}
	some := Look{Topics: 4, Stability: []float64{0.6, 0.4, 0.3, 0.1}, Perplexity: 900}
	if got := enoughOf([]Look{one, none}); got != nil {
		t.Errorf("chose %+v", got)
	}
	if enoughOf([]Look{one, some}) == nil {
		t.Error("one of four is found again, and is not chosen")
	}
}
