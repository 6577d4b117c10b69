package lookup

import (
	"fmt"
	"strings"

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
		to.Say("klew: topics %s are empty: no document has them; there may be fewer topics in the texts", Listed(empty))
	}
}

// Listed writes them in a row: "3, 9 and 14".
func Listed(numbers []int) string {
	var text strings.Builder
	for i, number := range numbers {
		switch i {
		case 0:
		case len(numbers) - 1:
			text.WriteString(" and ")
		default:
			text.WriteString(", ")
		}
		fmt.Fprint(&text, number)
	}
	return text.String()
}
