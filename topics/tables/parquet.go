package tables

import (
	"io"

	"github.com/parquet-go/parquet-go"
)

// cellsInGroup bounds what a Parquet file keeps in memory: a group of rows is written as
// soon as it has so many cells, some 16 MB of numbers.
const cellsInGroup = 1 << 21

// madeBy is the entry in a Parquet file's metadata by which an earlier export is known.
const madeBy = "klew.table"

// parquetFile writes a Parquet file with texts as strings, numbers as 64-bit integers and
// doubles, compressed by zstd. What a row has none of is null.
type parquetFile struct {
	w       *parquet.GenericWriter[any]
	columns []column
	row1    parquet.Row
}

func newParquet(out io.Writer, t *table) *parquetFile {
	return &parquetFile{
		w: parquet.NewGenericWriter[any](out,
			parquet.NewSchema(string(t.name), ordered(t.columns)),
			parquet.Compression(&parquet.Zstd),
			parquet.CreatedBy("klew", "", ""),
			parquet.KeyValueMetadata(madeBy, string(t.name)),
			parquet.MaxRowsPerRowGroup(int64(max(1, cellsInGroup/len(t.columns)))),
		),
		columns: t.columns,
	}
}

func (p *parquetFile) row(cells []cell) error {
	p.row1 = p.row1[:0]
	for i, c := range cells {
		p.row1 = append(p.row1, value(c, p.columns[i]).Level(0, defined(c, p.columns[i]), i))
	}
	_, err := p.w.WriteRows([]parquet.Row{p.row1})
	return err
}

func value(c cell, in column) parquet.Value {
	switch {
	case c.none:
		return parquet.NullValue()
	case in.kind == whole:
		return parquet.Int64Value(int64(c.number))
	case in.kind == fraction:
		return parquet.DoubleValue(c.number)
	}
	return parquet.ByteArrayValue([]byte(c.text))
}

// defined is the definition level: 1 for a value in a column that may lack it.
func defined(c cell, in column) int {
	if in.lacking && !c.none {
		return 1
	}
	return 0
}

func (p *parquetFile) close() error { return p.w.Close() }

// inOrder is a group of columns that keeps their order; parquet.Group has them by name,
// topic_10 before topic_2.
type inOrder struct {
	parquet.Group
	fields []parquet.Field
}

func (o inOrder) Fields() []parquet.Field { return o.fields }

func ordered(columns []column) parquet.Node {
	group := make(parquet.Group, len(columns))
	for _, c := range columns {
		group[c.name] = leaf(c)
	}
	byName := make(map[string]parquet.Field, len(columns))
	for _, f := range group.Fields() {
		byName[f.Name()] = f
	}
	o := inOrder{Group: group}
	for _, c := range columns {
		o.fields = append(o.fields, byName[c.name])
	}
	return o
}

func leaf(c column) parquet.Node {
	switch {
	case c.kind == whole:
		return parquet.Int(64)
	case c.kind == fraction:
		return parquet.Leaf(parquet.DoubleType)
	case c.lacking:
		return parquet.Optional(parquet.String())
	}
	return parquet.String()
}
