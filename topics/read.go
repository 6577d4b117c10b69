package topics

import (
	"bufio"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"os"
	"slices"
	"strings"

	"klew/corpus"
	"klew/nmf"
	"klew/vectorize"
	"klew/vectorize/sections"
)

// ErrNotModel is returned for a file that is something else.
var ErrNotModel = errors.New("not a klew model")

// IsModel reports whether there is a file at path that begins as a model does.
func IsModel(path string) bool { return sections.Begins(path, magic) }

// Load reads a model file.
func Load(path string) (*Model, error) {
	m, _, err := LoadFile(path)
	return m, err
}

// load reads a model, and says which file that was. If it changes while it is read, that is seen
// later.
func load(path string) (*Model, fs.FileInfo, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	switch {
	case err != nil:
		return nil, nil, err
	case info.IsDir():
		return nil, nil, fmt.Errorf("it is a folder, %w", ErrNotModel)
	}
	m, err := read(f, sizeOf(f))
	if err != nil {
		return nil, nil, err
	}
	m.Origin.Base = baseAt(path, m.Origin.Base)
	return m, info, nil
}

// sizeOf is the size of a regular file, and 0 of anything else.
func sizeOf(f *os.File) int64 {
	if info, err := f.Stat(); err == nil && info.Mode().IsRegular() {
		return info.Size()
	}
	return 0
}

// Read reads a model from its file, to the end. It never allocates more than a small
// multiple of what is there.
func Read(from io.Reader) (*Model, error) { return read(from, 0) }

// read reads a model from a file of a size, if that is known and not 0.
func read(from io.Reader, size int64) (*Model, error) {
	r, err := sections.NewReader(bufio.NewReaderSize(from, 1<<16), magic, version)
	if err == sections.ErrMagic {
		return nil, fmt.Errorf("it is %w", ErrNotModel)
	} else if err != nil {
		return nil, err
	}
	if size > 0 {
		r.Limit(size - int64(len(magic)) - 4)
	}
	m := &modelReader{Model: &Model{Vocabulary: &vectorize.Vocabulary{}}, seen: map[string]bool{}, sized: size > 0}
	for {
		tag, f, err := r.Open()
		switch {
		case err == io.EOF:
			return m.done()
		case err != nil:
			return nil, err
		case m.seen[tag]:
			return nil, fmt.Errorf("the file is damaged: section %q occurs twice", tag)
		}
		m.seen[tag] = true
		fault := m.get(tag, f)
		if err := r.Check(); err != nil {
			return nil, err
		}
		if fault != nil {
			return nil, fmt.Errorf("the file is damaged: section %q: %w", tag, fault)
		}
	}
}

// modelReader is a model being read.
type modelReader struct {
	*Model
	seen map[string]bool // tags
	// sized says that no section claims more than the file has, so that there can be room for all
	// that it says at once.
	sized bool
	// stopWords are those of STOP. With ownStopWords, which INFO tells, they are beside the
	// languages' own, else they are all.
	stopWords    []string
	ownStopWords bool
}

// done returns the model, if its sections are all there and belong together.
func (m *modelReader) done() (*Model, error) {
	for _, tag := range []string{tagInfo, tagStopWords, tagTerms, tagDocuments, tagLedger, tagW, tagH} {
		if !m.seen[tag] {
			return nil, fmt.Errorf("the file is damaged: section %q is missing", tag)
		}
	}
	m.settleStopWords()
	if err := m.check(); err != nil {
		return nil, fmt.Errorf("the file is damaged: %w", err)
	}
	return m.Model, nil
}

func (m *modelReader) settleStopWords() {
	o := &m.Origin.Counting
	if m.ownStopWords {
		o.ExtraStopWords = m.stopWords
		return
	}
	o.StopWords = append([]string{}, m.stopWords...) // not nil, which would mean the language's own
}

// get reads a section. Those that it does not know it passes over.
func (m *modelReader) get(tag string, f *sections.Fields) error {
	switch tag {
	case tagInfo:
		return m.getInfo(f)
	case tagStopWords:
		m.stopWords = f.Strings()
	case tagTerms:
		m.getTerms(f)
	case tagPhrases:
		m.getPhrases(f)
	case tagDocuments:
		m.getDocuments(f)
	case tagLedger:
		m.getLedger(f, false)
	case tagNotes:
		m.getLedger(f, true)
	case tagStability:
		m.getStability(f)
	case tagJournal:
		m.Journal = f.Strings()
	case tagW:
		m.W = m.getFactor(f, nmf.NewW)
	case tagH:
		m.H = m.getH(f)
	default:
		return nil
	}
	return f.Close()
}

// check compares what the sections say of each other.
func (m *Model) check() error {
	o := m.Origin
	switch k := m.W.Topics(); {
	case k != m.H.Topics() || k != o.Fitting.Topics:
		return fmt.Errorf("%d topics in W, %d in H, %d in the options", k, m.H.Topics(), o.Fitting.Topics)
	case len(m.Vocabulary.Terms) != m.W.Items():
		return fmt.Errorf("%d terms for %d rows of W", len(m.Vocabulary.Terms), m.W.Items())
	case len(m.Documents) != m.H.Items():
		return fmt.Errorf("%d documents for %d columns of H", len(m.Documents), m.H.Items())
	case m.Stability != nil && len(m.Stability) != k:
		return fmt.Errorf("stability of %d topics of %d", len(m.Stability), k)
	}
	if err := errors.Join(o.Reading.Validate(), o.Counting.Validate(), o.Fitting.Validate()); err != nil {
		return errors.New(strings.ReplaceAll(err.Error(), "\n", "; "))
	}
	return errors.Join(m.checkScale(), m.checkLearned(), m.checkRefinement(), m.checkGaps())
}

