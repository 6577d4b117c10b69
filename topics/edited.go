package topics

import (
	"context"
	"errors"
	"iter"
	"slices"

	"klew/corpus"
	"klew/nmf"
)

// edited is how the topics of a model that has been edited come of those that were fitted.
type edited struct {
	fitted *Model
	topics []int // of each topic, its place among those fitted
	to     []int // of each topic fitted, the one that it is part of, or -1
	labels []string
}

// Number is the number that people know topic k by, from 1. It is its place in the order
// in which it was fitted: what is merged or dropped leaves a gap, and no other topic moves.
func (m *Model) Number(k int) int {
	if m.edited == nil {
		return k + 1
	}
	return m.edited.topics[k] + 1
}

// Topic is the place of the topic that people know by a number, as Number has it.
func (m *Model) Topic(number int) (k int, err error) {
	s := newEditing(m.Fitted().Topics())
	s.leaveOut(m.Gaps)
	if m.edited != nil {
		for k, to := range m.edited.to {
			if to >= 0 {
				s.into[k] = m.edited.topics[to]
			} else if s.into[k] != gap {
				s.into[k] = dropped
			}
		}
	}
	if err := s.find(number - 1); err != nil || m.edited == nil {
		return number - 1, err
	}
	return m.edited.to[number-1], nil
}

// OwnLabel is what the user has named topic k, empty if he has not.
func (m *Model) OwnLabel(k int) string {
	if m.edited == nil {
		return ""
	}
	return m.edited.labels[m.edited.topics[k]]
}

// Fitted is the model without what the journal does to it: itself if it has not been
// edited.
func (m *Model) Fitted() *Model {
	if m.edited == nil {
		return m
	}
	return m.edited.fitted
}

// Edited is the model as its journal wants it, and without gaps: itself if that changes
// nothing, and else a view that cannot be saved, of fewer topics perhaps. Its columns of W sum
// to 1, and its H holds the mass of the topics that are left:
//
//   - A merged topic has the sum of the rows of H, and of W the mean of the columns by
//     their mass. So for the whole corpus W H is what it was; for a document it may differ,
//     since the parts of a merged topic are told apart no more.
//   - Of a dropped topic nothing is left, nor of a document that had no other.
//   - A banned word has no weight, and those left of the topic are scaled to sum to 1.
//   - A pinned word is where it was: a pin is for a refit.
//
// Infer finds all topics as fitted, and puts them together like H.
func (m *Model) Edited() (*Model, error) {
	if m.edited != nil || len(m.Journal) == 0 && len(m.Gaps) == 0 {
		return m, nil
	}
	s, err := m.replayed()
	if err != nil {
		return nil, err
	}
	view := *m
	view.edited = s.view(m)
	if len(view.edited.topics) < m.Topics() {
		view.fold()
	}
	view.silence(s.banned)
	return &view, nil
}

// view numbers the topics that are left.
func (s *editing) view(m *Model) *edited {
	v := &edited{fitted: m, to: make([]int, m.Topics()), labels: s.labels}
	for k, into := range s.into {
		if into == k {
			v.to[k] = len(v.topics)
			v.topics = append(v.topics, k)
		}
	}
	for k, into := range s.into {
		v.to[k] = dropped
		if into >= 0 {
			v.to[k], _ = slices.BinarySearch(v.topics, into)
		}
	}
	return v
}

// fold puts the topics of the factors together.
func (m *Model) fold() {
	v, fitted := m.edited, m.edited.fitted
	part := v.parts(fitted.Learned())
	w := make([]float32, fitted.W.Items()*len(v.topics))
	for i := range fitted.W.Items() {
		v.mean(w[i*len(v.topics):], fitted.W.Item(i), part)
	}
	m.W = nmf.NewW(fitted.W.Items(), len(v.topics), w)
	m.H = v.sums(fitted.H)
	if fitted.kept != nil {
		m.Keep()
	}
	m.Scale, m.Stability = v.means(fitted.Scale, part), v.means(fitted.Stability, part)
	if m.LearnedShares != nil {
		m.LearnedShares = Proportions(m.Folded(fitted.LearnedShares))
	}
}

