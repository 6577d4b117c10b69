package vectorize

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"

	"klew/corpus"
)

// ReadSVMlight reads a file of SVMlight or libsvm. Each line is a document, here three of
// them:
//
//	0 1:2 3:1
//	1 2:4   # a comment
//	0 2:1 4:1
//
// First comes the label, any word without a colon, which becomes the document's metadata
// "label"; it may be missing. An entry is a term and its value, in any order, and a
// "qid:" before them becomes metadata too. Lines with nothing but a comment are none.
//
// Terms are counted from 1, as SVMlight has it, unless a term 0 occurs anywhere: then
// all are counted from 0. So a file that counts from 0 and has nothing of its first term
// is read as one that counts from 1; which matters only to the names of the terms.
func ReadSVMlight(from io.Reader, o MatrixOptions) (*Table, error) {
	r := newLineReader(from, o)
	for r.nextLine(isComment) {
		if err := r.labelled(); err != nil {
			return nil, err
		}
	}
	base := 1
	if r.zero {
		base = 0
	}
	return r.table(base)
}

// labelled reads a line of SVMlight.
func (r *lineReader) labelled() error {
	if err := r.document(); err != nil {
		return err
	}
	field, err := r.field()
	if len(field) > 0 && bytes.IndexByte(field, ':') < 0 {
		r.describe("label", string(field))
		field, err = r.field()
	}
	for err == nil && len(field) > 0 {
		if id, ok := bytes.CutPrefix(field, []byte("qid:")); ok {
			r.describe("qid", string(id))
		} else if err := r.entry(field); err != nil {
			return err
		}
		field, err = r.field()
	}
	return err
}

// ReadLDAC reads a file of lda-c. Each line is a document, here three of them:
//
//	2 0:2 2:1
//	1 1:4
//	2 1:1 3:1
//
// First comes how many entries follow; an entry is a term, counted from 0, and its
// count. An empty document is "0".
func ReadLDAC(from io.Reader, o MatrixOptions) (*Table, error) {
	r := newLineReader(from, o)
	for r.nextLine(notComment) {
		if err := r.numbered(); err != nil {
			return nil, err
		}
	}
	return r.table(0)
}

// numbered reads a line of lda-c.
func (r *lineReader) numbered() error {
	if err := r.document(); err != nil {
		return err
	}
	field, err := r.field()
	if err != nil {
		return err
	}
	announced, rest, ok := wholeNumber(field)
	if !ok || len(rest) > 0 {
		return r.fault("%s is not the number of entries, which a line must begin with", excerpt(field))
	}
	n := int64(0)
	for field, err = r.field(); err == nil && len(field) > 0; field, err = r.field() {
		if err := r.entry(field); err != nil {
			return err
		}
		n++
	}
	if err == nil && n != announced {
		err = r.fault("it has %d entries, and says that it has %d", n, announced)
	}
	return err
}

// longestField is the largest number of bytes in a field of a line. Lines may be of any
// length.
const longestField = 1 << 12

// isComment and notComment say whether '#' begins a comment.
const (
	isComment  = true
	notComment = false
)

// lineReader reads formats that have a line for each document.
type lineReader struct {
	in       *bufio.Reader
	options  MatrixOptions
	line     int
	comments bool
	read     []byte // the field at hand
	err      error  // of reading, met in looking for a line

	documents   []Document
	triplets    triplets
	zero        bool  // whether a term is 0
	largest     int64 // term
	largestLine int
}

func newLineReader(from io.Reader, o MatrixOptions) *lineReader {
	return &lineReader{in: bufio.NewReaderSize(from, 1<<16), options: o, largest: -1}
}

func (r *lineReader) fault(format string, args ...any) error {
	return fmt.Errorf("line %d: %w", r.line, fmt.Errorf(format, args...))
}

// nextLine goes to the next line that is not empty, and reports whether there is one.
func (r *lineReader) nextLine(comments bool) bool {
	r.comments = comments
	r.line++
	for {
		b, err := r.in.ReadByte()
		switch {
		case err != nil:
			if r.err = err; err == io.EOF {
				r.err = nil
			}
			return false
		case b == '\n':
			r.line++
		case b == '#' && comments:
			if r.err = r.skipComment(); r.err != nil {
				return false
			}
		case !isBlank(b):
			r.in.UnreadByte()
			return true
		}
	}
}

