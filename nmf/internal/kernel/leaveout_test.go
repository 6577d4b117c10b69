package kernel

import (
	"math"
	"math/rand/v2"
	"testing"
)

// drawLeaveOut draws a line of so many cells, and items of which each lists some topics.
func drawLeaveOut(r *rand.Rand, topics, cells int, size, listed float64) (*LeaveOut, *Sparse, []int32, []float32) {
	o, s := NewLeaveOut(topics), &Sparse{Start: []int{0}}
	o.Prior, o.Mass = make([]float64, topics), make([]float64, topics)
	for k := range topics {
		o.Prior[k] = 0.01 + 0.3*r.Float64()
		o.Free[k] = 0.01 + size*r.Float64()
		o.Mass[k] = 3*size + 10 + 50*r.Float64()
	}
	index, value := make([]int32, cells), make([]float32, cells)
	item := make([]float32, topics)
	for e := range index {
		for k := range item {
			item[k] = 0
			if r.Float64() < listed {
				item[k] = float32(0.2 + size*r.Float64())
			}
		}
		s.Add(item, 0.1)
		s.Start = append(s.Start, len(s.Topic))
		index[e], value[e] = int32(e), float32(1+r.IntN(3))
	}
	return o, s, index, value
}

// shareByBisection solves γₖ(cₖ−γₖ) = t(aₖ−γₖ)(bₖ−γₖ) for each topic that is listed and takes
// t aₖ bₖ/cₖ for the others, with the t for which they sum to 1.
func shareByBisection(o *LeaveOut, weight map[int]float64) []float64 {
	gamma := make([]float64, len(o.Free))
	sum := func(t float64) (total float64) {
		for k, b := range o.Free {
			a, c := o.Prior[k], o.Mass[k]
			w, listed := weight[k]
			if gamma[k] = t * a * b / c; listed {
				a += w
				low, high := 0.0, min(a, b)
				for range 100 {
					if x := (low + high) / 2; x*(c-x) < t*(a-x)*(b-x) {
						low = x
					} else {
						high = x
					}
				}
				gamma[k] = low
			}
			total += gamma[k]
		}
		return total
	}
	low, high := 0.0, 1e6
	for range 200 {
		if t := (low + high) / 2; sum(t) < 1 {
			low = t
		} else {
			high = t
		}
	}
	sum(low)
	return gamma
}

// Each cell's tokens are shared out as the equations have it, whatever is listed, and none
// is lost.
func TestLeaveOutSolvesItsEquations(t *testing.T) {
	for _, size := range []float64{0.5, 3, 100, 1e5} {
		for _, listed := range []float64{0.1, 0.5, 1} {
			for _, topics := range []int{1, 2, 7, 40} {
				r := rand.New(rand.NewPCG(uint64(topics), uint64(100*listed)))
				o, items, index, value := drawLeaveOut(r, topics, 9, size, listed)
				want, tokens := make([]float64, topics), 0.0
				for e, i := range index {
					weight := map[int]float64{}
					for n := items.Start[i]; n < items.Start[i+1]; n++ {
						weight[int(items.Topic[n])] = float64(items.Weight[n])
					}
					gamma := shareByBisection(o, weight)
					total := 0.0
					for _, g := range gamma {
						total += g
					}
					for k, g := range gamma { // where no t will do, in proportion
						want[k] += float64(value[e]) * g / total
					}
					tokens += float64(value[e])
				}
				o.Line(index, value, items)
				sum := 0.0
				for k, got := range o.Sum {
					if math.Abs(got-want[k]) > 3e-3*tokens {
						t.Errorf("size %v, listed %v, %d topics: topic %d has %v of %v tokens, want %v", size, listed, topics, k, got, tokens, want[k])
					}
					sum += got
				}
				if math.Abs(sum-tokens) > 1e-6*tokens {
					t.Errorf("size %v, listed %v, %d topics: %v tokens became %v", size, listed, topics, tokens, sum)
				}
			}
		}
	}
}

// Leaving one of very many tokens out changes nothing: the shares are those of the
// multiplicative update with pseudo-counts.
func TestLeaveOutOfManyTokens(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	o, items, index, value := drawLeaveOut(r, 6, 1, 1e7, 1)
	o.Line(index, value, items)
	total, plain := 0.0, make([]float64, 6)
	for k, w := range items.Weight {
		plain[k] = (float64(w) + o.Prior[k]) * o.Free[k] / o.Mass[k]
		total += plain[k]
	}
	for k, p := range plain {
		if want := float64(value[0]) * p / total; math.Abs(o.Sum[k]-want) > 1e-5 {
			t.Errorf("topic %d has %v, want %v", k, o.Sum[k], want)
		}
	}
}

// A word that is nowhere else speaks for no topic by itself: its document decides, of which
// three other tokens are in topic 1.
func TestLeaveOutOfTheOnlyToken(t *testing.T) {
	o := NewLeaveOut(2)
	o.Prior, o.Mass = []float64{0.1, 0.1}, []float64{100, 100}
	o.Sum[0], o.Sum[1] = 0.9, 0.1
	for range 200 {
		items := &Sparse{Start: []int{0, 2}, Topic: []int32{0, 1}, Weight: []float32{float32(o.Sum[0]), float32(o.Sum[1])}}
		o.Free[0], o.Free[1] = 0.1+o.Sum[0], 3.1+o.Sum[1]
		o.Line([]int32{0}, []float32{1}, items)
	}
	if want := 0.1 / 3.2; math.Abs(o.Sum[0]-want) > 0.01 {
		t.Errorf("the only token of a word is in topic 0 by %v, want %v as the other tokens have it", o.Sum[0], want)
	}
}

// A topic without anything in the line, and an item that is kept to one topic.
func TestLeaveOutOfWhatIsHeld(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	o, items, index, value := drawLeaveOut(r, 5, 4, 3, 1)
	o.Free[2] = 0
	o.Line(index, value, items)
	if o.Sum[2] != 0 {
		t.Errorf("a topic that the line cannot have got %v", o.Sum[2])
	}
	one := &Sparse{Start: []int{0, 1}, Topic: []int32{3}, Weight: []float32{0}, Alone: []bool{true}}
	o.Line([]int32{0, 0}, []float32{2, 1}, one)
	for k, got := range o.Sum {
		if want := map[int]float64{3: 3}[k]; got != want {
			t.Errorf("a word kept to topic 3 has %v in topic %d, want %v", got, k, want)
		}
	}
}
