package corpus

import (
	"bufio"
	"bytes"
	"fmt"
	"io"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// linesAtOnce is the number of lines that one goroutine decodes at a time.
const linesAtOnce = 64

// eachLines makes batches of the lines of standard input, each line a document, also
// an empty one. A byte order mark at the start holds for all of it.
func eachLines(stdin io.Reader, do func(read func() batch) bool) bool {
	if stdin == nil {
		return true
	}
	input := &untilFault{Reader: stdin}
	marked := transform.NewReader(input, unicode.BOMOverride(encoding.Nop.NewDecoder()))
	lines := bufio.NewReaderSize(marked, 1<<20)
	for first := 1; ; first += linesAtOnce {
		group, err := readLines(lines)
		if len(group) > 0 && !do(func() batch { return decodeLines(first, group) }) {
			return false
		}
		if err == nil {
			continue
		}
		if err == io.EOF {
			err = input.fault
		}
		if err != nil {
			do(func() batch {
				return batch{entries: []Entry{{Path: standardInput, Reason: Unreadable, Detail: cause(err).Error()}}}
			})
		}
		return true
	}
}

// readLines reads up to linesAtOnce lines, without their ends.
func readLines(r *bufio.Reader) (group [][]byte, err error) {
	for len(group) < linesAtOnce {
		line, err := readLine(r)
		if len(line) > 0 {
			group = append(group, bytes.TrimRight(line, "\r\n"))
		}
		if err != nil {
			return group, err
		}
	}
	return group, nil
}

// readLine reads a line with its end. One that is too large for a document ends the
// reading: it may well have no end.
func readLine(r *bufio.Reader) (line []byte, err error) {
	for {
		part, err := r.ReadSlice('\n')
		line = append(line, part...)
		if len(line) > MaxSize {
			return nil, errTooLarge
		} else if err != bufio.ErrBufferFull {
			return line, err
		}
	}
}

func decodeLines(first int, group [][]byte) batch {
	var all batch
	for i, line := range group {
		one := newBatch(fmt.Sprintf("stdin:%d", first+i), "", line)
		all.documents = append(all.documents, one.documents...)
		all.entries = append(all.entries, one.entries...)
	}
	return all
}

// untilFault ends where its reader fails, and remembers why. Decoders hold back bytes
// that may be half a character, and give them up only at an end.
type untilFault struct {
	io.Reader
	fault error
}

func (r *untilFault) Read(p []byte) (int, error) {
	n, err := r.Reader.Read(p)
	if err != nil && err != io.EOF {
		r.fault, err = err, io.EOF
	}
	return n, err
}
