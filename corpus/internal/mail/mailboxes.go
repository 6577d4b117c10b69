package mail

import (
	"bufio"
	"bytes"
	"io"
	"strconv"
)

// Mailboxes that are no mbox: batches of news (each message behind a line with its size), MMDF (each
// between two lines of four control characters) and Babyl of Emacs (each behind a form feed, its
// header once more above the line *** EOOH ***).

var (
	batched   = []byte("#! rnews ")
	mmdf      = []byte("\x01\x01\x01\x01")
	babyl     = []byte("BABYL OPTIONS:")
	babylPart = []byte("\x1f")
	headerEnd = []byte("*** EOOH ***")
)

// isOtherMailbox tells one by its beginning.
func isOtherMailbox(head []byte) bool {
	line := firstLine(head)
	return sizeOf(line) > 0 || bytes.Equal(line, mmdf) || bytes.HasPrefix(line, babyl)
}

// sizeOf is the size in a line "#! rnews 1234", or 0.
func sizeOf(line []byte) int {
	rest, ok := bytes.CutPrefix(line, batched)
	if !ok {
		return 0
	}
	n, err := strconv.Atoi(string(bytes.TrimSpace(rest)))
	if err != nil {
		return 0
	}
	return n
}

// splitOther hands out the messages of such a mailbox, as Split does.
func splitOther(r *bufio.Reader, limit int, emit func(raw []byte) bool) error {
	head, _ := r.Peek(len(babyl))
	switch {
	case bytes.HasPrefix(head, batched):
		return splitBatch(r, limit, emit)
	case bytes.HasPrefix(head, babyl):
		first := true // the part with the options
		return splitMarked(r, limit, babylPart, func(raw []byte) bool {
			if first {
				first = false
				return true
			}
			return emit(shownHeader(raw))
		})
	}
	return splitMarked(r, limit, mmdf, emit)
}

// splitBatch reads messages by their sizes. What is no size is passed over.
func splitBatch(r *bufio.Reader, limit int, emit func(raw []byte) bool) error {
	for {
		line, err := r.ReadSlice('\n')
		if n := sizeOf(bytes.TrimRight(line, "\r\n")); n > limit {
			io.CopyN(io.Discard, r, int64(n)) // what fails here fails again
			if !emit(nil) {
				return nil
			}
		} else if n > 0 {
			raw, err := io.ReadAll(io.LimitReader(r, int64(n)))
			if err != nil || !emit(raw) {
				return err
			}
		}
		if err == io.EOF {
			return nil
		} else if err != nil && err != bufio.ErrBufferFull {
			return err
		}
	}
}

// splitMarked reads what stands between lines that begin with a mark, and are no longer than it
// but for a form feed. Parts in which nothing stands are none.
func splitMarked(r *bufio.Reader, limit int, mark []byte, emit func(raw []byte) bool) error {
	var part []byte
	tooLarge, start := false, true
	hand := func() bool {
		raw := part
		if part = nil; tooLarge {
			raw, tooLarge = nil, false
		} else if len(bytes.Trim(raw, " \t\r\n\f")) == 0 {
			return true
		}
		return emit(raw)
	}
	for {
		line, err := r.ReadSlice('\n')
		if start && bytes.Equal(bytes.TrimRight(line, "\r\n\f"), mark) {
			if !hand() {
				return nil
			}
		} else if tooLarge = tooLarge || len(part)+len(line) > limit; tooLarge {
			part = nil
		} else {
			part = append(part, line...)
		}
		start = err == nil
		if err == io.EOF {
			hand()
			return nil
		} else if err != nil && err != bufio.ErrBufferFull {
			return err
		}
	}
}

// shownHeader is a message of Babyl without the line of its labels, and without the first of its two
// headers.
func shownHeader(raw []byte) []byte {
	if _, shown, both := bytes.Cut(raw, append(headerEnd[:len(headerEnd):len(headerEnd)], '\n')); both {
		return bytes.TrimLeft(shown, "\r\n")
	}
	_, message := cutLine(bytes.TrimLeft(raw, "\f\r\n"))
	return message
}

// withoutLength is a message as Apple Mail keeps it (.emlx), without the line of its length above it
// and what the program knows of it behind.
func withoutLength(raw []byte) []byte {
	const longest = 20
	line, rest, found := bytes.Cut(raw[:min(len(raw), longest)], []byte("\n"))
	n, err := strconv.Atoi(string(bytes.TrimSpace(line)))
	if !found || err != nil || n <= 0 {
		return raw
	}
	from := len(raw[:min(len(raw), longest)]) - len(rest)
	return raw[from:min(len(raw), from+n)]
}
