package records

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/go-json-experiment/json/jsontext"
)

// JSONArray reads a file that is one JSON array of objects, an object at a time. Each is
// read as JSON reads a line; the columns are fixed by the first of them, as by Resolve.
// What is no object comes with an error. Where the array is broken the reading ends,
// since nobody can tell where its next element begins.
func JSONArray(r io.Reader, c Columns, emit func(Record, error) bool) error {
	a := newArrayReader(r)
	if err := a.open(); err != nil {
		return err
	}
	var first [][]byte
	size := 0
	var broken error
	for len(first) < SampleRows && size < SampleBytes && broken == nil {
		var element []byte
		if element, broken = a.next(); broken == nil {
			first = append(first, bytes.Clone(element))
			size += len(element)
		}
	}
	c, err := Resolve(first, c)
	if err != nil {
		return err
	}
	number := 0
	for _, element := range first {
		number++
		if !emitJSON(number, element, c, emit) {
			return nil
		}
	}
	for broken == nil {
		var element []byte
		if element, broken = a.next(); broken != nil {
			break
		}
		number++
		if !emitJSON(number, element, c, emit) {
			return nil
		}
	}
	return a.ended(broken, number)
}

func emitJSON(number int, element []byte, c Columns, emit func(Record, error) bool) bool {
	rec, err := JSON(element, c)
	rec.Number = number
	return emit(rec, err)
}

// arrayReader hands out the elements of an array.
type arrayReader struct {
	input *allowance
	d     *jsontext.Decoder
}

func newArrayReader(r io.Reader) *arrayReader {
	input := &allowance{Reader: r}
	return &arrayReader{input, jsontext.NewDecoder(input, jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))}
}

func (a *arrayReader) open() error {
	a.input.left = MaxRecord
	token, err := a.d.ReadToken()
	if err == io.EOF {
		return errors.New("nothing where a JSON array should be")
	} else if err != nil {
		return notJSON(err)
	}
	if token.Kind() != '[' {
		return fmt.Errorf("%s where a JSON array should be", kindName(token.Kind()))
	}
	return nil
}

// next is the next element, valid until the following call, or io.EOF at the end.
func (a *arrayReader) next() ([]byte, error) {
	a.input.left = MaxRecord
	if a.d.PeekKind() == ']' {
		return nil, io.EOF
	}
	return a.d.ReadValue()
}

// ended says how the array ended after so many elements.
func (a *arrayReader) ended(err error, elements int) error {
	if err == io.EOF {
		if _, err = a.d.ReadToken(); err == nil {
			if _, err = a.d.ReadToken(); err == io.EOF {
				return nil
			} else if err == nil {
				err = errors.New("something follows the array")
			}
		}
	}
	if errors.Is(err, errTooLarge) {
		return fmt.Errorf("element %d: %w", elements+1, errTooLarge)
	}
	return fmt.Errorf("after element %d: %w", elements, notJSON(err))
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