// checkGaps finds fault with gaps that could not be.
func (m *Model) checkGaps() error {
	last := -1
	for _, k := range m.Gaps {
		if k <= last || k >= m.Topics() {
			return fmt.Errorf("gaps %v among the numbers of %d topics", m.Gaps, m.Topics())
		}
		last = k
	}
	if len(m.Gaps) == m.Topics() {
		return errors.New("gaps in place of all topics")
	}
	return nil
}

// checkScale finds fault with a scale that Infer could not use.
func (m *Model) checkScale() error {
	if m.Scale == nil && m.Origin.Fitting.AlphaH == 0 {
		return nil
	}
	if len(m.Scale) != m.Topics() {
		return fmt.Errorf("a scale of %d topics for %d", len(m.Scale), m.Topics())
	}
	for k, s := range m.Scale {
		if !(s >= 0 && s <= math.MaxFloat32) {
			return fmt.Errorf("the scale of topic %d is %v", k, s)
		}
	}
	return nil
}

func (m *modelReader) getInfo(f *sections.Fields) error {
	about := infoSection{Fitting: fittingInfo{Restarts: 1, Refine: nmf.RefineOff}}
	payload := f.Rest()
	if err := cmp.Or(f.Err(), json.Unmarshal(payload, &about)); err != nil {
		return err
	}
	o := about.Fitting
	m.Outcome, m.Scale, m.ownStopWords, m.Gaps = about.Outcome, about.Scale, about.OwnStopWords, about.Gaps
	m.LearnedShares = about.LearnedShares
	m.Outcome.Refinement = refinementOf(about.Refined)
	for _, one := range about.Restarts {
		m.Outcome.Restarts = append(m.Outcome.Restarts, nmf.Restart(one))
	}
	ledger := m.Origin.Ledger
	m.Origin = Origin{Program: about.Program, Paths: about.Paths, Base: about.Base, Reading: about.Reading, Counting: about.Counting, Dropped: about.Dropped,
		AlignedTo: about.AlignedTo, Inferred: about.Inferred, Chosen: about.Chosen, HeldOut: about.HeldOut, Cluster: about.Cluster, Known: about.Known, Streamed: about.Streamed, Updated: about.Updated, Edits: about.Edits, Ledger: ledger,
		Guide: about.Guide, Background: about.Background, BackgroundDocuments: about.BackgroundDocuments}
	m.Origin.Fitting = nmf.Options{
		Topics: o.Topics, Loss: o.Loss, Solver: o.Solver, Init: o.Init, Seed: o.Seed, MaxIter: o.MaxIter, Tol: o.Tol,
		AlphaW: o.AlphaW, AlphaH: o.AlphaH, L1Ratio: o.L1Ratio, Shrinkage: o.Shrinkage, SplitMerge: o.SplitMerge, Restarts: o.Restarts, Halves: o.Halves,
		Refine: o.Refine,
	}
	return nil
}

func (m *Model) getPhrases(f *sections.Fields) {
	for range f.Count(2) {
		m.Vocabulary.Phrases = append(m.Vocabulary.Phrases, vectorize.Phrase{First: f.String(), Second: f.String()})
	}
}

func (m *Model) getStability(f *sections.Fields) {
	for range f.Count(8) {
		x := f.Float64()
		if !(x >= 0 && x <= 1) {
			f.Fail("a stability of %v", x)
			return
		}
		m.Stability = append(m.Stability, x)
	}
}

func (m *Model) getTerms(f *sections.Fields) {
	terms := f.Count(4)
	m.Vocabulary.Documents = f.Uvarint()
	for range terms {
		t := vectorize.Term{Stem: f.String(), DF: f.Uvarint(), Count: f.Uvarint()}
		for range f.Count(2) {
			t.Forms = append(t.Forms, vectorize.Form{Text: f.String(), Count: f.Uvarint()})
		}
		if n := len(m.Vocabulary.Terms); n > 0 && m.Vocabulary.Terms[n-1].Stem >= t.Stem {
			f.Fail("the terms are not in order")
		}
		if f.Err() != nil {
			return
		}
		m.Vocabulary.Terms = append(m.Vocabulary.Terms, t)
	}
}

// leastDocument is how many bytes a document takes at least.
const leastDocument = 8

// room is for how many of so many things there is to be room before they are read.
func (m *modelReader) room(things int) int {
	if m.sized {
		return things
	}
	return min(things, 1<<12)
}

func (m *modelReader) getDocuments(f *sections.Fields) {
	n := f.Count(leastDocument)
	m.Documents = slices.Grow(m.Documents, m.room(n))
	for range n {
		d := vectorize.Document{ID: f.String(), Tokens: f.Uvarint(), Unknown: f.Uvarint(), Checksum: f.Uint32()}
		for range f.Count(2) {
			d.Meta = append(d.Meta, corpus.Field{Name: f.String(), Value: f.String()})
		}
		if f.Err() != nil {
			return
		}
		m.Documents = append(m.Documents, d)
	}
}

// getLedger reads entries, those of a section NOTE with their numbers.
func (m *Model) getLedger(f *sections.Fields, numbers bool) {
	for range f.Count(4) {
		e := corpus.Entry{Path: f.String()}
		kind := f.Byte()
		e.Repaired, e.Note = kind == kindRepaired, kind == kindNote
		e.Reason, e.Detail = f.String(), f.String()
		if numbers {
			e.Files = f.Uvarint()
		}
		if f.Err() != nil {
			return
		}
		m.Origin.Ledger = append(m.Origin.Ledger, e)
	}
}