// skipComment goes to the end of the line, and not beyond.
func (r *lineReader) skipComment() error {
	for {
		switch _, err := r.in.ReadSlice('\n'); {
		case err == nil:
			return r.in.UnreadByte()
		case err == io.EOF:
			return nil
		case err != bufio.ErrBufferFull:
			return r.fault("%w", err)
		}
	}
}

// field returns the next field of the line, empty at its end. The bytes hold until the
// next call.
func (r *lineReader) field() ([]byte, error) {
	r.read = r.read[:0]
	for {
		b, err := r.in.ReadByte()
		switch {
		case err == io.EOF:
			return r.read, nil
		case err != nil:
			return nil, r.fault("%w", err)
		case b == '\n' && len(r.read) == 0:
			return nil, nil
		case b == '\n' || b == '#' && r.comments && len(r.read) > 0:
			return r.read, r.in.UnreadByte() // for the next call
		case b == '#' && r.comments:
			if err := r.skipComment(); err != nil {
				return nil, err
			}
		case !isBlank(b):
			r.read = append(r.read, b)
		case len(r.read) > 0:
			return r.read, nil
		}
		if len(r.read) > longestField {
			return nil, r.fault("%s is longer than %d bytes: it is no entry", excerpt(r.read), longestField)
		}
	}
}

// document begins a document. One that is empty takes a hundred bytes, and two in a file.
func (r *lineReader) document() error {
	r.documents = append(r.documents, Document{ID: strconv.Itoa(len(r.documents) + 1)})
	if empty := len(r.documents) - 1 - r.triplets.count; empty > mostEmpty {
		return r.fault("at least %d documents are empty, and at most %d may be", empty, mostEmpty)
	}
	return nil
}

// describe adds to what is known of the document at hand.
func (r *lineReader) describe(name, value string) {
	d := &r.documents[len(r.documents)-1]
	d.Meta = append(d.Meta, corpus.Field{Name: name, Value: strings.ToValidUTF8(value, "\uFFFD")})
}

// entry reads a term and its value, and keeps them unless the value is 0.
func (r *lineReader) entry(field []byte) error {
	number, value, ok := bytes.Cut(field, []byte(":"))
	term, rest, isNumber := wholeNumber(number)
	if !ok || !isNumber || len(rest) > 0 {
		return r.fault("%s is no entry: must be a term's number, a colon and a value", excerpt(field))
	}
	x, ok := decimal(value)
	if !ok || !(x >= 0 && x <= math.MaxFloat32) {
		return r.fault("the value of %s: must be a number from 0 to %.2g", excerpt(field), math.MaxFloat32)
	}
	if term >= math.MaxInt32 || len(r.documents) > math.MaxInt32 {
		return r.fault("%s: documents and terms can be numbered up to %d", excerpt(field), math.MaxInt32)
	}
	r.zero = r.zero || term == 0
	if term > r.largest {
		r.largest, r.largestLine = term, r.line
	}
	if x := float32(x); x > 0 {
		r.triplets.add(triplet{document: int32(len(r.documents) - 1), term: int32(term), value: x})
	}
	return nil
}

// table makes the table of what has been read, with terms counted from base.
func (r *lineReader) table(base int) (*Table, error) {
	if r.err != nil {
		return nil, r.fault("%w", r.err)
	}
	if r.triplets.count == 0 {
		return nil, errNothing
	}
	terms := int(r.largest) + 1 - base
	switch {
	case r.options.Terms != nil && terms > len(r.options.Terms):
		return nil, fmt.Errorf("line %d: the term %d, counted from %d, is beyond the vocabulary, which has %d", r.largestLine, r.largest, base, len(r.options.Terms))
	case r.options.Terms == nil && terms-r.triplets.count > mostEmpty:
		return nil, fmt.Errorf("line %d: by the term %d and the number of entries at least %d terms do not occur, and at most %d may not", r.largestLine, r.largest, terms-r.triplets.count, mostEmpty)
	}
	r.triplets.shift(int32(-base))
	t := &Table{Documents: r.documents}
	t.of(&r.triplets, r.options.names(terms))
	return t, nil
}
