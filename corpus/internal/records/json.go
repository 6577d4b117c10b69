package records

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"unicode/utf8"
	"unsafe"

	"github.com/go-json-experiment/json/jsontext"
)

// JSON reads one line of JSON Lines, which holds one object. Columns that c names are
// those of this line: of the text columns at least one must be there, the others may be
// missing. Without names for the text it is found by the rules of the package comment,
// in this line alone; see Resolve.
//
// Texts come as they are. Of other values numbers and booleans come as they are written,
// null as nothing, lists of plain values joined, with line ends in texts and with ", "
// in metadata. NaN and Infinity, which JSON does not have but Python writes, are null.
func JSON(line []byte, c Columns) (Record, error) {
	o, err := readObject(line)
	if err != nil {
		return Record{}, err
	}
	r, err := o.record(c)
	if r.Table = c.taken; r.Table != nil {
		r.Markup = r.Table.Markup
	}
	return r, err
}

const (
	// maxName is the longest dotted name, and with it bounds how deep groups are looked
	// into: each column repeats the names of all groups around it.
	maxName = 1000
	// MaxColumns bounds the columns of one record; a line "0,0,0…" would otherwise need
	// many times its own size.
	MaxColumns = 1 << 16
)

// member is a column of an object. A list has its values on lines of their own.
type member struct {
	name, value string
	list        bool
	text        bool // holds a string, or a list of them
}

// object is the columns of one line, with dotted names, in order.
type object []member

// readObject takes apart a line, and once more without the NaNs if there are any.
func readObject(line []byte) (object, error) {
	o, err := parseObject(line)
	if err == nil {
		return o, nil
	}
	if mended := withoutNaN(line); mended != nil {
		if o, err := parseObject(mended); err == nil {
			return o, nil
		}
	}
	return nil, err
}

// decoder reads one line after another: of a million records its room was a tenth of what was asked
// for.
type decoder struct {
	jsontext.Decoder
	short shortTexts
}

var decoders = sync.Pool{New: func() any { return new(decoder) }}

func parseObject(line []byte) (object, error) {
	if len(bytes.TrimSpace(line)) == 0 {
		return nil, errors.New("an empty line where a JSON object should be")
	}
	if line = bytes.TrimSpace(line); line[0] == '"' {
		return textObject(line)
	}
	d := decoders.Get().(*decoder)
	defer decoders.Put(d)
	d.Reset(bytes.NewBuffer(line), jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))
	p := parser{members: make(object, 0, 8), d: d}
	if kind := p.d.PeekKind(); kind != '{' && kind != jsontext.KindInvalid {
		return nil, fmt.Errorf("%s where a JSON object should be", kindName(kind))
	}
	err := p.object("")
	if err == nil {
		if _, err = p.d.ReadToken(); err == io.EOF {
			return p.members, nil
		} else if err == nil {
			return nil, errors.New("more than one JSON value on a line: each object must have a line of its own")
		}
	}
	if err == errTooManyColumns {
		return nil, err
	}
	return nil, notJSON(err)
}

// textObject is the object that a string stands for.
func textObject(line []byte) (object, error) {
	d := jsontext.NewDecoder(bytes.NewBuffer(line), jsontext.AllowInvalidUTF8(true))
	token, err := d.ReadToken()
	if err != nil {
		return nil, notJSON(err)
	}
	text := token.String()
	if _, err := d.ReadToken(); err != io.EOF {
		return nil, errors.New("more than one JSON value on a line: each object must have a line of its own")
	}
	return object{{name: "text", value: text, text: true}}, nil
}

var errTooManyColumns = fmt.Errorf("more than %d columns", MaxColumns)

// notJSON says what is wrong with a line in the words of the JSON decoder.
func notJSON(err error) error {
	var syntax *jsontext.SyntacticError
	if !errors.As(err, &syntax) {
		return err
	}
	if errors.Is(err, io.ErrUnexpectedEOF) {
		return fmt.Errorf("not JSON: it breaks off at byte %d", syntax.ByteOffset+1)
	}
	return fmt.Errorf("not JSON: %w at byte %d", syntax.Err, syntax.ByteOffset+1)
}

