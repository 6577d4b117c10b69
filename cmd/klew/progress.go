package main

import (
	"fmt"
	"io"
	"time"

	"github.com/jedib0t/go-pretty/v6/progress"
)

// sayEvery is the time between two lines of progress where there is no terminal.
const sayEvery = 5 * time.Second

// stage is a part of the work whose progress is shown: by a bar on a terminal, else
// by a line now and then, and not at all with --quiet.
type stage struct {
	p       *program
	what    string
	total   int
	begun   time.Time
	said    time.Time
	bars    progress.Writer
	tracker *progress.Tracker
	drawn   chan struct{} // closed when the bar is drawn for the last time
}

func (p *program) begin(what string, total int) *stage {
	s := &stage{p: p, what: what, total: total, begun: time.Now()}
	s.said = s.begun
	if width := terminal(p.err); width > 0 && !p.quiet {
		s.bars = newBars(p.err)
		s.tracker = &progress.Tracker{Message: what, Total: int64(total)}
		s.bars.AppendTracker(s.tracker)
		s.drawn = make(chan struct{})
		go func() {
			s.bars.Render()
			close(s.drawn)
		}()
	}
	return s
}

func newBars(out io.Writer) progress.Writer {
	bars := progress.NewWriter()
	bars.SetOutputWriter(out)
	bars.SetAutoStop(true)
	bars.SetTrackerLength(20)
	bars.SetUpdateFrequency(100 * time.Millisecond)
	style := &bars.Style().Visibility
	style.ETA, style.Speed, style.Value = true, false, true
	return bars
}

// set says how far the stage has come; note is what more there is to say.
func (s *stage) set(done int, note string) {
	if s.p.quiet {
		return
	}
	if s.tracker != nil {
		s.tracker.SetValue(int64(done))
		if note != "" {
			s.tracker.UpdateMessage(s.what + ": " + note)
		}
		return
	}
	if now := time.Now(); now.Sub(s.said) >= sayEvery {
		s.said = now
		fmt.Fprintf(s.p.err, "klew: %s: %s%s\n", s.what, s.far(done), note)
	}
}

// far is the part done and, once it can be told, the time left.
func (s *stage) far(done int) string {
	if s.total == 0 {
		return fmt.Sprintf("%d ", done)
	}
	text := fmt.Sprintf("%d of %d ", done, s.total)
	if done > 0 && done < s.total {
		left := time.Since(s.begun) * time.Duration(s.total-done) / time.Duration(done)
		text += fmt.Sprintf("(at most %v left) ", left.Round(time.Second))
	}
	return text
}

// end takes the bar away and returns the time that the stage took.
func (s *stage) end() time.Duration {
	if s.tracker != nil {
		s.tracker.MarkAsDone()
		<-s.drawn
	}
	return time.Since(s.begun)
}
