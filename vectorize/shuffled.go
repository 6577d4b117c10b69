package vectorize

import (
	"bytes"
	"cmp"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"slices"

	"klew/vectorize/sections"
)

// Shards
//
// A fit that does not have all counts in memory goes through them in blocks, again and again, and
// learns from each batch of documents. Texts often lie in the order of their subjects or dates, so
// that a batch would be about one thing: therefore the documents of shards are shuffled, always in
// the same way for so many documents, and shard n of N has those in the places from n/N to (n+1)/N
// of that order.

// shardSize is about how many bytes a shard takes in memory, where entryInMemory is what an entry
// takes there.
const (
	shardSize     = 64 << 20
	entryInMemory = 8
)

// UsualShards is the number of shards that makes each about 64 MB in memory.
func (c *Counted) UsualShards() int {
	return max(1, int(math.Ceil(float64(c.NonZeros())*entryInMemory/shardSize)))
}

// shuffleOf is the place of each of so many documents in the order of shards.
func shuffleOf(documents int) (places []int32) {
	places = make([]int32, documents)
	for place, d := range rand.New(rand.NewPCG(uint64(documents), 0x73687566)).Perm(documents) {
		places[d] = int32(place)
	}
	return places
}

// shardCut is the first place of shard n.
func (c *Counted) shardCut(n int) int {
	return int(int64(len(c.Documents)) * int64(n) / int64(c.Shards))
}

// shardOf is the shard that has a place.
func (c *Counted) shardOf(place int) int {
	n := int(int64(place) * int64(c.Shards) / int64(len(c.Documents)))
	for c.shardCut(n+1) <= place {
		n++
	}
	return n
}

// Shuffle puts the documents' counts in so many shards, in temporary files until Close; Documents
// stay in their order. At most, there are as many shards as documents. What the counts took until
// now is given back.
func (c *Counted) Shuffle(ctx context.Context, shards int, room Room) error {
	if len(c.Documents) > math.MaxInt32 {
		return fmt.Errorf("%d documents are more than can be shuffled", len(c.Documents))
	}
	of := *c
	of.Shards = max(1, min(shards, len(c.Documents)))
	to := &shuffled{of: &of, room: room, places: shuffleOf(len(c.Documents)), shards: make([]shuffledShard, of.Shards)}
	of.counts = to
	err := to.create()
	if err == nil {
		err = c.counts.each(ctx, to.put)
	}
	if err == nil {
		err = to.flushAll()
	}
	if err != nil {
		return errors.Join(err, to.close())
	}
	err = c.counts.close()
	*c = of
	to.of = c
	return err
}

// shuffled are counts by shard, in a temporary file. A shard's documents come to it in the order of
// their numbers. They are written in chunks, and put in order when the shard is read.
type shuffled struct {
	of     *Counted
	room   Room
	places []int32 // by document
	file   *os.File
	size   int64
	shards []shuffledShard
	chunk  int // bytes at which a shard's buffer is written
}

// shuffledShard is where a shard's chunks are. A document is its number, the length of its
// entries, and these as the file of a counted corpus has them.
type shuffledShard struct {
	chunks []chunk
	buffer sections.Payload
}

type chunk struct {
	at   int64
	size int
}

func (s *shuffled) create() (err error) {
	memory := cmp.Or(s.room.Memory, DefaultMemory)
	s.chunk = int(min(max(memory/2/int64(len(s.shards)), 1<<10), 1<<20))
	if s.file, err = os.CreateTemp(s.room.folder(), ".klew-shards-*"); err != nil {
		return fmt.Errorf("making room for shards in the folder %s: %w", s.room.folder(), err)
	}
	os.Remove(s.file.Name()) // see tallyRun.create
	return nil
}

func (s *shuffled) put(document int, entries []entry) error {
	to := &s.shards[s.of.shardOf(int(s.places[document]))]
	var counts list
	counts.entries(entries)
	to.buffer.Uvarint(document)
	to.buffer.Uvarint(len(counts.Payload))
	to.buffer = append(to.buffer, counts.Payload...)
	if len(to.buffer) >= s.chunk {
		return s.flush(to)
	}
	return nil
}

