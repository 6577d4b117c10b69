package topics

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"math"
	"slices"

	"klew/corpus"
	"klew/nmf"
	"klew/vectorize"
)

// Model is the topics of a corpus.
type Model struct {
	// Vocabulary names the rows of W.
	Vocabulary *vectorize.Vocabulary
	// W is terms × topics; each column sums to 1, or to 0 if the topic is empty.
	W *nmf.Factor
	// Scale is what each column of W summed to as it was fitted, if there was a penalty
	// on H, else nil. Such a penalty is on H in that scale: Infer needs it.
	Scale []float64
	// DocumentTopics are the documents that the model was fitted to.
	DocumentTopics
	// Origin says how it came about, and Outcome how it ended.
	Origin  Origin
	Outcome Outcome
	// Stability says of each topic how far fits to halves of the documents have found it
	// too, from 0 to 1, as nmf.Stability has it; nil if there were none. Unstable lists the
	// topics that they have not.
	Stability []float64
	// LearnedShares are the topics' shares of the corpus from which their words were learned,
	// where Documents are others, as With and Of have them; nil where they are those.
	// By them words are ranked, and topics put together that were merged.
	LearnedShares []float64
	// Gaps are places of topics that there are not, rising: W and H are zero there. A model whose
	// topics have the numbers of an older one has them where that has topics that it has not,
	// so that no number ever means another topic.
	Gaps []int
	// Journal is what the user has changed since, a line each: see Edit. The factors are as
	// they were fitted; Edited makes them what the journal wants.
	Journal []string

	edited  *edited // nil if the model is as it was fitted
	partial bool    // of some documents: see Of
}

// DocumentTopics is the weight of each topic in each of some documents.
type DocumentTopics struct {
	Documents []vectorize.Document
	// H is topics × documents.
	H *nmf.Factor

	kept *findings // nil unless Keep was called
}

// Origin is what a model was made from and how.
type Origin struct {
	// Program is the name and version of the program.
	Program string
	// Paths are what the user named, beside the list in Reading.
	Paths []string
	// Base is the folder from which those of Paths that are relative led: "." where the
	// model is made, and empty if it is not known. Save and Load keep it, see there.
	Base string
	// Background are paths of texts, BackgroundDocuments in number, from which topics were
	// learned as well; empty if there were none.
	Background          []string
	BackgroundDocuments int
	// Guide is what the first topics were to be about; nil if there was none.
	Guide *Guide
	// Reading is how the texts were chosen and read; what of it holds for others is
	// Reading.ForOthers.
	Reading corpus.Options
	// Counting and Fitting are the options. Counting.StopWords holds the words that
	// were in force, also if they were the language's own, but for those of
	// vectorize.Auto.
	Counting vectorize.Options
	Fitting  nmf.Options
	// Chosen says why there are so many topics, if klew has chosen their number
	// (sweep.Choice); empty if the user has.
	Chosen string
	// Cluster says how and where the factors were found, if that was on several machines; empty if
	// nmf.Fit found them in memory.
	Cluster string
	// HeldOut is how many of the documents were not fitted, and have inferred topics; a sweep
	// leaves them out to measure on.
	HeldOut int
	// AlignedTo is the model from which topics have their numbers, as the user named it;
	// empty if they are numbered by share.
	AlignedTo string
	// Ledger is what was skipped or repaired in reading, Dropped in counting.
	Ledger  corpus.Ledger
	Dropped []vectorize.Dropped
	// Inferred tells from which model the documents were inferred; nil if they are those from
	// which the topics were learned.
	Inferred *Inferred
	// Known is what is known of the cells of a table with holes (nmf.Options.Observed); nil if
	// all cells are known.
	Known *Known
	// Streamed says how the counts were gone through that stayed in their file; nil if they were in
	// memory.
	Streamed *Streamed
	// Updated says from which model it learned on; nil if it did not.
	Updated *Updated
	// Edits is the model, or the file, whose journal was taken over, as the user named it;
	// a model's topics were the start, in place of what Fitting says. Empty if there was
	// none.
	Edits string
}

// Streamed is about a fit whose counts stayed in their file: see package streaming.
type Streamed struct {
	// Shards is the number of parts of the counts, on which the topics depend.
	Shards int `json:"shards"`
	// Memory is about how many bytes there were to be.
	Memory int64 `json:"memory"`
	// Sample is the number of documents from which the first topics came, and MiniBatchPasses that
	// of passes by mini-batches; Outcome.Iterations counts those over all documents after them.
	Sample          int `json:"sample"`
	MiniBatchPasses int `json:"mini_batch_passes"`
}

