package topics

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"runtime"
	"slices"
	"sync"

	"klew/corpus"
	"klew/nmf"
	"klew/topics/coherence"
	"klew/vectorize"
)

// TopTerms returns the rows of the n terms of topic k with the largest weight in w, in the
// order of Model.Keywords.
func TopTerms(w *nmf.Factor, k, n int) []int32 {
	var rows []int32
	for i := range w.Items() {
		if w.Item(i)[k] > 0 {
			rows = append(rows, int32(i))
		}
	}
	weight := func(row int32) uint32 { return fiveDigits(w.Item(int(row))[k]) }
	slices.SortStableFunc(rows, func(a, b int32) int { return cmp.Compare(weight(b), weight(a)) })
	return rows[:min(max(n, 0), len(rows))]
}

// TopWords is TopTerms of every topic: what coherence is measured on.
func TopWords(w *nmf.Factor, n int) [][]int32 {
	words := make([][]int32, w.Topics())
	for k := range words {
		words[k] = TopTerms(w, k, n)
	}
	return words
}

// CountTogether cuts texts by a vocabulary and the options with which it was counted, and
// counts which words stand together in them: the first argument of every coherence. words
// are rows of the vocabulary, a slice for each topic; those of several models may follow
// one another, to read the texts once. o.Threads goroutines are at work.
//
// With n-grams all of one length follow those of the next, so that the windows of C_UCI,
// C_NPMI and C_V say little.
func CountTogether(ctx context.Context, v *vectorize.Vocabulary, o vectorize.Options, documents iter.Seq[corpus.Document], words [][]int32) (*coherence.Counter, error) {
	threads := o.Threads
	if threads < 1 {
		threads = runtime.GOMAXPROCS(0)
	}
	all := coherence.New(words)
	counters := make([]*coherence.Counter, threads)
	texts := make(chan string, 4*threads)
	var done sync.WaitGroup
	for i := range counters {
		cutter, err := vectorize.NewCutter(v, o)
		if err != nil {
			close(texts)
			return nil, fmt.Errorf("cutting texts: %w", err)
		}
		counters[i] = all.Fork()
		done.Go(func() {
			for text := range texts {
				counters[i].Add(cutter.Rows(text))
			}
		})
	}
	for d := range documents {
		if ctx.Err() != nil {
			break
		}
		texts <- d.Text
	}
	close(texts)
	done.Wait()
	for _, c := range counters {
		all.Merge(c)
	}
	return all, ctx.Err()
}
