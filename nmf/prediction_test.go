package nmf

import (
	"math"
	"testing"
)

// Two documents, of one and of twenty given tokens, by the formula; and both limits of the prior.
func TestPrediction(t *testing.T) {
	p := NewPrediction([]float64{0.5, 0.3, 0.2})
	p.Add(0, 2, 0.75)
	p.Add(2, 1, 0)
	p.End(1)
	p.Add(1, 3, 10)
	p.End(20)
	logs := p.Logs(2)
	for j, want := range []float64{
		2*math.Log((0.75+2*0.5)/3) + math.Log(2*0.2/3),
		3 * math.Log((10+2*0.3)/22),
	} {
		if math.Abs(logs[j]-want) > 1e-6 {
			t.Errorf("document %d: %v, want %v", j, logs[j], want)
		}
	}
	if logs := p.Logs(1e12); math.Abs(logs[1]-3*math.Log(0.3)) > 1e-6 {
		t.Errorf("with nothing but the background: %v", logs)
	}
	if logs := p.Logs(1e-12); logs[0] > -20 || math.Abs(logs[1]-3*math.Log(0.5)) > 1e-6 {
		t.Errorf("with hardly any background: %v", logs)
	}
}

// The best prior is no worse than any other power of two: small where factors know, large where they
// do not.
func TestBestPrior(t *testing.T) {
	for _, c := range []struct {
		name     string
		expected float64
		low      bool
	}{{"factors that know", 4, true}, {"factors that are wrong", 0.1, false}} {
		p := NewPrediction([]float64{0.5, 0.5})
		for range 10 {
			p.Add(0, 4, c.expected)
			p.End(4)
		}
		p.Add(1, 1, 0)
		p.End(4)
		prior, logs := p.Best()
		for x := leastPrior; x <= mostPrior; x *= 2 {
			if sumOf(p.Logs(x)) > sumOf(logs)+1e-9 {
				t.Errorf("%s: a prior of %v is better than %v", c.name, x, prior)
			}
		}
		if low := prior < 1; low != c.low {
			t.Errorf("%s: a prior of %v", c.name, prior)
		}
	}
}
