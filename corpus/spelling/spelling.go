// Package spelling compares how words are written: it finds what was probably meant by a
// word that is not known, and says so.
package spelling

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// Distance is the optimal string alignment distance of two words: how many characters must
// be put in, left out, replaced, or swapped with their neighbour to make one of the other.
func Distance(a, b string) int { return distance([]rune(a), []rune(b), false) }

// DistanceToEnd is the least Distance of a word to any end of a text (Sellers 1980): 0 if the
// text ends with it.
func DistanceToEnd(text, word string) int { return distance([]rune(text), []rune(word), true) }

// distance goes through the text and keeps the last three columns of the table of distances
// between beginnings of the two. With anyStart the characters that the text begins with cost
// nothing.
func distance(text, word []rune, anyStart bool) int {
	before, last, next := make([]int, len(word)+1), make([]int, len(word)+1), make([]int, len(word)+1)
	for k := range last {
		last[k] = k
	}
	for i, c := range text {
		if next[0] = i + 1; anyStart {
			next[0] = 0
		}
		for k, w := range word {
			replaced := last[k]
			if c != w {
				replaced++
			}
			next[k+1] = min(replaced, last[k+1]+1, next[k]+1)
			if i > 0 && k > 0 && c == word[k-1] && text[i-1] == w {
				next[k+1] = min(next[k+1], before[k-1]+1)
			}
		}
		before, last, next = last, next, before
	}
	return last[len(word)]
}

// Allowed is how many changes still leave a word recognisable: one, and one more for each four
// characters beyond three.
func Allowed(word string) int { return 1 + max(0, utf8.RuneCountInString(word)-3)/4 }

// Nearest returns the one of some words that another was probably meant to be, without regard
// to capitals; none if all are too different. The first of several that are as near is
// returned.
func Nearest[T ~string](word T, known []T) (nearest T, ok bool) {
	lower := strings.ToLower(string(word))
	changes := func(k T) int { return Distance(strings.ToLower(string(k)), lower) }
	if len(known) == 0 || word == "" {
		return "", false
	}
	nearest = slices.MinFunc(known, func(a, b T) int { return cmp.Compare(changes(a), changes(b)) })
	return nearest, changes(nearest) <= Allowed(lower)
}

// OneOf returns an error that names the choices, and the nearest one, unless got is one of them:
//
//	"cvs": must be one of csv, tsv, json (did you mean csv?)
func OneOf[T ~string](got T, choices []T) error {
	if slices.Contains(choices, got) {
		return nil
	}
	names := make([]string, len(choices))
	for i, c := range choices {
		names[i] = string(c)
	}
	hint := ""
	if nearest, ok := Nearest(got, choices); ok {
		hint = fmt.Sprintf(" (did you mean %s?)", string(nearest))
	}
	return fmt.Errorf("%q: must be one of %s%s", string(got), strings.Join(names, ", "), hint)
}