// Updated is about a model that learned from more documents than one before: see package updating. Its
// first documents are that model's, with the topics that they had there, and Outcome is of the others.
type Updated struct {
	// From is the model before, as the user named it, and Documents how many that had.
	From      string `json:"from"`
	Documents int    `json:"documents"`
	// Terms is the number of new ones.
	Terms int `json:"terms"`
	// Moved is how far each topic moved: half of the sum over all terms of what its probability changed
	// by, from 0 to 1.
	Moved []float64 `json:"moved"`
}

// Known is about the known cells of a table with holes.
type Known struct {
	Cells int `json:"cells"`
	// Mean, Least and Largest are those of their values.
	Mean    float64 `json:"mean"`
	Least   float64 `json:"least"`
	Largest float64 `json:"largest"`
}

// Outcome is how the factorisation ended.
type Outcome struct {
	Divergence float64    `json:"divergence"`
	Penalty    float64    `json:"penalty,omitempty"`
	Iterations int        `json:"iterations"`
	Status     nmf.Status `json:"status"`
	// Residual is how far from a stationary point it ended; 0 if that is not known.
	Residual float64 `json:"residual,omitempty"`
	// Trace is the divergence before each iteration, but for those of a search on a sample.
	Trace []float64 `json:"trace"`
	// Restarts are the fits of which this is the best, if there were several.
	Restarts []nmf.Restart `json:"-"`
	// Refinement says what became of W when the solver had ended; nil if nothing was asked.
	// Divergence is that after it.
	Refinement *nmf.Refinement `json:"-"`
}

// New makes a model of a table and the factors of its matrix. It changes the factors:
// they become the model's. Topics are put in order of falling share. Documents of a
// background have shaped the topics and the vocabulary, and are not among the model's.
func New(table *vectorize.Table, result *nmf.Result, origin Origin) *Model {
	m := InOrder(table, result, origin)
	m.order()
	return m
}

// InOrder makes a model as New does, but that topics keep the order that they have in the
// factors.
func InOrder(table *vectorize.Table, result *nmf.Result, origin Origin) *Model {
	origin.Dropped = table.Dropped
	origin.Counting = table.Settle(origin.Counting)
	origin.Fitting.Solver = origin.Fitting.SolverInForce()
	own := len(table.Documents) - table.Background
	origin.BackgroundDocuments = table.Background
	m := &Model{
		Vocabulary:     table.Vocabulary,
		W:              result.W,
		DocumentTopics: DocumentTopics{Documents: table.Documents[:own:own], H: result.H.First(own)},
		Origin:         origin,
		Outcome: Outcome{
			Divergence: result.Divergence,
			Penalty:    result.Penalty,
			Iterations: result.Iterations,
			Status:     result.Status,
			Residual:   result.Residual,
			Restarts:   result.Restarts,
			Refinement: result.Refinement,
		},
		Stability: result.Stability,
	}
	for _, step := range result.Trace {
		if !step.Sample {
			m.Outcome.Trace = append(m.Outcome.Trace, step.Divergence)
		}
	}
	m.normalize()
	return m
}

// normalize makes the columns of W sum to 1, with H taking up their scale.
func (m *Model) normalize() {
	up := m.W.Normalize()
	m.H.Scale(up)
	if m.Origin.Fitting.AlphaH > 0 {
		m.Scale = up
	}
}

// order puts the topics in order of falling share.
func (m *Model) order() {
	mass := m.H.Sums()
	order := make([]int, len(mass))
	for k := range order {
		order[k] = k
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(mass[b], mass[a]) })
	m.Renumber(order)
}

// permuted makes element order[k] element k, 0 where that is -1; nil stays nil.
func permuted(of []float64, order []int) []float64 {
	if of == nil {
		return nil
	}
	to := make([]float64, len(order))
	for k, from := range order {
		if from >= 0 {
			to[k] = of[from]
		}
	}
	return to
}

// Unstable lists the topics of which the stability is known and below nmf.Stable.
func (m *Model) Unstable() []int {
	var unstable []int
	for k, s := range m.Stability {
		if s < nmf.Stable && !m.isGap(k) {
			unstable = append(unstable, k)
		}
	}
	return unstable
}

