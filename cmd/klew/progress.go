package main

import (
	"fmt"
	"math"
	"os"
	"strings"
	"time"
)

const (
	// sayEvery is the time between two lines of progress where there is no terminal,
	// drawEvery that between two drawings of the bar where there is one.
	sayEvery  = 5 * time.Second
	drawEvery = 100 * time.Millisecond
	// barCells is the length of the bar.
	barCells = 12
)

// stage is a part of the work whose progress is shown: by a bar on a terminal, else
// by a line now and then, and not at all with --quiet.
type stage struct {
	p     *program
	what  string
	total int // 0 if it cannot be known
	begun time.Time
	said  time.Time // when something was shown last
	width int       // of the terminal, 0 if there is none
}

func (p *program) begin(what string, total int) *stage {
	s := &stage{p: p, what: what, total: total, begun: time.Now()}
	s.said = s.begun
	if os.Getenv("TERM") != "dumb" {
		s.width = terminal(p.err)
	}
	return s
}

// set says how far the stage has come, with a note of what is counted.
func (s *stage) set(done int, note string) {
	every := sayEvery
	if s.width > 0 {
		every = drawEvery
	}
	now := time.Now()
	if s.p.quiet || now.Sub(s.said) < every {
		return
	}
	s.said = now
	if s.width > 0 {
		line := s.what + " " + s.bar(done) + s.far(done, note)
		fmt.Fprintf(s.p.err, "\r%.*s\x1b[K", s.width-1, line)
	} else {
		fmt.Fprintf(s.p.err, "klew: %s: %s\n", s.what, s.far(done, note))
	}
}

// bar draws the part done.
func (s *stage) bar(done int) string {
	if s.total == 0 {
		return ""
	}
	cells := min(barCells*done/s.total, barCells)
	return "[" + strings.Repeat("#", cells) + strings.Repeat(".", barCells-cells) + "] "
}

// far is the part done in words, with the time left once it can be told.
func (s *stage) far(done int, note string) string {
	if s.total == 0 {
		return grouped(done) + " " + note
	}
	text := fmt.Sprintf("%s of %s %s", grouped(done), grouped(s.total), note)
	if done > 0 && done < s.total {
		left := float64(time.Since(s.begun)) * float64(s.total-done) / float64(done)
		if left < math.MaxInt64 { // some 292 years
			text += fmt.Sprintf(", at most %v left", time.Duration(left).Round(time.Second))
		}
	}
	return text
}

// end takes the bar away and returns the time that the stage took.
func (s *stage) end() time.Duration {
	if s.width > 0 && !s.p.quiet {
		fmt.Fprint(s.p.err, "\r\x1b[K")
	}
	return time.Since(s.begun)
}
