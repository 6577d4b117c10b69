package sweep

import "math"

// Measure names a number that each fit of all training documents has.
type Measure string

const (
	// Divergence is Fit.Left.
	Divergence Measure = "divergence"
	// Perplexity is that of held-out documents.
	Perplexity Measure = "perplexity"
	// NPMI and CV are coherences, the means over topics.
	NPMI Measure = "npmi"
	CV   Measure = "c_v"
	// Diversity is the share of distinct words among the top words.
	Diversity Measure = "diversity"
	// Seconds is how long the fit took.
	Seconds Measure = "seconds"
)

// Of is a measure of the nth fit of a row; NaN if it is not known.
func (row *Row) Of(m Measure, n int) float64 {
	switch m {
	case Divergence:
		return row.Fits[n].Left
	case Perplexity:
		if p := row.Fits[n].Perplexity; p > 0 {
			return p
		}
	case NPMI:
		return row.Measured[n].NPMI
	case CV:
		return row.Measured[n].CV
	case Diversity:
		return row.Measured[n].Diversity
	case Seconds:
		return row.Fits[n].Seconds
	}
	return math.NaN()
}

// Mean is a measure's mean over the fits of a row; NaN if it is not known of all.
func (row *Row) Mean(m Measure) float64 {
	sum := 0.0
	for n := range row.Fits {
		sum += row.Of(m, n)
	}
	return sum / float64(len(row.Fits))
}

// Range is the least and the largest value of a measure among the fits of a row.
func (row *Row) Range(m Measure) (low, high float64) {
	low, high = math.Inf(1), math.Inf(-1)
	for n := range row.Fits {
		low, high = min(low, row.Of(m, n)), max(high, row.Of(m, n))
	}
	return low, high
}

// MeanStability is the mean over topics; NaN if nothing is known.
func (row *Row) MeanStability() float64 {
	sum := 0.0
	for _, s := range row.Stability {
		sum += s
	}
	return sum / float64(len(row.Stability))
}

// LeastStability is that of the least stable topic; NaN if nothing is known.
func (row *Row) LeastStability() float64 {
	if len(row.Stability) == 0 {
		return math.NaN()
	}
	return row.Stability[len(row.Stability)-1]
}
