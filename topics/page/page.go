package page

import (
	"context"
	"fmt"
	"io"
	"iter"
	"slices"
	"sync"

	"klew/topics"
	"klew/topics/evaluation"
)

// TextMode says which texts a page holds.
type TextMode string

// The modes. The texts that are most typical of a topic are whole, unless there are none.
const (
	// AutoTexts is all, if the page keeps to Options.MaxSize with them, and else excerpts.
	AutoTexts TextMode = "auto"
	AllTexts  TextMode = "all"
	// Excerpts are the beginnings of texts.
	Excerpts TextMode = "excerpts"
	// NoTexts is nothing of any text, and no sentence of it.
	NoTexts TextMode = "none"
	// LiveTexts is none in the page, which asks a server for each: see Block.
	LiveTexts TextMode = "live"
)

// TextModes lists those of a file.
var TextModes = []TextMode{AutoTexts, AllTexts, Excerpts, NoTexts}

// Options say how a page is made.
type Options struct {
	Texts TextMode
	// MaxSize is how many bytes the file may have before AutoTexts gives way to excerpts.
	MaxSize int64
	// Documents is how many documents the page lists at most, with their proportions and texts,
	// but for typical ones, of which it has all; 0 for no bound.
	Documents int
	// Words is how many keywords by each ranking a topic shows, Typical how many documents,
	// Sentences how many of each, and Neighbours how many topics.
	Words, Typical, Sentences, Neighbours int
}

// Defaults are the options where the user says nothing.
func Defaults() Options {
	return Options{Texts: AutoTexts, MaxSize: 5 << 20, Documents: 50_000, Words: 20, Typical: 8, Sentences: 2, Neighbours: 8}
}

// Page is a model to be shown.
type Page struct {
	Model *topics.Model
	// Name is what the page is called.
	Name string
	// Texts are the documents' texts with their numbers in the model, each at most once; nil
	// for none, and then Why says why they are not there.
	Texts iter.Seq2[int, string]
	Why   string
	// Text is the text of a document by its number, and Held of how many there is one, of a
	// page with LiveTexts. It may be nil.
	Text func(j int) (string, bool)
	Held int
	// Older is a model with which this one is compared, called OlderName; nil for none.
	Older     *topics.Model
	OlderName string
	// Evaluation is what was measured of the model; nil for nothing (Evaluate).
	Evaluation *evaluation.Evaluation
	// Sweep is what a sweep has found; nil for none.
	Sweep *Sweep
	Options

	held   []int // the documents that the page lists; nil for all
	trends func() []trendBlock
}

// Keep has the page remember the trends, which take long, and take those over of the page of the
// same model before an edit that has not changed them; nil for none.
func (p *Page) Keep(before *Page) {
	if before != nil && before.Model.H == p.Model.H {
		p.trends = before.trends
	} else {
		p.trends = sync.OnceValue(func() []trendBlock { return trendBlocks(p.Model) })
	}
}

// Report is what a page holds.
type Report struct {
	// Size is that of the file in bytes.
	Size int64
	// Documents is how many there are, Held how many of them the page lists, Whole of how many
	// the text is there, and Brief of how many the beginning alone.
	Documents, Held, Whole, Brief int
	// Full is what the size would have been with all texts, or more; 0 if that is not known.
	Full int64
}

// Write writes the page.
func (p *Page) Write(ctx context.Context, to io.Writer) (Report, error) {
	b, err := p.gather(ctx)
	if err != nil {
		return Report{}, fmt.Errorf("making the page of %s: %w", p.Name, err)
	}
	report := Report{Documents: len(p.Model.Documents), Held: len(p.documents()), Whole: b.texts.whole, Brief: b.texts.brief, Full: b.full}
	report.Size, err = b.writeTo(to)
	return report, err
}

// built is a page whose parts are there.
type built struct {
	title  string
	rows   [][4]string
	blocks []block // the model first
	texts  *texts
	full   int64
}

// gather makes the blocks.
func (p *Page) gather(ctx context.Context) (*built, error) {
	g := newGatherer(p)
	if err := g.read(ctx); err != nil {
		return nil, err
	}
	var blocks []block
	for _, name := range []string{"terms", "documents", "w", "h", "fw", "fh"} {
		if data := p.table(name); data != nil {
			blocks = append(blocks, pack(name, data))
		}
	}
	b, err := p.build(ctx, g, blocks, g.choose())
	if err != nil || p.Options.Texts != AutoTexts {
		return b, err
	}
	if b.texts == g.full {
		size, err := b.writeTo(io.Discard)
		if err != nil || size <= p.MaxSize {
			return b, err
		}
		g.tooMuch = size
		if b, err = p.build(ctx, g, blocks, g.short); err != nil {
			return nil, err
		}
	}
	b.full = g.tooMuch
	return b, nil
}

// build makes a page with some texts.
func (p *Page) build(ctx context.Context, g *gatherer, blocks []block, chosen *texts) (*built, error) {
	model, err := p.modelJSON(ctx, g, chosen)
	if err != nil {
		return nil, err
	}
	all := slices.Concat([]block{pack("model", model)}, blocks, chosen.blocks)
	return &built{title: p.Name, rows: noscriptRows(p.Model), blocks: all, texts: chosen}, nil
}

// table is the data of a block that is a table of the model's: its vocabulary, its documents, or
// a factor; nil if there is none of that name. A model that has not been edited has no factors as
// fitted beside its own.
func (p *Page) table(name string) []byte {
	m, fitted := p.Model, p.Model.Fitted()
	switch name {
	case "terms":
		return termsJSON(m)
	case "documents":
		return documentsJSON(m, p.documents())
	case "w":
		return sparse(byTopic(m))
	case "h":
		return sparse(byDocument(m, p.documents()))
	case "fw":
		if fitted != m {
			return sparse(byTopic(fitted))
		}
	case "fh":
		if fitted != m {
			return sparse(byDocument(fitted, p.documents()))
		}
	}
	return nil
}
