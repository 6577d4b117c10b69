package tables

import (
	"strconv"
	"strings"

	"klew/corpus"
	"klew/vectorize"
)

// Fields names the metadata of documents: the folder first, others in the order in which
// they first occur.
func Fields(documents []vectorize.Document) []string {
	fields := []string{corpus.Folder}
	seen := map[string]bool{corpus.Folder: true}
	for _, d := range documents {
		for _, f := range d.Meta {
			if !seen[f.Name] {
				seen[f.Name] = true
				fields = append(fields, f.Name)
			}
		}
	}
	return fields
}

// fieldColumns gives each field a name of its own, and none of ours: what is called tokens
// in a text is meta_tokens here. Databases make no difference between date and Date.
func fieldColumns(fields, ours []string) []column {
	taken := make(map[string]bool)
	for _, name := range ours {
		taken[strings.ToLower(name)] = true
	}
	columns := make([]column, len(fields))
	for i, name := range fields {
		name = clean(name)
		for name == "" || taken[strings.ToLower(name)] {
			name = "meta_" + name
		}
		taken[strings.ToLower(name)] = true
		columns[i] = column{name, text, true}
	}
	return columns
}

// metadata finds the cells of a document's fields.
type metadata map[string]int

func newMetadata(fields []string) metadata {
	at := make(metadata, len(fields))
	for i, name := range fields {
		at[name] = i
	}
	return at
}

// put fills in what a document says of itself; of a field that it has twice the last.
func (at metadata) put(cells []cell, d *vectorize.Document) {
	for i := range cells {
		cells[i] = cell{none: true}
	}
	for _, f := range d.Meta {
		cells[at[f.Name]] = cell{text: clean(f.Value)}
	}
}

// clean makes text UTF-8, since nothing else can be read everywhere.
func clean(s string) string { return strings.ToValidUTF8(s, "\uFFFD") }

// topicColumns are topic_1 to topic_k.
func (e *Export) topicColumns() []column {
	columns := make([]column, e.Model.Topics())
	for k := range columns {
		columns[k] = column{"topic_" + strconv.Itoa(int(e.number(k))), fraction, false}
	}
	return columns
}

func namesOf(columns []column) []string {
	names := make([]string, len(columns))
	for i, c := range columns {
		names[i] = c.name
	}
	return names
}
