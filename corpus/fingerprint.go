package corpus

import (
	"crypto/sha256"
	"encoding/binary"
	"hash"
	"hash/maphash"
	"slices"
	"sync"
	"unicode"
	"unicode/utf8"
)

// fingerprint is what is kept of a text to tell whether another is the same.
type fingerprint struct {
	// exact is a hash of the text with each run of white space as one blank: the first 16
	// bytes of SHA-256, so that nobody can make two texts of one hash, nor will chance. Where repeats
	// are only counted it is a hash of 8 bytes, which takes half the time.
	exact [16]byte
	empty bool // the text is white space
	// sketch and bands are for near duplicates, and nil unless those are asked for.
	sketch []uint32
	bands  []uint32
}

// fingerprinter makes fingerprints. It may be used by many goroutines.
type fingerprinter struct {
	near    bool
	counted *maphash.Seed // where repeats are only counted, and else nil
	spaces  sync.Pool     // of *squeezer
}

// newHash is that of exact.
func (p *fingerprinter) newHash() hash.Hash {
	if p.counted == nil {
		return sha256.New()
	}
	quick := new(maphash.Hash)
	quick.SetSeed(*p.counted)
	return quick
}

func (p *fingerprinter) of(text string) fingerprint {
	s, ok := p.spaces.Get().(*squeezer)
	if !ok {
		s = &squeezer{hash: p.newHash()}
	}
	defer p.spaces.Put(s)
	f := fingerprint{}
	f.exact, f.empty = s.sum(text)
	if p.near && !f.empty {
		f.sketch, f.bands = sketchOf(text)
	}
	return f
}

// squeezer hashes texts with their white space squeezed.
type squeezer struct {
	hash   hash.Hash
	buffer [4096 + 1]byte
	result [sha256.Size]byte
}

// spaceOf tells of each byte whether it is white space (0) or not (1). Control characters
// are, as decode has it. The first bytes of characters that may be are told by -1: U+0085
// and U+00A0, U+1680, U+2000 and some after it, and U+3000.
var spaceOf = func() (t [256]int8) {
	for c := range t {
		if c > ' ' {
			t[c] = 1
		}
	}
	for _, c := range []byte{0xC2, 0xE1, 0xE2, 0xE3} {
		t[c] = -1
	}
	return t
}()

// sum hashes a text without white space at its ends and with a blank for each run of it
// inside.
func (s *squeezer) sum(text string) (sum [16]byte, empty bool) {
	s.hash.Reset()
	n, last, any := 0, int8(0), false
	raw := bytesOf(text)
	for i := 0; i < len(raw); {
		if n+8 >= len(s.buffer) {
			s.hash.Write(s.buffer[:n])
			n, any = 0, true
		}
		if len(raw)-i >= 8 {
			// Most of a text has no more than one blank or line end at a time. Byte by byte
			// alone the loop took twice as long as the hash itself; with this, a quarter of it.
			if eight, ok := singleBlanks(binary.LittleEndian.Uint64(raw[i:]), last == 0); ok {
				binary.LittleEndian.PutUint64(s.buffer[n:], eight)
				last = spaceOf[byte(eight>>56)]
				i, n = i+8, n+8
				continue
			}
		}
		for end := min(i+8, len(raw)); i < end; i++ {
			c, word := raw[i], spaceOf[raw[i]]
			if word < 0 {
				r, size := utf8.DecodeRuneInString(text[i:])
				if word = 1; unicode.IsSpace(r) {
					word, i = 0, i+size-1
				}
			}
			if word == 0 {
				c = ' '
			}
			s.buffer[n] = c
			n += int(word | last)
			last = word
		}
	}
	// What is left is a blank at the end, or none: all texts are hashed with one.
	if last != 0 {
		s.buffer[n] = ' '
		n++
	}
	s.hash.Write(s.buffer[:n])
	copy(sum[:], s.hash.Sum(s.result[:0]))
	return sum, n == 0 && !any
}

// singleBlanks makes a blank of all white space among eight bytes, the first of which is the lowest,
// if they are ASCII and none of it stands behind another.
func singleBlanks(eight uint64, blankBefore bool) (blanked uint64, ok bool) {
	const every, high = 0x0101010101010101, 0x8080808080808080
	blanks := ^(eight + (0x80-'!')*every) & high // no carry: all bytes are below 128, or it is for nothing
	before := blanks << 8
	if blankBefore {
		before |= 0x80
	}
	// The highest bit of each blank makes all of it, and its place the 0x20 that a blank is.
	return eight&^(blanks>>7*0xff) | blanks>>2, (eight&high)|(blanks&before) == 0
}

const (
	// shingleWords is the number of words in a shingle. One changed word changes five
	// shingles: of a hundred words then nine tenths are alike.
	shingleWords = 5
	// sketchSize is the number of shingles kept of a text.
	sketchSize = 64
	// A band is a few numbers that must all agree. Of texts that are alike to 0.8, 1 -
	// (1 - 0.8^4)^10 = 0.995 agree in one band at least, to 0.9 all but one in 40,000,
	// to 0.3 one in 13: these cost a comparison.
	bandRows, bandCount = 4, 10
)

