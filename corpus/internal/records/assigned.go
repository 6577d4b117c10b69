package records

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"regexp"

	"github.com/go-json-experiment/json/jsontext"
)

// assignment is what stands before JSON that is a script for a page: a name that it is assigned to,
// with two dots at least, since programs also say module.exports = {; or a function it is handed to.
var assignment = regexp.MustCompile(`^(?:\xef\xbb\xbf)?\s*(?:(?:/\*\*/)?[A-Za-z_$][\w$.]*\(|(?:window|[\w$]+\.[\w$]+)\.[\w$.]+ *= *)\s*([\[{]\s*["{\[])`)

// afterAssigned is what stands behind JSON in a script. Where other things do it is a program, such
// as a list of settings that begins with a call.
var afterAssigned = regexp.MustCompile(`^\s*\)?\s*;?\s*$`)

// IsAssigned tells JSON in a script, by its beginning.
func IsAssigned(head []byte) bool {
	const longest = 128
	if !bytes.ContainsAny(head[:min(len(head), longest)], "[{") {
		return false
	}
	at := assignment.FindSubmatchIndex(head)
	if at == nil {
		return false
	}
	d := jsontext.NewDecoder(bytes.NewReader(head[at[2]:]), jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))
	if err := d.SkipValue(); err != nil {
		return errors.Is(err, io.ErrUnexpectedEOF)
	}
	return afterAssigned.Match(head[at[2]+int(d.InputOffset()):])
}

// withoutAssignment leaves out what stands around JSON in a script.
func withoutAssignment(r io.Reader) io.Reader {
	const longest = 256
	buffered := bufio.NewReaderSize(r, 1<<12)
	head, _ := buffered.Peek(longest)
	at := assignment.FindSubmatchIndex(head)
	if at == nil {
		return buffered
	}
	buffered.Discard(at[2])
	return &withoutEnd{r: buffered}
}

// withoutEnd leaves out the ); at the end of what it reads.
type withoutEnd struct {
	r    io.Reader
	held []byte // may be the end
	err  error
}

func (w *withoutEnd) Read(p []byte) (int, error) {
	const end = 16
	for w.err == nil && len(w.held) <= end {
		piece := make([]byte, 4096)
		var n int
		n, w.err = w.r.Read(piece)
		w.held = append(w.held, piece[:n]...)
	}
	if w.err == io.EOF {
		w.held = bytes.TrimRight(w.held, ");\r\n\t ")
	}
	ready := len(w.held)
	if w.err == nil {
		ready -= end
	} else if ready == 0 {
		return 0, w.err
	}
	n := copy(p, w.held[:ready])
	w.held = w.held[n:]
	return n, nil
}
