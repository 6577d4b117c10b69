package records

import (
	"bytes"
	"encoding/json"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// A file that is one JSON object may be one record, or hold many: what web services answer
// wraps the array of records in an object that says how many there are, and pandas writes
// tables as objects of columns, of rows, or with the names of columns beside the rows.

// part is a piece of JSON inside another.
type part struct {
	path string // names of members, with dots
	raw  []byte
}

const (
	// unwrapDepth is how deep an array of records may lie.
	unwrapDepth = 4
	// wordyMember is the number of words from which a member makes an object a record.
	wordyMember = 3
)

// unwrap finds the records in an object, which next hands out until it is nil, and where in it they
// were. It is nil itself if the object is one record. The elements of an array are found when they are
// asked for: a list of a million took a third of the file's room. at is where that array begins, or -1
// where the records are none of an array.
func unwrap(raw []byte, c Columns) (next func() []byte, where string, at int) {
	if rows := rowsOf(membersOf(raw)); rows != nil {
		return oneByOne(rows), "", -1
	}
	if isRecord(raw, c) {
		return nil, "", -1
	}
	best := part{}
	for _, a := range arraysIn(raw, "", 0) {
		if len(a.raw) > len(best.raw) && holdsRecords(a.raw, c) {
			best = a
		}
	}
	if best.raw == nil {
		return nil, "", -1
	}
	return elementsIn(best.raw), best.path, cap(raw) - cap(best.raw) // which is a slice of raw
}

// oneByOne hands out elements, and then nil.
func oneByOne(elements [][]byte) func() []byte {
	return func() (e []byte) {
		if len(elements) > 0 {
			e, elements = elements[0], elements[1:]
		}
		return e
	}
}

// isRecord tells an object that has a text of its own.
func isRecord(raw []byte, c Columns) bool {
	o, err := readObject(raw)
	if err != nil {
		return true
	}
	for _, name := range c.Text {
		if o.find(name) >= 0 {
			return true
		}
	}
	for _, m := range o {
		if m.text && !m.list && find(textNames(), m.name) >= 0 && countWords(m.value[:min(len(m.value), SampleValue)]) >= wordyMember {
			return true
		}
	}
	return false
}

// membersOf are the members of an object, as they stand there.
func membersOf(raw []byte) (all []part) {
	d := decoderOf(raw)
	if token, err := d.ReadToken(); err != nil || token.Kind() != '{' {
		return nil
	}
	for d.PeekKind() == '"' {
		name, err := d.ReadToken()
		if err != nil {
			return nil
		}
		path := name.String() // before the next read
		value, err := d.ReadValue()
		if err != nil {
			return nil
		}
		end := d.InputOffset()
		all = append(all, part{path, raw[end-int64(len(value)) : end]})
	}
	return all
}

// elementsIn hands out the elements of an array one by one, as they stand there, and then nil.
func elementsIn(raw []byte) func() []byte {
	d := decoderOf(raw)
	token, err := d.ReadToken()
	broken := err != nil || token.Kind() != '['
	return func() []byte {
		if broken || d.PeekKind() == ']' {
			return nil
		}
		value, err := d.ReadValue()
		if broken = err != nil; broken {
			return nil
		}
		end := d.InputOffset()
		return raw[end-int64(len(value)) : end]
	}
}

// elementsOf are all of them.
func elementsOf(raw []byte) [][]byte { return firstElements(raw, math.MaxInt) }

// firstElements are the first of them.
func firstElements(raw []byte, most int) (all [][]byte) {
	next := elementsIn(raw)
	for len(all) < most {
		e := next()
		if e == nil {
			break
		}
		all = append(all, e)
	}
	return all
}

func decoderOf(raw []byte) *jsontext.Decoder {
	return jsontext.NewDecoder(bytes.NewBuffer(raw), jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))
}

// arraysIn are the arrays in an object and the objects in it.
func arraysIn(raw []byte, prefix string, depth int) (all []part) {
	for _, m := range membersOf(raw) {
		m.path = prefix + m.path
		switch {
		case m.raw[0] == '[':
			all = append(all, m)
		case m.raw[0] == '{' && depth < unwrapDepth:
			if rows := rowsOf(membersOf(m.raw)); len(rows) > 1 { // records by their keys
				all = append(all, part{m.path, slices.Concat([]byte("["), bytes.Join(rows, []byte(",")), []byte("]"))})
			}
			all = append(all, arraysIn(m.raw, m.path+".", depth+1)...)
		}
	}
	return all
}

// holdsRecords tells an array of objects with the columns that the user named, or of texts.
func holdsRecords(raw []byte, c Columns) bool {
	sample := firstElements(raw, SampleRows)
	if names, header := nameRows(sample); header {
		for i := range sample[1:] {
			sample[i] = rowObject(names, sample[i+1])
		}
		sample = sample[:len(sample)-1]
	}
	words := 0
	for _, e := range sample {
		switch e[0] {
		case '{':
			_, err := Resolve(sample, c)
			return err == nil || len(c.Text) == 0 && c.ID == "" && c.Date == ""
		case '"':
			words += countWords(string(e))
		}
	}
	return len(sample) > 0 && words >= wordyMember*len(sample) && len(c.Text) == 0
}

