package nmf

// solver improves the weights h of one line while the other factor is held fixed. It
// never raises the line's objective.
type solver interface {
	improve(l line, h []float32, s *scratch, t task) tally
}

// task says what a visit shall do besides.
type task struct {
	// objective asks for the objective before.
	objective bool
	// look asks for every slope, also those of topics without weight, to give weight
	// to topics that have earned it.
	look bool
	// arrange asks that short lines be laid out anew.
	arrange bool
	// residual asks for that, where there is a look.
	residual bool
	// fixed are the topics whose weights stay; nil if none do.
	fixed []bool
}

func (t task) holds(k int) bool { return k < len(t.fixed) && t.fixed[k] }

// measure is what pass has made known.
func measure(by loss, l line, h []float32, s *scratch, t task) (found tally) {
	if t.look && t.residual {
		found = residual(by, h, s, t.fixed)
	}
	if t.objective {
		found.objective = by.objective(l, h, s)
	}
	return found
}
