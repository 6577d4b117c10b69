package corpus

import (
	"encoding/binary"
	"math/bits"
	"strings"
)

// Passages of a text are its lines, and the sentences of long ones, without the white space
// around them. What is very short is none, for it says nothing, and what is very long neither.
const (
	shortestPassage = 10 // bytes
	longestPassage  = 1000
	longestLine     = 120     // bytes of a line that is not cut into sentences
	mostPassages    = 1 << 20 // of a text that are looked at
)

// sentenceEnds are what a sentence may end with, and the next may begin behind.
var sentenceEnds = [...]string{". ", "! ", "? ", "。"}

// eachPassage hands out where the passages of a text begin and end, as long as it is wanted.
func eachPassage(text string, take func(from, to int)) {
	for from := 0; from < len(text); {
		end := len(text)
		if n := strings.IndexByte(text[from:], '\n'); n >= 0 {
			end = from + n
		}
		if end-from > longestLine {
			from = eachSentence(text, from, end, take)
		}
		takeTrimmed(text, from, end, take)
		from = end + 1
	}
}

// eachSentence hands out the sentences of a line, and returns where the last begins. The next
// place of each kind of end is remembered, so that a line is searched once for each.
func eachSentence(text string, from, end int, take func(from, to int)) int {
	var next [len(sentenceEnds)]int
	for end-from > longestLine {
		first := end
		for i, mark := range sentenceEnds {
			if next[i] <= from {
				next[i] = end
				if n := strings.Index(text[from:end], mark); n >= 0 {
					next[i] = from + n + len(mark)
				}
			}
			first = min(first, next[i])
		}
		if first == end {
			break
		}
		takeTrimmed(text, from, first, take)
		from = first
	}
	return from
}

// takeTrimmed hands out a piece of text, unless it is too short or too long.
func takeTrimmed(text string, from, to int, take func(from, to int)) {
	for from < to && text[from] <= ' ' {
		from++
	}
	for to > from && text[to-1] <= ' ' {
		to--
	}
	if to-from >= shortestPassage && to-from <= longestPassage {
		take(from, to)
	}
}

// appendPassages adds the hashes of the passages of a text.
func appendPassages(hashes []uint64, text string) []uint64 {
	most := len(hashes) + mostPassages
	eachPassage(text, func(from, to int) {
		if len(hashes) < most {
			hashes = append(hashes, passageHash(text[from:to]))
		}
	})
	return hashes
}

// passageHash is a hash of at least eight bytes, the same for passages that differ in their numbers
// alone: dates, pages, counts of messages. Few have any, so that it is seen first whether there are.
func passageHash(text string) uint64 {
	hash, digits := hashOf(bytesOf(text))
	if digits {
		var room [longestPassage + 8]byte
		hash, _ = hashOf(withoutNumbers(&room, text))
	}
	return hash
}

// withoutNumbers is a passage with a 0 for each number, with what stands between its digits. It has
// eight bytes at least.
func withoutNumbers(room *[longestPassage + 8]byte, text string) []byte {
	n, inside := 0, false
	for i := range len(text) {
		c := text[i]
		if isDigit(c) {
			if inside {
				continue
			}
			c, inside = '0', true
		} else if inside {
			if (c == '.' || c == ',') && i+1 < len(text) && isDigit(text[i+1]) {
				continue
			}
			inside = false
		}
		room[n] = c
		n++
	}
	return room[:max(n, 8)]
}

func isDigit(c byte) bool { return c-'0' < 10 }

// hashOf is a hash of at least eight bytes, the same in each run and on each machine, so that
// what is found does not depend on them: the product of 128 bits, folded, for each 16 bytes, as
// wyhash has it, and at the end for the last 16, whichever of them have come before. It tells
// whether there are digits among the bytes.
func hashOf(raw []byte) (hash uint64, digits bool) {
	const a, b = 0x9e3779b97f4a7c15, 0xbf58476d1ce4e5b9
	last := [2]uint64{
		binary.LittleEndian.Uint64(raw[max(0, len(raw)-16):]),
		binary.LittleEndian.Uint64(raw[len(raw)-8:]),
	}
	h, found := uint64(len(raw))^a, digitsIn(last[0])|digitsIn(last[1])
	for ; len(raw) > 16; raw = raw[16:] {
		x, y := binary.LittleEndian.Uint64(raw), binary.LittleEndian.Uint64(raw[8:])
		found |= digitsIn(x) | digitsIn(y)
		h = folded(x^h, y^b)
	}
	return max(1, folded(folded(last[0]^h, last[1]^b), a)), found != 0
}

// digitsIn is not 0 if one of eight bytes is a digit: 0 to 9 once the bits of 0 are turned.
func digitsIn(eight uint64) uint64 {
	const ones, tops = 0x0101010101010101, 0x8080808080808080
	turned := eight ^ '0'*ones
	return ^(turned | turned&^tops + (0x80-10)*ones) & tops
}

func folded(x, y uint64) uint64 {
	high, low := bits.Mul64(x, y)
	return high ^ low
}
