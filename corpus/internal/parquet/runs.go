package parquet

import (
	"encoding/binary"
	"math/bits"

	"github.com/parquet-go/parquet-go/format"
)

// checkRuns holds the runs within an unpacked page to the number of its values. A page
// of a Parquet file holds
//
//	repetition levels, definition levels, values
//
// The levels, and values that are places in a dictionary, are kept as runs: a number, and
// then that many equal values in a few bytes. Five bytes can ask for two thousand million,
// and the Parquet library sets out to make them.
//
// Of the values in delta encodings only the number at the beginning is checked. Strings
// that share their beginnings (DELTA_BYTE_ARRAY) can still unpack to far more than they
// take; no writer uses that encoding unasked.
//
// In the second version of pages the levels stand apart, in levels.
func checkRuns(page *pageHeader, leaf *leaf, levels, data []byte) (err error) {
	repetition, definition := levels[:page.repetition], levels[page.repetition:]
	if page.kind == dataPage && leaf.repetition > 0 {
		if repetition, data, err = prefixed(data); err != nil {
			return err
		}
	}
	if page.kind == dataPage && leaf.definition > 0 {
		if definition, data, err = prefixed(data); err != nil {
			return err
		}
	}
	if err := page.checkHybrid(repetition, bits.Len(uint(leaf.repetition))); err != nil {
		return err
	}
	if err := page.checkHybrid(definition, bits.Len(uint(leaf.definition))); err != nil {
		return err
	}
	return page.checkValues(data)
}

// prefixed takes apart what has its length in four bytes in front.
func prefixed(data []byte) (part, rest []byte, err error) {
	if len(data) < 4 {
		return nil, nil, errCutOff
	}
	n := uint64(binary.LittleEndian.Uint32(data))
	if data = data[4:]; n > uint64(len(data)) {
		return nil, nil, errCutOff
	}
	return data[:n], data[n:], nil
}

// plainDictionary is format.PlainDictionary, which writers are not to use any more, but which
// files have.
const plainDictionary format.Encoding = 2

// checkValues looks at the encodings whose numbers are not bound to their bytes.
func (p *pageHeader) checkValues(data []byte) error {
	if len(data) == 0 {
		return nil
	}
	switch format.Encoding(p.encoding) {
	case plainDictionary, format.RLEDictionary:
		return p.checkHybrid(data[1:], int(data[0]))
	case format.RLE: // of booleans
		runs, _, err := prefixed(data)
		if err != nil {
			return err
		}
		return p.checkHybrid(runs, 1)
	case format.DeltaBinaryPacked, format.DeltaLengthByteArray, format.DeltaByteArray:
		return p.checkDelta(data)
	}
	return nil
}

// slack is how many values more than it has a page may hold: bit-packed runs are filled
// up to eights, and some writers fill up more.
const slack = 4096

// checkHybrid adds up runs of values of so many bits. The number before each run is, but
// for its last bit, how many equal values follow, or how many eights of packed ones.
func (p *pageHeader) checkHybrid(runs []byte, width int) error {
	left := p.values + slack
	for len(runs) > 0 {
		n, size := binary.Uvarint(runs)
		if size <= 0 || n>>1 > uint64(left) {
			return errLies
		}
		runs = runs[size:]
		count, bytes := int64(n>>1), (width+7)/8
		if n&1 == 1 {
			bytes = int(count) * width
			count *= 8
		}
		if left -= count; left < 0 {
			return errLies
		}
		runs = runs[min(bytes, len(runs)):]
	}
	return nil
}

// checkDelta looks at the head of delta encoded numbers: the size of blocks, their
// parts, and how many numbers there are.
func (p *pageHeader) checkDelta(data []byte) error {
	for _, most := range []uint64{1 << 16, 1 << 16, uint64(p.values)} {
		n, size := binary.Uvarint(data)
		if size <= 0 || n > most {
			return errLies
		}
		data = data[size:]
	}
	return nil
}
