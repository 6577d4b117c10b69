package parquet

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"github.com/parquet-go/parquet-go/encoding/thrift"
	"github.com/parquet-go/parquet-go/format"
	"klew/corpus/internal/records"
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
	leaves, err := checkSchema(meta.Schema)
	if err != nil {
		return err
	}
	c := chunkChecker{r: r, size: size, leaves: leaves}
	defer c.pages.close()
	for i := range meta.RowGroups {
		if err := c.rowGroup(&meta.RowGroups[i]); err != nil {
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
func checkSchema(schema []format.SchemaElement) (leaves []leaf, err error) {
	if len(schema) == 0 || len(schema) > records.MaxColumns {
		return nil, fmt.Errorf("%d columns, where 1 to %d can be read", len(schema), records.MaxColumns)
	}
	var open []group
	for i, s := range schema {
		if s.TypeLength.V < 0 || s.TypeLength.V > maxSchemaLength || s.NumChildren.V < 0 {
			return nil, fmt.Errorf("column %d: %w", i, errLies)
		}
		node := leaf{fixed: int64(s.TypeLength.V)}
		if len(open) > 0 {
			parent := &open[len(open)-1]
			parent.children--
			node.nest(parent.levels, s.RepetitionType)
		} else if i > 0 {
			return nil, fmt.Errorf("column %d: %w", i, errLies)
		}
		if s.NumChildren.V > 0 {
			open = append(open, group{s.NumChildren.V, node})
		} else {
			leaves = append(leaves, node)
		}
		if len(open) > maxSchemaDepth {
			return nil, fmt.Errorf("columns lie more than %d groups deep", maxSchemaDepth)
		}
		for len(open) > 0 && open[len(open)-1].children == 0 {
			open = open[:len(open)-1]
		}
	}
	return leaves, nil
}

// leaf is what counts of a column: the length of its values, if they all have the same,
// and the highest levels by which Parquet tells what is null and where lists begin.
type leaf struct {
	fixed                  int64
	repetition, definition int
}

// group is a node with children, of which so many are to come.
type group struct {
	children int32
	levels   leaf
}

// nest adds the levels of a node to those of the group around it.
func (l *leaf) nest(around leaf, kind thrift.Null[format.FieldRepetitionType]) {
	l.repetition, l.definition = around.repetition, around.definition
	if kind.Valid && kind.V == format.Optional {
		l.definition++
	} else if kind.Valid && kind.V == format.Repeated {
		l.definition++
		l.repetition++
	}
}

// maxSchemaLength is the length of the largest values of fixed length.
const maxSchemaLength = 1 << 20

// chunkChecker walks over the pages of all columns.
type chunkChecker struct {
	r      io.ReaderAt
	size   int64
	leaves []leaf
	pages  pageChecker
	page   []byte // reused
}

func (c *chunkChecker) rowGroup(group *format.RowGroup) error {
	if len(group.Columns) != len(c.leaves) {
		return fmt.Errorf("it has %d of %d columns", len(group.Columns), len(c.leaves))
	}
	var all int64
	for i := range group.Columns {
		need, err := c.chunk(&group.Columns[i].MetaData, &c.leaves[i])
		if err != nil {
			return fmt.Errorf("column %d: %w", i+1, err)
		}
		if all += need; all > maxPages {
			return fmt.Errorf("its pages need more than %d MB", maxPages>>20)
		}
	}
	return nil
}

// chunk walks over the pages of a column and returns the most memory that one of them
// needs, with the dictionary if there is one.
func (c *chunkChecker) chunk(meta *format.ColumnMetaData, leaf *leaf) (int64, error) {
	start, length := meta.DataPageOffset, meta.TotalCompressedSize
	if dictionary := meta.DictionaryPageOffset; dictionary != 0 {
		start = dictionary
	}
	if start < 0 || length < 0 || start > c.size || length > c.size-start {
		return 0, fmt.Errorf("its pages lie outside of the file: %w", errLies)
	}
	var most, dictionary int64
	for end := start + length; start < end; {
		page, err := readPageHeader(c.r, start, end)
		if err != nil {
			return 0, err
		}
		start += page.header
		if err := c.checkPage(&page, leaf, start, end, meta.Codec); err != nil {
			return 0, err
		}
		start += page.compressed
		if need := page.plain + page.values*(8+leaf.fixed); page.kind == dictionaryPage {
			dictionary = max(dictionary, need)
		} else {
			most = max(most, need)
		}
	}
	return most + dictionary, nil
}

// checkPage holds a page, whose data begin at start, to its header.
func (c *chunkChecker) checkPage(page *pageHeader, leaf *leaf, start, end int64, codec format.CompressionCodec) error {
	if !page.isPossible(end - start) {
		return fmt.Errorf("a page of %d values and %d bytes, %d compressed: %w", page.values, page.plain, page.compressed, errLies)
	}
	if page.asItIs {
		codec = format.Uncompressed
	}
	if codec == format.Uncompressed && page.compressed != page.plain {
		return fmt.Errorf("a page of %d bytes has %d: %w", page.plain, page.compressed, errLies)
	}
	if int64(cap(c.page)) < page.compressed {
		c.page = make([]byte, page.compressed)
	}
	c.page = c.page[:page.compressed]
	if err := readFull(c.r, c.page, start); err != nil {
		return err
	}
	plain, err := c.pages.unpack(codec, c.page[page.levels:], page.plain-page.levels)
	if err != nil || page.kind != dataPage && page.kind != dataPageV2 {
		return err
	}
	return checkRuns(page, leaf, c.page[:page.levels], plain)
}

// pageHeader is what counts of a page: the sizes of its header and its data, how many
// values it holds in which encoding, and in the second version of pages how many bytes
// of levels stand before what is compressed, and whether anything is.
type pageHeader struct {
	kind, header, plain, compressed int64
	values, encoding                int64
	levels, repetition              int64 // all levels, and those of repetition
	asItIs                          bool
}

const (
	dataPage       = 0
	dictionaryPage = 2
	dataPageV2     = 3
)

// isPossible tells whether a page can be as its header says, with so many bytes left in
// its column.
func (p *pageHeader) isPossible(left int64) bool {
	return 0 <= p.compressed && p.compressed <= min(left, records.MaxRecord) &&
		0 <= p.plain && p.plain <= records.MaxRecord &&
		0 <= p.values && p.values <= maxPageValues &&
		0 <= p.repetition && p.repetition <= p.levels && p.levels <= min(p.compressed, p.plain)
}

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
	if len(path) == 1 {
		switch path[0] {
		case 1:
			p.kind = value
		case 2:
			p.plain = value
		case 3:
			p.compressed = value
		}
		return
	} else if len(path) != 2 {
		return
	}
	// The headers of data, of dictionaries, and of data in the second version.
	switch header, field := path[0], path[1]; {
	case (header == 5 || header == 7 || header == 8) && field == 1, header == 8 && field <= 3:
		p.values = max(p.values, value)
	case header == 5 && field == 2, header == 8 && field == 4:
		p.encoding = value
	case header == 8 && field == 5:
		p.levels += value
	case header == 8 && field == 6:
		p.levels += value
		p.repetition = value
	case header == 8 && field == 7:
		p.asItIs = value == 0
	}
}
