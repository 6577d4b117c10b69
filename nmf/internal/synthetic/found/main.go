// Command found tells whether a model has the topics that a synthetic corpus was drawn from.
//
//	go run ./nmf/internal/synthetic/found -terms 100000 -topics 100 -non-zeros 1e9 synthetic.klew
//
// The corpus is that of the command texts with the same options. Topics of the model and known ones
// go together one to one, those that are most alike first. How alike two are is their overlap, the
// sum over all terms of the smaller of the two probabilities, from 0 to 1. Beside it is what is to be
// expected of a topic whose own tokens, as many as there are on average, were given and counted:
// their number alone keeps it below 1. A topic counts as found from three quarters of that.
//
// With -divergence it also solves the weights of all documents for the known topics, and prints D:
// that takes as long as a pass. Terms that the model does not have are left out of it.
package main

import (
	"cmp"
	"context"
	"flag"
	"fmt"
	"os"
	"strconv"
	"strings"

	"klew/nmf/internal/synthetic"
	"klew/topics"
)

func main() {
	terms := flag.Int("terms", 100_000, "number of terms")
	known := flag.Int("topics", 100, "number of topics, beside the background")
	nonZeros := flag.Float64("non-zeros", 1e7, "number of non-zeros, about")
	seed := flag.Uint64("seed", 1, "seed of the random numbers")
	divergence := flag.Bool("divergence", false, "D of the known topics, too")
	flag.Parse()
	if flag.NArg() != 1 {
		fail(fmt.Errorf("found: one model is needed, and there are %d", flag.NArg()))
	}
	m, err := topics.Load(flag.Arg(0))
	if err != nil {
		fail(err)
	}
	numbers, err := numbersOf(m, *terms)
	if err != nil {
		fail(err)
	}
	drawn := synthetic.Model{Terms: *terms, Topics: *known, Seed: *seed}.Matrix(int(*nonZeros))
	report(drawn.Topics(), m, numbers)
	if *divergence {
		d, err := divergenceOf(context.Background(), drawn, numbers)
		if err != nil {
			fail(err)
		}
		fmt.Printf("D of the known topics %.7g\n", d)
	}
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

// numbersOf are the numbers of the model's terms in the corpus.
func numbersOf(m *topics.Model, terms int) (numbers []int, err error) {
	for _, t := range m.Vocabulary.Terms {
		n, err := strconv.Atoi(strings.TrimPrefix(t.Stem, "t"))
		if err != nil || n < 0 || n >= terms {
			return nil, fmt.Errorf("found: the term %q is none of a synthetic corpus of %d terms", t.Stem, terms)
		}
		numbers = append(numbers, n)
	}
	return numbers, nil
}

func report(known [][]float64, m *topics.Model, numbers []int) {
	found := make([][]float64, m.Topics())
	for k := range found {
		found[k] = make([]float64, len(known[0]))
		for i, n := range numbers {
			found[k][n] = float64(m.W.Item(i)[k])
		}
	}
	tokens := 0
	for _, t := range m.Vocabulary.Terms {
		tokens += t.Count
	}
	possible := 0.0
	for _, topic := range known {
		possible += counted(topic, float64(tokens)/float64(len(known))) / float64(len(known))
	}
	sum, again, lost := 0.0, 0, ""
	for _, x := range matched(known, found) {
		if sum += x; x >= 0.75*possible {
			again++
		} else {
			lost += fmt.Sprintf(" %.3f", x)
		}
	}
	fmt.Printf("found %d of %d known topics; overlap of all %.3f on average, of those not found%s\n", again, len(known), sum/float64(len(known)), cmp.Or(lost, " none"))
	fmt.Printf("to be expected of their own tokens, counted: %.3f\n", possible)
	fmt.Printf("D of the model %.7g\n", m.Outcome.Divergence)
}
