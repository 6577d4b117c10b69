package fitting

import (
	"fmt"
	"math"
	"slices"
	"strconv"

	"klew/cmd/klew/internal/lookup"
	"klew/cmd/klew/internal/print"
	"klew/nmf"
	"klew/topics"
)

// how says in words why a fit stopped, before the number of its iterations.
var how = map[nmf.Status]string{
	nmf.Converged:   "converged after",
	nmf.Limit:       "stopped at the limit of",
	nmf.Interrupted: "interrupted after",
}

// steps returns a callback that shows each step of a fit on a stage. The iterations of
// a restart begin anew: those before it are added. How many there are at most is less
// whenever a restart has needed fewer than it may.
func (f *Fitting) steps(on *print.Stage) func(nmf.Step) {
	before, last := 0, nmf.Step{}
	return func(s nmf.Step) {
		if s.Restart != last.Restart {
			before += last.Iteration
		}
		last = s
		note := fmt.Sprintf("iterations, divergence %s", grouped(s.Divergence))
		switch {
		case s.Sample:
			note = "iterations, searching on a sample"
		case s.Refining:
			note = "iterations, and now refining the topics of short texts"
		}
		fits := f.Options.Restarts + f.Options.Halves
		switch half := s.Restart - f.Options.Restarts; {
		case half >= 0:
			note += fmt.Sprintf(", half %d of %s", half+1, print.Grouped(f.Options.Halves))
		case f.Options.Restarts > 1:
			note += fmt.Sprintf(", restart %d of %s", s.Restart+1, print.Grouped(f.Options.Restarts))
		}
		on.Total = before + max(s.Iteration, atMost(fits-s.Restart, f.Options.MaxIter, math.MaxInt-before))
		if s.Refining {
			on.Total = 0 // how long that takes is not known
		}
		on.Set(before+s.Iteration, note)
	}
}

// atMost is a × b for numbers above 0, or most if that is less.
func atMost(a, b, most int) int {
	if a > most/b {
		return most
	}
	return a * b
}

// sayRestarts tells what became of each restart, and how far they agree.
func sayRestarts(to *print.Console, r *nmf.Result) {
	for _, one := range r.Restarts {
		to.Say("klew: restart %s", Told(one))
	}
	if len(r.Restarts) < 2 {
		return
	}
	best := bestOf(r.Restarts, r.Unrefined())
	total := 0.0
	for n, one := range r.Restarts {
		if n != best {
			total += one.Agreement
		}
	}
	to.Say("klew: best of %d: seed %d; the others' topics agree with it by %.3f on average",
		len(r.Restarts), r.Restarts[best].Seed, total/float64(len(r.Restarts)-1))
}

// sayStability tells which topics were found again in halves of the documents.
func (f *Fitting) sayStability(m *topics.Model) {
	unstable := m.Unstable()
	switch n := len(unstable); {
	case m.Stability == nil && f.Options.Halves > 0 && m.Topics() > 1 && m.Outcome.Status != nmf.Interrupted:
		f.Say("klew: how stable the topics are is not known: half of the documents are too few for %s", print.Count(m.Topics(), "topic"))
	case m.Stability == nil:
	case n == 0:
		f.Say("klew: each topic was found again in halves of the documents: stability from %.2f to %.2f",
			slices.Min(m.Stability), slices.Max(m.Stability))
	case n == m.Topics():
		f.Say("klew: no topic was found again in halves of the documents (stability below %v): do not lean on any; there may be far fewer topics than %d, or none", nmf.Stable, n)
	default:
		f.Say("klew: %s not found again in halves of the documents (stability below %v): do not lean on %s",
			topicsWere(lookup.Numbers(m, unstable)), nmf.Stable, map[bool]string{true: "it", false: "them"}[n == 1])
	}
}

// topicsWere names topics by their numbers, with the verb: "topics 3, 9 and 14 were".
func topicsWere(numbers []int) string {
	if len(numbers) == 1 {
		return fmt.Sprintf("topic %d was", numbers[0])
	}
	return "topics " + topics.Listed(numbers) + " were"
}

// Told is what became of a restart.
func Told(r nmf.Restart) string {
	return fmt.Sprintf("with seed %d: divergence %s, %s %s, agreement %.3f",
		r.Seed, digits(r.Divergence), how[r.Status], print.Count(r.Iterations, "iteration"), r.Agreement)
}

// grouped writes a divergence for the line of progress, with commas if it is large.
func grouped(x float64) string {
	if x >= 10 {
		return print.Grouped(int(x))
	}
	return digits(x)
}

// digits writes a divergence with a decimal, or as many more as make four digits: how small it
// may become depends on the counts.
func digits(x float64) string {
	if x > 0 && x < 1e-3 {
		return strconv.FormatFloat(x, 'g', 4, 64)
	}
	decimals := 1
	for ; decimals < 6 && x > 0 && x*math.Pow10(decimals) < 1000; decimals++ {
	}
	return strconv.FormatFloat(x, 'f', decimals, 64)
}

// bestOf finds the restart that became the result, which has the divergence given. Of
// several that ended in the same topics it is the first.
func bestOf(restarts []nmf.Restart, divergence float64) int {
	return max(0, slices.IndexFunc(restarts, func(r nmf.Restart) bool {
		return r.Divergence == divergence && r.Agreement == 1
	}))
}