func (s *shuffled) flushAll() error {
	for n := range s.shards {
		if err := s.flush(&s.shards[n]); err != nil {
			return err
		}
		s.shards[n].buffer = nil
	}
	return nil
}

func (s *shuffled) flush(to *shuffledShard) error {
	n, err := s.file.Write(to.buffer)
	if err != nil {
		return fmt.Errorf("writing shards to the folder %s: %w", s.room.folder(), err)
	}
	to.chunks = append(to.chunks, chunk{s.size, n})
	s.size += int64(n)
	to.buffer = to.buffer[:0]
	return nil
}

func (s *shuffled) limit() int { return math.MaxInt }

func (s *shuffled) close() error {
	if s.file == nil {
		return nil
	}
	err := s.file.Close()
	os.Remove(s.file.Name())
	return err
}

// each goes shard by shard.
func (s *shuffled) each(ctx context.Context, do func(document int, entries []entry) error) error {
	sums := newCountSums(s.of)
	for n := range s.shards {
		documents, err := s.read(&s.shards[n])
		if err != nil {
			return fmt.Errorf("reading shards from the folder %s: %w", s.room.folder(), err)
		}
		for _, d := range documents {
			if err := ctx.Err(); err != nil {
				return err
			}
			f := sections.NewFields(d.entries)
			sums.document(f)
			if err := f.Close(); err != nil {
				return fmt.Errorf("reading shards from the folder %s: %w", s.room.folder(), err)
			}
			if err := do(d.number, sums.entries); err != nil {
				return err
			}
		}
	}
	return nil
}

// encoded is a document of a shard.
type encoded struct {
	number  int
	entries []byte
}

// read returns the documents of a shard by their places.
func (s *shuffled) read(from *shuffledShard) (documents []encoded, err error) {
	var all bytes.Buffer
	for _, c := range from.chunks {
		part := make([]byte, c.size)
		if _, err := s.file.ReadAt(part, c.at); err != nil {
			return nil, err
		}
		all.Write(part)
	}
	for data := all.Bytes(); len(data) > 0; {
		number, n := binary.Uvarint(data)
		size, m := binary.Uvarint(data[n:])
		if n+m >= len(data)+1 || size > uint64(len(data)-n-m) || number >= uint64(len(s.places)) {
			return nil, errors.New("they are not what was written")
		}
		data = data[n+m:]
		documents = append(documents, encoded{int(number), data[:size]})
		data = data[size:]
	}
	slices.SortFunc(documents, func(a, b encoded) int { return cmp.Compare(s.places[a.number], s.places[b.number]) })
	return documents, nil
}

// Shard is the counts of some documents. Document n has the entries Start[n] to Start[n+1] of
// Terms, which are places in Counted.Terms and rise, and Counts. Its number is Documents[n].
type Shard struct {
	Documents []int
	Start     []int
	Terms     []int32
	Counts    []int32
}

// EachShard calls do with each shard in turn. do must not keep it. It returns an error for a
// corpus that has none.
func (c *Counted) EachShard(ctx context.Context, do func(*Shard) error) error {
	if c.Shards == 0 {
		return errors.New("the corpus has no shards")
	}
	s, place := &Shard{Start: []int{0}}, 0
	return c.counts.each(ctx, func(document int, entries []entry) error {
		s.Documents = append(s.Documents, document)
		for _, e := range entries {
			s.Terms, s.Counts = append(s.Terms, e.term), append(s.Counts, e.count)
		}
		s.Start = append(s.Start, len(s.Terms))
		if place++; place < c.shardCut(c.shardOf(place-1)+1) {
			return nil
		}
		err := do(s)
		s.Documents, s.Start, s.Terms, s.Counts = s.Documents[:0], s.Start[:1], s.Terms[:0], s.Counts[:0]
		return err
	})
}
