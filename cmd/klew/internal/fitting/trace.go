package fitting

import (
	"bytes"
	"fmt"
	"io"
	"time"

	"klew/nmf"
	"klew/topics/wholefile"
	"klew/vectorize/sections"
)

// traceHeader is how every trace begins; one of several restarts has one column more.
const traceHeader = "iteration\tseconds\tdivergence\tresidual"

// Trace is what is known of each step of a factorisation, and when it was reached: lines
// of tab-separated values. Clocks are read here, and nowhere below: nothing that a model
// holds depends on them.
type Trace struct {
	begun time.Time
	aside time.Duration // not spent in the solver, but in what it called
	last  int           // restart, from 0; what comes after is no step of the result
	lines bytes.Buffer
}

// note returns a callback that notes a step and then calls also. The time for both is
// not counted.
func (t *Trace) note(also func(nmf.Step)) func(nmf.Step) {
	return func(s nmf.Step) {
		if s.Restart > t.last {
			also(s)
			return
		}
		came := time.Now()
		seconds := (came.Sub(t.begun) - t.aside).Seconds()
		fmt.Fprintf(&t.lines, "%d\t%.6f\t%.6f\t%.6g", s.Iteration, seconds, s.Divergence, s.Residual)
		if t.last > 0 {
			fmt.Fprintf(&t.lines, "\t%d", s.Restart+1)
		}
		t.lines.WriteByte('\n')
		also(s)
		t.aside += time.Since(came)
	}
}

func (t *Trace) header() string {
	if t.last > 0 {
		return traceHeader + "\trestart\n"
	}
	return traceHeader + "\n"
}

// Save writes the trace to a file.
func (t *Trace) Save(path string) error {
	err := wholefile.Write(path, func(to io.Writer) error {
		_, err := io.WriteString(to, t.header()+t.lines.String())
		return err
	})
	if err != nil {
		return fmt.Errorf("saving the trace to %s: %w", path, err)
	}
	return nil
}

// IsTrace reports whether there is a trace at path.
func IsTrace(path string) bool { return sections.Begins(path, traceHeader) }
