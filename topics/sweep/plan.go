package sweep

import (
	"errors"
	"fmt"
	"math"
	"runtime"
	"slices"
	"strconv"
	"strings"

	"klew/nmf"
)

// Plan is what to fit.
type Plan struct {
	// Topics are the numbers of topics, rising.
	Topics []int
	// Seeds is how many fits are made for each, from the seeds Fitting.Seed, Fitting.Seed+1, …
	Seeds int
	// Halves is how many random halves of the documents are fitted for each as well, to
	// find out which topics are stable (nmf.Stability); each two in a row are the whole.
	Halves int
	// HeldOut is the share of the documents that are not fitted at all, and on which
	// perplexity is measured; 0 for none.
	HeldOut float64
	// Words is the number of top words of a topic by which coherence and diversity go.
	Words int
	// Fitting is how fits are made; its Topics and Halves are not looked at.
	Fitting nmf.Options
	// Memory is about how much fits at work may take together, in bytes. One is made in
	// any case.
	Memory int64
}

// Defaults returns the choices of klew itself. Fits are those that klew fit makes, with its race
// of starts: from a random start alone, texts of a few words end up to 4 % higher.
func Defaults() Plan {
	return Plan{Topics: []int{5, 10, 15, 20, 25, 30}, Seeds: 3, Halves: 2, HeldOut: 0.1, Words: 10, Fitting: nmf.Defaults(), Memory: 2 << 30}
}

// Validate reports every fault of a plan together.
func (p *Plan) Validate() error {
	var faults []error
	fault := func(format string, args ...any) { faults = append(faults, fmt.Errorf(format, args...)) }
	if len(p.Topics) == 0 {
		fault("no number of topics is given")
	}
	for n, k := range p.Topics {
		if k < 1 || n > 0 && k <= p.Topics[n-1] {
			fault("%d topics: the numbers must be at least 1 and rise", k)
		}
	}
	if p.Seeds < 1 {
		fault("%d seeds: at least 1 is needed", p.Seeds)
	}
	if p.Halves < 0 {
		fault("%d halves: must be 0 (none) or more", p.Halves)
	}
	if !(p.HeldOut >= 0 && p.HeldOut <= 0.5) {
		fault("the share held out is %v: must lie between 0 and 0.5", p.HeldOut)
	}
	if p.Words < 2 {
		fault("%d words: at least 2 are needed to belong together", p.Words)
	}
	if p.Fitting.Start != nil {
		fault("a start is for one number of topics")
	}
	if err := p.Fitting.Validate(); err != nil {
		faults = append(faults, err)
	}
	return errors.Join(faults...)
}

// mostNumbers is far above what anybody would wait for.
const mostNumbers = 10_000

// Grid reads numbers of topics: "2:12" is all from 2 to 12, "5:50:5" every fifth from 5 to
// 50, and "2:6,10,20" both such and single ones. The result rises, each number once.
func Grid(text string) ([]int, error) {
	var grid []int
	for part := range strings.SplitSeq(text, ",") {
		first, last, step, err := gridPart(strings.TrimSpace(part))
		if err != nil {
			return nil, fmt.Errorf("%q: %w", text, err)
		}
		if (last-first)/step >= mostNumbers-len(grid) {
			return nil, fmt.Errorf("%q: more than %d numbers", text, mostNumbers)
		}
		for k := first; k <= last; k += step {
			grid = append(grid, k)
		}
	}
	slices.Sort(grid)
	return slices.Compact(grid), nil
}

func gridPart(text string) (first, last, step int, err error) {
	parts := strings.Split(text, ":")
	numbers := []int{0, 0, 1}
	if len(parts) > len(numbers) {
		return 0, 0, 0, errGrid
	}
	for n, part := range parts {
		if numbers[n], err = strconv.Atoi(part); err != nil || numbers[n] < 1 || numbers[n] > math.MaxInt32 {
			return 0, 0, 0, errGrid
		}
	}
	if len(parts) == 1 {
		numbers[1] = numbers[0]
	}
	if numbers[1] < numbers[0] {
		return 0, 0, 0, errGrid
	}
	return numbers[0], numbers[1], numbers[2], nil
}

var errGrid = errors.New("must be numbers of topics, such as 2:12, 5:50:5 (from 5 to 50, every fifth) or 5,10,20")

// threads is how many goroutines there may be in all.
func (p *Plan) threads() int {
	if p.Fitting.Threads > 0 {
		return p.Fitting.Threads
	}
	return runtime.GOMAXPROCS(0)
}

// job is a fit to be made: of all training documents, or of a half, numbered from 1.
type job struct {
	topics int
	seed   uint64
	half   int
}

// jobs lists all fits. The largest come first: if they came last, one would go on alone
// when the others are done.
func (p *Plan) jobs() []job {
	var jobs []job
	for _, k := range slices.Backward(p.Topics) {
		for n := range p.Seeds {
			jobs = append(jobs, job{topics: k, seed: p.Fitting.Seed + uint64(n)})
		}
		if k < 2 {
			continue // a single topic is always the same
		}
		for n := range p.Halves {
			jobs = append(jobs, job{topics: k, seed: p.Fitting.Seed + uint64(n), half: n + 1})
		}
	}
	return jobs
}

// Fits is how many fits there are in all.
func (p *Plan) Fits() int { return len(p.jobs()) }

// options are those of a job.
func (p *Plan) options(j job, threads int) nmf.Options {
	o := p.Fitting
	o.Topics, o.Seed, o.Restarts, o.Halves, o.Threads, o.Progress = j.topics, j.seed, 1, 0, threads, nil
	o.Half = j.half > 0
	return o
}
