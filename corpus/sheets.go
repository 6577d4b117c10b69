package corpus

import (
	"bytes"
	"encoding/csv"
	"fmt"

	"klew/corpus/internal/extract"
	"klew/corpus/internal/registered"
)

// sheetsLimit is what the sheets of a spreadsheet may come to, in bytes.
const sheetsLimit = 128 << 20

// splitSheets makes documents of the sheets of a spreadsheet, each as of a table in a file
// of its own: the columns are chosen in it, and a row is a document. The rows of the only
// sheet with cells are "book.xlsx:12", and of several "book.xlsx/Answers:12".
func splitSheets(kind string) func(*Corpus, *input, emit) bool {
	return func(c *Corpus, in *input, do emit) bool {
		read, ok := registered.Spreadsheets[kind]
		if !ok {
			return do(func() batch { return in.refused(notImported(kind)) })
		}
		raw, err := in.all()
		if err != nil {
			return do(func() batch { return in.refused(err) })
		}
		var sheets []extract.Sheet
		err = read(raw, sheetsLimit, func(s extract.Sheet) bool {
			sheets = append(sheets, s)
			return true
		})
		full := fullSheets(sheets)
		if full == 0 && err == nil {
			err = extract.ErrNoText
		}
		more := true
		for _, s := range sheets {
			if len(s.Rows) > 0 && more { // programs put two empty sheets behind the first
				more = c.splitSheet(in, s, full == 1, do)
			}
		}
		if err != nil && more {
			more = do(func() batch { return in.refused(err) })
		}
		return more
	}
}

// fullSheets is the number of sheets with cells that are to be seen.
func fullSheets(sheets []extract.Sheet) (n int) {
	for _, s := range sheets {
		if !s.Hidden && len(s.Rows) > 0 {
			n++
		}
	}
	return n
}

// splitSheet makes documents of the rows of one sheet.
func (c *Corpus) splitSheet(book *input, s extract.Sheet, alone bool, do emit) bool {
	in := *book
	if !alone || s.Hidden {
		in.path, in.id = book.path+"/"+s.Name, book.id+"/"+s.Name
	}
	if s.Hidden {
		return do(func() batch { return in.noted([]Entry{{Reason: Hidden, Detail: "a sheet"}}) })
	}
	if s.Above > 0 && !do(func() batch {
		return in.noted([]Entry{{Note: true, Reason: AboveTable, Detail: fmt.Sprintf("%d rows", s.Above)}})
	}) {
		return false
	}
	table := asCSV(s.Rows)
	in.whole, in.stream, in.at, in.size = table, nil, bytes.NewReader(table), int64(len(table))
	return named(c.formats, "csv").split(c, &in, do)
}

// asCSV writes a table as the reader of tables takes it.
func asCSV(rows [][]string) []byte {
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	for _, row := range rows {
		w.Write(row) // to memory
	}
	w.Flush()
	return out.Bytes()
}
