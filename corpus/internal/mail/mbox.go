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
//
// A message begins with a line "From ", at the start or behind an empty line, that a
// header field follows; in many archives lines of texts begin with that word too. The
// line itself is not handed out, and one '>' is taken off lines such as the last one.
// Without any such line all is one message. One that is larger than limit bytes is
// handed out as nil, and the next one read.
//
// The bytes are emit's to keep. It ends the reading by returning false.
func Split(r io.Reader, limit int, emit func(raw []byte) bool) error {
	s := splitter{limit: limit, emit: emit, blank: true}
	lines := bufio.NewReaderSize(r, 1<<16)
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
	s.end()
	return nil
}

// splitter collects a message. What it is given are lines, or pieces of long ones.
type splitter struct {
	limit    int
	emit     func([]byte) bool
	message  []byte
	tooLarge bool
	from     []byte // a line "From " that may begin a message: the next line tells
	started  bool   // behind the first "From " line, or the first line that is none
	blank    bool   // the last line was empty
	inside   bool   // the last piece did not end its line
	stopped  bool
}

func (s *splitter) take(piece []byte) {
	start := !s.inside
	s.inside = !bytes.HasSuffix(piece, []byte("\n"))
	if len(s.from) > 0 && start {
		s.decide(piece)
	}
	switch {
	case start && s.blank && !s.inside && bytes.HasPrefix(piece, []byte("From ")):
		s.from = append(s.from, piece...)
	case start && isEscaped(piece):
		s.add(piece[1:])
	default:
		s.add(piece)
	}
	s.blank = start && len(bytes.TrimRight(piece, "\r\n")) == 0
}

// isEscaped is true of ">From " and ">>From ", which an mbox makes of lines that could
// be taken for the beginning of a message.
func isEscaped(line []byte) bool {
	rest := bytes.TrimLeft(line, ">")
	return len(rest) < len(line) && bytes.HasPrefix(rest, []byte("From "))
}

// decide ends the message before a "From " line, if the next line shows that it was one.
func (s *splitter) decide(next []byte) {
	line, _ := cutLine(next)
	if _, _, isField := cutField(line); isField || isEnvelope(line) && line[0] == '>' {
		s.end()
	} else {
		s.add(s.from)
	}
	s.from = s.from[:0]
}

func (s *splitter) add(piece []byte) {
	s.started = true
	if s.tooLarge = s.tooLarge || len(s.message)+len(piece) > s.limit; s.tooLarge {
		s.message = nil
		return
	}
	s.message = append(s.message, piece...)
}

// end hands out the message that was collected.
func (s *splitter) end() {
	if s.started && !s.stopped && (s.tooLarge || len(bytes.TrimSpace(s.message)) > 0) {
		s.stopped = !s.emit(s.message)
	}
	s.message, s.tooLarge, s.started = nil, false, false
}
