package topics

import (
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"gonum.org/v1/gonum/floats"
)

// Trend is the topics of a group of documents.
type Trend struct {
	Group
	// Weight is the sum of the group's weights: with raw counts, its tokens.
	Weight float64
	// Shares are the topics' parts of Weight; nil if that is 0. A long document counts for
	// more than a short one, by its tokens.
	Shares []float64
	// Low and High bound an interval around each share; nil where the bootstrap has
	// nothing to go by: for a single document that is not empty, or without resamples.
	Low, High []float64
}

// Bootstrap says how intervals are found: documents are drawn from a group with
// replacement, as many as it has, and the shares of such resamples bound the interval by
// their percentiles (Efron & Tibshirani, An Introduction to the Bootstrap, 1993, section
// 13.3). It tells how far a share depends on which documents there happen to be; it takes
// the topics themselves as known. Of a few documents the intervals are too short.
type Bootstrap struct {
	Resamples int     // how many; 0 for no intervals
	Level     float64 // the part of the resamples within the interval, below 1
	Seed      uint64
}

// Defaults of Bootstrap.
const (
	DefaultResamples = 1000
	DefaultLevel     = 0.95
)

// Trends finds the topics of each group, and intervals.
func (d *DocumentTopics) Trends(groups []Group, b Bootstrap) []Trend {
	trends := make([]Trend, len(groups))
	var next atomic.Int64
	var wg sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			for n := next.Add(1) - 1; int(n) < len(groups); n = next.Add(1) - 1 {
				// A stream of numbers for each group: the result does not depend on the others,
				// nor on who draws.
				random := rand.New(rand.NewPCG(b.Seed, uint64(n)))
				trends[n] = d.trend(groups[n], b, random)
			}
		})
	}
	wg.Wait()
	return trends
}

func (d *DocumentTopics) trend(g Group, b Bootstrap, random *rand.Rand) Trend {
	t := Trend{Group: g}
	// Empty documents have no say in a share, however often they are drawn.
	filled := slices.DeleteFunc(slices.Clone(g.Members), func(j int) bool { return d.First(j) < 0 })
	u := d.units(filled, random)
	sum := u.sum()
	t.Weight = floats.Sum(sum)
	if t.Weight == 0 {
		return t
	}
	t.Shares = Proportions(sum)
	if len(filled) > 1 && b.Resamples > 0 {
		t.Low, t.High = u.intervals(b, random)
	}
	return t
}

// mostUnits is the largest number of units that are drawn.
const mostUnits = 1000

// units is what is drawn in a resample, with the weights of each: the documents of a group
// or, of more than mostUnits, heaps of them that are dealt out at random. The sum over heaps varies
// as that over documents does, since documents are independent of each other in both; a
// thousand heaps tell its spread to 2 %. So the time is the same for a million documents.
type units struct {
	topics  int
	weights []float64 // unit by unit
}

func (d *DocumentTopics) units(members []int, random *rand.Rand) units {
	n := min(len(members), mostUnits)
	u := units{d.H.Topics(), make([]float64, n*d.H.Topics())}
	if n < len(members) {
		random.Shuffle(len(members), func(a, b int) { members[a], members[b] = members[b], members[a] })
	}
	for i, j := range members {
		to := u.unit(i % n)
		for k, x := range d.H.Item(j) {
			to[k] += float64(x)
		}
	}
	return u
}

func (u units) count() int           { return len(u.weights) / u.topics }
func (u units) unit(n int) []float64 { return u.weights[n*u.topics : (n+1)*u.topics] }

// sum is that of all units.
func (u units) sum() []float64 {
	sum := make([]float64, u.topics)
	for n := range u.count() {
		floats.Add(sum, u.unit(n))
	}
	return sum
}

// intervals are those of each topic's share.
func (u units) intervals(b Bootstrap, random *rand.Rand) (low, high []float64) {
	drawn := make([][]float64, u.topics) // shares by topic
	times := make([]float64, u.count())
	for range b.Resamples {
		for k, share := range Proportions(u.resample(times, random)) {
			drawn[k] = append(drawn[k], share)
		}
	}
	low, high = make([]float64, u.topics), make([]float64, u.topics)
	for k, shares := range drawn {
		slices.Sort(shares)
		low[k], high[k] = percentiles(shares, b.Level)
	}
	return low, high
}

// resample draws units, how often each is for times to keep, and returns their sum.
func (u units) resample(times []float64, random *rand.Rand) []float64 {
	clear(times)
	for range times {
		times[random.IntN(len(times))]++
	}
	sum := make([]float64, u.topics)
	for n, x := range times {
		if x > 0 {
			floats.AddScaled(sum, x, u.unit(n))
		}
	}
	return sum
}

// percentiles are the values below which, and above which, (1 − level)/2 of sorted ones lie.
func percentiles(sorted []float64, level float64) (low, high float64) {
	outside := int(math.Round((1 - level) / 2 * float64(len(sorted))))
	outside = min(max(outside, 1), (len(sorted)+1)/2)
	return sorted[outside-1], sorted[len(sorted)-outside]
}

// Changes is how much each topic's share differs between groups: the standard deviation,
// by the groups' weights.
func Changes(trends []Trend) []float64 {
	var mean, square []float64
	total := 0.0
	for _, t := range trends {
		if t.Shares == nil {
			continue
		}
		if mean == nil {
			mean, square = make([]float64, len(t.Shares)), make([]float64, len(t.Shares))
		}
		total += t.Weight
		for k, share := range t.Shares { // Welford's way, which loses no digits
			step := (share - mean[k]) * t.Weight / total
			square[k] += (share - mean[k] - step) * (share - mean[k]) * t.Weight
			mean[k] += step
		}
	}
	for k := range square {
		square[k] = math.Sqrt(max(square[k], 0) / total)
	}
	return square
}
