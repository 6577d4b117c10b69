// Package parquet reads tables of texts in Parquet files: one document a row. It is a room of
// its own because the library under it is 6 MB of a program: only what imports
// klew/corpus/documents has it. Which column is which is chosen as package records does.
package parquet

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/parquet-go/parquet-go"
	"klew/corpus/internal/records"
)

// Read reads a Parquet file of so many bytes, row group by row group. Numbers, dates
// and times come as text, in ISO's form where there is one; what is null comes as nothing.
// Lists are joined as by JSON.
//
// The file's word is not taken for sizes: its footer and the headers of its pages are
// held to what the file has room for, before anything is made of them. A page that turns
// out to be faulty ends the reading. Pages may be compressed with snappy, gzip, zstd and
// Brotli, not with LZ4 (see pageChecker); encrypted files are refused.
func Read(r io.ReaderAt, size int64, c records.Columns, emit func(records.Record, error) bool) (err error) {
	if err := checkParquet(r, size); err != nil {
		return err
	}
	defer recovered(&err)
	file, err := parquet.OpenFile(r, size, parquet.SkipPageIndex(true), parquet.SkipBloomFilters(true))
	if err != nil {
		return fmt.Errorf("the Parquet file cannot be read: %w", err)
	}
	p := newParquetReader(file, emit)
	if err := p.choose(c); err != nil {
		return err
	}
	for _, group := range file.RowGroups() {
		goOn, err := p.rowGroup(group, p.emit)
		if !goOn || err != nil {
			return err
		}
	}
	return nil
}

// recovered makes an error of a panic. The library is not hardened against files that
// contradict themselves; a fault of the caller's emit is not for us to catch.
func recovered(err *error) {
	switch fault := recover().(type) {
	case nil:
	case emitPanic:
		panic(fault.value)
	default:
		*err = fmt.Errorf("the Parquet file contradicts itself: %v", fault)
	}
}

type emitPanic struct{ value any }

// parquetReader turns rows of leaf columns into records.
type parquetReader struct {
	file    *parquet.File
	columns []parquetColumn // that are shown
	byLeaf  []int           // the column of a leaf, or -1
	layout  records.Layout
	taken   *records.Taken
	number  int
	send    func(records.Record, error) bool
}

func newParquetReader(file *parquet.File, send func(records.Record, error) bool) *parquetReader {
	p := &parquetReader{file: file, send: send}
	for _, child := range file.Root().Columns() {
		p.addColumns(child, "", false)
	}
	return p
}

// addColumns adds the leaves at and below a node. The two inner nodes of a list, whose
// names writers choose, do not show in its name.
func (p *parquetReader) addColumns(node *parquet.Column, prefix string, inList bool) {
	name := prefix + node.Name()
	if node.Leaf() {
		p.addLeaf(node, name, inList || node.Repeated())
		return
	}
	children := node.Columns()
	if len(children) == 1 && children[0].Repeated() && !node.Repeated() {
		p.addList(children[0], name, inList)
		return
	}
	hidden := inList || node.Repeated() // lists of groups, maps
	for _, child := range children {
		if hidden {
			p.hide(child)
		} else {
			p.addColumns(child, name+".", false)
		}
	}
}

// addList adds a list by the name of the node that holds it, if its elements are plain.
func (p *parquetReader) addList(repeated *parquet.Column, name string, inList bool) {
	element := repeated
	if children := repeated.Columns(); !repeated.Leaf() && len(children) == 1 {
		element = children[0]
	}
	if inList || !element.Leaf() {
		p.hide(repeated)
		return
	}
	p.addLeaf(element, name, true)
}

func (p *parquetReader) addLeaf(node *parquet.Column, name string, list bool) {
	p.byLeaf = append(p.byLeaf, len(p.columns))
	p.columns = append(p.columns, newParquetColumn(node, name, list))
}

// hide passes over the leaves at and below a node.
func (p *parquetReader) hide(node *parquet.Column) {
	if node.Leaf() {
		p.byLeaf = append(p.byLeaf, -1)
	}
	for _, child := range node.Columns() {
		p.hide(child)
	}
}

// choose finds out which column is which from the first rows.
func (p *parquetReader) choose(c records.Columns) error {
	names := make([]string, len(p.columns))
	lists := make([]bool, len(p.columns))
	for i, column := range p.columns {
		names[i], lists[i] = column.name, column.list
	}
	sample, err := p.sample()
	if err != nil {
		return err
	}
	p.layout, err = records.Choose(names, sample, c)
	p.layout.Lists = lists
	if err == nil {
		err = p.decideOrder()
	}
	p.taken = p.layout.Taken()
	p.taken.Form = "rows"
	return err
}

// decideOrder looks at dates until they tell whether the day or the month comes first.
func (p *parquetReader) decideOrder() error {
	for _, group := range p.file.RowGroups() {
		n := 0
		more, err := p.rowGroup(group, func(row []string) bool {
			n++
			p.layout.AddDate(row)
			return n < records.SampleRows || p.layout.Open()
		})
		if err != nil || !more {
			return err
		}
		if !p.layout.Open() {
			break
		}
	}
	return nil
}

// sample is the first rows, as far as they tell which column is which.
func (p *parquetReader) sample() (sample [][]string, err error) {
	if len(p.file.RowGroups()) == 0 {
		return nil, nil
	}
	size := 0
	_, err = p.rowGroup(p.file.RowGroups()[0], func(row []string) bool {
		values := make([]string, len(row))
		for i, value := range row {
			values[i] = records.Sampled(value, p.columns[i].text)
			size += len(value)
		}
		sample = append(sample, values)
		return len(sample) < records.SampleRows && size < records.SampleBytes
	})
	return sample, err
}

func (p *parquetReader) emit(row []string) bool {
	defer func() {
		if fault := recover(); fault != nil {
			panic(emitPanic{fault})
		}
	}()
	p.number++
	record := p.layout.Record(p.number, row)
	record.Table = p.taken
	return p.send(record, nil)
}

// rowGroup hands the rows of a group to do until that returns false.
func (p *parquetReader) rowGroup(group parquet.RowGroup, do func(row []string) bool) (goOn bool, err error) {
	rows := group.Rows()
	defer rows.Close()
	buffer := make([]parquet.Row, 64)
	left := group.NumRows()
	for {
		n, err := rows.ReadRows(buffer)
		if left -= int64(n); left < 0 {
			return false, errors.New("a row group has more rows than it says")
		}
		for _, row := range buffer[:n] {
			if !do(p.values(row)) {
				return false, nil
			}
		}
		switch {
		case err == io.EOF && left > 0, err == nil && n == 0:
			return false, fmt.Errorf("a row group has %d rows fewer than it says", left)
		case err == io.EOF:
			return true, nil
		case err != nil:
			return false, fmt.Errorf("after row %d: %w", p.number, err)
		}
	}
}

// values are those of a row by column.
func (p *parquetReader) values(row parquet.Row) []string {
	values := make([]string, len(p.columns))
	var lists map[int][]string
	for _, v := range row {
		leaf := v.Column()
		if leaf < 0 || leaf >= len(p.byLeaf) || p.byLeaf[leaf] < 0 || v.IsNull() {
			continue
		}
		i := p.byLeaf[leaf]
		if !p.columns[i].list {
			values[i] = p.columns[i].show(v)
			continue
		}
		if lists == nil {
			lists = map[int][]string{}
		}
		lists[i] = append(lists[i], p.columns[i].show(v))
	}
	for i, list := range lists {
		values[i] = strings.Join(list, "\n")
	}
	return values
}
