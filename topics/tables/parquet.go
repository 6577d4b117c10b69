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
	columns []Column
	row1    parquet.Row
}

func newParquet(out io.Writer, t *Table) *parquetFile {
	return &parquetFile{
		w: parquet.NewGenericWriter[any](out,
			parquet.NewSchema(string(t.Name), ordered(t.Columns)),
			parquet.Compression(&parquet.Zstd),
			parquet.CreatedBy("klew", "", ""),
			parquet.KeyValueMetadata(madeBy, string(t.Name)),
			parquet.MaxRowsPerRowGroup(int64(max(1, cellsInGroup/len(t.Columns)))),
		),
		columns: t.Columns,
	}
}

func (p *parquetFile) row(cells []Cell) error {
	p.row1 = p.row1[:0]
	for i, c := range cells {
		p.row1 = append(p.row1, parquetValue(c, p.columns[i]).Level(0, defined(c, p.columns[i]), i))
	}
	_, err := p.w.WriteRows([]parquet.Row{p.row1})
	return err
}

func parquetValue(c Cell, in Column) parquet.Value {
	switch {
	case c.None:
		return parquet.NullValue()
	case in.Kind == Whole:
		return parquet.Int64Value(int64(c.Whole))
	case in.Kind.isText():
		return parquet.ByteArrayValue([]byte(c.asText(&in)))
	}
	return parquet.DoubleValue(c.Number)
}

// defined is the definition level: 1 for a value in a column that may lack it.
func defined(c Cell, in Column) int {
	if in.Lacking && !c.None {
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

func ordered(columns []Column) parquet.Node {
	group := make(parquet.Group, len(columns))
	for _, c := range columns {
		group[c.Name] = leaf(c)
	}
	byName := make(map[string]parquet.Field, len(columns))
	for _, f := range group.Fields() {
		byName[f.Name()] = f
	}
	o := inOrder{Group: group}
	for _, c := range columns {
		o.fields = append(o.fields, byName[c.Name])
	}
	return o
}

func leaf(c Column) parquet.Node {
	node := parquet.String()
	switch {
	case c.Kind == Whole:
		node = parquet.Int(64)
	case !c.Kind.isText():
		node = parquet.Leaf(parquet.DoubleType)
	}
	if c.Lacking {
		return parquet.Optional(node)
	}
	return node
}
