package tables

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// readXLSX reads the sheets of a workbook, with long texts put together again.
func readXLSX(data []byte) (sheets map[string]*got, order []string, err error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, nil, err
	}
	var book struct {
		Sheets []struct {
			Name string `xml:"name,attr"`
		} `xml:"sheets>sheet"`
	}
	if err := readXMLPart(z, "xl/workbook.xml", &book); err != nil {
		return nil, nil, err
	}
	sheets = make(map[string]*got)
	for i, s := range book.Sheets {
		g, err := readSheet(z, fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1))
		if err != nil {
			return nil, nil, err
		}
		sheets[s.Name] = g
		order = append(order, s.Name)
	}
	return sheets, order, joinLong(sheets)
}

func readXMLPart(z *zip.Reader, name string, to any) error {
	f, err := z.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	return xml.NewDecoder(f).Decode(to)
}

func readSheet(z *zip.Reader, name string) (*got, error) {
	var s struct {
		Rows []struct {
			Cells []struct {
				At    string `xml:"r,attr"`
				Type  string `xml:"t,attr"`
				Value string `xml:"v"`
				Text  string `xml:"is>t"`
			} `xml:"c"`
		} `xml:"sheetData>row"`
	}
	if err := readXMLPart(z, name, &s); err != nil {
		return nil, err
	}
	g := &got{}
	for n, row := range s.Rows {
		var cells []any
		for _, c := range row.Cells {
			column := columnOf(c.At)
			for len(cells) <= column {
				cells = append(cells, nil)
			}
			if c.Type == "inlineStr" {
				if units(c.Text) > excel.units+6*strings.Count(c.Text, "_x") {
					return nil, fmt.Errorf("cell %s has %d units", c.At, units(c.Text))
				}
				cells[column] = unescapeXLSX(c.Text)
			} else if x, err := strconv.ParseFloat(c.Value, 64); err == nil {
				cells[column] = x
			} else {
				return nil, fmt.Errorf("cell %s: %w", c.At, err)
			}
		}
		if n == 0 {
			for _, c := range cells {
				g.columns = append(g.columns, c.(string))
			}
			continue
		}
		for len(cells) < len(g.columns) {
			cells = append(cells, nil)
		}
		g.rows = append(g.rows, cells)
	}
	return g, nil
}

func columnOf(at string) int {
	n := 0
	for _, c := range at {
		if c < 'A' {
			break
		}
		n = 26*n + int(c-'A') + 1
	}
	return n - 1
}

var escaped = regexp.MustCompile(`_x[0-9A-Fa-f]{4}_`)

func unescapeXLSX(s string) string {
	return escaped.ReplaceAllStringFunc(s, func(e string) string {
		n, _ := strconv.ParseUint(e[2:6], 16, 16)
		return string(rune(n))
	})
}

// joinLong puts the long texts back, from as many sheets as they have.
func joinLong(sheets map[string]*got) error {
	name := longTexts
	for n := 2; sheets[name] != nil; n++ {
		for _, row := range sheets[name].rows {
			s := sheets[row[0].(string)]
			cell := &s.rows[int(row[1].(float64))-2][indexOf(s.columns, row[2].(string))]
			if row[3] == 1.0 {
				begins, ok := strings.CutSuffix((*cell).(string), cutMark)
				if !ok || !strings.HasPrefix(row[4].(string), begins) {
					return fmt.Errorf("the cell does not begin as the long text: %.50q, %.50q", *cell, row[4])
				}
				*cell = ""
			}
			*cell = (*cell).(string) + row[4].(string)
		}
		name = fmt.Sprintf("%s (%d)", longTexts, n)
	}
	return nil
}

func indexOf(list []string, s string) int {
	for i := range list {
		if list[i] == s {
			return i
		}
	}
	return -1
}
