package records

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/go-json-experiment/json/jsontext"
)

// JSONValues reads a file of JSON, a value at a time: the elements of an array, what one object
// holds (see unwrap), or objects one after the other. Each is read as JSON reads a line; the
// columns are fixed by the first of them, as by Resolve. A string is a text. What is neither
// comes with an error. Where the file is broken the reading ends, since nobody can tell where
// its next value begins.
func JSONValues(r io.Reader, c Columns, emit func(Record, error) bool) error {
	return JSONValuesAgain(r, nil, c, emit)
}

// JSONValuesAgain is JSONValues for what can be read again from its beginning. The records of a large
// object are then read from there, and the object does not stay in memory.
func JSONValuesAgain(r io.Reader, again func() (io.Reader, error), c Columns, emit func(Record, error) bool) error {
	v, err := newValues(r, again, c)
	if err != nil {
		return err
	}
	v.bulk = v.isBulk()
	first, broken := v.lookAhead(&c)
	first = v.nameRows(first)
	if c, err = Resolve(first, c); err != nil {
		return err
	}
	for broken == nil && c.Open() && v.size < mostAhead {
		var element []byte
		if element, broken = v.next(); broken == nil {
			first = append(first, v.kept(element))
			c.AddDate(element)
		}
	}
	if c.taken != nil && v.where != "" {
		c.taken.Form, c.taken.left = "records of "+v.where, v.left
		if taken := v.where + "." + pathOf(c.within); c.within != nil {
			c.taken.Form = "records of " + taken
			c.taken.left = slices.DeleteFunc(v.left, func(a nested) bool { return a.path == taken })
		}
	}
	number := 0
	each := func(element []byte) bool {
		return c.Each(element, func(record []byte) bool {
			number++
			rec, err := JSON(record, c)
			rec.Number = number
			return emit(rec, err)
		})
	}
	for _, element := range first {
		if !each(element) {
			return nil
		}
	}
	for broken == nil {
		var element []byte
		if element, broken = v.next(); broken != nil {
			break
		}
		if !each(element) {
			return nil
		}
	}
	return v.ended(broken, number)
}

// values hands out the values of a file, and those inside of an array one by one.
type values struct {
	input *allowance
	d     *jsontext.Decoder
	ahead [][]byte // before what is still to be read
	// inside hands out those in the one object of the file, and where says where in it they are.
	inside func() []byte
	where  string
	// at is where in an object of objectSize bytes the array begins that inside hands out, or -1; and
	// within is set where what is behind that array is not read.
	at, objectSize int
	within         bool
	left           []nested // the other arrays there
	size           int      // of those that were kept
	names          []string // of rows that are arrays
	bulk           bool     // values are in pairs: what to do, and with what
}

// newValues looks at the beginning.
func newValues(r io.Reader, again func() (io.Reader, error), c Columns) (*values, error) {
	v := &values{}
	v.decode(jsonIn(r))
	switch v.d.PeekKind() {
	case '[':
		return v, nil
	case '{':
		first, err := v.d.ReadValue()
		if err != nil {
			return v, v.ended(err, 0)
		}
		v.ahead = [][]byte{bytes.Clone(first)}
		if v.d.PeekKind() == jsontext.KindInvalid {
			if _, err := v.d.ReadToken(); err == io.EOF {
				v.d = jsontext.NewDecoder(bytes.NewReader(nil)) // whose room is as large again
				v.unwrap(c)
				return v, v.readAgain(again)
			}
		}
		return v, nil
	case jsontext.KindInvalid:
		_, err := v.d.ReadToken()
		if err == io.EOF {
			return v, errors.New("there is nothing in it, where JSON should be")
		}
		return v, v.ended(err, 0)
	default:
		return v, fmt.Errorf("%s where a JSON array or object should be", kindName(v.d.PeekKind()))
	}
}

// jsonIn reads JSON as it was meant.
func jsonIn(r io.Reader) io.Reader { return &numbersOnly{Reader: withoutAssignment(r)} }

// decode reads values from r.
func (v *values) decode(r io.Reader) {
	v.input = &allowance{Reader: r, left: MaxRecord}
	v.d = jsontext.NewDecoder(v.input, jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))
}

// largeObject is the size from which an object is read again rather than kept.
const largeObject = 16 << 20

// readAgain reads the array that was found in a large object from where it begins, and lets the
// object go.
func (v *values) readAgain(again func() (io.Reader, error)) error {
	if v.inside == nil || again == nil || v.at < 0 || v.objectSize < largeObject {
		return nil
	}
	r, err := again()
	if err != nil {
		return err
	}
	r = jsonIn(r)
	if _, err := io.CopyN(io.Discard, r, int64(v.at)); err != nil {
		return err
	}
	v.inside, v.ahead, v.within = nil, nil, true
	v.decode(r)
	return nil
}

// unwrap finds the records in the one object of a file, unless the text column says where they are.
func (v *values) unwrap(c Columns) {
	whole := v.ahead
	if c.enter(whole).within != nil {
		return
	}
	v.objectSize = len(whole[0])
	if v.inside, v.where, v.at = unwrap(whole[0], c); v.inside != nil {
		v.ahead = nil
	}
	if v.where != "" {
		v.left = leftOut(whole, v.where)
	}
}

