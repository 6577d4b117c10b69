package topics

import "slices"

// Assignment is a topic, by its place, that is to have a number; both from 0.
type Assignment struct{ Number, Topic int }

// Assign renumbers the topics of a model as fitted. Of assignments of one number, or of one
// topic, the first holds. The other topics get the numbers that are left, in their order;
// Assign returns these numbers.
func (m *Model) Assign(wanted []Assignment) (free []int) {
	order, taken := make([]int, m.Topics()), make([]bool, m.Topics())
	for k := range order {
		order[k] = -1
	}
	for _, a := range wanted {
		if order[a.Number] < 0 && !taken[a.Topic] {
			order[a.Number], taken[a.Topic] = a.Topic, true
		}
	}
	for k := range order {
		if order[k] < 0 {
			order[k] = slices.Index(taken, false)
			taken[order[k]] = true
			free = append(free, k)
		}
	}
	m.Renumber(order)
	return free
}
