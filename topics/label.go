package topics

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	// labelWords is the number of words in a label, at most.
	labelWords = 3
	// labelTerms is how many terms may come into a label, phraseTerms how many of them
	// are near enough to the front for a phrase among them to begin it.
	labelTerms, phraseTerms = 40, 8
)

// Labels returns a label of each topic, two or three words by which to remember it:
// the terms first by Divergence, but
//
//   - a phrase among the first of them begins it, since two words say more together,
//   - a term is in the label of no topic but the one that has most of its tokens, unless
//     that leaves less than two words,
//   - terms that look alike ("jew jewish", "armenian armenia") are not both in it, and
//     none is that has less than three letters, or more digits than letters.
//
// Where no term can be read, a label is the first of them as they are. No two labels are the
// same. A topic without words is called so. Where the user has named
// a topic, that is its label.
func (m *Model) Labels() []string {
	r, owners := NewRanker(m), m.owners()
	labels, taken := make([]string, m.Topics()), map[string]bool{}
	for k := range labels {
		labels[k] = m.OwnLabel(k)
		taken[labels[k]] = true
	}
	for k := range labels {
		if labels[k] != "" {
			continue
		}
		l := m.newLabel(r.Top(k, labelTerms, Divergence, 0))
		l.extend(labelWords, func(row int) bool { return owners[row] == k })
		if l.words < 2 {
			l.extend(2, func(int) bool { return true })
		}
		if l.words == 0 { // names of terms that are no words, as in a matrix
			l.chosen = l.candidates[:min(labelWords, len(l.candidates))]
		}
		labels[k] = l.unlike(taken)
		taken[labels[k]] = true
	}
	return labels
}

// owners returns for each term the topic that has most of its tokens, the first of equals.
func (m *Model) owners() []int {
	shares, owners := m.Learned(), make([]int, m.W.Items())
	for w := range owners {
		most := uint32(0)
		for k, x := range m.W.Item(w) {
			if size := fiveDigits(float32(shares[k] * float64(x))); size > most {
				owners[w], most = k, size
			}
		}
	}
	return owners
}

// labelDraft is a label in the making.
type labelDraft struct {
	model      *Model
	candidates []Ranked
	chosen     []Ranked
	words      int
}

func (m *Model) newLabel(candidates []Ranked) *labelDraft {
	l := &labelDraft{model: m}
	for i, c := range candidates {
		if i < phraseTerms && m.IsPhrase(c.Row) {
			l.candidates = append(l.candidates, c)
			break
		}
	}
	l.candidates = append(l.candidates, candidates...)
	return l
}

// extend adds words while there are less than most.
func (l *labelDraft) extend(most int, may func(row int) bool) {
	for _, c := range l.candidates {
		words := termWords(c.Term)
		if l.words+len(words) <= labelWords && l.words < most && may(c.Row) && l.fits(c, words) {
			l.chosen = append(l.chosen, c)
			l.words += len(words)
		}
	}
}

// fits reports whether a term can be read, and is unlike those that are chosen.
func (l *labelDraft) fits(c Ranked, words []string) bool {
	stems := termWords(l.model.Vocabulary.Terms[c.Row].Stem)
	for _, word := range words {
		if !readable(word) {
			return false
		}
	}
	for _, other := range l.chosen {
		for _, b := range termWords(l.model.Vocabulary.Terms[other.Row].Stem) {
			for _, a := range stems {
				if alike(a, b) {
					return false
				}
			}
		}
	}
	return true
}

// unlike is the label in words, longer than others if it would be the same as one that is
// taken.
func (l *labelDraft) unlike(taken map[string]bool) string {
	for _, c := range l.candidates {
		if !taken[l.String()] {
			break
		}
		if words := termWords(c.Term); l.fits(c, words) {
			l.chosen = append(l.chosen, c)
		}
	}
	text := l.String()
	for n := 2; taken[text]; n++ {
		text = fmt.Sprintf("%s (%d)", l, n)
	}
	return text
}

func (l *labelDraft) String() string {
	if len(l.chosen) == 0 {
		return "no words"
	}
	var words []string
	for _, c := range l.chosen {
		words = append(words, termWords(c.Term)...)
	}
	return strings.Join(words, " ")
}

// IsPhrase reports whether a term is several words that belong together.
func (m *Model) IsPhrase(row int) bool {
	joins := m.Origin.Counting.Phrases || m.Origin.Counting.NGrams.To > 1
	return joins && len(termWords(m.Vocabulary.Terms[row].Stem)) > 1
}

// termWords are the words of a term, which are joined by "_".
func termWords(term string) []string {
	return strings.FieldsFunc(term, func(r rune) bool { return r == '_' })
}

// readable reports whether a word says something by itself. Two letters are an
// abbreviation, but for scripts without capitals, where they are a word or a part of one.
func readable(word string) bool {
	letters, cased := 0, 0
	for _, r := range word {
		if unicode.IsLetter(r) || unicode.IsMark(r) {
			letters++
		}
		if unicode.IsLower(r) || unicode.IsUpper(r) {
			cased++
		}
	}
	others := utf8.RuneCountInString(word) - letters
	return letters > others && (cased == 0 || letters >= 3)
}

// alike reports whether two stems are forms of a word, as far as their letters show: one
// begins with the other, or both with the same letters, four at least and two thirds of
// the shorter.
func alike(a, b string) bool {
	x, y := []rune(a), []rune(b)
	least, common := min(len(x), len(y)), 0
	for common < least && x[common] == y[common] {
		common++
	}
	return common == least && (common >= 3 || len(x) == len(y)) || common >= 4 && 3*common >= 2*least
}
