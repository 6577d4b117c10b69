package topics

import (
	"bufio"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"math"
	"os"
	"slices"
	"strings"

	"klew/corpus"
	"klew/nmf"
	"klew/vectorize"
)

// info is the section INFO.
type info struct {
	Program   string              `json:"program"`
	Paths     []string            `json:"paths"`
	Reading   corpus.Options      `json:"reading,omitzero"`
	Counting  vectorize.Options   `json:"counting"`
	Fitting   fitting             `json:"fitting"`
	Outcome   Outcome             `json:"outcome"`
	Dropped   []vectorize.Dropped `json:"dropped"`
	Restarts  []restart           `json:"restarts,omitempty"`
	Edits     string              `json:"edits,omitempty"`
	AlignedTo string              `json:"aligned_to,omitempty"`
	// Scale is Model.Scale.
	Scale []float64 `json:"scale,omitempty"`
	// OwnStopWords says that those of each language are in force, and that STOP holds
	// what is added to them.
	OwnStopWords bool `json:"own_stop_words,omitempty"`
}

// fitting is nmf.Options without what does not bear on the result. A file without the
// penalties, splits and mergers, and restarts is older than they are, and was made without any,
// by one fit.
type fitting struct {
	Topics  int        `json:"topics"`
	Loss    nmf.Loss   `json:"loss"`
	Solver  nmf.Solver `json:"solver"`
	Init    nmf.Init   `json:"init"`
	Seed    uint64     `json:"seed"`
	MaxIter int        `json:"max_iter"`
	Tol     float64    `json:"tol"`

	AlphaW     float64 `json:"alpha_w,omitempty"`
	AlphaH     float64 `json:"alpha_h,omitempty"`
	L1Ratio    float64 `json:"l1_ratio,omitempty"`
	SplitMerge int     `json:"rearrange,omitempty"` // its name in files of versions 1 and 2
	Restarts   int     `json:"restarts"`
	Halves     int     `json:"halves,omitempty"`
}

// restart is nmf.Restart.
type restart struct {
	Seed       uint64     `json:"seed"`
	Divergence float64    `json:"divergence"`
	Iterations int        `json:"iterations"`
	Status     nmf.Status `json:"status"`
	Agreement  float64    `json:"agreement"`
}

func (m *Model) info() info {
	o := m.Origin.Fitting
	about := info{
		Program: m.Origin.Program,
		Paths:   m.Origin.Paths,
		Reading: lasting(m.Origin.Reading),

		AlignedTo: m.Origin.AlignedTo,
		Counting:  m.Origin.Counting,
		Fitting: fitting{
			Topics: o.Topics, Loss: o.Loss, Solver: o.Solver, Init: o.Init, Seed: o.Seed, MaxIter: o.MaxIter, Tol: o.Tol,
			AlphaW: o.AlphaW, AlphaH: o.AlphaH, L1Ratio: o.L1Ratio, SplitMerge: o.SplitMerge, Restarts: o.Restarts, Halves: o.Halves,
		},
		Outcome: m.Outcome,
		Dropped: m.Origin.Dropped,
		Scale:   m.Scale,
		Edits:   m.Origin.Edits,

		OwnStopWords: m.Origin.Counting.OwnStopWords(),
	}
	for _, r := range m.Outcome.Restarts {
		about.Restarts = append(about.Restarts, restart(r))
	}
	return about
}

// lasting is what options say of the texts, without what held for one reading of them.
func lasting(o corpus.Options) corpus.Options {
	o.Files, o.Stdin, o.Threads, o.Listed = nil, nil, 0, nil
	return o
}

// Write writes the model file.
func (m *Model) Write(to io.Writer) error {
	if m.edited != nil {
		return errEdited
	}
	about, err := json.Marshal(m.info())
	if err != nil {
		return err
	}
	w := &writer{to: bufio.NewWriterSize(to, 1<<20)}
	w.raw([]byte(magic))
	w.raw(binary.LittleEndian.AppendUint32(nil, version))
	w.section(tagInfo, func(p *payload) { p.data = append(p.data, about...) })
	w.section(tagStopWords, m.putStopWords)
	w.section(tagTerms, m.putTerms)
	if len(m.Vocabulary.Phrases) > 0 {
		w.section(tagPhrases, m.putPhrases)
	}
	w.section(tagDocuments, m.putDocuments)
	entries, notes := m.splitLedger()
	w.section(tagLedger, func(p *payload) { p.ledger(entries, false) })
	if len(notes) > 0 {
		w.section(tagNotes, func(p *payload) { p.ledger(notes, true) })
	}
	if m.Stability != nil {
		w.section(tagStability, m.putStability)
	}
	if len(m.Journal) > 0 {
		w.section(tagJournal, func(p *payload) { p.strings(m.Journal) })
	}
	w.section(tagW, func(p *payload) { p.factor(m.W) })
	w.section(tagH, func(p *payload) { p.factor(m.H) })
	w.section(tagEnd, func(*payload) {})
	if w.err == nil {
		w.err = w.to.Flush()
	}
	return w.err
}

