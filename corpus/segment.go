package corpus

import (
	"errors"
	"fmt"
	"iter"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// segmenter cuts documents into segments, as Options.Segment says:
//
//	lines         at the end of each line; lines that are empty are no segments
//	paragraphs    at empty lines
//	words:500     after 500 words at most
//
// A long text is cut after so many words, or a little before: at the end of a paragraph
// or else of a sentence, if there is one among the last fifth. What would leave a short
// rest is cut in two of about the same length: 501 words are 250 and 251, not 500 and 1.
// So no segment has more words than asked for, and none less than about a third of them,
// but for documents that are as short as that.
//
// All of a text is in exactly one segment, but for white space between them. A text
// without any is one segment, so that its document keeps a row.
type segmenter func(text string) iter.Seq[string]

// newSegmenter reads Options.Segment; nil means not to cut.
func newSegmenter(how string) (segmenter, error) {
	switch number, words := strings.CutPrefix(how, "words:"); {
	case how == "":
		return nil, nil
	case how == "lines":
		return cutLines, nil
	case how == "paragraphs":
		return cutParagraphs, nil
	case words:
		n, err := strconv.Atoi(number)
		if err != nil || n < 1 || n > MaxSize {
			return nil, fmt.Errorf("segments of %q: the number of words must be from 1 to 2^30, as in words:500", how)
		}
		return func(text string) iter.Seq[string] { return cutWords(text, n) }, nil
	}
	return nil, errors.New("segments can be lines, paragraphs, or words:500 with any number, not " + strconv.Quote(how))
}

// segments are the segments of a document, which is the parent of all of them.
func (cut segmenter) segments(d Document) iter.Seq[Document] {
	return func(yield func(Document) bool) {
		segment, n := d, 0
		segment.Parent = d.ID
		place := func(n int) string {
			if d.Place == "" {
				return ""
			}
			return fmt.Sprintf("%s#%d", d.Place, n)
		}
		segment.Meta = slices.Clip(d.Meta)
		for text := range cut(d.Text) {
			n++
			segment.ID, segment.Place, segment.Text = fmt.Sprintf("%s#%d", d.ID, n), place(n), text
			if !yield(segment) {
				return
			}
		}
		if n == 0 {
			segment.ID, segment.Place, segment.Text = d.ID+"#1", place(1), ""
			yield(segment)
		}
	}
}

// lineEnd finds the first end of a line at or after from, and where the next begins:
// \n, \r\n, \r, and Unicode's separators.
func lineEnd(text string, from int) (end, next int) {
	at := strings.IndexFunc(text[from:], func(r rune) bool {
		return r == '\n' || r == '\r' || r == '\u2028' || r == '\u2029'
	})
	if at < 0 {
		return len(text), len(text)
	}
	end = from + at
	if strings.HasPrefix(text[end:], "\r\n") {
		return end, end + 2
	}
	_, size := utf8.DecodeRuneInString(text[end:])
	return end, end + size
}

func cutLines(text string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for from := 0; from < len(text); {
			end, next := lineEnd(text, from)
			if line := strings.TrimSpace(text[from:end]); line != "" && !yield(line) {
				return
			}
			from = next
		}
	}
}

func cutParagraphs(text string) iter.Seq[string] {
	return func(yield func(string) bool) {
		begin := 0
		for from := 0; from < len(text); {
			end, next := lineEnd(text, from)
			if blank := strings.TrimSpace(text[from:end]) == ""; blank || next == len(text) {
				if p := strings.TrimSpace(text[begin:next]); p != "" && !yield(p) {
					return
				}
				begin = next
			}
			from = next
		}
	}
}

// How good a place between two words is for a cut.
const (
	betweenWords = iota
	afterSentence
	afterParagraph
)

func cutWords(text string, n int) iter.Seq[string] {
	return func(yield func(string) bool) {
		var words [][2]int // a few segments ahead: those of a long text would not fit
		for from := 0; ; {
			words, from = wordBounds(text, words, from, 2*n)
			if len(words) == 0 {
				return
			}
			at := cutBefore(text, words, n)
			if !yield(text[words[0][0]:words[at-1][1]]) {
				return
			}
			words = append(words[:0], words[at:]...)
		}
	}
}

// wordBounds appends the starts and ends of words from there on, until there are so many.
func wordBounds(text string, words [][2]int, from, enough int) ([][2]int, int) {
	for len(words) < enough {
		start, end := nextWord(text, from)
		if start == len(text) {
			break
		}
		words = append(words, [2]int{start, end})
		from = end
	}
	return words, from
}

// cutBefore is the number of words in the next segment, of those that are left, or of
// 2n if there are more.
func cutBefore(text string, words [][2]int, n int) int {
	left := len(words)
	if left <= n {
		return left
	}
	aim, least, most := n, n-n/5, n
	if left < 2*n {
		aim = left / 2
		least, most = max(left-n, aim-aim/5), min(n, aim+aim/5)
	}
	best, at := -1, aim
	for i := least; i <= most; i++ {
		place := placeOf(text, words[i-1], words[i][0])
		nearer := max(i-aim, aim-i) <= max(at-aim, aim-at)
		if place > best || place == best && nearer {
			best, at = place, i
		}
	}
	if best == betweenWords {
		return aim
	}
	return at
}

// placeOf says what lies between a word and the start of the next.
func placeOf(text string, word [2]int, next int) int {
	if gap := text[word[1]:next]; isParagraphEnd(gap) {
		return afterParagraph
	} else if isSentenceEnd(text[word[0]:word[1]], gap) {
		return afterSentence
	}
	return betweenWords
}

// isParagraphEnd says whether white space holds an empty line.
func isParagraphEnd(gap string) bool {
	_, next := lineEnd(gap, 0)
	end, _ := lineEnd(gap, next)
	return end < len(gap) || strings.Contains(gap, "\u2029")
}

// isSentenceEnd says whether a sentence ends with a word: with a full stop and what may
// close behind it, and white space, which the full stops of China and Japan do not need.
// An abbreviation counts as an end of a sentence, too: a text may be cut there as well as
// anywhere.
func isSentenceEnd(word, gap string) bool {
	word = strings.TrimRightFunc(word, func(r rune) bool {
		return r == '"' || r == '\'' || unicode.In(r, unicode.Pe, unicode.Pf, unicode.Pi)
	})
	last, _ := utf8.DecodeLastRuneInString(word)
	return strings.ContainsRune("。！？｡", last) || gap != "" && strings.ContainsRune(".!?…؟।։።", last)
}
