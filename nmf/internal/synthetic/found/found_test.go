package main

import (
	"context"
	"math"
	"math/rand/v2"
	"testing"

	"klew/nmf"
	"klew/nmf/internal/synthetic"
)

// drawn is a small corpus, and the numbers of all its terms.
func drawn() (*synthetic.Matrix, []int) {
	m := synthetic.Model{Terms: 400, Topics: 6, Seed: 3}.Matrix(300_000)
	numbers := make([]int, 400)
	for i := range numbers {
		numbers[i] = i
	}
	return m, numbers
}

// A fit finds the known topics, as far as so many tokens can tell them, and its D is below theirs.
func TestKnownTopicsAreFound(t *testing.T) {
	m, numbers := drawn()
	o := nmf.Defaults()
	o.Topics = 6
	r, err := nmf.Fit(context.Background(), m, o)
	if err != nil {
		t.Fatal(err)
	}
	known := m.Topics()
	r.W.Normalize()
	found := make([][]float64, o.Topics)
	for k := range found {
		found[k] = make([]float64, len(numbers))
		for i := range numbers {
			found[k][i] = float64(r.W.Item(i)[k])
		}
	}
	for k, x := range matched(known, found) {
		if x < 0.93 {
			t.Errorf("the overlap of topic %d by falling overlap is %.3f", k+1, x)
		}
	}
	d, err := divergenceOf(context.Background(), m, numbers)
	if err != nil || r.Divergence > d || r.Divergence < 0.9*d {
		t.Errorf("D is %v, of the known topics %v (%v)", r.Divergence, d, err)
	}
}

// Partners are one to one, and a known topic without one has the overlap 0.
func TestMatched(t *testing.T) {
	a, b := []float64{0.5, 0.5, 0}, []float64{0, 0.4, 0.6}
	if got := matched([][]float64{a, a, b}, [][]float64{b, a}); len(got) != 3 || got[0] != 1 || got[1] != 1 || got[2] != 0 {
		t.Errorf("%v", got)
	}
}

// What is expected of counts is what drawing gives.
func TestCounted(t *testing.T) {
	p, random, sum := []float64{0.6, 0.25, 0.1, 0.03, 0.02}, rand.New(rand.NewPCG(1, 1)), 0.0
	const tokens, trials = 40, 4000
	for range trials {
		shares := make([]float64, len(p))
		for range tokens {
			x, i := random.Float64(), 0
			for i < len(p)-1 && x >= p[i] {
				x -= p[i]
				i++
			}
			shares[i] += 1.0 / tokens
		}
		sum += overlap(p, shares)
	}
	// A Poisson number of each term varies a little more than shares of a fixed number do.
	if got := counted(p, tokens); math.Abs(got-sum/trials) > 0.03 {
		t.Errorf("%.4f, drawn %.4f", got, sum/trials)
	}
}
