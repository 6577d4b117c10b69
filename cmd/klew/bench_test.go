package main

import (
	"context"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"testing"
	"time"

	"klew/cmd/klew/internal/source"
	"klew/nmf"
	"klew/vectorize/matrixfile"

	"github.com/james-bowman/sparse"
)

// BenchmarkFit times whole fits, from the matrix in memory to the end, by seed. It
// reports the seconds until D had come down to a goal (infinite if it never did) and the
// D of the result. It stands here because nmf does not read files.
func BenchmarkFit(b *testing.B) {
	for _, bench := range []struct {
		data   string
		topics int
		goal   float64
	}{
		{"newsgroups", 20, 8_985_000},
		{"nips", 10, 6_110_000},
	} {
		b.Run(fmt.Sprintf("data=%s/k=%d", bench.data, bench.topics), func(b *testing.B) {
			v := countedElsewhere(b, bench.data)
			for seed := uint64(1); seed <= 5; seed++ {
				b.Run(fmt.Sprintf("seed=%d", seed), func(b *testing.B) {
					o := nmf.Defaults()
					o.Topics, o.Seed = bench.topics, seed
					benchmarkFit(b, v, o, bench.goal)
				})
			}
		})
	}
}

func benchmarkFit(b *testing.B, v *sparse.CSC, o nmf.Options, goal float64) {
	var reached, divergence float64
	for b.Loop() {
		begun, came := time.Now(), math.Inf(1)
		o.Progress = func(s nmf.Step) {
			if !s.Sample && s.Divergence <= goal {
				came = min(came, time.Since(begun).Seconds())
			}
		}
		r, err := nmf.Fit(context.Background(), v, o)
		if err != nil {
			b.Fatal(err)
		}
		if r.Divergence <= goal {
			came = min(came, time.Since(begun).Seconds())
		}
		reached += came
		divergence = r.Divergence
	}
	b.ReportMetric(reached/float64(b.N), "s-to-goal")
	b.ReportMetric(divergence, "D")
}

// countedElsewhere reads a matrix of the data beside the project, which are in the
// folder that the environment variable SHARED names, by default where the tests look.
func countedElsewhere(b *testing.B, name string) *sparse.CSC {
	b.Helper()
	dir := os.Getenv("SHARED")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared")
	}
	path := filepath.Join(dir, "data", name+".mtx.gz")
	f, err := os.Open(path)
	if err != nil {
		b.Skipf("the matrix %s is not here; SHARED names the folder with data in it", path)
	}
	defer f.Close()
	table, err := source.ReadMatrixFile(f, matrixfile.Options{})
	if err != nil {
		b.Fatal(err)
	}
	return table.V
}
