package lookup

import (
	"klew/cmd/klew/internal/print"
	"klew/topics"
)

// Numbers are the numbers that people know topics by.
func Numbers(m *topics.Model, of []int) []int {
	numbers := make([]int, len(of))
	for i, k := range of {
		numbers[i] = m.Number(k)
	}
	return numbers
}

// SayEmpty says which topics are empty.
func SayEmpty(to *print.Console, m *topics.Model) {
	switch empty := Numbers(m, m.Empty()); {
	case len(empty) == 1:
		to.Say("klew: topic %d is empty: no document has it; there may be fewer topics in the texts", empty[0])
	case len(empty) > 1:
		to.Say("klew: topics %s are empty: no document has them; there may be fewer topics in the texts", topics.Listed(empty))
	}
}
