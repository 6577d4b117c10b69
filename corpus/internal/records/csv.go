package records

import (
	"errors"
	"fmt"
	"io"
	"strings"
)

// CSV reads a table whose first row names the columns. comma parts the columns: ',' or
// ';' or, for TSV, '\t'; 0 means whichever of these three and '|' is in the first row
// most often. The text must be UTF-8 without a byte order mark.
//
// Rows are those of RFC 4180, read as encoding/csv reads them: a field in quotes may hold
// commas, line ends and doubled quotes; empty lines are passed over. Beyond that a quote
// inside a field that does not begin with one is a character like others. These rows
// are faulty, come with an error and do not stop the others:
//
//   - those with more or fewer fields than the header;
//   - those in which a quoted field goes on after its closing quote, or has none. The
//     reading resumes at the next line, so that a stray quote costs one line and not the
//     rest of the file. In TSV, where many programs do not quote, such a line is read
//     as if quotes meant nothing.
//   - those larger than MaxRecord.
func CSV(r io.Reader, comma rune, c Columns, emit func(Record, error) bool) error {
	rows, err := newRows(r, comma)
	if err != nil {
		return err
	}
	header, err := rows.header()
	if err != nil {
		return err
	}
	t := table{rows: rows, emit: emit}
	sample := t.lookAhead()
	if t.layout, err = Choose(header, sample, c); err != nil {
		return err
	}
	return t.run()
}

// table turns rows into records.
type table struct {
	rows   *rows
	ahead  []outcome // rows that were read to choose a layout
	layout Layout
	number int
	emit   func(Record, error) bool
}

// outcome is a row or what is wrong with it.
type outcome struct {
	fields []string
	err    error
}

// lookAhead reads the first rows, keeps them, and returns those that are sound.
func (t *table) lookAhead() (sample [][]string) {
	for size := 0; len(t.ahead) < SampleRows && size < SampleBytes; {
		fields, err := t.rows.next()
		t.ahead = append(t.ahead, outcome{fields, err})
		if err == nil {
			sample = append(sample, fields)
		} else if !isFault(err) {
			break
		}
		for _, field := range fields {
			size += len(field)
		}
	}
	return sample
}

func (t *table) run() error {
	for {
		fields, err := t.next()
		if err == io.EOF {
			return nil
		} else if err != nil && !isFault(err) {
			return err
		}
		t.number++
		rec := Record{Number: t.number}
		if err == nil {
			rec = t.layout.Record(t.number, fields)
		}
		if !t.emit(rec, err) {
			return nil
		}
	}
}

func (t *table) next() ([]string, error) {
	if len(t.ahead) == 0 {
		return t.rows.next()
	}
	o := t.ahead[0]
	t.ahead = t.ahead[1:]
	return o.fields, o.err
}

// fault is what is wrong with one row.
type fault struct {
	line int
	what string
}

func (f *fault) Error() string { return fmt.Sprintf("line %d: %s", f.line, f.what) }

func isFault(err error) bool {
	var f *fault
	return errors.As(err, &f)
}

// header reads the names of the columns. A column without a name, as that of the row
// numbers which pandas writes, is called by its number.
func (r *rows) header() ([]string, error) {
	names, err := r.next()
	if err == io.EOF {
		return nil, errors.New("nothing where a header row should be")
	} else if err != nil {
		return nil, fmt.Errorf("reading the header row: %w", err)
	}
	for i, name := range names {
		if names[i] = strings.TrimSpace(name); names[i] == "" {
			names[i] = fmt.Sprintf("column%d", i+1)
		}
	}
	r.columns = len(names)
	return names, nil
}