// sketchOf makes the sketch of a text, and the bands by which texts like it are found.
//
// A text is the set of its shingles: each five words in a row, without capitals and
// punctuation; one with fewer words is one shingle. How alike two texts are is the share
// of their shingles that both have (Jaccard). The sketch is the 64 smallest hashes of
// shingles: of the 64 smallest that two texts have together, the share in both sketches
// is an estimate of it, with a standard deviation of 0.05 at 0.8, and exact for texts of
// fewer shingles. This is Broder's, "On the resemblance and containment of documents"
// (1997).
//
// The rows of the bands are the smallest hash in each of 40 ranges of hashes, which cost
// one hash for each shingle in place of 40 (Li, Owen and Zhang, "One permutation hashing",
// 2012); an empty range borrows from the next (Shrivastava and Li 2014).
func sketchOf(text string) (sketch, bands []uint32) {
	var all smallest
	var rows [bandRows * bandCount]uint32
	add := func(shingle uint32) {
		all.add(shingle)
		row := uint64(shingle) * uint64(len(rows)) >> 32
		if rows[row] == 0 || shingle < rows[row] {
			rows[row] = shingle
		}
	}
	var ring [shingleWords]uint64
	words := 0
	for from := 0; ; {
		start, end := nextWord(text, from)
		if start == len(text) {
			break
		}
		from = end
		if h := hashWord(text[start:end]); h != 0 {
			ring[words%shingleWords] = h
			if words++; words >= shingleWords {
				add(shingleOf(&ring, words, shingleWords))
			}
		}
	}
	if words == 0 {
		return nil, nil
	} else if words < shingleWords {
		add(shingleOf(&ring, words, words))
	}
	return all.list(), bandsOf(&rows)
}

// shingleOf hashes the last n words of those seen so far. It is never 0.
func shingleOf(ring *[shingleWords]uint64, words, n int) uint32 {
	h := uint64(n)
	for i := words - n; i < words; i++ {
		h = h*0x9E3779B97F4A7C15 + ring[i%shingleWords]
	}
	return max(1, uint32(mixed(h)>>32))
}

// hashWord hashes the letters, digits and marks of a word, without capitals. It is 0 for a
// word without any.
func hashWord(word string) uint64 {
	const offset, prime = 14695981039346656037, 1099511628211 // FNV-1a
	h := uint64(offset)
	for i := 0; i < len(word); i++ {
		c := word[i]
		if c >= utf8.RuneSelf {
			return hashRunes(word)
		} else if isWordByte(c) {
			h = (h ^ uint64(c|0x20)) * prime // 0x20 does nothing to digits
		}
	}
	if h == offset {
		return 0
	}
	return mixed(h)
}

func hashRunes(word string) uint64 {
	const offset, prime = 14695981039346656037, 1099511628211
	h := uint64(offset)
	for _, r := range word {
		if unicode.In(r, unicode.L, unicode.N, unicode.M) {
			h = (h ^ uint64(unicode.ToLower(r))) * prime
		}
	}
	if h == offset {
		return 0
	}
	return mixed(h)
}

// mixed spreads all bits of a number over all others (the end of MurmurHash3).
func mixed(h uint64) uint64 {
	h = (h ^ h>>33) * 0xFF51AFD7ED558CCD
	h = (h ^ h>>33) * 0xC4CEB9FE1A85EC53
	return h ^ h>>33
}

// bandsOf hashes the rows, band by band.
func bandsOf(rows *[bandRows * bandCount]uint32) []uint32 {
	bands := make([]uint32, bandCount)
	for b := range bands {
		h := uint64(b)
		for i := range bandRows {
			h = mixed(h + uint64(rowOf(rows, b*bandRows+i)))
		}
		bands[b] = uint32(h)
	}
	return bands
}

// rowOf is a row, or if it is empty the next that is not, with the distance.
func rowOf(rows *[bandRows * bandCount]uint32, row int) uint64 {
	for away := range rows {
		if x := rows[(row+away)%len(rows)]; x != 0 {
			return uint64(away)<<32 | uint64(x)
		}
	}
	return 0
}

// smallest keeps the smallest numbers of those added, each once.
type smallest struct {
	kept  []uint32
	limit uint32 // what is not below it does not count, once it is not 0
}

func (s *smallest) add(x uint32) {
	if s.limit != 0 && x >= s.limit {
		return
	}
	if s.kept = append(s.kept, x); len(s.kept) == 4*sketchSize {
		s.kept = s.list()
		if len(s.kept) == sketchSize {
			s.limit = s.kept[sketchSize-1]
		}
	}
}

// list is what was kept, rising.
func (s *smallest) list() []uint32 {
	slices.Sort(s.kept)
	s.kept = slices.Compact(s.kept)
	return s.kept[:min(len(s.kept), sketchSize)]
}

// alike estimates by their sketches how alike two texts are: shared of all.
func alike(a, b []uint32) (shared, all int) {
	for i, j := 0, 0; all < sketchSize && (i < len(a) || j < len(b)); all++ {
		switch {
		case j == len(b) || i < len(a) && a[i] < b[j]:
			i++
		case i == len(a) || b[j] < a[i]:
			j++
		default:
			i, j, shared = i+1, j+1, shared+1
		}
	}
	return shared, all
}
