package topics

import (
	"slices"

	"klew/nmf"
)

// Assignment is a topic, by its place, that is to have a number; both from 0.
type Assignment struct{ Number, Topic int }

// Assign renumbers the topics of a model as fitted. Of assignments of one number, or of one
// topic, the first holds. The other topics get the lowest numbers that are left from used on, in
// their order; Assign returns these. Numbers up to the highest that nobody has become Gaps.
func (m *Model) Assign(wanted []Assignment, used int) (free []int) {
	taken := make([]bool, m.Topics())
	var order []int
	put := func(number, k int) {
		for number >= len(order) {
			order = append(order, -1)
		}
		order[number], taken[k] = k, true
	}
	for _, a := range wanted {
		if !taken[a.Topic] && (a.Number >= len(order) || order[a.Number] < 0) {
			put(a.Number, a.Topic)
		}
	}
	for k := range taken {
		if taken[k] {
			continue
		}
		for used < len(order) && order[used] >= 0 {
			used++
		}
		put(used, k)
		free = append(free, used)
	}
	m.arrange(order)
	return free
}

// arrange makes topic order[k] topic k, and leaves a gap where that is -1.
func (m *Model) arrange(order []int) {
	m.Gaps = nil
	for k, from := range order {
		if from < 0 {
			m.Gaps = append(m.Gaps, k)
		}
	}
	if m.Gaps == nil {
		m.Renumber(order)
		return
	}
	m.W = nmf.NewW(m.W.Items(), len(order), arranged(m.W, order))
	m.H = nmf.NewH(len(order), m.H.Items(), arranged(m.H, order))
	m.Scale, m.Stability = permuted(m.Scale, order), permuted(m.Stability, order)
	m.Outcome.renumber(order)
	m.Origin.Fitting.Topics = len(order)
}

func arranged(f *nmf.Factor, order []int) []float32 {
	data := make([]float32, f.Items()*len(order))
	for n := range f.Items() {
		for k, from := range order {
			if from >= 0 {
				data[n*len(order)+k] = f.Item(n)[from]
			}
		}
	}
	return data
}

// isGap reports whether a place of a model as fitted is a gap.
func (m *Model) isGap(k int) bool { return m.edited == nil && slices.Contains(m.Gaps, k) }
