package usage

import "strings"

// Join lists names with commas between them.
func Join[S ~string](names []S) string {
	all := make([]string, len(names))
	for i, n := range names {
		all[i] = string(n)
	}
	return strings.Join(all, ", ")
}
