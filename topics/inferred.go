package topics

import (
	"fmt"
	"math"
)

// Inferred says that a model's documents are others than those from which its topics were
// learned. Paths, Base, Reading and Ledger of the Origin are then of these documents, and all
// else is of the model from which they were inferred.
type Inferred struct {
	// From is that model, as the user named it, and Paths what it was made from.
	From  string   `json:"from"`
	Paths []string `json:"paths,omitempty"`
	// Documents is how many it has.
	Documents int `json:"documents"`
	// By is the name and version of the program that inferred them.
	By string `json:"by,omitempty"`
}

// With is the model with other documents in the place of its own, of which Infer has found the
// topics as fitted. They were found and read as origin says: its Paths, Base, Reading, Ledger
// and Program. Words, labels and journal stay.
func (m *Model) With(d *DocumentTopics, from string, origin Origin) *Model {
	with := *m.Fitted()
	about := Inferred{From: from, Paths: with.Origin.Paths, Documents: len(with.Documents), By: origin.Program}
	if was := with.Origin.Inferred; was != nil { // the words are of the model before
		about.Paths, about.Documents = was.Paths, was.Documents
	}
	with.LearnedShares = with.Learned()
	with.DocumentTopics = *d
	o := &with.Origin
	o.Paths, o.Base, o.Reading, o.Ledger, o.Inferred = origin.Paths, origin.Base, origin.Reading, origin.Ledger, &about
	return &with
}

// checkLearned finds fault with shares by which words could not be ranked.
func (m *Model) checkLearned() error {
	if m.LearnedShares == nil {
		return nil
	}
	if len(m.LearnedShares) != m.Topics() {
		return fmt.Errorf("shares of %d topics for %d", len(m.LearnedShares), m.Topics())
	}
	sum := 0.0
	for _, share := range m.LearnedShares {
		if !(share >= 0 && share <= 1) {
			return fmt.Errorf("a share of %v", share)
		}
		sum += share
	}
	if sum != 0 && math.Abs(sum-1) > 1e-3 {
		return fmt.Errorf("the shares sum to %v", sum)
	}
	return nil
}
