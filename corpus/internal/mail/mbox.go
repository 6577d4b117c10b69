package mail

import (
	"bufio"
	"bytes"
	"io"
)

// Split hands out the messages of an mbox, one after another:
//
//	From ada@example.org Tue Mar  2 10:00:00 2021
//	Subject: cheese
//
//	It is.
//	>From the cellar, I mean.
//	From bob@example.org Tue Mar  2 11:00:00 2021
//	Subject: Re: cheese
//
// A message begins with a line "From " that ends with a date as programs write it, or
// that the header of a mail follows (see dated and fieldsNeeded): not all programs put an
// empty line before it, and in many archives lines of texts begin with that word too. The
// line itself is not handed out, and one '>' is taken off lines such as ">From the cellar".
// Without any such line all is one message. One behind which nothing comes is handed
// out empty; one that is larger than limit bytes as nil, and the next one read.
//
// Mailboxes of other kinds, of which mailboxes.go tells, are split as well.
//
// The bytes are emit's to keep. It ends the reading by returning false.
func Split(r io.Reader, limit int, emit func(raw []byte) bool) error {
	s := splitter{limit: limit, emit: emit}
	lines := bufio.NewReaderSize(r, 1<<16)
	if head, _ := lines.Peek(100); isOtherMailbox(head) {
		return splitOther(lines, limit, emit)
	}
	for !s.stopped {
		part, err := lines.ReadSlice('\n')
		s.take(part)
		if err == bufio.ErrBufferFull {
			continue
		} else if err == io.EOF {
			break
		} else if err != nil {
			return err
		}
	}
	s.release()
	s.end()
	return nil
}

// splitter collects a message. What it is given are lines, or pieces of long ones.
type splitter struct {
	limit    int
	emit     func([]byte) bool
	message  []byte
	tooLarge bool
	from     []byte // a line "From " that may begin a message: the next lines tell
	held     []byte // those lines
	needed   int    // the header fields that must still come among them
	opened   bool   // a "From " line stood in front of it
	inside   bool   // the last piece did not end its line
	stopped  bool
}

// maxHeld is how many bytes of lines are held back until enough fields have come.
const maxHeld = 1 << 16

func (s *splitter) take(piece []byte) {
	start := !s.inside
	s.inside = !bytes.HasSuffix(piece, []byte("\n"))
	if len(s.from) > 0 && s.hold(piece, start) {
		return
	}
	switch {
	case start && !s.inside && bytes.HasPrefix(piece, []byte("From ")):
		s.open(piece)
	default:
		s.add(piece, start)
	}
}

// open takes a line "From ".
func (s *splitter) open(line []byte) {
	if isDated(line) {
		s.end()
		s.opened = true
		return
	}
	s.from = append(s.from[:0], line...)
	s.needed = fieldsNeeded(line)
}

// hold takes what follows an undated line "From ", and decides as soon as it can: with
// the last field that is needed a message begins, and with a line that is none the text
// goes on. It returns false if the piece is still to be taken.
func (s *splitter) hold(piece []byte, start bool) bool {
	line, _ := cutLine(piece)
	switch {
	case len(s.held)+len(piece) > maxHeld:
		s.release()
		return false
	case !start || len(s.held) > 0 && len(line) > 0 && (line[0] == ' ' || line[0] == '\t'):
	case isRealField(line):
		s.needed--
	case len(s.held) == 0 && isEnvelope(line) && line[0] == '>': // of another program, in front of the header
	case isField(line):
	default:
		s.release()
		return false
	}
	s.held = append(s.held, piece...)
	if s.needed <= 0 && !s.inside {
		s.end()
		s.opened, s.from = true, s.from[:0]
		s.release()
	}
	return true
}

// release makes the lines that were held back part of the message.
func (s *splitter) release() {
	s.add(s.from, false)
	s.from = s.from[:0]
	for line := range bytes.Lines(s.held) {
		s.add(line, true)
	}
	s.held = s.held[:0]
}

// isEscaped is true of ">From " and ">>From ", which an mbox makes of lines that could
// be taken for the beginning of a message.
func isEscaped(line []byte) bool {
	rest := bytes.TrimLeft(line, ">")
	return len(rest) < len(line) && bytes.HasPrefix(rest, []byte("From "))
}

// add adds a piece, at the start of a line or within one.
func (s *splitter) add(piece []byte, start bool) {
	if len(piece) == 0 {
		return
	}
	if start && isEscaped(piece) {
		piece = piece[1:]
	}
	if s.tooLarge = s.tooLarge || len(s.message)+len(piece) > s.limit; s.tooLarge {
		s.message = nil
		return
	}
	s.message = append(s.message, piece...)
}

// end hands out the message that was collected.
func (s *splitter) end() {
	if s.opened && !s.tooLarge && s.message == nil {
		s.message = []byte{}
	}
	if !s.stopped && (s.opened || s.tooLarge || len(bytes.TrimSpace(s.message)) > 0) {
		s.stopped = !s.emit(s.message)
	}
	s.message, s.tooLarge, s.opened = nil, false, false
}
