package page

import (
	"compress/gzip"
	"context"
	"io"
	"sync"

	"klew/topics"
)

// LivePolicy is the content security policy of a page that a server answers for: beside what a
// file may do it may ask its own server, and no other page may show it in a frame.
func LivePolicy() string { return policy() + "; connect-src 'self'; frame-ancestors 'none'" }

// WriteLive writes the page without data, which asks a server for it: below api/data/, for the
// blocks of Block.
func (p *Page) WriteLive(to io.Writer) error {
	b := built{title: p.Name, rows: noscriptRows(p.Model)}
	out := &counter{to: to}
	return out.strings(magic, b.headOf(true), "<script>", script, "</script>\n</body>\n</html>\n")
}

// Block is the data of a block by its name, which the package comment has, packed by gzip; nil if
// there is none: texts are no blocks here.
func (p *Page) Block(ctx context.Context, name string) ([]byte, error) {
	data := p.table(name)
	if name == "model" {
		g := newGatherer(p)
		if err := g.read(ctx); err != nil {
			return nil, err
		}
		var err error
		if data, err = p.modelJSON(ctx, g, g.choose()); err != nil {
			return nil, err
		}
	}
	if data == nil {
		return nil, nil
	}
	return zipped(data, gzip.BestSpeed), nil
}

// Tokens are those of a text, for a page to show with it: of each where it begins and how long it
// is in UTF-16 units, and the row of its term, or below 0 one of vectorize's reasons why it has
// none.
type Tokens struct {
	Places []int `json:"places"`
	// Weights are what each adds to V; nil if V has counts.
	Weights []float32 `json:"weights,omitempty"`
}

// Cutter finds the tokens of texts that a server is asked for. Several goroutines may use it.
type Cutter struct {
	model *topics.Model
	pool  sync.Pool
}

// NewCutter makes one for a model.
func NewCutter(m *topics.Model) *Cutter { return &Cutter{model: m} }

// Tokens finds the tokens of a text, whose topics are those of document j of d, by the topics as
// fitted.
func (c *Cutter) Tokens(ctx context.Context, text string, d *topics.DocumentTopics, j int) (*Tokens, error) {
	cut, _ := c.pool.Get().(*cutting)
	if cut == nil {
		var err error
		if cut, err = newCutting(c.model); err != nil {
			return nil, err
		}
	}
	defer c.pool.Put(cut)
	list, err := cut.tokens(ctx, text, d, j)
	if err != nil {
		return nil, err
	}
	t := &Tokens{Places: make([]int, 0, 3*len(list))}
	units := unitsOf(text, list)
	weighted := false
	for i, x := range list {
		t.Places = append(t.Places, units[2*i], units[2*i+1]-units[2*i], int(x.code))
		t.Weights = append(t.Weights, x.weight)
		weighted = weighted || x.code >= 0 && x.weight != 1
	}
	if !weighted {
		t.Weights = nil
	}
	return t, nil
}
