package tables

import (
	"strings"

	"klew/topics"
	"klew/vectorize"
)

// PickFields are the fields of the metadata of documents that are called so, whatever their
// case; nil, which stands for all, if none is named.
func PickFields(documents []vectorize.Document, names []string) (picked []string, err error) {
	for _, name := range names {
		field, err := topics.FindField(documents, name)
		if err != nil {
			return nil, err
		}
		picked = append(picked, field)
	}
	return picked, nil
}

// fieldColumns gives each field a name of its own, and none of ours: what is called tokens
// in a text is meta_tokens here. Databases make no difference between date and Date.
func fieldColumns(fields, ours []string) []Column {
	taken := make(map[string]bool)
	for _, name := range ours {
		taken[strings.ToLower(name)] = true
	}
	columns := make([]Column, len(fields))
	for i, name := range fields {
		name = clean(name)
		for name == "" || taken[strings.ToLower(name)] {
			name = "meta_" + name
		}
		taken[strings.ToLower(name)] = true
		columns[i] = textColumn(name).lacking()
	}
	return columns
}

// described is what tables say of documents before anything else: document, its metadata,
// tokens.
type described struct {
	columns []Column
	at      map[string]int // of fields among the metadata
	chosen  bool           // whether the fields were asked for
}

// asked are the names of the fields that were asked for.
func (x *described) asked() []string {
	if !x.chosen {
		return nil
	}
	return namesOf(x.columns[1 : len(x.columns)-1])
}

// describe prepares that for documents with some fields of their metadata, all if fields is
// nil, in a table that has more columns of ours.
func describe(documents []vectorize.Document, fields, ours []string) *described {
	d := &described{at: make(map[string]int), chosen: fields != nil}
	if fields == nil {
		fields = topics.Fields(documents)
	}
	for i, name := range fields {
		d.at[name] = i
	}
	before, after := identifierColumn("document"), wholeColumn("tokens")
	meta := fieldColumns(fields, append([]string{before.Name, after.Name}, ours...))
	d.columns = append(append(append(d.columns, before), meta...), after)
	return d
}

// put fills in what a document says of itself; of a field that it has twice the last.
func (x *described) put(row []Cell, d *vectorize.Document) {
	last := len(x.columns) - 1
	row[0], row[last] = textCell(d.ID), wholeCell(d.Tokens)
	for i := 1; i < last; i++ {
		row[i] = none
	}
	for _, f := range d.Meta {
		if i, wanted := x.at[f.Name]; wanted {
			row[1+i] = textCell(f.Value)
		}
	}
}

// Corpus is the documents of a corpus: document, its metadata, tokens. Fields are not called
// as what is reserved.
func Corpus(documents []vectorize.Document, reserved ...string) *Table {
	d := describe(documents, nil, reserved)
	return tableOf(documentsName, d.columns, len(documents), func(row []Cell, j int) { d.put(row, &documents[j]) })
}

// clean makes text UTF-8, since nothing else can be read everywhere.
func clean(s string) string { return strings.ToValidUTF8(s, "\uFFFD") }
