package fitting

import (
	"fmt"
	"io"
	"time"

	"klew/nmf"
	"klew/topics/tables"
	"klew/topics/wholefile"
	"klew/vectorize/sections"
)

// Trace is what is known of each step of a factorisation, and when it was reached. Clocks are
// read here, and nowhere below: nothing that a model holds depends on them.
type Trace struct {
	begun time.Time
	aside time.Duration // not spent in the solver, but in what it called
	last  int           // restart, from 0; what comes after is no step of the result
	steps []tables.TraceStep
}

// note returns a callback that notes a step and then calls also. The time for both is
// not counted. Steps on a sample have another divergence, and are left out.
func (t *Trace) note(also func(nmf.Step)) func(nmf.Step) {
	return func(s nmf.Step) {
		if s.Restart > t.last || s.Refining {
			also(s)
			return
		}
		came := time.Now()
		seconds := (came.Sub(t.begun) - t.aside).Seconds()
		if !s.Sample {
			t.steps = append(t.steps, tables.TraceStep{Iteration: s.Iteration, Seconds: seconds, Divergence: s.Divergence, Residual: s.Residual, Restart: s.Restart + 1})
		}
		also(s)
		t.aside += time.Since(came)
	}
}

// table is the trace as a table; one of several restarts has one column more.
func (t *Trace) table() *tables.Table { return tables.Trace(t.steps, t.last > 0) }

// Save writes the trace to a file.
func (t *Trace) Save(path string) error {
	err := wholefile.Write(path, func(to io.Writer) error { return tables.Write(to, tables.TSV, t.table()) })
	if err != nil {
		return fmt.Errorf("saving the trace to %s: %w", path, err)
	}
	return nil
}

// IsTrace reports whether there is a trace at path.
func IsTrace(path string) bool {
	return sections.Begins(path, tables.Heading(tables.Trace(nil, false)))
}