// Empty lists the topics that no document has, but for gaps.
func (m *Model) Empty() []int {
	var empty []int
	for k, mass := range m.mass() {
		if mass == 0 && !m.isGap(k) {
			empty = append(empty, k)
		}
	}
	return empty
}

// Topics is k.
func (m *Model) Topics() int { return m.W.Topics() }

// Shares returns each topic's part of the corpus: numbers that sum to 1, 0 for a topic
// that is empty.
func (m *Model) Shares() []float64 {
	return Proportions(slices.Clone(m.mass()))
}

// mass is the sum of each topic's weights, which is not to be changed.
func (d *DocumentTopics) mass() []float64 {
	return remembered(d, massKey{}, func() []float64 { return d.H.Sums() })
}

// Proportions divides weights by their sum, in place; all zero stay zero.
func Proportions(weights []float64) []float64 {
	total := 0.0
	for _, x := range weights {
		total += x
	}
	if total > 0 {
		for k := range weights {
			weights[k] /= total
		}
	}
	return weights
}

// PutProportions fills shares with weights divided by their sum, for those who ask for many
// documents and want no garbage.
func PutProportions(shares []float64, weights []float32) {
	for k, x := range weights {
		shares[k] = float64(x)
	}
	Proportions(shares)
}

// Keyword is a term as people write it, with its probability in a topic.
type Keyword struct {
	Term   string
	Weight float64
}

// Keywords returns the n terms of topic k that tell it best, those that come first by
// Divergence; at most those that have weight in it. It goes through all of W: for several
// topics make a Ranker once.
func (m *Model) Keywords(k, n int) []Keyword { return NewRanker(m).Keywords(k, n) }

// fiveDigits orders weights as they are, but for the last 7 of their 24 bits, which may differ from
// one processor to another.
func fiveDigits(x float32) uint32 { return (math.Float32bits(x) + 1<<6) >> 7 }

// Proportions returns the topics' shares of document j, which sum to 1; all are 0 for
// a document of which nothing was counted.
func (d *DocumentTopics) Proportions(j int) []float64 {
	p := make([]float64, d.H.Topics())
	PutProportions(p, d.H.Item(j))
	return p
}

// Weights returns document j's column of H.
func (d *DocumentTopics) Weights(j int) []float64 {
	weights := make([]float64, d.H.Topics())
	for k, x := range d.H.Item(j) {
		weights[k] = float64(x)
	}
	return weights
}

// First returns the topic with the largest weight in document j, or -1 if it has none.
func (d *DocumentTopics) First(j int) int {
	first := -1
	largest := float32(0)
	for k, x := range d.H.Item(j) {
		if x > largest {
			first, largest = k, x
		}
	}
	return first
}

// Infer counts documents by the model's vocabulary and finds their topics.
func (m *Model) Infer(ctx context.Context, documents iter.Seq[corpus.Document], threads int) (*DocumentTopics, error) {
	if m.edited != nil {
		return m.edited.infer(ctx, documents, threads)
	}
	counting := m.Origin.Counting
	counting.Threads = threads
	table, err := vectorize.CountWith(ctx, m.Vocabulary, documents, counting)
	if err != nil {
		return nil, err
	}
	fitting := m.Origin.Fitting
	fitting.Threads = threads
	h, err := nmf.Transform(ctx, m.AsFitted(), table.V, fitting)
	if err != nil {
		return nil, fmt.Errorf("inferring topics: %w", err)
	}
	if m.Scale != nil {
		h.Scale(m.Scale)
	}
	return &DocumentTopics{Documents: table.Documents, H: h}, nil
}

// AsFitted is W in the scale in which it was fitted. A penalty on H bears on each topic
// by that scale: with W's columns brought to 1 a topic that was fitted with a large
// column would be punished for the size of its weights.
func (m *Model) AsFitted() *nmf.Factor {
	if m.Scale == nil {
		return m.W
	}
	data := make([]float32, 0, m.W.Items()*m.W.Topics())
	for i := range m.W.Items() {
		data = append(data, m.W.Item(i)...)
	}
	w := nmf.NewW(m.W.Items(), m.W.Topics(), data)
	w.Scale(m.Scale)
	return w
}

// OfMatrix says whether a model is of counts made elsewhere: documents have tokens, and none has
// the checksum of a text.
func (m *Model) OfMatrix() bool {
	counted := false
	for _, d := range m.Documents {
		if d.Checksum != 0 {
			return false
		}
		counted = counted || d.Tokens > 0
	}
	return counted
}
