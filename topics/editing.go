package topics

import (
	"errors"
	"fmt"
	"slices"
)

// editing is what has become of the topics, line by line.
type editing struct {
	into   []int // of each topic fitted, the one that it is part of, or dropped
	labels []string
	banned []string
}

// dropped stands in the place of the topic that another is part of. (gone is one that a
// refit has lost, and gap one that never was, see Model.Gaps.)
const (
	dropped = -1
	gone    = -2
	gap     = -3
)

func newEditing(topics int) *editing {
	s := &editing{into: make([]int, topics), labels: make([]string, topics)}
	for k := range s.into {
		s.into[k] = k
	}
	return s
}

// leaveOut marks gaps.
func (s *editing) leaveOut(gaps []int) {
	for _, k := range gaps {
		s.into[k] = gap
	}
}

// apply makes an edit, or says why that cannot be.
func (s *editing) apply(e Edit) error {
	if e.Verb == BanWord {
		s.banned = append(s.banned, e.Text)
		return nil
	}
	if err := s.find(e.Topic); err != nil {
		return err
	}
	switch e.Verb {
	case RenameTopic:
		s.labels[e.Topic] = e.Text
	case MergeTopics:
		return s.merge(e.Topic, e.From)
	case DropTopic:
		if s.left() == 1 {
			return fmt.Errorf("topic %d is the only one left", e.Topic+1)
		}
		s.move(e.Topic, dropped)
	}
	return nil
}

func (s *editing) merge(into, from int) error {
	if err := s.find(from); err != nil {
		return err
	}
	if into == from {
		return fmt.Errorf("topic %d cannot be merged with itself", into+1)
	}
	s.move(from, into)
	return nil
}

// move makes a topic, with what it has taken up, part of another.
func (s *editing) move(topic, to int) {
	for k := range s.into {
		if s.into[k] == topic {
			s.into[k] = to
		}
	}
}

// left is the number of topics that there are.
func (s *editing) left() (n int) {
	for k, into := range s.into {
		if k == into {
			n++
		}
	}
	return n
}

var errGone = errors.New("is not what it was any more")

// find says why there is no topic k, unless there is.
func (s *editing) find(k int) error {
	if k < 0 || k >= len(s.into) {
		return fmt.Errorf("there is no topic %d: the model was fitted with the topics 1 to %d", k+1, len(s.into))
	}
	switch into := s.into[k]; into {
	case k:
		return nil
	case dropped:
		return fmt.Errorf("topic %d has been dropped", k+1)
	case gap:
		return fmt.Errorf("there is no topic %d: the number is that of a topic of an older model", k+1)
	case gone:
		return fmt.Errorf("topic %d %w", k+1, errGone)
	default:
		return fmt.Errorf("topic %d has been merged into topic %d", k+1, into+1)
	}
}

// Edits are the lines of the journal.
func (m *Model) Edits() ([]Edit, error) {
	var edits []Edit
	for n, line := range m.Journal {
		if !says(line) {
			continue
		}
		e, err := ParseEdit(line)
		if err != nil {
			return nil, fmt.Errorf("line %d of the journal: %w", n+1, err)
		}
		edits = append(edits, e)
	}
	return edits, nil
}

// replayed applies the journal.
func (m *Model) replayed() (*editing, error) {
	s := newEditing(m.Fitted().Topics())
	s.leaveOut(m.Gaps)
	for n, line := range m.Journal {
		if !says(line) {
			continue
		}
		e, err := ParseEdit(line)
		if err == nil {
			err = s.apply(e)
		}
		if err != nil {
			return nil, fmt.Errorf("line %d of the journal: %w", n+1, err)
		}
	}
	return s, nil
}

// Amend adds edits to the journal of a model as fitted. If any of them does not hold after
// those before it, it adds none, and reports all that do not: their topics must be there,
// and their words in the vocabulary.
func (m *Model) Amend(edits []Edit) error {
	s, err := m.replayed()
	if err != nil {
		return err
	}
	var faults []error
	var lines []string
	rows, banned := m.Vocabulary.RowsOf(wordsOf(edits)), m.rowsOf(s.banned)
	for n, e := range edits {
		if err := errors.Join(s.apply(e), holds(e, rows[n], banned)); err != nil {
			faults = append(faults, fmt.Errorf("%s: %w", e, err))
		}
		lines = append(lines, e.String())
	}
	if err := errors.Join(faults...); err != nil {
		return err
	}
	m.Journal = append(slices.Clip(m.Journal), lines...)
	return nil
}

// Unknown parts edits by whether the vocabulary holds their words: those that can be made,
// and those that cannot since it does not.
func (m *Model) Unknown(edits []Edit) (known, unknown []Edit) {
	rows := m.Vocabulary.RowsOf(wordsOf(edits))
	for n, e := range edits {
		if (e.Verb == BanWord || e.Verb == PinWord) && len(rows[n]) == 0 {
			unknown = append(unknown, e)
		} else {
			known = append(known, e)
		}
	}
	return known, unknown
}

// wordsOf are the words of edits, and empty for those that have none.
func wordsOf(edits []Edit) []string {
	words := make([]string, len(edits))
	for n, e := range edits {
		if e.Verb == BanWord || e.Verb == PinWord {
			words[n] = e.Text
		}
	}
	return words
}

// holds says why the word of an edit cannot be banned or pinned, and marks what is banned
// from now on. The rows are those of the word.
func holds(e Edit, rows []int, banned []bool) error {
	if e.Verb != BanWord && e.Verb != PinWord {
		return nil
	}
	if len(rows) == 0 {
		return fmt.Errorf("the vocabulary does not hold the word %q", e.Text)
	}
	for _, row := range rows {
		if e.Verb == PinWord && banned[row] {
			return fmt.Errorf("the word %q is banned; take that back first", e.Text)
		}
		banned[row] = banned[row] || e.Verb == BanWord
	}
	return nil
}

// Undo takes line n of the journal away, from 0. What comes after it still holds: without
// the line there are no fewer topics.
func (m *Model) Undo(n int) error {
	if n < 0 || n >= len(m.Journal) {
		return fmt.Errorf("there is no line %d: the journal has %d", n+1, len(m.Journal))
	}
	m.Journal = slices.Delete(slices.Clone(m.Journal), n, n+1)
	return nil
}
