package records

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// CSV reads a table. What the dialect leaves open is found in the first rows: what parts the
// columns (, ; | ^ ~ or a tab: the one with which most rows have as many as the
// first), quotes or apostrophes around fields, quotes inside doubled or behind a backslash,
// lines that end with CR alone, Excel's line sep=; and whether the first row names the columns.
// The text must be UTF-8 without a byte order mark.
//
// Rows are those of RFC 4180, read as encoding/csv reads them: a field in quotes may hold
// commas, line ends and doubled quotes; empty lines, and rows of empty fields, are passed over. Beyond that a quote
// inside a field that does not begin with one is a character like others. A row with fewer
// fields than the header is filled with empty ones. These rows are faulty, come with an error
// and do not stop the others:
//
//   - those with more fields than the header, unless these are empty;
//   - those in which a quoted field goes on after its closing quote, or has none. The
//     reading resumes at the next line, so that a stray quote costs one line and not the
//     rest of the file. In TSV, where many programs do not quote, such a line is read
//     as if quotes meant nothing.
//   - those larger than MaxRecord.
func CSV(r io.Reader, d Dialect, c Columns, emit func(Record, error) bool) error {
	rows, err := newRows(r, d)
	if err != nil {
		return err
	}
	t := table{rows: rows, emit: emit}
	header, sample, err := t.begin(d.NoHeader)
	if err != nil {
		return err
	}
	if t.layout, err = Choose(header, sample, c); err != nil {
		return t.undivided(err)
	}
	t.layout.order(sample)
	t.decideOrder()
	t.taken = t.layout.Taken()
	t.taken.Form, t.taken.NoHeader, t.taken.Above, t.taken.Below = cmp.Or(rows.form, rowsBy(rows.comma)), t.noHeader, rows.passedOver, t.described
	return t.run()
}

// undivided adds to an error on columns what may help where there is but one.
func (t *table) undivided(err error) error {
	if t.rows.columns > 1 {
		return err
	}
	return fmt.Errorf("%w (it has one column; if it has more, name what parts them with --delimiter)", err)
}

// table turns rows into records.
type table struct {
	rows   *rows
	ahead  []outcome // rows that were read to choose a layout
	layout Layout
	taken  *Taken
	number int

	noHeader  bool
	described int // rows below the header that say what the columns are
	emit      func(Record, error) bool
}

// outcome is a row or what is wrong with it.
type outcome struct {
	fields []string
	err    error
}

// begin reads the header and the first rows, and keeps those.
func (t *table) begin(noHeader bool) (names []string, sample [][]string, err error) {
	first, err := t.read()
	if err == io.EOF {
		return nil, nil, errors.New("there is no row in it, where the first names the columns or is a text")
	} else if err != nil {
		return nil, nil, fmt.Errorf("reading the header row: %w", err)
	}
	if t.rows.shifted {
		first = append([]string{""}, first...)
	}
	t.rows.columns = len(first)
	sample = t.lookAhead()
	if t.noHeader = noHeader || !isHeader(first, sample); t.noHeader {
		t.ahead = append([]outcome{{first, nil}}, t.ahead...)
		sample = append([][]string{first}, sample...)
		return named(make([]string, len(first))), sample, nil
	}
	t.described = describing(sample)
	for range t.described {
		t.ahead = t.ahead[1:]
	}
	return named(slices.Clone(first)), sample[t.described:], nil
}

// lookAhead reads the first rows, keeps them, and returns those that are sound.
func (t *table) lookAhead() (sample [][]string) {
	for size := 0; len(t.ahead) < SampleRows && size < SampleBytes; {
		fields, err := t.read()
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

// mostAhead is the size of rows that are kept to find out about the order of dates, where the
// first do not tell.
const mostAhead = 64 << 20

// decideOrder reads on while the order of the dates is open.
func (t *table) decideOrder() {
	for size := 0; size < mostAhead && t.layout.Open(); {
		fields, err := t.read()
		t.ahead = append(t.ahead, outcome{fields, err})
		if err != nil && !isFault(err) {
			return
		} else if err == nil {
			t.layout.AddDate(fields)
		}
		for _, field := range fields {
			size += len(field) + 16
		}
	}
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
			rec.Table = t.taken
		}
		if !t.emit(rec, err) {
			return nil
		}
	}
}

func (t *table) next() ([]string, error) {
	if len(t.ahead) == 0 {
		return t.read()
	}
	o := t.ahead[0]
	t.ahead = t.ahead[1:]
	return o.fields, o.err
}

// read is the next row in which something stands: spreadsheets write hundreds without behind a
// table.
func (t *table) read() ([]string, error) {
	for {
		fields, err := t.rows.next()
		if err != nil || len(fields) < 2 || !isBlank(fields) {
			return fields, err
		}
	}
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

// named gives names to the columns that have none, as that of the row numbers which pandas
// writes: their numbers.
func named(names []string) []string {
	for i, name := range names {
		if names[i] = strings.TrimSpace(name); names[i] == "" {
			names[i] = fmt.Sprintf("column%d", i+1)
		}
	}
	return names
}