func (m *Model) putStopWords(p *payload) {
	words := m.Origin.Counting.StopWords
	if m.Origin.Counting.OwnStopWords() {
		words = m.Origin.Counting.ExtraStopWords
	}
	p.strings(words)
}

func (m *Model) putStability(p *payload) {
	p.uvarint(len(m.Stability))
	for _, x := range m.Stability {
		p.data = binary.LittleEndian.AppendUint64(p.data, math.Float64bits(x))
	}
}

func (m *Model) putPhrases(p *payload) {
	p.uvarint(len(m.Vocabulary.Phrases))
	for _, phrase := range m.Vocabulary.Phrases {
		p.string(phrase.First)
		p.string(phrase.Second)
	}
}

func (m *Model) putTerms(p *payload) {
	p.uvarint(len(m.Vocabulary.Terms))
	p.uvarint(m.Vocabulary.Documents)
	for _, t := range m.Vocabulary.Terms {
		p.string(t.Stem)
		p.uvarint(t.DF)
		p.uvarint(t.Count)
		p.uvarint(len(t.Forms))
		for _, f := range t.Forms {
			p.string(f.Text)
			p.uvarint(f.Count)
		}
	}
}

func (m *Model) putDocuments(p *payload) {
	p.uvarint(len(m.Documents))
	for _, d := range m.Documents {
		p.string(d.ID)
		p.uvarint(d.Tokens)
		p.uvarint(d.Unknown)
		p.data = binary.LittleEndian.AppendUint32(p.data, d.Checksum)
		p.uvarint(len(d.Meta))
		for _, f := range d.Meta {
			p.string(f.Name)
			p.string(f.Value)
		}
	}
}

// splitLedger parts what a section LEDG can say from what takes a section NOTE, which
// corpus puts at the end anyway.
func (m *Model) splitLedger() (entries, notes corpus.Ledger) {
	for _, e := range m.Origin.Ledger {
		if e.Note || e.Files != 0 {
			notes = append(notes, e)
		} else {
			entries = append(entries, e)
		}
	}
	return entries, notes
}

// The kinds of ledger entries.
const (
	kindSkipped = iota
	kindRepaired
	kindNote
)

// ledger writes entries, those of a section NOTE with their numbers.
func (p *payload) ledger(entries corpus.Ledger, numbers bool) {
	p.uvarint(len(entries))
	for _, e := range entries {
		kind := byte(kindSkipped)
		if e.Note {
			kind = kindNote
		} else if e.Repaired {
			kind = kindRepaired
		}
		p.string(e.Path)
		p.data = append(p.data, kind)
		p.string(e.Reason)
		p.string(e.Detail)
		if numbers {
			p.uvarint(e.Files)
		}
	}
}

// payload is the content of a section being made.
type payload struct{ data []byte }

func (p *payload) uvarint(n int) { p.data = binary.AppendUvarint(p.data, uint64(n)) }

// string writes UTF-8 whatever it is given, since nothing else would be read again.
func (p *payload) string(s string) {
	s = strings.ToValidUTF8(s, "\uFFFD")
	p.uvarint(len(s))
	p.data = append(p.data, s...)
}

func (p *payload) strings(list []string) {
	p.uvarint(len(list))
	for _, s := range list {
		p.string(s)
	}
}

func (p *payload) factor(f *nmf.Factor) {
	p.data = slices.Grow(p.data, 20+4*f.Items()*f.Topics())
	p.uvarint(f.Items())
	p.uvarint(f.Topics())
	for n := range f.Items() {
		for _, x := range f.Item(n) {
			p.data = binary.LittleEndian.AppendUint32(p.data, math.Float32bits(x))
		}
	}
}

// writer remembers its first error.
type writer struct {
	to  *bufio.Writer
	err error
}

func (w *writer) raw(data []byte) {
	if w.err == nil {
		_, w.err = w.to.Write(data)
	}
}

func (w *writer) section(tag string, fill func(*payload)) {
	var p payload
	fill(&p)
	head := binary.LittleEndian.AppendUint64([]byte(tag), uint64(len(p.data)))
	sum := crc32.Update(crc32.Checksum(head, castagnoli), castagnoli, p.data)
	w.raw(head)
	w.raw(p.data)
	w.raw(binary.LittleEndian.AppendUint32(nil, sum))
}

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// Save writes the model file whole or not at all: what was there before stays until
// the new one is complete and on disk.
func (m *Model) Save(path string) error {
	if err := WriteWhole(path, m.Write); err != nil {
		return fmt.Errorf("saving the model to %s: %w", path, err)
	}
	return nil
}

// CanSave finds out whether a model could be saved at path, before the work of making
// one. It refuses to replace what is no model: a slip of the hand must not cost a text.
func CanSave(path string) error {
	err := CanWrite(path)
	if info, there := os.Stat(path); err == nil && there == nil && info.Size() > 0 && !IsModel(path) {
		err = errors.New("it is there, and not a klew model; name another file, or remove it")
	}
	if err != nil {
		return fmt.Errorf("cannot save a model to %s: %w", path, err)
	}
	return nil
}
