package matrixfile

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"math"
	"strings"
)

// readSVMlight reads a file of SVMlight or libsvm. Each line is a document, here three of
// them:
//
//	0 1:2 3:1
//	1 2:4   # a comment
//	0 2:1 4:1
//
// First comes the label, any word without a colon, which may be missing. An entry is a
// term and its value, in any order, and a "qid:" before them is the document's query. Lines
// with nothing but a comment are none.
//
// Terms are counted as Options.Base has it. Where it leaves that open and no comment says it,
// they are counted from 1, as SVMlight has it, unless a term 0 occurs anywhere. So a file that
// counts from 0 without saying so, and has nothing of its first term, is read as one that
// counts from 1; which matters only to the names of the terms.
func readSVMlight(from io.Reader, o Options) (*Matrix, error) {
	r := newLineReader(from, o)
	for r.nextLine(isComment) {
		if err := r.labelled(); err != nil {
			return nil, err
		}
	}
	base, note, err := r.base()
	if err != nil {
		return nil, err
	}
	m, err := r.matrix(base)
	if m != nil {
		m.Note = note
	}
	return m, err
}

// base is the number of the first term, and how it was found out.
func (r *lineReader) base() (base int, note string, err error) {
	switch {
	case r.options.Base == OneBased && r.zeroLine > 0:
		return 0, "", fmt.Errorf("line %d: it has a term 0, and terms are to be counted from 1", r.zeroLine)
	case r.options.Base != AnyBase:
		return int(r.options.Base - ZeroBased), "", nil
	case r.said == OneBased && r.zeroLine == 0:
		return 1, "terms are counted from 1, as its header says", nil
	case r.said == ZeroBased:
		return 0, "terms are counted from 0, as its header says", nil
	case r.zeroLine > 0:
		return 0, fmt.Sprintf("terms are counted from 0, since line %d has a term 0", r.zeroLine), nil
	}
	return 1, "terms are counted from 1: no term 0 occurs", nil
}

// labelled reads a line of SVMlight.
func (r *lineReader) labelled() error {
	if err := r.document(); err != nil {
		return err
	}
	field, err := r.field()
	if len(field) > 0 && bytes.IndexByte(field, ':') < 0 {
		r.documents[len(r.documents)-1].Label = strings.ToValidUTF8(string(field), "\uFFFD")
		field, err = r.field()
	}
	for err == nil && len(field) > 0 {
		if id, ok := bytes.CutPrefix(field, []byte("qid:")); ok {
			r.documents[len(r.documents)-1].Query = strings.ToValidUTF8(string(id), "\uFFFD")
		} else if err := r.entry(field); err != nil {
			return err
		}
		field, err = r.field()
	}
	return err
}

// readLDAC reads a file of lda-c. Each line is a document, here three of them:
//
//	2 0:2 2:1
//	1 1:4
//	2 1:1 3:1
//
// First comes how many entries follow; an entry is a term, counted from 0, and its
// count. An empty document is "0".
func readLDAC(from io.Reader, o Options) (*Matrix, error) {
	r := newLineReader(from, o)
	for r.nextLine(notComment) {
		if err := r.numbered(); err != nil {
			return nil, err
		}
	}
	return r.matrix(0)
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
	options  Options
	line     int
	comments bool
	read     []byte // the field at hand
	err      error  // of reading, met in looking for a line

	documents   []Document
	triplets    triplets
	said        Base  // in a comment before the first document
	zeroLine    int   // the first line with a term 0, or 0
	largest     int64 // term
	largestLine int
}

func newLineReader(from io.Reader, o Options) *lineReader {
	in := bufio.NewReaderSize(from, 1<<16)
	if head, _ := in.Peek(len(byteOrderMark)); bytes.Equal(head, byteOrderMark) {
		in.Discard(len(byteOrderMark))
	}
	return &lineReader{in: in, options: o, largest: -1}
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
		comment, err := r.in.ReadSlice('\n')
		r.listen(comment)
		switch {
		case err == nil:
			return r.in.UnreadByte()
		case err == io.EOF:
			return nil
		case err != bufio.ErrBufferFull:
			return r.fault("%w", err)
		}
	}
}

// listen notes what a comment before the first document says of how terms are counted.
func (r *lineReader) listen(comment []byte) {
	if len(r.documents) > 0 || r.said != AnyBase {
		return
	}
	switch text := strings.NewReplacer(" ", "", "-", "").Replace(strings.ToLower(string(comment))); {
	case strings.Contains(text, "zerobased"), strings.Contains(text, "0based"):
		r.said = ZeroBased
	case strings.Contains(text, "onebased"), strings.Contains(text, "1based"):
		r.said = OneBased
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
	r.documents = append(r.documents, Document{})
	if empty := len(r.documents) - 1 - r.triplets.count; empty > mostEmpty {
		return r.fault("at least %d documents are empty, and at most %d may be", empty, mostEmpty)
	}
	return nil
}

// entry reads a term and its value, and keeps them unless the value is 0.
func (r *lineReader) entry(field []byte) error {
	number, value, ok := bytes.Cut(field, []byte(":"))
	term, rest, isNumber := wholeNumber(number)
	if !ok || !isNumber || len(rest) > 0 {
		return r.fault("%s is no entry: must be a term's number, a colon and a value", excerpt(field))
	}
	x, ok, tooLong := parseValue(value)
	if !ok {
		return r.fault("the value of %s: must be a number from 0 to %.2g", excerpt(field), math.MaxFloat32)
	} else if tooLong {
		return r.fault(tooLongFor, "value of "+excerpt(field))
	}
	if term >= math.MaxInt32 || len(r.documents) > math.MaxInt32 {
		return r.fault("%s: documents and terms can be numbered up to %d", excerpt(field), math.MaxInt32)
	}
	if term == 0 && r.zeroLine == 0 {
		r.zeroLine = r.line
	}
	if term > r.largest {
		r.largest, r.largestLine = term, r.line
	}
	if x > 0 {
		r.triplets.add(triplet{document: int32(len(r.documents) - 1), term: int32(term), value: x})
	}
	return nil
}

// matrix makes the matrix of what has been read, with terms counted from base.
func (r *lineReader) matrix(base int) (*Matrix, error) {
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
	m := &Matrix{Documents: r.documents}
	m.build(&r.triplets, r.options.names(terms))
	return m, nil
}
