package records

import (
	"hash/maphash"
	"strings"
	"unsafe"
)

// shortTexts makes one string of short texts that come again and again: dates, numbers, places, names
// of columns. It remembers some of the last that came, so that a million rows hold hundreds of values
// in place of millions.
type shortTexts struct {
	last [1 << 10]string
}

// longestShort is the size of a text up to which it is worth looking for.
const longestShort = 40

var shortSeed = maphash.MakeSeed()

// of is a text as a string of its own, which keeps nothing else in memory.
func (s *shortTexts) of(text string) string {
	if len(text) > longestShort {
		return strings.Clone(text)
	}
	slot := &s.last[maphash.String(shortSeed, text)%uint64(len(s.last))]
	if *slot != text {
		*slot = strings.Clone(text)
	}
	return *slot
}

// ofBytes is of for bytes that will be written over.
func (s *shortTexts) ofBytes(text []byte) string {
	return s.of(unsafe.String(unsafe.SliceData(text), len(text)))
}
