package main

import (
	"cmp"
	"context"
	"math"
	"slices"

	"klew/nmf"
	"klew/nmf/internal/synthetic"
	"klew/nmf/shard"
)

// pair is a known topic and one of the model.
type pair struct {
	known, found int
	overlap      float64
}

// matched returns the overlaps of known topics with those that were found, one to one, falling; 0 for
// a topic that has no partner.
func matched(known, found [][]float64) []float64 {
	var pairs []pair
	for a, p := range known {
		for b, q := range found {
			pairs = append(pairs, pair{a, b, overlap(p, q)})
		}
	}
	slices.SortStableFunc(pairs, func(a, b pair) int { return cmp.Compare(b.overlap, a.overlap) })
	usedKnown, usedFound, all := make([]bool, len(known)), make([]bool, len(found)), []float64(nil)
	for _, p := range pairs {
		if !usedKnown[p.known] && !usedFound[p.found] {
			usedKnown[p.known], usedFound[p.found] = true, true
			all = append(all, p.overlap)
		}
	}
	return append(all, make([]float64, len(known)-len(all))...)
}

// overlap is what two distributions have in common.
func overlap(p, q []float64) (sum float64) {
	for i, x := range p {
		sum += min(x, q[i])
	}
	return sum
}

// counted is the overlap that is to be expected of a distribution with the shares of so many tokens
// that are drawn from it: 1 less half of the mean deviation, which for a Poisson number of the mean λ is
// 2 λ^(n+1) e^(−λ) / n!, n being ⌊λ⌋.
func counted(p []float64, tokens float64) float64 {
	lost := 0.0
	for _, x := range p {
		if mean := x * tokens; mean > 0 {
			n := math.Floor(mean)
			logOfFactorial, _ := math.Lgamma(n + 1)
			lost += math.Exp((n+1)*math.Log(mean) - mean - logOfFactorial)
		}
	}
	return 1 - lost/tokens
}

// blockDocuments is the number of documents that are drawn and solved at once.
const blockDocuments = 20_000

// divergenceOf is D of the known topics, the weights of each document being solved, on some terms.
func divergenceOf(ctx context.Context, drawn *synthetic.Matrix, numbers []int) (float64, error) {
	terms, _ := drawn.Dims()
	rows := make([]int32, terms)
	for i := range rows {
		rows[i] = -1
	}
	known, numbers := drawn.Topics(), slices.Sorted(slices.Values(numbers)) // terms of a block rise
	weights := make([]float32, 0, len(numbers)*len(known))
	for row, n := range numbers {
		rows[n] = int32(row)
		for _, topic := range known {
			weights = append(weights, float32(topic[n]))
		}
	}
	w := nmf.NewW(len(numbers), len(known), weights)
	w.Normalize()
	worker := shard.NewWorker(w, shard.Options{})
	defer worker.Close()
	all := &shard.Statistics{Terms: len(numbers), Topics: len(known)}
	err := eachBlock(drawn, rows, len(numbers), func(b *shard.Block) error { return worker.Expect(ctx, b, all, nil) })
	return all.D(), err
}

// eachBlock draws all documents, of the terms that have a row.
func eachBlock(drawn *synthetic.Matrix, rows []int32, terms int, do func(*shard.Block) error) (err error) {
	b := shard.NewBlock(terms)
	var term []int32
	var count []float32
	last := 0
	end := func() {
		b.Add(last, term, count)
		if term, count = term[:0], count[:0]; b.Documents() == blockDocuments && err == nil {
			err = do(b)
			b.Reset()
		}
	}
	drawn.DoNonZero(func(i, document int, x float64) {
		for ; last < document; last++ {
			end()
		}
		if row := rows[i]; row >= 0 && err == nil {
			term, count = append(term, row), append(count, float32(x))
		}
	})
	end()
	if err == nil {
		err = do(b)
	}
	return err
}
