package topics

import (
	"strconv"
	"strings"
)

// Listed writes numbers, such as those of topics, in a row: "3, 9 and 14".
func Listed(numbers []int) string {
	text := make([]string, len(numbers))
	for i, n := range numbers {
		text[i] = strconv.Itoa(n)
	}
	if last := len(text) - 1; last > 0 {
		return strings.Join(text[:last], ", ") + " and " + text[last]
	}
	return strings.Join(text, "")
}
