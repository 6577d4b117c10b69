package topics

import (
	"encoding/json"
	"fmt"
	"io"
	"math"

	"klew/corpus"
	"klew/nmf"
	"klew/topics/wholefile"
	"klew/vectorize"
	"klew/vectorize/sections"
)

// infoSection is the section INFO.
type infoSection struct {
	Program  string              `json:"program"`
	Paths    []string            `json:"paths"`
	Base     string              `json:"base,omitempty"` // from the folder of the file
	Reading  corpus.Options      `json:"reading,omitzero"`
	Counting vectorize.Options   `json:"counting"`
	Fitting  fittingInfo         `json:"fitting"`
	Outcome  Outcome             `json:"outcome"`
	Dropped  []vectorize.Dropped `json:"dropped"`
	Restarts []restart           `json:"restarts,omitempty"`
	Edits    string              `json:"edits,omitempty"`
	Refined  *refinement         `json:"refinement,omitempty"`

	Guide               *Guide    `json:"guide,omitempty"`
	Background          []string  `json:"background,omitempty"`
	BackgroundDocuments int       `json:"background_documents,omitempty"`
	AlignedTo           string    `json:"aligned_to,omitempty"`
	Chosen              string    `json:"chosen,omitempty"`
	Cluster             string    `json:"cluster,omitempty"`
	HeldOut             int       `json:"held_out,omitempty"`
	Gaps                []int     `json:"gaps,omitempty"` // Model.Gaps
	Inferred            *Inferred `json:"inferred,omitempty"`
	Known               *Known    `json:"known,omitempty"`
	Streamed            *Streamed `json:"streamed,omitempty"`
	Updated             *Updated  `json:"updated,omitempty"`
	// LearnedShares is Model.LearnedShares.
	LearnedShares []float64 `json:"learned_shares,omitempty"`
	// Scale is Model.Scale.
	Scale []float64 `json:"scale,omitempty"`
	// OwnStopWords says that those of each language are in force, and that STOP holds
	// what is added to them.
	OwnStopWords bool `json:"own_stop_words,omitempty"`
}

// fittingInfo is nmf.Options without what does not bear on the result. A file without refine is
// older than that, and was not refined. A file without the penalties, splits and mergers, and
// restarts is older than they are, and was made without any, by one fit.
type fittingInfo struct {
	Topics  int        `json:"topics"`
	Loss    nmf.Loss   `json:"loss"`
	Solver  nmf.Solver `json:"solver"`
	Init    nmf.Init   `json:"init"`
	Seed    uint64     `json:"seed"`
	MaxIter int        `json:"max_iter"`
	Tol     float64    `json:"tol"`

	AlphaW     float64    `json:"alpha_w,omitempty"`
	AlphaH     float64    `json:"alpha_h,omitempty"`
	L1Ratio    float64    `json:"l1_ratio,omitempty"`
	Shrinkage  float64    `json:"shrinkage,omitempty"`
	Refine     nmf.Refine `json:"refine,omitempty"`
	SplitMerge int        `json:"rearrange,omitempty"` // its name in files of versions 1 and 2
	Restarts   int        `json:"restarts"`
	Halves     int        `json:"halves,omitempty"`
}

// restart is nmf.Restart.
type restart struct {
	Seed       uint64     `json:"seed"`
	Divergence float64    `json:"divergence"`
	Iterations int        `json:"iterations"`
	Status     nmf.Status `json:"status"`
	Agreement  float64    `json:"agreement"`
}

func (m *Model) info() infoSection {
	o := m.Origin.Fitting
	about := infoSection{
		Program: m.Origin.Program,
		Paths:   m.Origin.Paths,
		Base:    m.Origin.Base,
		Reading: lasting(m.Origin.Reading),

		Inferred:      m.Origin.Inferred,
		LearnedShares: m.LearnedShares,

		AlignedTo: m.Origin.AlignedTo,
		Chosen:    m.Origin.Chosen,
		Cluster:   m.Origin.Cluster,
		HeldOut:   m.Origin.HeldOut,
		Gaps:      m.Gaps,
		Known:     m.Origin.Known,
		Streamed:  m.Origin.Streamed,
		Updated:   m.Origin.Updated,
		Counting:  m.Origin.Counting,
		Fitting: fittingInfo{
			Topics: o.Topics, Loss: o.Loss, Solver: o.Solver, Init: o.Init, Seed: o.Seed, MaxIter: o.MaxIter, Tol: o.Tol,
			AlphaW: o.AlphaW, AlphaH: o.AlphaH, L1Ratio: o.L1Ratio, Shrinkage: o.Shrinkage, SplitMerge: o.SplitMerge, Restarts: o.Restarts, Halves: o.Halves,
			Refine: o.Refine,
		},
		Outcome: m.Outcome,
		Dropped: m.Origin.Dropped,
		Scale:   m.Scale,
		Edits:   m.Origin.Edits,

		Guide:               m.Origin.Guide,
		Background:          m.Origin.Background,
		BackgroundDocuments: m.Origin.BackgroundDocuments,

		OwnStopWords: m.Origin.Counting.OwnStopWords(),
	}
	for _, r := range m.Outcome.Restarts {
		about.Restarts = append(about.Restarts, restart(r))
	}
	if r := m.Outcome.Refinement; r != nil {
		kept := refinement(*r)
		about.Refined = &kept
	}
	return about
}

