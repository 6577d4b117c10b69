package shard

import (
	"encoding/binary"
	"errors"
	"fmt"
	"iter"
	"math"

	"klew/nmf"
	"klew/vectorize/sections"
)

// fraction is the number of binary digits that expected counts and D have after the point.
const fraction = 24

const unit = 1 << fraction

// fixed is x in units of 2⁻²⁴. What is no number, of weights that are none, counts as nothing.
func fixed(x float64) int64 {
	if x *= unit; x < math.MaxInt64 && x > math.MinInt64 {
		return int64(math.RoundToEven(x))
	}
	return 0
}

// Statistics are what blocks add up to in the expectation step.
type Statistics struct {
	Terms, Topics int
	// Counts holds at i·Topics + k the tokens of term i that are expected to be of topic k, in
	// units of 2⁻²⁴.
	Counts []int64
	// Divergence is D of the documents for the W that was given, with their weights solved, in
	// the same units.
	Divergence int64
	// Documents, NonZeros and Tokens are how many the blocks hold.
	Documents, NonZeros, Tokens int64
}

// NewStatistics are those of no document.
func NewStatistics(terms, topics int) *Statistics {
	return &Statistics{Terms: terms, Topics: topics, Counts: make([]int64, terms*topics)}
}

// Reset makes them those of no document.
func (s *Statistics) Reset() {
	clear(s.Counts)
	*s = Statistics{Terms: s.Terms, Topics: s.Topics, Counts: s.Counts}
}

// D is Divergence as a number.
func (s *Statistics) D() float64 { return float64(s.Divergence) / unit }

// Add adds the statistics of other blocks. It returns an error for another matrix or number of
// topics, or if there are more tokens than it can count.
func (s *Statistics) Add(o *Statistics) error {
	if s.Terms != o.Terms || s.Topics != o.Topics {
		return fmt.Errorf("shard: statistics of %d terms and %d topics do not add to those of %d and %d", o.Terms, o.Topics, s.Terms, s.Topics)
	}
	if err := s.addTotals(o); err != nil {
		return err
	}
	for i, x := range o.Counts {
		s.Counts[i] += x
	}
	return nil
}

var errTooMany = errors.New("shard: there are more than 5·10¹¹ tokens, or D is as large: more than the statistics can add exactly")

// addTotals adds all but the counts. No count exceeds the number of tokens, but for rounding.
func (s *Statistics) addTotals(o *Statistics) error {
	const most = math.MaxInt64/unit - 1<<20
	tokens, d := s.Tokens+o.Tokens, s.Divergence+o.Divergence
	if o.Tokens < 0 || tokens < 0 || tokens > most || (d < s.Divergence) != (o.Divergence < 0) {
		return errTooMany
	}
	s.Tokens, s.Divergence = tokens, d
	s.Documents += o.Documents
	s.NonZeros += o.NonZeros
	return nil
}

// NextW writes the W of the M-step: the expected counts, and prior more in each topic that has any
// for every term that occurs, each topic made to sum to 1. A topic without counts gets no weight.
func (s *Statistics) NextW(to *nmf.Factor, prior float64) {
	sums, occur := make([]float64, s.Topics), make([]bool, s.Terms)
	for i := range s.Terms {
		for k, x := range s.term(i) {
			sums[k] += float64(x) / unit
			occur[i] = occur[i] || x > 0
		}
	}
	terms := 0
	for _, does := range occur {
		if does {
			terms++
		}
	}
	for i := range s.Terms {
		row := to.Item(i)
		for k, x := range s.term(i) {
			if row[k] = 0; sums[k] > 0 && occur[i] {
				row[k] = float32((float64(x)/unit + prior) / (sums[k] + prior*float64(terms)))
			}
		}
	}
}

func (s *Statistics) term(i int) []int64 { return s.Counts[i*s.Topics : (i+1)*s.Topics] }

// The bytes of statistics
//
// They are cut into pieces, as large as one likes, that can be added one by one. Each is in the
// form of package sections, with the magic "KSTA\r\n\x1a\n" and the version 1:
//
//	HEAD  uvarint terms; uvarint topics; uvarint first term; uvarint number of terms in the piece
//	TOTL  int64 divergence, documents, non-zeros, tokens; in the piece of the first term alone
//	CNTS  int64 for each topic of each term of the piece
//	END   nothing
//
// An int64 is 8 bytes, little-endian.
const (
	statisticsMagic   = "KSTA\r\n\x1a\n"
	statisticsVersion = 1

	tagTotals = "TOTL"
)

// Pieces returns the bytes of the statistics, in pieces of at most about size bytes, or one term.
func (s *Statistics) Pieces(size int) iter.Seq[[]byte] {
	terms := max(1, size/(8*max(1, s.Topics)))
	return func(yield func([]byte) bool) {
		for from := 0; from < max(1, s.Terms); from += terms {
			if !yield(s.piece(from, min(from+terms, s.Terms))) {
				return
			}
		}
	}
}

func (s *Statistics) piece(from, to int) []byte {
	var head, totals, counts sections.Payload
	for _, n := range []int{s.Terms, s.Topics, from, to - from} {
		head.Uvarint(n)
	}
	counts = make(sections.Payload, 0, 8*(to-from)*s.Topics)
	for _, x := range s.Counts[from*s.Topics : to*s.Topics] {
		counts = binary.LittleEndian.AppendUint64(counts, uint64(x))
	}
	parts := []part{{tag: tagHead, payload: head}, {tag: tagCounts, payload: counts}}
	if from == 0 {
		for _, x := range []int64{s.Divergence, s.Documents, s.NonZeros, s.Tokens} {
			totals = binary.LittleEndian.AppendUint64(totals, uint64(x))
		}
		parts = append(parts, part{tag: tagTotals, payload: totals})
	}
	return encode(statisticsMagic, statisticsVersion, parts...)
}

// AddPiece adds one of the pieces of other statistics.
func (s *Statistics) AddPiece(data []byte) error {
	parts, err := decode(data, statisticsMagic, statisticsVersion)
	if err != nil {
		return fmt.Errorf("reading a piece of statistics: %w", err)
	}
	f := sections.NewFields(parts[tagHead])
	terms, topics, from, count := f.Uvarint(), f.Uvarint(), f.Uvarint(), f.Uvarint()
	if err := f.Close(); err != nil {
		return fmt.Errorf("reading a piece of statistics: %w", err)
	}
	counts, totals := parts[tagCounts], parts[tagTotals]
	if terms != s.Terms || topics != s.Topics || from > terms || count > terms-from || len(counts) != 8*count*topics || len(totals) != 0 && len(totals) != 32 {
		return fmt.Errorf("reading a piece of statistics: it is for %d terms, %d topics and has %d terms from %d in %d bytes; wanted are %d terms and %d topics", terms, topics, count, from, len(counts), s.Terms, s.Topics)
	}
	if len(totals) > 0 {
		t := func(n int) int64 { return int64(binary.LittleEndian.Uint64(totals[8*n:])) }
		if err := s.addTotals(&Statistics{Divergence: t(0), Documents: t(1), NonZeros: t(2), Tokens: t(3)}); err != nil {
			return err
		}
	}
	to := s.Counts[from*s.Topics:]
	for n := range count * topics {
		to[n] += int64(binary.LittleEndian.Uint64(counts[8*n:]))
	}
	return nil
}
