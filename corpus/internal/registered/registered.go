// Package registered holds the readers of formats that are too large, or too seldom wanted, to
// be in every program that reads texts. Package documents enters them when it is imported, as
// packages of image formats enter their decoders with package image; corpus asks for them by
// the name of the format. They are entered while the program starts, by one goroutine.
package registered

import (
	"io"

	"klew/corpus/internal/extract"
	"klew/corpus/internal/records"
)

type (
	// Document finds the text in the bytes of a whole file, as the readers of package extract
	// do.
	Document func(raw []byte, limit int64) (extract.Text, error)
	// Spreadsheet reads the sheets of a whole file, one after another, until emit returns
	// false.
	Spreadsheet func(raw []byte, limit int64, emit func(extract.Sheet) bool) error
	// Table reads a file of so many bytes, row by row, until emit returns false, as the
	// readers of package records do.
	Table func(r io.ReaderAt, size int64, c records.Columns, emit func(records.Record, error) bool) error
)

var (
	// Documents, Spreadsheets and Tables are the readers by the names of their formats.
	Documents    = map[string]Document{}
	Spreadsheets = map[string]Spreadsheet{}
	Tables       = map[string]Table{}
)
