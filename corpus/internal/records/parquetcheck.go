package records

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"github.com/parquet-go/parquet-go/encoding/thrift"
	"github.com/parquet-go/parquet-go/format"
)

const (
	// maxFooter is the size of the largest footer that is read.
	maxFooter = 64 << 20
	// maxPageValues bounds the values of a page, each of which costs some bytes even
	// where the page keeps a million equal ones in five. Writers make pages of 20,000.
	maxPageValues = 16 << 20
	// maxPages bounds the memory for one page of each column, which must be there at the
	// same time to make a row.
	maxPages = 1 << 30
	// maxSchemaDepth is how deep groups may lie within groups.
	maxSchemaDepth = 32
	// maxPageHeader is the size of the largest header of a page, which may hold the
	// least and the greatest value.
	maxPageHeader = 16 << 20
)

// checkParquet holds the metadata of a Parquet file to what its size allows, before the
// library that reads it believes them.
func checkParquet(r io.ReaderAt, size int64) error {
	footer, err := readFooter(r, size)
	if err != nil {
		return err
	}
	walk := compact{data: footer}
	if err := walk.structure(nil, func([]int, int64) {}); err != nil {
		return fmt.Errorf("in the footer %w", err)
	}
	var meta format.FileMetaData
	if err := thrift.Unmarshal(new(thrift.CompactProtocol), footer[:walk.pos], &meta); err != nil {
		return fmt.Errorf("the footer cannot be read: %w", err)
	}
	if err := checkSchema(meta.Schema); err != nil {
		return err
	}
	for i := range meta.RowGroups {
		if err := checkRowGroup(r, size, &meta.RowGroups[i]); err != nil {
			return fmt.Errorf("row group %d: %w", i+1, err)
		}
	}
	return nil
}

// readFooter reads the metadata at the end of a file:
//
//	"PAR1", pages, the metadata, their size in four bytes, "PAR1"
func readFooter(r io.ReaderAt, size int64) ([]byte, error) {
	const magic, frame = "PAR1", 12
	if size < frame {
		return nil, errors.New("not a Parquet file: too short")
	}
	var head [4]byte
	var tail [8]byte
	if err := readFull(r, head[:], 0); err != nil {
		return nil, err
	}
	if err := readFull(r, tail[:], size-8); err != nil {
		return nil, err
	}
	switch {
	case string(head[:]) == "PARE" || string(tail[4:]) == "PARE":
		return nil, errors.New("the Parquet file is encrypted")
	case string(head[:]) != magic:
		return nil, errors.New("not a Parquet file")
	case string(tail[4:]) != magic:
		return nil, errors.New("the Parquet file is cut off: it has no footer")
	}
	n := int64(binary.LittleEndian.Uint32(tail[:]))
	if n > size-frame || n > maxFooter {
		return nil, fmt.Errorf("the footer claims %d bytes, which cannot be in a file of %d", n, size)
	}
	footer := make([]byte, n)
	return footer, readFull(r, footer, size-8-n)
}

func readFull(r io.ReaderAt, p []byte, at int64) error {
	n, err := r.ReadAt(p, at)
	if n == len(p) {
		return nil
	} else if err == io.EOF {
		err = io.ErrUnexpectedEOF
	}
	return err
}

// checkSchema bounds the number and the depth of the columns. The schema is a tree in
// the order of its nodes, each with the number of its children.
func checkSchema(schema []format.SchemaElement) error {
	if len(schema) == 0 || len(schema) > maxColumns {
		return fmt.Errorf("%d columns, where 1 to %d can be read", len(schema), maxColumns)
	}
	var open []int32 // children to come, by depth
	for i, s := range schema {
		if s.TypeLength.V < 0 || s.TypeLength.V > maxSchemaLength || s.NumChildren.V < 0 {
			return fmt.Errorf("column %d: %w", i, errLies)
		}
		if len(open) > 0 {
			open[len(open)-1]--
		} else if i > 0 {
			return fmt.Errorf("column %d: %w", i, errLies)
		}
		if s.NumChildren.V > 0 {
			open = append(open, s.NumChildren.V)
		}
		if len(open) > maxSchemaDepth {
			return fmt.Errorf("columns lie more than %d groups deep", maxSchemaDepth)
		}
		for len(open) > 0 && open[len(open)-1] == 0 {
			open = open[:len(open)-1]
		}
	}
	return nil
}

// maxSchemaLength is the length of the largest values of fixed length.
const maxSchemaLength = 1 << 20

func checkRowGroup(r io.ReaderAt, size int64, group *format.RowGroup) error {
	var all int64
	for i := range group.Columns {
		need, err := checkChunk(r, size, &group.Columns[i].MetaData)
		if err != nil {
			return fmt.Errorf("column %d: %w", i+1, err)
		}
		if all += need; all > maxPages {
			return fmt.Errorf("its pages need more than %d MB", maxPages>>20)
		}
	}
	return nil
}

// checkChunk walks over the pages of a column and returns the most memory that one of
// them needs, with the dictionary if there is one.
func checkChunk(r io.ReaderAt, size int64, meta *format.ColumnMetaData) (int64, error) {
	start, length := meta.DataPageOffset, meta.TotalCompressedSize
	if dictionary := meta.DictionaryPageOffset; dictionary != 0 {
		start = dictionary
	}
	if start < 0 || length < 0 || start > size || length > size-start {
		return 0, fmt.Errorf("its pages lie outside of the file: %w", errLies)
	}
	var most, dictionary int64
	for end := start + length; start < end; {
		page, err := readPageHeader(r, start, end)
		if err != nil {
			return 0, err
		}
		start += page.header
		if page.compressed < 0 || page.compressed > end-start || page.plain < 0 || page.plain > MaxRecord || page.values > maxPageValues {
			return 0, fmt.Errorf("a page of %d values and %d bytes, %d compressed: %w", page.values, page.plain, page.compressed, errLies)
		}
		start += page.compressed
		if need := page.plain + 8*page.values; page.kind == dictionaryPage {
			dictionary = max(dictionary, need)
		} else {
			most = max(most, need)
		}
	}
	return most + dictionary, nil
}

// pageHeader is what counts of a page: the sizes of its header and its data, and how
// many values it holds.
type pageHeader struct {
	kind, header, plain, compressed, values int64
}

const dictionaryPage = 2

// readPageHeader reads the header at start. Most have less than a hundred bytes.
func readPageHeader(r io.ReaderAt, start, end int64) (page pageHeader, err error) {
	for room := int64(512); ; room *= 8 {
		room = min(room, end-start, maxPageHeader)
		head := make([]byte, room)
		if err := readFull(r, head, start); err != nil {
			return page, err
		}
		walk := compact{data: head}
		page = pageHeader{}
		err := walk.structure(nil, page.note)
		if err == nil {
			page.header = int64(walk.pos)
			return page, nil
		} else if err != errCutOff || room == end-start || room == maxPageHeader {
			return page, fmt.Errorf("the header of a page: %w", err)
		}
	}
}

// note keeps the fields of the Parquet format that count.
func (p *pageHeader) note(path []int, value int64) {
	switch {
	case len(path) == 1 && path[0] == 1:
		p.kind = value
	case len(path) == 1 && path[0] == 2:
		p.plain = value
	case len(path) == 1 && path[0] == 3:
		p.compressed = value
	case len(path) == 2 && path[0] != 6: // counts of the headers of data and dictionary
		p.values = max(p.values, value)
	}
}
