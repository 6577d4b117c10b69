package evaluation

import (
	"context"
	"fmt"
	"iter"
	"runtime"
	"sync"

	"klew/corpus"
	"klew/topics/coherence"
	"klew/vectorize"
)

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
