package extract

import (
	"encoding/json"
	"fmt"
	"strings"
)

// Notebook reads a notebook of Jupyter: what its author wrote, prose and programs, and not what the
// programs printed.
func Notebook(raw []byte, limit int64) (Text, error) {
	if int64(len(raw)) > limit {
		return Text{}, TooMuch(limit)
	}
	var book struct {
		Cells      []cell
		Worksheets []struct{ Cells []cell } // until version 3
		Metadata   struct{ Title string }
	}
	if err := json.Unmarshal(raw, &book); err != nil {
		return Text{}, fmt.Errorf("not a notebook: %w", err)
	}
	for _, sheet := range book.Worksheets {
		book.Cells = append(book.Cells, sheet.Cells...)
	}
	var parts []string
	for _, c := range book.Cells {
		if text := c.text(); text != "" {
			parts = append(parts, text)
		}
	}
	return whole(Text{Title: book.Metadata.Title, Body: strings.Join(parts, "\n\n")})
}

// cell is a part of a notebook, whose text is a string or a list of lines.
type cell struct {
	Type   string          `json:"cell_type"`
	Source json.RawMessage `json:"source"`
	Input  json.RawMessage `json:"input"` // of programs, until version 3
}

// text is that of a cell, of prose without Markdown's marks.
func (c cell) text() string {
	raw := c.Source
	if raw == nil {
		raw = c.Input
	}
	var lines []string
	var text string
	if json.Unmarshal(raw, &lines) == nil {
		text = strings.Join(lines, "")
	} else if json.Unmarshal(raw, &text) != nil {
		return ""
	}
	if c.Type == "markdown" {
		if prose, err := Markdown([]byte(text), int64(len(text))); err == nil {
			text = prose.Body
		}
	}
	return strings.TrimSpace(text)
}
