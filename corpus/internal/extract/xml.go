package extract

import (
	"bufio"
	"bytes"
	"encoding/xml"
	"fmt"
	"io"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding/unicode"
)

// A visitor sees the elements of an XML document as they come, so that none is held in
// memory as a tree. encoding/xml expands no entity that a document defines for itself.
type visitor interface {
	// start returns false for an element that is to be passed over with all it holds; it
	// has no end then.
	start(xml.StartElement) bool
	end(local string)
	text(string)
}

// newDecoder reads XML in any encoding that it or its first bytes name.
func newDecoder(r io.Reader) *xml.Decoder {
	in := bufio.NewReader(&unbroken{r: r})
	mark, _ := in.Peek(2)
	wide := bytes.Equal(mark, []byte("\xff\xfe")) || bytes.Equal(mark, []byte("\xfe\xff"))
	if wide {
		r = unicode.UTF16(unicode.BigEndian, unicode.ExpectBOM).NewDecoder().Reader(in)
	} else {
		r = in
	}
	d := xml.NewDecoder(r)
	d.CharsetReader = func(label string, r io.Reader) (io.Reader, error) {
		if wide {
			return r, nil
		}
		return charset.NewReaderLabel(label, r)
	}
	return d
}

// walk shows a document to a visitor.
func walk(d *xml.Decoder, v visitor) error {
	depth, passing := 0, 0 // passing is the depth of the element that is passed over
	for {
		token, err := d.Token()
		if err == io.EOF {
			return nil
		} else if err != nil {
			return err
		}
		switch t := token.(type) {
		case xml.StartElement:
			if depth++; depth > deepest {
				return errTooDeep()
			}
			if passing == 0 && !v.start(t) {
				passing = depth
			}
		case xml.EndElement:
			if passing == 0 {
				v.end(t.Name.Local)
			} else if passing == depth {
				passing = 0
			}
			depth--
		case xml.CharData:
			if passing == 0 {
				v.text(string(t))
			}
		}
	}
}

// value is an attribute by its name without the prefix, for the prefixes are the same
// wherever the name is.
func value(e xml.StartElement, local string) string {
	for _, a := range e.Attr {
		if a.Name.Local == local {
			return a.Value
		}
	}
	return ""
}

// facts are the simple elements of a document that says something about another.
type facts struct {
	names, values []string
	within        bytes.Buffer
}

func (f *facts) start(xml.StartElement) bool { f.within.Reset(); return true }

func (f *facts) text(s string) { f.within.WriteString(s) }

func (f *facts) end(local string) {
	const many = 1000 // of which a title and an author are among the first
	if s := Tidy(f.within.String()); s != "" && len(f.names) < many {
		f.names, f.values = append(f.names, local), append(f.values, s)
	}
	f.within.Reset()
}

// first is the value of the first of some names that is there.
func (f *facts) first(names ...string) string {
	for _, name := range names {
		if all := f.all(name); len(all) > 0 {
			return all[0]
		}
	}
	return ""
}

func (f *facts) all(name string) []string {
	var all []string
	for i := range f.names {
		if f.names[i] == name && len(all) < 100 {
			all = append(all, f.values[i])
		}
	}
	return all
}

// maxUnbroken is how much text may stand between two tags, in bytes: encoding/xml holds it
// in memory three times. It is twice the Bible.
const maxUnbroken = 8 << 20

// unbroken is a reader that fails where text goes on for longer.
type unbroken struct {
	r io.Reader
	n int64
}

func (u *unbroken) Read(p []byte) (int, error) {
	n, err := u.r.Read(p)
	if last := bytes.LastIndexByte(p[:n], '<'); last >= 0 {
		u.n = int64(n - last)
	} else {
		u.n += int64(n)
	}
	if u.n > maxUnbroken {
		return 0, fmt.Errorf("%w: more than %d MiB of text without a tag in it", ErrLimit, maxUnbroken>>20)
	}
	return n, err
}