// rowsOf makes records of a table that pandas wrote, or of objects by their keys; nil if the
// members are neither.
func rowsOf(members []part) [][]byte {
	if columns, data := anyMemberOf(members, columnsNames), anyMemberOf(members, rowsNames); columns != nil && data != nil {
		return splitRows(elementsOf(columns), elementsOf(data))
	}
	if len(members) == 0 {
		return nil
	}
	if rows := listRows(members); rows != nil {
		return rows
	}
	if rows := textRows(members); rows != nil {
		return rows
	}
	keys := [][]part{}
	for _, m := range members {
		if m.raw[0] != '{' {
			return nil
		}
		inside := membersOf(m.raw)
		if len(inside) == 0 {
			return nil
		}
		keys = append(keys, inside)
	}
	if areNumbers(keys[0]) {
		return columnRows(members, keys)
	}
	if len(members) < 2 || !shareNames(keys) {
		return nil
	}
	rows := make([][]byte, len(members))
	for i, m := range members {
		rows[i] = withKey(m, keys[i])
	}
	return rows
}

func memberOf(members []part, name string) []byte {
	if i := slices.IndexFunc(members, func(m part) bool { return m.path == name && m.raw[0] == '[' }); i >= 0 {
		return members[i].raw
	}
	return nil
}

// areNumbers tells whether names count from 0, as pandas names rows.
func areNumbers(members []part) bool {
	for i, m := range members {
		if m.path != strconv.Itoa(i) {
			return false
		}
	}
	return true
}

// shareNames tells whether objects are alike: the names of the first are mostly in all others.
func shareNames(all [][]part) bool {
	for _, other := range all[1:] {
		same := 0
		for _, m := range all[0] {
			if slices.ContainsFunc(other, func(o part) bool { return o.path == m.path }) {
				same++
			}
		}
		if 2*same < len(all[0]) {
			return false
		}
	}
	return true
}

// withKey is an object with its key in front, as its id unless it has one.
func withKey(m part, inside []part) []byte {
	name := "id"
	if slices.ContainsFunc(inside, func(p part) bool { return find(idNames(), p.path) >= 0 }) {
		name = "key of the object"
	}
	return written(append([]part{{name, quoted(m.path)}}, inside...))
}

// columnRows turns columns, each an object of the values by row, into rows.
func columnRows(columns []part, values [][]part) [][]byte {
	rows := make([][]byte, 0, len(values[0]))
	for i := range values[0] {
		var row []part
		for j, column := range columns {
			if i < len(values[j]) {
				row = append(row, part{column.path, values[j][i].raw})
			}
		}
		rows = append(rows, written(row))
	}
	return rows
}

// The names of the members with the columns and with the rows of a table, as pandas, Datasette, and
// the SQL of Elasticsearch, OpenSearch, Trino and ClickHouse write one.
var (
	columnsNames = []string{"columns", "schema", "meta"}
	rowsNames    = []string{"data", "rows", "datarows"}
)

// anyMemberOf is the first array with one of some names; nil if there is none.
func anyMemberOf(members []part, names []string) []byte {
	for _, name := range names {
		if raw := memberOf(members, name); raw != nil {
			return raw
		}
	}
	return nil
}

// columnName is that of a column, which databases write beside its type.
func columnName(raw []byte) (name string, ok bool) {
	if json.Unmarshal(raw, &name) == nil {
		return name, true
	}
	var column struct{ Name string }
	err := json.Unmarshal(raw, &column)
	return column.Name, err == nil && column.Name != ""
}

// splitRows gives names to rows that are arrays; nil if they are none.
func splitRows(columns, data [][]byte) [][]byte {
	names := make([]string, len(columns))
	for i, c := range columns {
		var ok bool
		if names[i], ok = columnName(c); !ok {
			return nil
		}
	}
	var rows [][]byte
	for _, d := range data {
		if d[0] != '[' {
			return nil
		}
		var row []part
		for i, value := range elementsOf(d) {
			if i < len(names) {
				row = append(row, part{names[i], value})
			}
		}
		rows = append(rows, written(row))
	}
	return rows
}

// written is an object of members.
func written(members []part) []byte {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, m := range members {
		if i > 0 {
			b.WriteByte(',')
		}
		b.Write(quoted(m.path))
		b.WriteByte(':')
		b.Write(m.raw)
	}
	b.WriteByte('}')
	return b.Bytes()
}

func quoted(text string) []byte {
	raw, _ := jsontext.AppendQuote(nil, strings.ToValidUTF8(text, "\uFFFD"))
	return raw
}
