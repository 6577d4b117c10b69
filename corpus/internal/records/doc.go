// Package records reads tables of texts: one document a row or a line, with further
// columns beside it. It reads CSV and TSV, JSON Lines and JSON arrays. Parquet,
// whose library is large, has a room of its own, and asks this one which column is which.
//
// # Which column is which
//
// A user may name the columns of the text, the id and the date; Columns has the names.
// A name is compared letter by letter first and without regard to case second. Several
// text columns make one text, parted by empty lines. A named column that is not there is
// an error that lists those that are.
//
// What the user does not name is chosen so:
//
//   - The text is the first of text, body, content, message, abstract, description,
//     review, comment, tweet and sentence, in any case, unless its cells are numbers or a few
//     states. Else it is the only column. Else it is the column with the most letters in the
//     first hundred rows, in cells of several words, weighed by the share of cells that differ,
//     if it has twice as many as the next. Else it is the first with the name of a text in another
//     language, unless it is a state. Else there is an error that lists the columns.
//   - The id is the first of id, _id, uuid, doc_id and key, unless half of its cells repeat others.
//     Else it is the first with the name of a running number or a reference in one of the
//     languages, such as nr or #, if its cells are short, whole and all different.
//   - The date is the first of date, created_at, created, timestamp, published, time and
//     year of which most cells are dates. Else it is the first with the name of a date, a day or a
//     year in one of the languages, such as datum, and else the only one whose name begins or
//     ends so, on the same condition. Else it is one with a usual name, unless its cells are
//     numbers.
//
// All other columns that hold one value, or a list of plain values, are metadata, in the
// order of the file. Groups within a column count as columns of their own, with dotted
// names: {"user": {"name": "Ada"}} has the column user.name. Lists of groups, maps and
// bytes that are no text are left out.
//
// The lines of JSON Lines need not be alike. Each is read for itself, so that many
// goroutines can share them; Resolve looks at the first of them and fixes the columns
// once, so that all lines are read alike.
//
// # Faults
//
// A faulty row comes with an error in its place and does not stop the others. Only
// what spoils the whole file ends the reading: a header without the columns, an array
// that breaks off, a footer that lies, a failing disk. No input makes the readers panic,
// or take memory that the input does not need: one record may have MaxRecord bytes.
package records

import "klew/corpus/internal/date"

// MaxRecord is the size of the largest row, line or element that is read, in bytes.
const MaxRecord = 256 << 20

// Field is one column of a record beside its text, id and date.
type Field struct{ Name, Value string }

// Record is a row of a table, a line or an element of an array.
type Record struct {
	// Number is the record's place among those of its file, from 1. The header row of a
	// CSV file is not counted. JSON, which sees one line, leaves it 0.
	Number int
	// Part is its place among those of its line, from 1, or 0 if a line is one record.
	Part int
	// ID, Text and Date are as the file has them; what it does not have is empty.
	ID, Text, Date string
	// Markup is what the text has beside words.
	Markup Markup
	// Meta is the other columns in the order of the file.
	Meta []Field
	// Table is what is known of the table; nil if that is nothing.
	Table *Taken
}

// Columns names the columns of the text, the id and the date. What is empty is chosen
// by the rules in the package comment.
type Columns struct {
	Text     []string
	ID, Date string

	noID   bool       // the column with the name of an id is none
	taken  *Taken     // by Resolve
	votes  date.Votes // on the order of the dates, so far
	within []step     // the array that the records are in, of each line or element; or nil
}
