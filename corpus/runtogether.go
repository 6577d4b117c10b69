package corpus

import (
	"cmp"
	"encoding/binary"
	"unicode"
	"unicode/utf8"
)

// Where the blanks between words were lost, as in scans that were badly recognised and in PDFs from
// which only the letters were taken, whole sentences count as one word that no other text has. Such
// a document has many letters in runs that are longer than words get: those of 40 letters or more,
// each counted once, are a quarter of it. The longest words of novels and statutes in German and Finnish have
// some 40 to 60, and stand there once. Scripts that put no blanks between words do not count.

const (
	longRun      = 40
	longLetters  = 200 // in long runs, at least: one long word may be all that a short text has
	longRunShare = 0.25
)

// runsTogether finds the first long run of a document of which the words run together; empty if they
// do not. A run has one of each longRun bytes, so that a look at these passes over most of a text.
func runsTogether(text string) (first string) {
	long := 0
	var seen map[string]bool // what comes again is a word
	for at := longRun - 1; at < len(text); at += longRun {
		if !mayBeLetter(text[at]) || at+8 < len(text) && isBounded(text[at-7:at+9]) {
			continue
		}
		from, to := at, at
		for from > 0 && mayBeLetter(text[from-1]) {
			from--
		}
		for to < len(text) && mayBeLetter(text[to]) {
			to++
		}
		if to-from >= longRun {
			for _, run := range longRuns(text[from:to]) {
				if seen == nil {
					seen = map[string]bool{}
				}
				if !seen[run] {
					seen[run], first = true, cmp.Or(first, run)
					long += len(run)
				}
			}
		}
		at = to - 1
	}
	if long < longLetters || float64(long) < longRunShare*float64(len(text)) {
		return ""
	}
	return first
}

// isBounded tells whether a byte below the letters is among the first eight and among the last eight of
// sixteen: most places in a text are seen to be in a short word by that.
func isBounded(sixteen string) bool {
	const ones, tops = 0x0101010101010101, 0x8080808080808080
	raw := bytesOf(sixteen)
	before, after := binary.LittleEndian.Uint64(raw), binary.LittleEndian.Uint64(raw[8:])
	return (before-'A'*ones)&^before&tops != 0 && (after-'A'*ones)&^after&tops != 0
}

func mayBeLetter(b byte) bool { return b|0x20 >= 'a' && b|0x20 <= 'z' || b >= utf8.RuneSelf }

// longRuns are the long runs of letters.
func longRuns(text string) (runs []string) {
	from, letters, spaced := 0, 0, true
	end := func(to int) {
		if letters >= longRun && spaced {
			runs = append(runs, text[from:to])
		}
		letters, spaced = 0, true
	}
	for i, r := range text {
		switch {
		case !unicode.IsLetter(r) && !unicode.IsMark(r):
			end(i)
			from = i + utf8.RuneLen(r)
			continue
		case r >= firstUnspaced && unicode.In(r, unspaced...):
			spaced = false
		}
		letters++
	}
	end(len(text))
	return runs
}
