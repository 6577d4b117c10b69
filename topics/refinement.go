package topics

import (
	"fmt"
	"math"

	"klew/nmf"
)

// refinement is nmf.Refinement in the section INFO.
type refinement struct {
	Done       bool      `json:"done"`
	Reason     string    `json:"reason"`
	Divergence float64   `json:"divergence_before"`
	Alpha      []float64 `json:"alpha,omitempty"`
	Eta        float64   `json:"eta,omitempty"`
	Passes     int       `json:"passes,omitempty"`
	Tokens     float64   `json:"tokens_per_document"`
	Without    float64   `json:"perplexity_without,omitempty"`
	With       float64   `json:"perplexity_with,omitempty"`
}

// checkRefinement finds fault with pseudo-counts that could not be.
func (m *Model) checkRefinement() error {
	r := m.Outcome.Refinement
	if r == nil {
		return nil
	}
	if r.Done != (len(r.Alpha) == m.Topics()) {
		return fmt.Errorf("pseudo-counts of %d topics for %d", len(r.Alpha), m.Topics())
	}
	for _, x := range append([]float64{r.Eta}, r.Alpha...) {
		if !(x >= 0 && x <= math.MaxFloat32) {
			return fmt.Errorf("a pseudo-count of %v", x)
		}
	}
	return nil
}

// renumber makes topic order[k] topic k of what is kept of the refinement.
func (o *Outcome) renumber(order []int) {
	if o.Refinement != nil {
		r := *o.Refinement
		r.Alpha = permuted(r.Alpha, order)
		o.Refinement = &r
	}
}

// refinementOf reads what a file says.
func refinementOf(r *refinement) *nmf.Refinement {
	if r == nil {
		return nil
	}
	kept := nmf.Refinement(*r)
	return &kept
}
