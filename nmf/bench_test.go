package nmf

import (
	"context"
	"flag"
	"fmt"
	"math"
	"testing"

	"klew/nmf/internal/synthetic"
)

// largest bounds the matrices of BenchmarkIteration. That of 1e8 non-zeros takes more
// than half an hour and some 5 GB:
//
//	go test ./nmf -run '^$' -bench Iteration -benchtime 5x -largest 1e8 -timeout 2h
var largest = flag.Float64("largest", 1e7, "the largest synthetic matrix to measure on, in non-zeros")

// BenchmarkIteration times an iteration of each solver by size, on documents drawn from
// a topic model with Zipf-distributed terms. It reports non-zeros a second: an iteration
// visits each of them twice.
func BenchmarkIteration(b *testing.B) {
	for exponent := 6; exponent <= 8; exponent++ {
		if math.Pow10(exponent) > *largest {
			break
		}
		b.Run(fmt.Sprintf("nonzeros=1e%d", exponent), func(b *testing.B) {
			m := drawn(b, math.Pow10(exponent))
			for _, topics := range []int{20, 64, 100, 200} {
				b.Run(fmt.Sprintf("k=%d", topics), func(b *testing.B) { benchmarkSolvers(b, m, topics) })
			}
		})
	}
}

// drawn is a matrix of so many non-zeros. The number of terms grows with its root, after
// Heaps: 20,000 for 1e6 non-zeros, 200,000 for 1e8.
func drawn(b *testing.B, nonZeros float64) *matrix {
	b.Helper()
	model := synthetic.Model{Terms: int(20 * math.Sqrt(nonZeros)), Topics: 100, Seed: 1}
	m, err := pack(model.Matrix(int(nonZeros)))
	if err != nil {
		b.Fatal(err)
	}
	return m
}

// benchmarkSolvers times both solvers where they do most of their work: MU, which is
// also the warm-up, at its end, and CCD once the weights that go to zero are there. Each
// run begins with the same factors.
func benchmarkSolvers(b *testing.B, m *matrix, topics int) {
	o := Defaults()
	o.Topics, o.Solver, o.Init, o.MaxIter = topics, CCD, Random, math.MaxInt
	ctx := context.Background()
	f := newFitting(m, topics, o)
	defer f.workers.stop()
	f.start(ctx, o, 0)
	f.iterate(ctx, warmupIterations, 0)
	from := new(kept)
	f.keep(from)
	b.Run(string(MU), func(b *testing.B) { benchmarkIterations(b, f, from, b.N, 0) })
	f.restore(from)
	f.iterate(ctx, 0, 2*lookEvery)
	f.keep(from)
	b.Run(string(CCD), func(b *testing.B) { benchmarkIterations(b, f, from, 0, b.N) })
}

func benchmarkIterations(b *testing.B, f *fitting, from *kept, warmup, further int) {
	f.restore(from)
	b.ResetTimer()
	f.iterate(context.Background(), warmup, further)
	b.ReportMetric(float64(2*len(f.m.columns.value))*float64(b.N)/b.Elapsed().Seconds(), "nonzeros/s")
}

// BenchmarkShortRows times an iteration where documents have five terms and topics are four: the
// time is that of rows, not of non-zeros. It reports the nanoseconds for a document and half-step,
// which the few terms' part is in.
func BenchmarkShortRows(b *testing.B) {
	m, err := pack(synthetic.Model{Terms: 5000, Topics: 20, Tokens: 5, Seed: 1}.Matrix(54_595 * 5))
	if err != nil {
		b.Fatal(err)
	}
	o := Defaults()
	o.Topics, o.Solver, o.Init, o.MaxIter = 4, CCD, Random, math.MaxInt
	f := newFitting(m, o.Topics, o)
	defer f.workers.stop()
	f.start(context.Background(), o, 0)
	f.iterate(context.Background(), warmupIterations, 2*lookEvery)
	b.ResetTimer()
	f.iterate(context.Background(), 0, b.N)
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/2/float64(m.columns.count()), "ns/row")
}
