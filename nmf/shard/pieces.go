package shard

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
)

// AddPieces adds two pieces of statistics, both of the same terms, without the memory that all
// terms take.
func AddPieces(a, b []byte) ([]byte, error) {
	sum, err := decode(a, statisticsMagic, statisticsVersion)
	if err == nil {
		var other map[string][]byte
		if other, err = decode(b, statisticsMagic, statisticsVersion); err == nil {
			err = addParts(sum, other)
		}
	}
	if err != nil {
		return nil, fmt.Errorf("adding pieces of statistics: %w", err)
	}
	parts := []part{{tag: tagHead, payload: sum[tagHead]}, {tag: tagCounts, payload: sum[tagCounts]}}
	if totals := sum[tagTotals]; totals != nil {
		parts = append(parts, part{tag: tagTotals, payload: totals})
	}
	return encode(statisticsMagic, statisticsVersion, parts...), nil
}

// addParts adds the parts of another piece. Like AddPiece it finds out where the totals would
// not fit, which no count exceeds.
func addParts(sum, other map[string][]byte) error {
	for _, tag := range []string{tagCounts, tagTotals} {
		if len(sum[tag]) != len(other[tag]) || len(sum[tag])%8 != 0 {
			return errors.New("they are of different sizes")
		}
	}
	if !bytes.Equal(sum[tagHead], other[tagHead]) {
		return errors.New("they are not of the same terms and topics")
	}
	if len(sum[tagTotals]) > 0 {
		a, errA := totalsOf(sum[tagTotals])
		b, errB := totalsOf(other[tagTotals])
		if err := errors.Join(errA, errB, a.addTotals(b)); err != nil {
			return err
		}
	}
	for _, tag := range []string{tagCounts, tagTotals} {
		addWords(sum[tag], other[tag])
	}
	return nil
}

// totalsOf reads the section TOTL.
func totalsOf(data []byte) (*Statistics, error) {
	if len(data) != 32 {
		return &Statistics{}, fmt.Errorf("the totals have %d bytes, and not 32", len(data))
	}
	t := func(n int) int64 { return int64(binary.LittleEndian.Uint64(data[8*n:])) }
	return &Statistics{Divergence: t(0), Documents: t(1), NonZeros: t(2), Tokens: t(3)}, nil
}

// addWords adds numbers of eight bytes.
func addWords(to, more []byte) {
	for n := 0; n < len(to); n += 8 {
		binary.LittleEndian.PutUint64(to[n:], binary.LittleEndian.Uint64(to[n:])+binary.LittleEndian.Uint64(more[n:]))
	}
}
