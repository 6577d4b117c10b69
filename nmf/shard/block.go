package shard

import (
	"errors"
	"fmt"
	"math"

	"klew/vectorize/sections"
)

// The bytes of a block
//
// Their form is that of package sections, with the magic "KBLK\r\n\x1a\n" and the version 1. The
// sections stand in this order, each once:
//
//	HEAD  uvarint number of terms of V, whether or not the block has them
//	DOCS  uvarint number of documents; for each: uvarint number of it in the original order
//	CNTS  uvarint number of documents; for each: uvarint number of entries; for each entry, in
//	      the order of terms, a uvarint, twice the number of terms passed over since the entry
//	      before, plus 1 if the count is not 1, and then only the count less 2, a uvarint
//	END   nothing
//
// CNTS is as in the file of a counted corpus: about 2.1 bytes an entry for texts, where memory
// takes 8. Each section has a checksum. A reader allocates for no more than the bytes that are
// there: an entry has at least one.
//
// Versions:
//
//	1  the first
const (
	blockMagic   = "KBLK\r\n\x1a\n"
	blockVersion = 1

	tagHead      = "HEAD"
	tagDocuments = "DOCS"
	tagCounts    = "CNTS"
)

// Block is some documents of V. Document d has the entries Start[d] to Start[d+1] of Term and
// Count. Its terms rise; its counts are whole numbers from 1 to 2³¹−1, exact up to 2²⁴.
type Block struct {
	// Terms is the number of terms of V, from which Term is numbered.
	Terms int
	// Document is the number that each document has in the order in which it was given.
	Document []int
	Start    []int
	Term     []int32
	Count    []float32
}

// NewBlock is a block without documents, to be filled by Add.
func NewBlock(terms int) *Block { return &Block{Terms: terms, Start: []int{0}} }

// Add adds a document.
func (b *Block) Add(document int, term []int32, count []float32) {
	b.Document = append(b.Document, document)
	b.Term, b.Count = append(b.Term, term...), append(b.Count, count...)
	b.Start = append(b.Start, len(b.Term))
}

// Reset takes all documents out, and keeps the memory.
func (b *Block) Reset() {
	b.Document, b.Start, b.Term, b.Count = b.Document[:0], b.Start[:1], b.Term[:0], b.Count[:0]
}

// Documents is how many there are.
func (b *Block) Documents() int { return len(b.Document) }

// NonZeros is the number of entries.
func (b *Block) NonZeros() int { return len(b.Term) }

// Size is about how many bytes the block takes in memory.
func (b *Block) Size() int { return 8*len(b.Term) + 16*len(b.Document) }

// Check finds fault with a block that does not keep to what its fields say.
func (b *Block) Check() error {
	documents := len(b.Document)
	if len(b.Start) != documents+1 || b.Start[0] != 0 || b.Start[documents] != len(b.Term) || len(b.Term) != len(b.Count) || b.Terms < 0 || b.Terms > math.MaxInt32 {
		return errors.New("the lengths of the block's parts do not agree")
	}
	for d, number := range b.Document {
		from, to := b.Start[d], b.Start[d+1]
		if from > to || to > len(b.Term) || number < 0 {
			return fmt.Errorf("document %d of the block: its entries or its number are not in order", d+1)
		}
		for e, last := from, int32(-1); e < to; e++ {
			if i, v := b.Term[e], b.Count[e]; i <= last || int(i) >= b.Terms || !(v >= 1 && v < 1<<31) || v != float32(math.Trunc(float64(v))) {
				return fmt.Errorf("document %d of the block: term %d with the count %v: terms must rise below %d, and counts be whole numbers from 1", d+1, i, v, b.Terms)
			}
			last = b.Term[e]
		}
	}
	return nil
}

// Encode returns the bytes of a block, which it checks.
func (b *Block) Encode() ([]byte, error) {
	if err := b.Check(); err != nil {
		return nil, fmt.Errorf("shard: %w", err)
	}
	var head, documents sections.Payload
	head.Uvarint(b.Terms)
	documents.Uvarint(len(b.Document))
	for _, number := range b.Document {
		documents.Uvarint(number)
	}
	return encode(blockMagic, blockVersion, part{tag: tagHead, payload: head}, part{tag: tagDocuments, payload: documents}, part{tag: tagCounts, payload: b.counts()}), nil
}

// counts is the section CNTS.
func (b *Block) counts() sections.Payload {
	p := make(sections.Payload, 0, 2*len(b.Term)+3*len(b.Document))
	p.Uvarint(len(b.Document))
	for d := range b.Document {
		from, to := b.Start[d], b.Start[d+1]
		p.Uvarint(to - from)
		next := int32(0)
		for e := from; e < to; e++ {
			passed := int(b.Term[e] - next)
			next = b.Term[e] + 1
			if b.Count[e] == 1 {
				p.Uvarint(2 * passed)
				continue
			}
			p.Uvarint(2*passed + 1)
			p.Uvarint(int(b.Count[e]) - 2)
		}
	}
	return p
}

// Decode reads the bytes of a block. Whatever they are, it returns a block that keeps to what its
// fields say, or an error.
func Decode(data []byte) (*Block, error) {
	b := &Block{Start: []int{0}}
	if err := b.decode(data); err != nil {
		return nil, fmt.Errorf("reading a block: %w", err)
	}
	return b, nil
}

func (b *Block) decode(data []byte) error {
	b.Terms = -1
	err := each(data, blockMagic, blockVersion, func(tag string, payload []byte) error {
		return b.get(tag, sections.NewFields(payload))
	})
	if err == nil && (b.Terms < 0 || len(b.Start) != len(b.Document)+1) {
		err = fmt.Errorf("it is damaged: it names %d documents, and has the counts of %d", len(b.Document), len(b.Start)-1)
	}
	return err
}

func (b *Block) get(tag string, f *sections.Fields) error {
	switch tag {
	case tagHead:
		if b.Terms = f.Uvarint(); b.Terms > math.MaxInt32 {
			f.Fail("%d terms are more than this program can number", b.Terms)
		}
	case tagDocuments:
		n := f.Count(1)
		b.Document = make([]int, n)
		for d := range n {
			b.Document[d] = f.Uvarint()
		}
	case tagCounts:
		for range f.Count(1) {
			b.getDocument(f)
		}
	default:
		return nil
	}
	return f.Close()
}

// getDocument reads the entries of a document.
func (b *Block) getDocument(f *sections.Fields) {
	next := 0
	for range f.Count(1) {
		step, count := f.Uvarint(), 1
		if step&1 == 1 {
			count = f.Uvarint()
		}
		if step/2 > b.Terms-1-next || count > math.MaxInt32-2 {
			f.Fail("document %d counts a term that there is not, or more often than can be", len(b.Start))
		}
		if f.Err() != nil {
			return
		}
		term := next + step/2
		next = term + 1
		b.Term, b.Count = append(b.Term, int32(term)), append(b.Count, float32(count+2*(step&1)))
	}
	b.Start = append(b.Start, len(b.Term))
}