// parts is the part that each topic fitted has in the one that it belongs to, by mass;
// equal ones where there is no mass.
func (v *edited) parts(mass []float64) []float64 {
	whole, members := make([]float64, len(v.topics)), make([]float64, len(v.topics))
	for k, to := range v.to {
		if to >= 0 {
			whole[to] += mass[k]
			members[to]++
		}
	}
	part := make([]float64, len(mass))
	for k, to := range v.to {
		switch {
		case to < 0:
		case whole[to] > 0:
			part[k] = mass[k] / whole[to]
		default:
			part[k] = 1 / members[to]
		}
	}
	return part
}

// mean fills the row of a term.
func (v *edited) mean(row, fitted []float32, part []float64) {
	for k, x := range fitted {
		if to := v.to[k]; to >= 0 {
			row[to] += float32(part[k] * float64(x))
		}
	}
}

// means is the mean of what is known of each topic fitted; nil stays nil.
func (v *edited) means(of, part []float64) []float64 {
	if of == nil {
		return nil
	}
	all := make([]float64, len(v.topics))
	for k, x := range of {
		if to := v.to[k]; to >= 0 {
			all[to] += part[k] * x
		}
	}
	return all
}

// sums adds up the rows of H.
func (v *edited) sums(h *nmf.Factor) *nmf.Factor {
	data := make([]float32, h.Items()*len(v.topics))
	for j := range h.Items() {
		item := data[j*len(v.topics):]
		for k, x := range h.Item(j) {
			if to := v.to[k]; to >= 0 {
				item[to] += x
			}
		}
	}
	return nmf.NewH(len(v.topics), h.Items(), data)
}

// Folded adds up what each topic as fitted has, such as its share of a token, for the topics
// that there are now. What belongs to dropped topics is left out. The shares of tokens in a
// merged topic are to be had only so: TokenShares with Fitted's factors, and then Folded.
func (m *Model) Folded(fitted []float64) []float64 {
	if m.edited == nil {
		return fitted
	}
	sums := make([]float64, m.Topics())
	for k, x := range fitted {
		if to := m.edited.to[k]; to >= 0 {
			sums[to] += x
		}
	}
	return sums
}

// infer finds the topics that were fitted, and puts them together: a document's problem is
// about these, and dropping a topic must not give its tokens to others.
func (v *edited) infer(ctx context.Context, documents iter.Seq[corpus.Document], threads int) (*DocumentTopics, error) {
	inferred, err := v.fitted.Infer(ctx, documents, threads)
	if err != nil {
		return nil, err
	}
	return &DocumentTopics{Documents: inferred.Documents, H: v.sums(inferred.H)}, nil
}

// silence takes the weight of banned words away, in a W of its own.
func (m *Model) silence(words []string) {
	silent := m.rowsOf(words)
	if !slices.Contains(silent, true) {
		return
	}
	data := make([]float32, 0, m.W.Items()*m.W.Topics())
	for i := range m.W.Items() {
		if silent[i] {
			data = append(data, make([]float32, m.W.Topics())...)
		} else {
			data = append(data, m.W.Item(i)...)
		}
	}
	m.W = nmf.NewW(m.W.Items(), m.W.Topics(), data)
	m.W.Normalize()
}

// rowsOf marks the rows of some words.
func (m *Model) rowsOf(words []string) []bool {
	marked := make([]bool, m.W.Items())
	for _, rows := range m.Vocabulary.RowsOf(words) {
		for _, row := range rows {
			marked[row] = true
		}
	}
	return marked
}

// errPartial is returned where a view of some documents would be saved as a model.
var errPartial = errors.New("this is a model with some of its documents alone; save it with all")

// errEdited is returned where a view would be saved in the place of a model.
var errEdited = errors.New("this is how a model looks after its edits; save the model as it was fitted, whose journal has them")
