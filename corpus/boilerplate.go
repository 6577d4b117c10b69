package corpus

import (
	"cmp"
	"context"
	"hash/maphash"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Boilerplate
//
// Footers, disclaimers and the heads of newsletters stand in many documents word for word, and
// their words become the keywords of topics. They stand at the beginnings and the ends of
// documents: the lines there, and the sentences of long ones, are counted. What stands in at least
// five documents and a twentieth of all is boilerplate, if it has three words or more. A document
// that is nothing but one line or sentence takes no part, and none is left out as a whole.
//
// A hash that comes for the first time leaves a bit only. Of the others no more than 65,536 are
// kept: when these are so many, each count is lowered by one, and those at 0 go (Misra & Gries
// 1982). So a count may be too low, by at most the number of repeated lines through 65,536, and in
// a corpus of many million lines too high by one.

// The values of Options.Boilerplate.
const (
	// BoilerplateKeep keeps it, and notes it in the ledger.
	BoilerplateKeep = "keep"
	// BoilerplateDrop leaves it out. The documents are read twice for that.
	BoilerplateDrop = "drop"
)

// Boilerplates are the values of Options.Boilerplate.
var Boilerplates = []string{BoilerplateKeep, BoilerplateDrop}

const (
	boilerplateWithin = 300 // bytes at either end of a document that are looked at, and the line there
	boilerplateWords  = 3
	boilerplateLeast  = 5
	boilerplateShare  = 0.05
	boilerplateKept   = 1 << 16 // hashes
	boilerplateTold   = 20      // lines that the ledger names
	shortestPassage   = 10      // bytes
	longestPassage    = 1000
	manyPassages      = 16  // that most documents have at most
	longestLine       = 120 // bytes of a line that is not cut into sentences
)

// passage is a line or a sentence of a text.
type passage struct {
	from, to int
	hash     uint64
}

// hashSeed is one for a run of the program: hashes are compared, and are in no result.
var hashSeed = maphash.MakeSeed()

// passagesOf are the lines at either end of a text, and the sentences of long ones.
func passagesOf(text string) (all []passage) {
	if len(text) <= 2*boilerplateWithin {
		return appendLines(make([]passage, 0, manyPassages), text, 0, len(text))
	}
	// From the last line end within reach, or a little beyond it, so that no line is halved.
	head := boilerplateWithin + strings.IndexByte(text[boilerplateWithin:]+"\n", '\n')
	tail := max(head, 1+strings.LastIndexByte(text[:len(text)-boilerplateWithin], '\n'))
	return appendLines(appendLines(make([]passage, 0, manyPassages), text, 0, head), text, tail, len(text))
}

// appendLines adds the lines of a part of a text.
func appendLines(all []passage, text string, from, to int) []passage {
	for from < to {
		end := to
		if n := strings.IndexByte(text[from:to], '\n'); n >= 0 {
			end = from + n
		}
		for end-from > longestLine {
			n := strings.Index(text[from:end], ". ")
			if n < 0 {
				break
			}
			all = appendPassage(all, text, from, from+n+2)
			from += n + 2
		}
		all = appendPassage(all, text, from, end)
		from = end + 1
	}
	return all
}

// appendPassage adds a piece of text without the white space around it, if it is long enough, and
// not too long.
func appendPassage(all []passage, text string, from, to int) []passage {
	for from < to && text[from] <= ' ' {
		from++
	}
	for to > from && text[to-1] <= ' ' {
		to--
	}
	if to-from < shortestPassage || to-from > longestPassage {
		return all
	}
	return append(all, passage{from, to, maphash.String(hashSeed, text[from:to])})
}

// shared counts in how many documents passages stand.
type shared struct {
	documents int
	once      []uint64 // a bit for each hash that has come, by its last bits
	counts    map[uint64]*sharing
}

// onceBits is the number of bits of shared.once, a power of two: 128 KB.
const onceBits = 1 << 20

// sharing is a passage that several documents share.
type sharing struct {
	documents int
	example   string
	first     string // the ID of the second of them
}

func newShared() *shared {
	return &shared{once: make([]uint64, onceBits/64), counts: map[uint64]*sharing{}}
}

// add counts the passages of a document, but for one that is all of it.
func (s *shared) add(d *Document, passages []passage) {
	s.documents++
	if len(passages) < 2 {
		return
	}
	for i, p := range passages {
		if slices.ContainsFunc(passages[:i], func(before passage) bool { return before.hash == p.hash }) {
			continue
		}
		if word, bit := &s.once[p.hash%onceBits/64], uint64(1)<<(p.hash%64); *word&bit == 0 {
			*word |= bit
			continue
		}
		if this := s.counts[p.hash]; this != nil {
			this.documents++
		} else if len(s.counts) < boilerplateKept {
			s.counts[p.hash] = &sharing{documents: 2, first: d.ID, example: excerptOf(d.Text[p.from:p.to])}
		} else {
			s.lower()
		}
	}
}

func (s *shared) addAll(b *batch) {
	for i := range b.documents {
		s.add(&b.documents[i], b.passages[i])
	}
}

// lower makes room in a full table.
func (s *shared) lower() {
	for hash, this := range s.counts {
		if this.documents--; this.documents == 1 {
			delete(s.counts, hash)
		}
	}
}

// excerptOf is enough of a passage to know it again.
func excerptOf(text string) string {
	const most = 80
	text = strings.Join(strings.Fields(text), " ")
	if utf8.RuneCountInString(text) > most {
		return string([]rune(text)[:most]) + "…"
	}
	return text
}

// hasWords is true of a text with so many runs of letters.
func hasWords(text string, least int) bool {
	return len(strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) })) >= least
}

// boilerplate are the hashes of what many documents share.
func (s *shared) boilerplate() map[uint64]bool {
	least := max(boilerplateLeast, int(boilerplateShare*float64(s.documents)+0.999))
	found := map[uint64]bool{}
	for hash, this := range s.counts {
		if this.documents >= least && hasWords(this.example, boilerplateWords) {
			found[hash] = true
		}
	}
	return found
}

// entries tell what is shared, the most frequent first: as notes, or as what was left out.
func (s *shared) entries(dropped bool) Ledger {
	var all []*sharing
	for hash := range s.boilerplate() {
		all = append(all, s.counts[hash])
	}
	slices.SortFunc(all, func(a, b *sharing) int {
		return cmp.Or(cmp.Compare(b.documents, a.documents), cmp.Compare(a.first, b.first), cmp.Compare(a.example, b.example))
	})
	reason := Boilerplate
	if dropped {
		reason = BoilerplateDropped
	}
	var entries Ledger
	for _, this := range all[:min(len(all), boilerplateTold)] {
		entries = append(entries, Entry{Path: this.first, Note: !dropped, Repaired: dropped, Reason: reason, Files: this.documents, Detail: this.example})
	}
	return entries
}

// without leaves passages out of a text, unless nothing would be left.
func without(text string, passages []passage, drop map[uint64]bool) string {
	var left strings.Builder
	at := 0
	for _, p := range passages {
		if drop[p.hash] {
			left.WriteString(text[at:p.from])
			at = p.to
		}
	}
	if at == 0 {
		return text
	}
	left.WriteString(text[at:])
	if strings.TrimSpace(left.String()) == "" {
		return text
	}
	return left.String()
}

// findBoilerplate reads all documents for what they share.
func (c *Corpus) findBoilerplate(ctx context.Context) *shared {
	c.begin()
	all := newShared()
	for b := range c.batches(ctx) {
		all.addAll(&b)
	}
	return all
}
