package nmf

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/james-bowman/sparse"
)

// BenchmarkIteration times one iteration of each solver by size, on documents drawn
// from a topic model with Zipf-distributed terms. It reports non-zeros a second: an
// iteration visits each of them twice.
func BenchmarkIteration(b *testing.B) {
	for _, documents := range []int{1_000, 10_000} {
		v := drawn(documents, 20_000, 30, 120)
		for _, topics := range []int{5, 20, 100} {
			for _, solver := range []Solver{MU, CCD} {
				b.Run(fmt.Sprintf("nonzeros=%d/k=%d/%s", v.NNZ(), topics, solver), func(b *testing.B) {
					benchmarkIteration(b, v, topics, solver)
				})
			}
		}
	}
}

func benchmarkIteration(b *testing.B, v *sparse.CSC, topics int, solver Solver) {
	m, err := pack(v)
	if err != nil {
		b.Fatal(err)
	}
	o := Defaults()
	o.Topics, o.Solver, o.Init = topics, solver, Random
	ctx := context.Background()
	f := newFitting(m, topics, o)
	defer f.crew.dismiss()
	f.start(ctx, o, 0)
	f.iterate(ctx, warmup, 2*lookEvery)
	b.ResetTimer()
	for range b.N {
		if solver == MU {
			f.iterate(ctx, 1, 0)
		} else {
			f.iterate(ctx, 0, 1)
		}
	}
	b.ReportMetric(float64(2*len(m.columns.value))*float64(b.N)/b.Elapsed().Seconds(), "nonzeros/s")
}

// drawn is a matrix of counts: each topic a Zipf distribution over its own order of
// the terms, each document a mixture of three topics.
func drawn(documents, terms, topics, length int) *sparse.CSC {
	r := rand.New(rand.NewPCG(uint64(documents), uint64(terms)))
	order := make([][]int, topics)
	for k := range order {
		order[k] = r.Perm(terms)
	}
	start, index, value := []int{0}, []int{}, []float64{}
	for range documents {
		mixture := [3]int{r.IntN(topics), r.IntN(topics), r.IntN(topics)}
		counts := map[int]float64{}
		for range length {
			rank := int(math.Pow(float64(terms), r.Float64())) - 1 // P(rank) ∝ 1/(1+rank)
			counts[order[mixture[r.IntN(3)]][rank]]++
		}
		rows := make([]int, 0, len(counts))
		for i := range counts {
			rows = append(rows, i)
		}
		slices.Sort(rows)
		for _, i := range rows {
			index, value = append(index, i), append(value, counts[i])
		}
		start = append(start, len(index))
	}
	return sparse.NewCSC(terms, documents, start, index, value)
}
