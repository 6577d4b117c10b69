package topics

import (
	"cmp"
	"slices"
)

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

// AssignPinned renumbers the topics of a model as fitted for pins that do not know them: the
// words that are pinned to one number belong together, and the topic that has most of their
// tokens gets that number. Of two numbers that want the same topic the one with more of it
// has it.
func (m *Model) AssignPinned(pins []Edit) {
	tokens := m.pinnedTokens(pins)
	var wanted []Assignment
	for number := range m.Topics() {
		for topic := range tokens[number] {
			wanted = append(wanted, Assignment{number, topic})
		}
	}
	slices.SortStableFunc(wanted, func(a, b Assignment) int {
		return cmp.Compare(tokens[b.Number][b.Topic], tokens[a.Number][a.Topic])
	})
	m.Assign(wanted)
}

// pinnedTokens is how many tokens of the words that are pinned to a number each topic has,
// by number.
func (m *Model) pinnedTokens(pins []Edit) map[int][]float64 {
	tokens := make(map[int][]float64)
	mass, rows := m.H.Sums(), m.Vocabulary.RowsOf(wordsOf(pins))
	for n, e := range pins {
		if e.Verb != PinWord || e.Topic >= m.Topics() {
			continue
		}
		if tokens[e.Topic] == nil {
			tokens[e.Topic] = make([]float64, m.Topics())
		}
		for _, i := range rows[n] {
			for k, x := range m.W.Item(i) {
				tokens[e.Topic][k] += float64(x) * mass[k]
			}
		}
	}
	return tokens
}
