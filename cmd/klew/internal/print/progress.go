package print

import (
	"fmt"
	"math"
	"os"
	"strings"
	"time"

	"github.com/jedib0t/go-pretty/v6/text"
)

const (
	// sayEvery is the time between two lines of progress where there is no terminal,
	// drawEvery that between two drawings of the bar where there is one.
	sayEvery  = 5 * time.Second
	drawEvery = 100 * time.Millisecond
	// barCells is the length of the bar.
	barCells = 12
)

// Stage is a part of the work whose progress is shown: by a bar on a terminal, else
// by a line now and then, and not at all with --quiet.
type Stage struct {
	to    *Console
	what  string
	Total int // 0 if it cannot be known
	begun time.Time
	said  time.Time // when something was shown last
	width int       // of the terminal, 0 if there is none
	drawn int       // the width of what is drawn there
}

// Begin begins a stage of so many steps; 0 if that cannot be known.
func (c *Console) Begin(what string, total int) *Stage {
	s := &Stage{to: c, what: what, Total: total, begun: time.Now()}
	s.said = s.begun
	if os.Getenv("TERM") != "dumb" {
		s.width = Width(c.Err)
	}
	return s
}

// Set says how far the stage has come, with a note of what is counted.
func (s *Stage) Set(done int, note string) {
	every := sayEvery
	if s.width > 0 {
		every = drawEvery
	}
	now := time.Now()
	if s.to.Quiet || now.Sub(s.said) < every {
		return
	}
	s.said = now
	if s.width > 0 {
		line := Printable(s.what + " " + s.bar(done) + s.far(done, note))
		s.clear()
		line = keepBeginning(line, s.width-1)
		s.drawn = text.StringWidth(line)
		fmt.Fprint(s.to.Err, line)
	} else {
		fmt.Fprintf(s.to.Err, "klew: %s: %s\n", s.what, s.far(done, note))
	}
}

// clear takes away what is drawn. Where the terminal has become narrower than that, it goes on
// in lines below the first.
func (s *Stage) clear() {
	s.width = max(1, Width(s.to.Err))
	if above := (s.drawn - 1) / s.width; above > 0 {
		fmt.Fprintf(s.to.Err, "\x1b[%dA", above)
	}
	fmt.Fprint(s.to.Err, "\r\x1b[J")
	s.drawn = 0
}

// Due makes the next Set show, however short the time since the last that did.
func (s *Stage) Due() { s.said = time.Time{} }

// bar draws the part done.
func (s *Stage) bar(done int) string {
	if s.Total == 0 {
		return ""
	}
	cells := min(barCells*done/s.Total, barCells)
	return "[" + strings.Repeat("#", cells) + strings.Repeat(".", barCells-cells) + "] "
}

// far is the part done in words, with the time left once it can be told.
func (s *Stage) far(done int, note string) string {
	if s.Total == 0 {
		return Grouped(done) + " " + note
	}
	far := fmt.Sprintf("%s of %s %s", Grouped(done), Grouped(s.Total), note)
	if done > 0 && done < s.Total {
		left := float64(time.Since(s.begun)) * float64(s.Total-done) / float64(done)
		if left < math.MaxInt64 { // some 292 years
			far += fmt.Sprintf(", at most %v left", time.Duration(left).Round(time.Second))
		}
	}
	return far
}

// End takes the bar away and returns the time that the stage took.
func (s *Stage) End() time.Duration {
	if s.width > 0 && !s.to.Quiet {
		s.clear()
	}
	return time.Since(s.begun)
}
