package tables

// TraceStep is what a fit has reached at an iteration, after so many seconds.
type TraceStep struct {
	Iteration                     int
	Seconds, Divergence, Residual float64
	Restart                       int
}

// Trace is the steps of a fit: iteration, seconds, divergence, residual, and with restarts
// the restart. The divergence has all its digits: from step to step it changes by little.
func Trace(steps []TraceStep, restarts bool) *Table {
	columns := []Column{wholeColumn("iteration"), numberColumn("seconds"), {Name: "divergence", Kind: exact, Lacking: true}, numberColumn("residual").lacking()}
	if restarts {
		columns = append(columns, wholeColumn("restart"))
	}
	return tableOf("trace", columns, len(steps), func(row []Cell, i int) {
		s := &steps[i]
		row[0], row[1], row[2], row[3] = wholeCell(s.Iteration), numberCell(s.Seconds), numberCell(s.Divergence), numberCell(s.Residual)
		if restarts {
			row[4] = wholeCell(s.Restart)
		}
	})
}
