package parquet

import (
	"encoding/binary"
	"errors"
)

// compact walks over Thrift's compact encoding, in which Parquet keeps its footer and
// the headers of its pages. It knows nothing of their meaning, only how long things are.
//
// It goes before the decoder of the Parquet library, which takes a list's word for its
// length: five bytes can ask for two thousand million row groups.
type compact struct {
	data    []byte
	pos     int
	structs int // how many there were
}

const (
	// maxStructs bounds the row groups, columns and statistics of a footer. A file of a
	// hundred row groups with a thousand columns has some 400,000.
	maxStructs = 1 << 20
	// maxThriftDepth bounds the recursion; Parquet needs about ten.
	maxThriftDepth = 32
)

var (
	errCutOff = errors.New("the metadata breaks off")
	errLies   = errors.New("the metadata names a length that cannot be")
)

// The types of the compact encoding.
const (
	typeTrue   = 1
	typeFalse  = 2
	typeByte   = 3
	typeInt16  = 4
	typeInt32  = 5
	typeInt64  = 6
	typeDouble = 7
	typeBinary = 8
	typeList   = 9
	typeSet    = 10
	typeMap    = 11
	typeStruct = 12
)

// structure walks over a struct. Its numbers, and those of the structs in it, are shown
// with the ids of their fields from the outermost inwards.
func (c *compact) structure(path []int, number func(path []int, value int64)) error {
	if c.structs++; c.structs > maxStructs || len(path) > maxThriftDepth {
		return errLies
	}
	for id := 0; ; {
		head, err := c.byte()
		if err != nil || head == 0 {
			return err
		}
		if delta := int(head >> 4); delta > 0 {
			id += delta
		} else {
			long, err := c.varint()
			if err != nil {
				return err
			}
			id = int(zigzag(long))
		}
		if err := c.value(head&15, append(path, id), number); err != nil {
			return err
		}
	}
}

// value walks over the value of a field.
func (c *compact) value(kind byte, path []int, number func([]int, int64)) error {
	switch kind {
	case typeTrue, typeFalse: // the type is the value
		number(path, int64(typeFalse-kind))
		return nil
	case typeByte:
		return c.skip(1)
	case typeInt16, typeInt32, typeInt64:
		n, err := c.varint()
		number(path, zigzag(n))
		return err
	case typeDouble:
		return c.skip(8)
	case typeBinary:
		n, err := c.length()
		if err != nil {
			return err
		}
		return c.skip(n)
	case typeList, typeSet:
		return c.list(path, number)
	case typeMap:
		return c.mapping(path, number)
	case typeStruct:
		return c.structure(path, number)
	}
	return errLies
}

func (c *compact) list(path []int, number func([]int, int64)) error {
	head, err := c.byte()
	if err != nil {
		return err
	}
	n := int(head >> 4)
	if n == 15 {
		if n, err = c.length(); err != nil {
			return err
		}
	}
	return c.elements(n, head&15, path, number)
}

// elements walks over the values of a list, of which each has at least one byte.
func (c *compact) elements(n int, kind byte, path []int, number func([]int, int64)) error {
	if n > len(c.data)-c.pos || len(path) > maxThriftDepth {
		return errLies
	}
	for range n {
		if kind == typeTrue || kind == typeFalse {
			kind = typeByte
		}
		if err := c.value(kind, path, number); err != nil {
			return err
		}
	}
	return nil
}

// mapping walks over a map; Parquet's metadata have none today.
func (c *compact) mapping(path []int, number func([]int, int64)) error {
	n, err := c.length()
	if err != nil || n == 0 {
		return err
	}
	kinds, err := c.byte()
	if err != nil {
		return err
	}
	for range n {
		if err := c.elements(1, kinds>>4, path, number); err != nil {
			return err
		}
		if err := c.elements(1, kinds&15, path, number); err != nil {
			return err
		}
	}
	return nil
}

func (c *compact) byte() (byte, error) {
	if c.pos >= len(c.data) {
		return 0, errCutOff
	}
	c.pos++
	return c.data[c.pos-1], nil
}

func (c *compact) skip(n int) error {
	if n > len(c.data)-c.pos {
		return errCutOff
	}
	c.pos += n
	return nil
}

// length is one that the rest of the data has room for.
func (c *compact) length() (int, error) {
	n, err := c.varint()
	if err == nil && n > uint64(len(c.data)-c.pos) {
		return 0, errCutOff
	}
	return int(n), err
}

func (c *compact) varint() (uint64, error) {
	n, size := binary.Uvarint(c.data[c.pos:])
	if size == 0 {
		return 0, errCutOff
	} else if size < 0 {
		return 0, errLies
	}
	c.pos += size
	return n, nil
}

func zigzag(n uint64) int64 { return int64(n>>1) ^ -int64(n&1) }