func kindName(kind jsontext.Kind) string {
	switch kind {
	case '[':
		return "an array"
	case '"':
		return "a string"
	case '0':
		return "a number"
	case '{':
		return "an object"
	case 't', 'f':
		return "a boolean"
	}
	return "null"
}

type parser struct {
	d       *decoder
	members object
}

// object reads an object whose columns have names that begin with prefix.
func (p *parser) object(prefix string) error {
	if _, err := p.d.ReadToken(); err != nil {
		return err
	}
	for p.d.PeekKind() != '}' {
		name, _, err := p.scalar()
		if err != nil {
			return err
		}
		if err := p.value(prefix + name); err != nil {
			return err
		}
	}
	_, err := p.d.ReadToken()
	return err
}

func (p *parser) value(name string) error {
	if len(name) > maxName {
		return p.d.SkipValue()
	} else if len(p.members) == MaxColumns {
		return errTooManyColumns
	}
	switch p.d.PeekKind() {
	case '{':
		return p.object(name + ".")
	case '[':
		return p.array(name)
	}
	value, text, err := p.scalar()
	p.members = append(p.members, member{name: name, value: value, text: text})
	return err
}

// scalar reads a plain value. Null is nothing.
func (p *parser) scalar() (value string, text bool, err error) {
	raw, err := p.d.ReadValue()
	switch {
	case err != nil || raw.Kind() == 'n':
		return "", false, err
	case raw.Kind() != '"':
		return p.d.short.ofBytes(raw), false, nil
	case len(raw) < longestShort && isPlain(raw):
		return p.d.short.ofBytes(raw[1 : len(raw)-1]), true, nil
	}
	unquoted, _ := jsontext.AppendUnquote(make([]byte, 0, len(raw)), raw) // which has been read
	return unsafe.String(unsafe.SliceData(unquoted), len(unquoted)), true, nil
}

// isPlain tells a string that means what it says: ASCII without escapes.
func isPlain(raw []byte) bool {
	for _, c := range raw {
		if c == '\\' || c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// array reads a list of plain values, or a text of which some pieces are marked up. One that holds
// other lists or objects is left out.
func (p *parser) array(name string) error {
	var values strings.Builder
	plain, text, pieces := true, true, 0
	if _, err := p.d.ReadToken(); err != nil {
		return err
	}
	for n := 0; p.d.PeekKind() != ']'; n++ {
		if kind := p.d.PeekKind(); kind == '{' || kind == '[' {
			raw, err := p.d.ReadValue()
			if err != nil {
				return err
			}
			if marked, ok := piece(raw); ok && plain {
				values.WriteString(marked)
				pieces++
			} else {
				plain = false
			}
			continue
		}
		value, isText, err := p.scalar()
		if err != nil {
			return err
		}
		if n > 0 && pieces == 0 {
			values.WriteByte('\n')
		}
		values.WriteString(value)
		text = text && isText
	}
	if pieces > 0 && plain && text {
		p.members = append(p.members, member{name: name, value: values.String(), text: true})
	} else if plain && pieces == 0 {
		p.members = append(p.members, member{name, values.String(), true, text})
	}
	_, err := p.d.ReadToken()
	return err
}

// withoutNaN makes null of the NaN, Infinity and -Infinity outside of strings, or is nil
// where there are none.
func withoutNaN(line []byte) []byte {
	var out []byte
	done := 0
	for i := 0; i < len(line); i++ {
		switch line[i] {
		case '"':
			i = stringEnd(line, i)
		case 'N', 'I', '-':
			for _, word := range []string{"NaN", "Infinity", "-Infinity"} {
				if bytes.HasPrefix(line[i:], []byte(word)) {
					out = append(append(out, line[done:i]...), "null"...)
					done = i + len(word)
					i = done - 1
					break
				}
			}
		}
	}
	if done == 0 {
		return nil
	}
	return append(out, line[done:]...)
}

// stringEnd is where the string that begins at i has its closing quote.
func stringEnd(line []byte, i int) int {
	for i++; i < len(line) && line[i] != '"'; i++ {
		if line[i] == '\\' {
			i++
		}
	}
	return i
}