// isBulk tells whether the first value says what to do with the next.
func (v *values) isBulk() bool {
	if len(v.ahead) != 1 || v.inside != nil {
		return false
	}
	_, is := bulkAction(v.ahead[0])
	return is
}

// lookAhead keeps the first values.
func (v *values) lookAhead(c *Columns) (first [][]byte, broken error) {
	for len(first) < SampleRows && v.size < SampleBytes && broken == nil {
		var element []byte
		if element, broken = v.next(); broken == nil {
			first = append(first, v.kept(element))
		}
	}
	return first, broken
}

func (v *values) kept(element []byte) []byte {
	v.size += len(element) + 64
	return bytes.Clone(element)
}

// nameRows makes objects of the first values, and of those that follow, if they are rows.
func (v *values) nameRows(first [][]byte) [][]byte {
	names, header := nameRows(first)
	if names == nil {
		return first
	}
	if header {
		first = first[1:]
	}
	for i := range first {
		first[i] = rowObject(names, first[i])
	}
	v.names = names
	return first
}

// next is the next value, a row made an object.
func (v *values) next() ([]byte, error) {
	value, err := v.value()
	if v.bulk && err == nil {
		value, err = v.document(value)
	}
	if err == nil && v.names != nil && isRow(value) {
		value = rowObject(v.names, value)
	}
	return value, err
}

// document is the next document of a bulk that begins with value.
func (v *values) document(value []byte) ([]byte, error) {
	for {
		a, ok := bulkAction(value)
		if !ok {
			return value, nil
		}
		next, err := v.value()
		if err != nil || !a.deletes {
			return a.of(next), err
		}
		value = next
	}
}

// value is the next value, valid until the following call, or io.EOF at the end.
func (v *values) value() ([]byte, error) {
	if len(v.ahead) > 0 {
		element := v.ahead[0]
		v.ahead = v.ahead[1:]
		return element, nil
	}
	if v.inside != nil {
		if element := v.inside(); element != nil {
			return element, nil
		}
		return nil, io.EOF
	}
	for {
		v.input.left = MaxRecord
		switch kind := v.d.PeekKind(); {
		case kind == ']' && v.within:
			return nil, io.EOF
		case kind == ']', kind == '[' && v.d.StackDepth() == 0:
			if _, err := v.d.ReadToken(); err != nil {
				return nil, err
			}
		case kind == jsontext.KindInvalid && v.d.StackDepth() == 0:
			_, err := v.d.ReadToken()
			return nil, err
		default:
			return v.d.ReadValue()
		}
	}
}

// ended says how the file ended after so many values.
func (v *values) ended(err error, elements int) error {
	switch {
	case err == io.EOF:
		return nil
	case errors.Is(err, errTooLarge):
		return fmt.Errorf("element %d: %w", elements+1, errTooLarge)
	case elements == 0:
		return notJSON(err)
	}
	return fmt.Errorf("after element %d: %w", elements, notJSON(err))
}

// numbersOnly makes empty strings of the NaN, Infinity and -Infinity outside of strings, which
// JSON does not have but Python writes. They take as many bytes as before.
type numbersOnly struct {
	io.Reader
	inside, escaped bool // a string
	word            int  // letters of a word that were replaced
	minus           bool // at the end was held back, since what follows is not known
}

func (r *numbersOnly) Read(p []byte) (int, error) {
	n, err := 0, error(nil)
	if r.minus && len(p) > 0 {
		p[0], n, r.minus = '-', 1, false
	}
	for first := true; err == nil && n < len(p) && (first || p[n-1] == '-'); first = false {
		var more int
		more, err = r.Reader.Read(p[n:])
		if n += more; n == 0 {
			break
		}
	}
	r.replace(p[:n])
	if n > 1 && err == nil && p[n-1] == '-' && !r.inside {
		r.minus = true
		n--
	}
	return n, err
}

func (r *numbersOnly) replace(p []byte) {
	n := len(p)
	for i, b := range p {
		switch {
		case r.inside:
			if b == '"' && !r.escaped {
				r.inside = false
			}
			r.escaped = b == '\\' && !r.escaped
		case b == '"':
			r.inside, r.word = true, 0
		case b == 'N' || b == 'I' || r.word > 0 && b|0x20 >= 'a' && b|0x20 <= 'z':
			p[i] = ' '
			if r.word++; r.word <= 2 {
				p[i] = '"'
			}
		case b == 0x1e: // before each record of a JSON text sequence (RFC 7464)
			p[i] = ' '
		case b == '-' && i+1 < n && p[i+1] == 'I':
			p[i] = ' '
		default:
			r.word = 0
		}
	}
}

var errTooLarge = fmt.Errorf("larger than %d MB, the largest record that is read", MaxRecord>>20)

// allowance is a reader of which only so much may be read before someone renews it, so
// that a string without an end does not fill the memory.
type allowance struct {
	io.Reader
	left int
}

func (a *allowance) Read(p []byte) (int, error) {
	if a.left <= 0 {
		return 0, errTooLarge
	}
	n, err := a.Reader.Read(p[:min(len(p), a.left)])
	a.left -= n
	return n, err
}