// lasting is what options say of the texts, without what held for one reading of them.
func lasting(o corpus.Options) corpus.Options {
	o.Files, o.Stdin, o.Threads, o.Base = nil, nil, 0, ""
	return o
}

// Write writes the model file.
func (m *Model) Write(to io.Writer) error {
	switch {
	case m.edited != nil:
		return errEdited
	case m.partial:
		return errPartial
	}
	about, err := json.Marshal(m.info())
	if err != nil {
		return err
	}
	entries, notes := m.splitLedger()
	w := sections.NewWriter(to, magic, version)
	w.Section(tagInfo, about)
	w.Section(tagStopWords, m.stopWords())
	w.Section(tagTerms, m.terms())
	if len(m.Vocabulary.Phrases) > 0 {
		w.Section(tagPhrases, m.phrases())
	}
	w.Long(tagDocuments, m.documents)
	w.Section(tagLedger, ledgerSection(entries, false))
	if len(notes) > 0 {
		w.Section(tagNotes, ledgerSection(notes, true))
	}
	if m.Stability != nil {
		w.Section(tagStability, m.stability())
	}
	if len(m.Journal) > 0 {
		w.Section(tagJournal, m.journal())
	}
	w.Long(tagW, factor(m.W))
	w.Long(tagH, factor(m.H))
	return w.Close()
}

func (m *Model) stopWords() (p sections.Payload) {
	words := m.Origin.Counting.StopWords
	if m.Origin.Counting.OwnStopWords() {
		words = m.Origin.Counting.ExtraStopWords
	}
	p.Strings(words)
	return p
}

func (m *Model) stability() (p sections.Payload) {
	p.Uvarint(len(m.Stability))
	for _, x := range m.Stability {
		p.Float64(x)
	}
	return p
}

func (m *Model) phrases() (p sections.Payload) {
	p.Uvarint(len(m.Vocabulary.Phrases))
	for _, phrase := range m.Vocabulary.Phrases {
		p.String(phrase.First)
		p.String(phrase.Second)
	}
	return p
}

func (m *Model) terms() (p sections.Payload) {
	p.Uvarint(len(m.Vocabulary.Terms))
	p.Uvarint(m.Vocabulary.Documents)
	for _, t := range m.Vocabulary.Terms {
		p.String(t.Stem)
		p.Uvarint(t.DF)
		p.Uvarint(t.Count)
		p.Uvarint(len(t.Forms))
		for _, f := range t.Forms {
			p.String(f.Text)
			p.Uvarint(f.Count)
		}
	}
	return p
}

// pieceSize is about how much of a long section is in memory while it is written.
const pieceSize = 1 << 16

func (m *Model) documents(add func(sections.Payload)) {
	var p sections.Payload
	p.Uvarint(len(m.Documents))
	for _, d := range m.Documents {
		p.String(d.ID)
		p.Uvarint(d.Tokens)
		p.Uvarint(d.Unknown)
		p.Uint32(d.Checksum)
		p.Uvarint(len(d.Meta))
		for _, f := range d.Meta {
			p.String(f.Name)
			p.String(f.Value)
		}
		if len(p) >= pieceSize {
			add(p)
			p = p[:0]
		}
	}
	add(p)
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

// ledgerSection makes a section of entries, those of a section NOTE with their numbers.
func ledgerSection(entries corpus.Ledger, numbers bool) (p sections.Payload) {
	p.Uvarint(len(entries))
	for _, e := range entries {
		kind := byte(kindSkipped)
		if e.Note {
			kind = kindNote
		} else if e.Repaired {
			kind = kindRepaired
		}
		p.String(e.Path)
		p.Byte(kind)
		p.String(e.Reason)
		p.String(e.Detail)
		if numbers {
			p.Uvarint(e.Files)
		}
	}
	return p
}

func factor(f *nmf.Factor) func(add func(sections.Payload)) {
	return func(add func(sections.Payload)) {
		var p sections.Payload
		p.Uvarint(f.Items())
		p.Uvarint(f.Topics())
		for n := range f.Items() {
			for _, x := range f.Item(n) {
				p.Uint32(math.Float32bits(x))
			}
			if len(p) >= pieceSize {
				add(p)
				p = p[:0]
			}
		}
		add(p)
	}
}

// Save writes the model file whole or not at all: what was there before stays until
// the new one is complete and on disk.
func (m *Model) Save(path string) error {
	located := *m
	located.Origin.Base = baseFrom(path, m.Origin.Base)
	if err := wholefile.Write(path, located.Write); err != nil {
		return fmt.Errorf("saving the model to %s: %w", path, err)
	}
	return nil
}
