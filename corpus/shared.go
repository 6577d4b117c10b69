package corpus

import (
	"cmp"
	"maps"
	"slices"
)

// shared counts in how many documents passages stand: of all those that have come, until the
// table of them is full. Then what came in few documents, and not for long, makes room. So a count
// may be too low, but hardly that of what stands in a twentieth of all documents: as long as they
// have fewer than 700 lines each it has come about fifty times before it is judged. Of up to a
// thousand documents with 700,000 different lines all counts are exact.
type shared struct {
	documents int
	swept     int // documents when room was made last
	slots     []slot
	full      int // slots
	found     map[uint64]*sharing
}

// slot is a passage, at the first free place from the one that its hash says. Its hash is 0 if
// the slot is free.
type slot struct {
	hash  uint64
	count uint32 // of documents
	last  uint32 // of them
}

// sharing is a passage that several documents share.
type sharing struct {
	documents int
	last      int    // document in which it was left out
	example   string // enough of it to know it again
	first     string // the ID of one of them
}

const (
	fewestSlots = 1 << 10 // powers of two
	mostSlots   = 1 << 20 // of 16 bytes
	// leastBetween is the number of documents for which the table grows, rather than lose any.
	leastBetween = 250
)

func newShared() *shared {
	return &shared{slots: make([]slot, fewestSlots), found: map[uint64]*sharing{}}
}

// add counts the passages of a document, but for one that is all of it.
func (s *shared) add(d *Document, passages []uint64) {
	s.documents++
	if len(passages) < 2 {
		return
	}
	least := uint32(s.least())
	for _, hash := range passages {
		this := s.slotOf(hash)
		if this.hash == 0 {
			this = s.insert(hash)
		} else if this.last == uint32(s.documents) {
			continue
		}
		this.last = uint32(s.documents)
		if this.count++; this.count >= least {
			s.find(d, hash)
		}
	}
}

func (s *shared) addAll(b *batch) {
	for i := range b.documents {
		s.add(&b.documents[i], b.passages[i])
	}
}

// least is the number of documents that makes boilerplate of a passage.
func (s *shared) least() int {
	return max(boilerplateLeast, int(boilerplateShare*float64(s.documents)+0.999))
}

// slotOf is where a passage is, or belongs.
func (s *shared) slotOf(hash uint64) *slot {
	for at := hash; ; at++ {
		if this := &s.slots[at&uint64(len(s.slots)-1)]; this.hash == hash || this.hash == 0 {
			return this
		}
	}
}

func (s *shared) insert(hash uint64) *slot {
	if s.full >= len(s.slots)*3/4 {
		s.makeRoom()
	}
	this := s.slotOf(hash)
	this.hash = hash
	s.full++
	return this
}

// makeRoom doubles the table, or takes out what did not come for a while: a passage stays for half
// of the documents that came since the last time, once for each document in which it stands. If
// that is not enough, as in one document of a million lines, the rarest go.
func (s *shared) makeRoom() {
	between := s.documents - s.swept
	if between < leastBetween && len(s.slots) < mostSlots {
		s.rebuild(2*len(s.slots), func(slot) bool { return true })
		return
	}
	s.swept = s.documents
	for rare := uint32(0); s.full > len(s.slots)/2; rare = 2*rare + 1 {
		s.rebuild(len(s.slots), func(this slot) bool {
			return this.count > rare && 2*(s.documents-int(this.last)) < int(this.count)*max(1, between)
		})
	}
}

// rebuild makes a table of a size, of what is to be kept.
func (s *shared) rebuild(size int, keep func(slot) bool) {
	old := s.slots
	s.slots, s.full = make([]slot, size), 0
	for _, this := range old {
		if this.hash != 0 && keep(this) {
			*s.slotOf(this.hash) = this
			s.full++
		}
	}
}

// find keeps what a passage says that may be boilerplate. What has too few words is none, nor is code.
func (s *shared) find(d *Document, hash uint64) {
	if _, known := s.found[hash]; known {
		return
	}
	eachPassage(d.Text, func(from, to int) {
		if text := d.Text[from:to]; s.found[hash] == nil && passageHash(text) == hash && hasWords(text, boilerplateWords) && !isCode(text) {
			s.found[hash] = &sharing{first: d.ID, example: excerptOf(text)}
		}
	})
	if s.found[hash] == nil {
		s.found[hash] = nil // and is not looked at again
	}
}

// boilerplate is what many documents share, by the hashes of the passages.
func (s *shared) boilerplate() map[uint64]*sharing {
	least := s.least()
	found := maps.Clone(s.found)
	maps.DeleteFunc(found, func(hash uint64, this *sharing) bool {
		if this != nil {
			this.documents = int(s.slotOf(hash).count)
		}
		return this == nil || this.documents < least
	})
	return found
}

// boilerplateEntries tell what is shared, the most frequent first: as notes, or as what was left
// out.
func boilerplateEntries(found map[uint64]*sharing, dropped bool) (entries Ledger) {
	all := slices.SortedFunc(maps.Values(found), func(a, b *sharing) int {
		return cmp.Or(cmp.Compare(b.documents, a.documents), cmp.Compare(a.first, b.first), cmp.Compare(a.example, b.example))
	})
	reason := Boilerplate
	if dropped {
		reason = BoilerplateDropped
	}
	for _, this := range all[:min(len(all), boilerplateTold)] {
		if this.documents > 0 {
			entries = append(entries, Entry{Path: this.first, Note: !dropped, Repaired: dropped, Reason: reason, Files: this.documents, Detail: this.example})
		}
	}
	return entries
}
