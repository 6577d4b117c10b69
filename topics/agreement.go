package topics

import "math"

// Agreement compares inferred proportions with fitted ones, for the documents that the
// model was fitted to: those with the same ID and the same text, as far as anything of
// it was counted. It returns their number and the mean absolute difference of a
// proportion.
func (m *Model) Agreement(inferred *DocumentTopics) (documents int, difference float64) {
	fitted := make(map[string]int, len(m.Documents))
	for j, d := range m.Documents {
		fitted[d.ID] = j
	}
	for i, d := range inferred.Documents {
		j, known := fitted[d.ID]
		if !known || d.Tokens == 0 || d.Checksum != m.Documents[j].Checksum {
			continue
		}
		documents++
		was := m.Proportions(j)
		for k, p := range inferred.Proportions(i) {
			difference += math.Abs(p - was[k])
		}
	}
	if documents > 0 {
		difference /= float64(documents * m.Topics())
	}
	return documents, difference
}
