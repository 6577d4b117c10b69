package sweep

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"klew/nmf"
	"klew/topics/evaluation"
	"klew/vectorize"

	"github.com/james-bowman/sparse"
)

// Fit is what one fit came to.
type Fit struct {
	Topics int
	Seed   uint64
	// Half is 0 for a fit of all training documents, else the number of the half.
	Half int
	// Left is the part of the divergence that is left: of that of a single topic, or with
	// the loss Frobenius of none at all.
	Left float64
	// Perplexity is that of held-out documents (evaluation.HeldOut), 0 if there are none, and Prior
	// how many tokens of each the background counted as.
	Perplexity, Prior float64
	Iterations        int
	Status            nmf.Status
	// Seconds is how long it took, beside others at work.
	Seconds float64
	// Renewed says that the store had it without a sound model, so that it was made again.
	Renewed bool

	w *nmf.Factor
}

// Run makes the fits of a plan, but for those that the store holds with their models, and puts each
// there when it is done. report, if set, is called after each with how many of all are done. When ctx
// ends it returns what there is: fits at work are given up. store may be nil.
func Run(ctx context.Context, t *vectorize.Table, p Plan, store *Store, report func(done, all int, f *Fit)) (*Result, error) {
	if err := p.Validate(); err != nil {
		return nil, fmt.Errorf("sweep: %w", err)
	}
	d := newData(t, &p)
	if k, most := p.Topics[len(p.Topics)-1], d.usable(); k > most {
		return nil, fmt.Errorf("%d topics asked of documents that can use at most %d: each set of documents that is fitted must have as many documents and terms; ask for fewer topics, or leave out halves or held-out documents", k, most)
	}
	s := &sweep{plan: p, data: d, store: store, result: newResult(d)}
	return s.run(ctx, report)
}

// sweep is a plan at work.
type sweep struct {
	plan   Plan
	data   *fitData
	store  *Store
	result *Result
}

// outcome is what became of a job; fit is nil if it was given up.
type outcome struct {
	fit *Fit
	err error
}

func (s *sweep) run(ctx context.Context, report func(done, all int, f *Fit)) (*Result, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	jobs := s.plan.jobs()
	queue, outcomes := make(chan job, len(jobs)), make(chan outcome)
	for _, j := range jobs {
		queue <- j
	}
	close(queue)
	s.work(ctx, queue, outcomes)
	var failed error
	done := 0
	for o := range outcomes {
		if o.err != nil && failed == nil {
			failed = o.err
			cancel()
		}
		if o.fit == nil {
			continue
		}
		done++
		if err := s.add(o.fit); err != nil && failed == nil {
			failed = err
			cancel()
		}
		if report != nil {
			report(done, len(jobs), o.fit)
		}
	}
	s.result.Missing = len(jobs) - done
	return s.result, cmp.Or(failed, s.tidy())
}

// work starts the goroutines that make fits. Two fits of one thread each take less time than
// one after the other with two: on BBC News, k = 2, 5, 8 and 12, a fit with two threads takes
// 0.7 of the time that it takes with one, not half.
func (s *sweep) work(ctx context.Context, queue <-chan job, outcomes chan<- outcome) {
	threads := s.plan.threads()
	workers := max(1, min(threads, len(queue), s.atOnce()))
	var wg sync.WaitGroup
	for n := range workers {
		share := max(1, threads*(n+1)/workers-threads*n/workers)
		wg.Go(func() {
			for j := range queue {
				if ctx.Err() != nil {
					return
				}
				f, err := s.one(ctx, j, share)
				outcomes <- outcome{f, err}
			}
		})
	}
	go func() {
		wg.Wait()
		close(outcomes)
	}()
}

// atOnce is how many of the largest fits there is room for: packed, an entry of V takes
// 16 bytes, and the factors are held four times over.
func (s *sweep) atOnce() int {
	terms, documents := s.data.training.Dims()
	k := s.plan.Topics[len(s.plan.Topics)-1]
	size := 16*int64(s.data.training.NNZ()) + 16*int64(terms+documents)*int64(k+6)
	return int(min(s.plan.Memory/max(size, 1), 1<<20))
}

// one makes a fit, or takes it from the store.
func (s *sweep) one(ctx context.Context, j job, threads int) (*Fit, error) {
	k := s.plan.key(s.data, j)
	terms, _ := s.data.training.Dims()
	kept, sound, err := s.store.find(j, k, terms)
	if sound || err != nil {
		return kept, err
	}
	begun := time.Now()
	o := s.plan.options(j, threads)
	r, err := nmf.Fit(ctx, s.data.of(j), o)
	if err != nil {
		return nil, fmt.Errorf("fitting %d topics with seed %d: %w", j.topics, j.seed, err)
	}
	if ctx.Err() != nil {
		return nil, nil
	}
	f := &Fit{Topics: j.topics, Seed: j.seed, Half: j.half, Iterations: r.Iterations, Status: r.Status, Renewed: kept != nil, w: r.W}
	if s.data.unexplained > 0 {
		f.Left = r.Unrefined() / s.data.unexplained
	}
	if j.half == 0 && s.data.heldOut != nil {
		c, err := evaluation.HeldOut(ctx, r.W, s.data.heldOut, evaluation.HeldOutOptions{
			Seed: s.plan.Fitting.Seed, Background: s.data.background, Fitting: o})
		if ctx.Err() != nil {
			return nil, nil
		}
		if err != nil {
			return nil, err
		}
		f.Perplexity, f.Prior = c.Perplexity, c.Prior
	}
	f.Seconds = time.Since(begun).Seconds()
	err = s.keepModel(ctx, j, r, o)
	if ctx.Err() != nil {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return f, s.store.save(j, k, f)
}

// usable is the largest number of topics that every set of documents can use.
func (d *fitData) usable() int {
	most := filled(d.training)
	for _, half := range d.halves {
		most = min(most, filled(half))
	}
	return most
}

// filled is the smaller number of rows and columns that hold something.
func filled(v *sparse.CSC) int {
	terms, documents := v.Dims()
	rows, columns := make([]bool, terms), make([]bool, documents)
	v.DoNonZero(func(i, j int, x float64) {
		if x > 0 {
			rows[i], columns[j] = true, true
		}
	})
	count := func(all []bool) int {
		return len(slices.DeleteFunc(slices.Clone(all), func(b bool) bool { return !b }))
	}
	return min(count(rows), count(columns))
}
