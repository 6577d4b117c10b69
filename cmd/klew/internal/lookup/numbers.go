package lookup

import (
	"fmt"
	"strings"

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
