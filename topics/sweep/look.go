package sweep

import (
	"context"
	"errors"
	"math"
	"slices"
	"sync"

	"github.com/james-bowman/sparse"
	"klew/nmf"
	"klew/topics/evaluation"
)

// chooser looks at numbers of topics.
type chooser struct {
	halves  [2]*sparse.CSC
	counts  bool  // whether prediction can be measured
	short   bool  // whether topics are refined, as those of short texts are
	numbers []int // falling to 1
	options nmf.Options
	threads int
	report  func(iterations int)
	w       [2][]*nmf.Factor // of each half, by number
}

// part draws the halves.
func (c *chooser) part(v *sparse.CSC) {
	if n := float64(v.NNZ()); n > 2*choiceEntries {
		_, v, _ = evaluation.HoldOut(v, 2*choiceEntries/n, c.options.Seed)
	}
	c.halves[0], c.halves[1], _ = evaluation.HoldOut(v, 0.5, c.options.Seed)
	c.counts = predictable(c.halves[0]) && predictable(c.halves[1])
}

// shortTexts says whether a fit with these options is to short texts, whose topics are refined.
func (c *chooser) shortTexts(o nmf.Options) bool {
	return c.counts && o.Refines(nmf.MeanTokens(c.halves[0]))
}

// predictable says whether a table holds counts, and a document of which half can be predicted
// from the other half.
func predictable(v *sparse.CSC) bool {
	_, documents := v.Dims()
	for j := range documents {
		tokens := 0.0
		v.DoColNonZero(j, func(_, _ int, x float64) { tokens += x })
		if tokens >= 2 {
			return wholeNumbers(v)
		}
	}
	return false
}

// choiceNumbers are those to look at, falling.
func choiceNumbers(most int) []int {
	numbers := []int{50, 45, 40, 35, 30, 25, 20, 16, 14, 12, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1}
	numbers = slices.DeleteFunc(numbers, func(k int) bool { return k >= most })
	return append([]int{most}, numbers...)
}

// look merges the topics of each half from so many on, and compares them.
func (c *chooser) look(ctx context.Context, most int) ([]Look, error) {
	c.numbers = choiceNumbers(most)
	if err := c.merge(ctx); err != nil {
		return nil, err
	}
	slices.Reverse(c.numbers)
	slices.Reverse(c.w[0])
	slices.Reverse(c.w[1])
	looks, logs := make([]Look, len(c.numbers)), make([][2]float64, len(c.numbers))
	err := inParallel(3*len(looks), c.threads, func(n int) (err error) {
		at, task := n/3, n%3
		if task < 2 {
			logs[at][task], err = c.predict(ctx, at, task)
			return err
		}
		looks[at].Topics = c.numbers[at]
		half := nmf.Half{V: c.halves[1], W: c.w[1][at]}
		looks[at].Stability, err = nmf.Stability(ctx, c.w[0][at], []nmf.Half{half}, c.alone())
		return err
	})
	for n := range looks {
		if c.counts {
			looks[n].Perplexity = math.Exp((logs[n][0] + logs[n][1]) / 2)
		}
	}
	return looks, err
}

// merge finds the topics of both halves.
func (c *chooser) merge(ctx context.Context) error {
	var counting sync.Mutex
	iterations := 0
	o := c.options
	o.Threads = max(1, c.threads/2)
	if o.Refine = nmf.RefineOff; c.short {
		o.Refine = nmf.RefineOn
	}
	o.Progress = func(nmf.Step) {
		counting.Lock()
		defer counting.Unlock()
		if iterations++; c.report != nil {
			c.report(iterations)
		}
	}
	return inParallel(2, c.threads, func(n int) (err error) {
		c.w[n], err = nmf.Merged(ctx, c.halves[n], c.numbers, o)
		return err
	})
}

// predict is the logarithm of the perplexity of the other half with the topics of one.
func (c *chooser) predict(ctx context.Context, at, half int) (float64, error) {
	if !c.counts {
		return 0, nil
	}
	prior := 0.0 // that which predicts best
	if !c.short {
		prior = choicePrior * nmf.MeanTokens(c.halves[1-half]) / 2 // half of a document is given
	}
	r, err := evaluation.HeldOut(ctx, c.w[half][at], c.halves[1-half], evaluation.HeldOutOptions{
		Seed: c.options.Seed, Background: evaluation.BackgroundOf(c.halves[half]), Prior: prior, Fitting: c.alone()})
	if err != nil {
		return 0, err
	}
	return math.Log(r.Perplexity), nil
}

func tokensOf(v *sparse.CSC) (tokens float64) {
	v.DoNonZero(func(_, _ int, x float64) { tokens += x })
	return tokens
}

// alone are the options of one comparison among many.
func (c *chooser) alone() nmf.Options {
	o := c.options
	o.Threads = 1
	return o
}

// inParallel does n things with so many goroutines, and returns the errors.
func inParallel(n, threads int, do func(n int) error) error {
	all, next := make([]error, n), make(chan int, n)
	for i := range n {
		next <- i
	}
	close(next)
	var workers sync.WaitGroup
	for range min(n, threads) {
		workers.Go(func() {
			for i := range next {
				all[i] = do(i)
			}
		})
	}
	workers.Wait()
	return errors.Join(all...)
}
