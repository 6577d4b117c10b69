package topics

import (
	"cmp"
	"slices"
)

// Seat renumbers the topics of a model as fitted for pins that do not know them: the words
// that are pinned to one number belong together, and the topic that has most of them gets
// that number. Of two that want the same topic the one with more of it has it.
func (m *Model) Seat(pins []Edit) {
	wanted := m.wanted(pins)
	order := make([]int, m.Topics())
	taken := make([]bool, m.Topics())
	for k := range order {
		order[k] = -1
	}
	for _, s := range wanted {
		if order[s.number] < 0 && !taken[s.topic] {
			order[s.number], taken[s.topic] = s.topic, true
		}
	}
	for k := range order {
		if order[k] < 0 {
			order[k] = slices.Index(taken, false)
			taken[order[k]] = true
		}
	}
	m.Renumber(order)
}

// seat is a topic that might get a number, with the tokens of the pinned words in it.
type seat struct {
	number, topic int
	tokens        float64
}

// wanted lists seats, those with most tokens first.
func (m *Model) wanted(pins []Edit) (seats []seat) {
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
	for number := range m.Topics() {
		for topic, x := range tokens[number] {
			seats = append(seats, seat{number, topic, x})
		}
	}
	slices.SortStableFunc(seats, func(a, b seat) int { return cmp.Compare(b.tokens, a.tokens) })
	return seats
}
