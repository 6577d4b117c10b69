package page

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"klew/corpus"
	"klew/topics"
	"klew/topics/tables"
)

// number is a number with the digits that tables have, null if it is none.
type number float64

// MarshalJSON writes it.
func (n number) MarshalJSON() ([]byte, error) {
	if x := float64(n); math.IsNaN(x) || math.IsInf(x, 0) {
		return []byte("null"), nil
	}
	return tables.AppendNumber(nil, float64(n)), nil
}

func numbers(all []float64) []number {
	if all == nil {
		return nil
	}
	list := make([]number, len(all))
	for i, x := range all {
		list[i] = number(x)
	}
	return list
}

func named(what string, n int) string { return what + "-" + strconv.Itoa(n) }

// percent is a share as people read it.
func percent(share float64) string { return fmt.Sprintf("%.1f %%", 100*share) }

// asJSON is a value of a block as JSON. What is not UTF-8 becomes U+FFFD.
func asJSON(value any) []byte {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	if err := e.Encode(value); err != nil {
		panic("page: " + err.Error()) // the values are ours
	}
	return out.Bytes()
}

// tableJSON is a table as the commands write it: an array of objects.
func tableJSON(t *tables.Table) (json.RawMessage, error) {
	var out bytes.Buffer
	err := tables.Write(&out, tables.JSON, t)
	return out.Bytes(), err
}

// sheetJSON is a sheet as the commands write it: an object.
func sheetJSON(s *tables.Sheet) (json.RawMessage, error) {
	var out bytes.Buffer
	err := tables.WriteObject(&out, s, true)
	return out.Bytes(), err
}

// coded is a list of strings of which each begins as the one before does: how many UTF-16 units
// it has of that, and the rest. The ids of 20,000 messages take 5 KB so, and 74 KB if packed as
// they are.
type coded struct {
	Same []int    `json:"same"`
	Rest []string `json:"rest"`
}

// add adds a string, of which the part that it shares with another is left out, and returns it
// as it will be read.
func (c *coded) add(before, text string) string {
	text = strings.ToValidUTF8(text, "\ufffd")
	units, at := 0, 0
	for at < len(text) {
		r, size := utf8.DecodeRuneInString(text[at:])
		if at > len(before) || !strings.HasPrefix(before[at:], text[at:at+size]) {
			break
		}
		at, units = at+size, units+utf16.RuneLen(r)
	}
	c.Same, c.Rest = append(c.Same, units), append(c.Rest, text[at:])
	return text
}

// termsJSON is the vocabulary by columns. Forms are those of all terms, so many of each; the
// first of a term is the one that is shown. They are written by what they share with the stem.
// A count is that of all forms of the term, unless there is a list of counts.
func termsJSON(m *topics.Model) []byte {
	var t struct {
		Stem   coded `json:"stem"`
		DF     []int `json:"df"`
		Count  []int `json:"count,omitempty"`
		Has    []int `json:"has"`
		Forms  coded `json:"forms"`
		Counts []int `json:"counts"`
		Phrase []int `json:"phrases"`
	}
	stem, differ := "", false
	var counts []int
	for i := range m.Vocabulary.Terms {
		term := &m.Vocabulary.Terms[i]
		stem = t.Stem.add(stem, term.Stem)
		t.DF, counts = append(t.DF, term.DF), append(counts, term.Count)
		t.Has = append(t.Has, len(term.Forms))
		all := 0
		for _, f := range term.Forms {
			t.Forms.add(stem, f.Text)
			t.Counts = append(t.Counts, f.Count)
			all += f.Count
		}
		differ = differ || all != term.Count
		if m.IsPhrase(i) {
			t.Phrase = append(t.Phrase, i)
		}
	}
	if differ {
		t.Count = counts
	}
	return asJSON(t)
}

// documentField is a field of the metadata: its values in the order in which they first occur,
// and which of them each document has: 0 for the next one that has not occurred yet, else its
// number from 1. So a field in which all values differ, as ids do, is little but its values.
type documentField struct {
	Name   string   `json:"name"`
	Values []string `json:"values"`
	Of     []int    `json:"of"`
}

// documentsJSON is documents by columns.
func documentsJSON(m *topics.Model, held []int) []byte {
	var d struct {
		ID      coded           `json:"id"`
		Tokens  []int           `json:"tokens"`
		Unknown []int           `json:"unknown"`
		Fields  []documentField `json:"fields"`
	}
	id := ""
	for _, j := range held {
		document := &m.Documents[j]
		id = d.ID.add(id, document.ID)
		d.Tokens, d.Unknown = append(d.Tokens, document.Tokens), append(d.Unknown, document.Unknown)
	}
	d.Fields = []documentField{}
	for _, name := range topics.Fields(m.Documents) {
		d.Fields = append(d.Fields, fieldOf(m, held, name))
	}
	return asJSON(d)
}

func fieldOf(m *topics.Model, held []int, name string) documentField {
	f := documentField{Name: name}
	at := map[string]int{}
	for _, j := range held {
		value := corpus.Value(m.Documents[j].Meta, name)
		if _, known := at[value]; !known {
			f.Values = append(f.Values, value)
			at[value] = len(f.Values)
			f.Of = append(f.Of, 0)
			continue
		}
		f.Of = append(f.Of, at[value])
	}
	return f
}
