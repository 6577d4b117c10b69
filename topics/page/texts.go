package page

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"math"
	"slices"
	"unicode/utf16"
	"unicode/utf8"

	"klew/topics"
	"klew/vectorize"
)

const (
	// chunkSize is how many bytes of text stand in one block: a browser unpacks one in
	// about 30 ms.
	chunkSize = 1 << 19
	// excerptSize is about how many bytes an excerpt has.
	excerptSize = 100
)

// texts are those that a page holds.
type texts struct {
	mode         TextMode
	blocks       []block
	size         int64
	chunks       [][]int // the documents of each
	whole, brief int
	open         chunk
}

// add takes a text in. whole says that it is not only the beginning.
func (t *texts) add(j int, text string, tokens []token, whole bool) {
	if whole {
		t.whole++
	} else {
		t.brief++
	}
	t.open.add(j, text, tokens, whole)
	if t.open.size > chunkSize {
		t.close()
	}
}

// close packs the open chunk.
func (t *texts) close() {
	if len(t.open.documents) == 0 {
		return
	}
	text, tokens := t.open.pack(len(t.chunks))
	t.blocks = append(t.blocks, text, tokens)
	t.size += int64(len(text.base64) + len(tokens.base64))
	t.chunks = append(t.chunks, t.open.documents)
	t.open = chunk{}
}

// token is a token of a text. Code is the row of its term, or below 0 one of vectorize's
// reasons why it has none. Weight is what it adds to V.
type token struct {
	from, to int // bytes
	code     int32
	weight   float32
}

// chunk is some texts and their tokens. It is written as varints (signed ones by zigzag):
//
//	for each text: 1 if it is whole, the number of its tokens, then of each token
//	    where it begins, counted from the end of the one before, and its length, both in
//	    UTF-16 units;
//	the codes of tokens that are written in a way that has not occurred yet in the chunk;
//	the number of tokens whose code is another than that of the first one written so, and for
//	    each the number of its token, counted from the one before, and its code;
//	1 if weights follow, of single precision, one a token, else 0.
type chunk struct {
	size      int
	documents []int
	texts     []string
	spans     []byte
	codes     []byte
	seen      map[string]int32
	others    []byte
	count     int // tokens
	other     int // of others
	before    int // the last of others
	weights   []float32
	weighted  bool
}

func (c *chunk) add(j int, text string, tokens []token, whole bool) {
	if c.seen == nil {
		c.seen = map[string]int32{}
	}
	c.size += len(text)
	c.documents = append(c.documents, j)
	c.texts = append(c.texts, text)
	flag := uint64(0)
	if whole {
		flag = 1
	}
	c.spans = binary.AppendUvarint(c.spans, flag)
	c.spans = binary.AppendUvarint(c.spans, uint64(len(tokens)))
	units := unitsOf(text, tokens)
	end := 0
	for i, t := range tokens {
		c.spans = binary.AppendVarint(c.spans, int64(units[2*i]-end))
		c.spans = binary.AppendUvarint(c.spans, uint64(units[2*i+1]-units[2*i]))
		end = units[2*i+1]
		c.code(text[t.from:t.to], t)
	}
}

// code writes which term a token is.
func (c *chunk) code(written string, t token) {
	code, known := c.seen[written]
	if !known {
		c.seen[written] = t.code
		c.codes = binary.AppendVarint(c.codes, int64(t.code))
	} else if code != t.code {
		c.others = binary.AppendUvarint(c.others, uint64(c.count-c.before))
		c.others = binary.AppendVarint(c.others, int64(t.code))
		c.before = c.count
		c.other++
	}
	c.count++
	c.weights = append(c.weights, t.weight)
	c.weighted = c.weighted || t.code >= 0 && t.weight != 1
}

// pack makes the two blocks.
func (c *chunk) pack(n int) (text, tokens block) {
	list, err := json.Marshal(c.texts)
	if err != nil {
		panic("page: " + err.Error()) // strings can always be written
	}
	data := append(slices.Clone(c.spans), c.codes...)
	data = binary.AppendUvarint(data, uint64(c.other))
	data = append(data, c.others...)
	if !c.weighted {
		data = append(data, 0)
	} else {
		data = append(data, 1)
		for _, w := range c.weights {
			data = binary.LittleEndian.AppendUint32(data, math.Float32bits(w))
		}
	}
	return pack(named("texts", n), list), pack(named("tokens", n), data)
}

// unitsOf are where tokens begin and end in units of UTF-16, in which a page counts.
func unitsOf(text string, tokens []token) []int {
	places := make([]int, 0, 2*len(tokens))
	for _, t := range tokens {
		places = append(places, t.from, t.to)
	}
	order := make([]int, len(places))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return places[a] - places[b] })
	units := make([]int, len(places))
	at, unit := 0, 0
	for _, i := range order {
		for at < places[i] {
			r, size := utf8.DecodeRuneInString(text[at:])
			at, unit = at+size, unit+utf16.RuneLen(r)
		}
		units[i] = unit
	}
	return units
}

// entireTexts is about how many typical texts are whole among excerpts. With all eight of each of
// 500 topics of 20 Newsgroups these took 7 MB.
const entireTexts = 400

// leastEntire is how many bytes of a typical text there are at least, if it has so many.
const leastEntire = 8 << 10

// gatherer reads the texts once, and keeps what the page may need of them.
type gatherer struct {
	*Page
	typical [][]int                  // documents by topic
	of      map[int][]int            // topics by typical document
	entire  map[int]bool             // the documents whose texts are whole among excerpts
	quotes  []map[int][]topics.Quote // by topic and document
	full    *texts                   // nil if they are too large
	short   *texts
	tooMuch int64 // how large the page would be with them, or more
}

func newGatherer(p *Page) *gatherer {
	g := &gatherer{Page: p, typical: p.Model.Typical(p.Typical), of: map[int][]int{}, entire: map[int]bool{}, full: &texts{mode: AllTexts}, short: &texts{mode: Excerpts}}
	g.quotes = make([]map[int][]topics.Quote, p.Model.Topics())
	for k, list := range g.typical {
		g.quotes[k] = map[int][]topics.Quote{}
		for i, j := range list {
			g.of[j] = append(g.of[j], k)
			g.entire[j] = g.entire[j] || i < max(1, entireTexts/len(g.typical))
		}
	}
	p.hold(g.typical)
	return g
}

// read goes through the texts.
func (g *gatherer) read(ctx context.Context) error {
	if g.Options.Texts == LiveTexts {
		return g.quoteTypical(ctx)
	}
	if g.Page.Texts == nil || g.Options.Texts == NoTexts {
		return nil
	}
	quoter, err := topics.NewQuoter(g.Model)
	if err != nil {
		return err
	}
	cut, err := newCutting(g.Model)
	if err != nil {
		return err
	}
	for j, text := range g.Page.Texts {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		for _, k := range g.of[j] {
			g.quotes[k][j] = quoter.Quotes(k, j, text, g.Sentences)
		}
		if _, held := g.place(j); !held {
			continue
		}
		tokens, err := cut.tokens(ctx, text, &g.Model.Fitted().DocumentTopics, j)
		if err != nil {
			return err
		}
		g.keep(j, text, tokens)
	}
	g.short.close()
	if g.full != nil {
		g.full.close()
	}
	return nil
}

// quoteTypical reads the texts of typical documents alone.
func (g *gatherer) quoteTypical(ctx context.Context) error {
	if g.Page.Text == nil {
		return nil
	}
	quoter, err := topics.NewQuoter(g.Model)
	if err != nil {
		return err
	}
	for j, of := range g.of {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		text, there := g.Page.Text(j)
		for _, k := range of {
			if there {
				g.quotes[k][j] = quoter.Quotes(k, j, text, g.Sentences)
			}
		}
	}
	return nil
}

// keep takes a text into what the options may come to.
func (g *gatherer) keep(j int, text string, tokens []token) {
	at, held := g.place(j)
	if !held {
		return
	}
	if g.full != nil && g.Options.Texts != Excerpts {
		g.full.add(at, text, tokens, true)
		if g.Options.Texts == AutoTexts && g.full.size > g.MaxSize {
			g.tooMuch, g.full = g.full.size, nil
		}
	}
	if g.Options.Texts == AllTexts {
		return
	}
	end := excerptEnd(text, excerptSize)
	if g.entire[j] {
		end = excerptEnd(text, g.entireSize())
	}
	inside := slices.IndexFunc(tokens, func(t token) bool { return t.to > end })
	if inside < 0 {
		inside = len(tokens)
	}
	g.short.add(at, text[:end], tokens[:inside], end == len(text))
}

// entireSize is about how much of a typical text is held among excerpts. One is whole, unless all
// of that length would make the page too large: the 96 changelogs that are typical of 12 topics
// had 8 MB.
func (g *gatherer) entireSize() int {
	return int(max(leastEntire, min(g.MaxSize/int64(max(1, len(g.entire))), 1<<30)))
}

// excerptEnd is where an excerpt of about that size ends: at a blank, if one is near.
func excerptEnd(text string, size int) int {
	if len(text) <= size+size/4 {
		return len(text)
	}
	for end := size; end > size-excerptSize/4; end-- {
		if text[end] == ' ' || text[end] == '\n' {
			return end
		}
	}
	end := size
	for !utf8.RuneStart(text[end]) {
		end--
	}
	return end
}

// choose says which texts the page gets, if it does not become too large with them.
func (g *gatherer) choose() *texts {
	switch g.Options.Texts {
	case NoTexts:
		return &texts{mode: NoTexts}
	case LiveTexts:
		return &texts{mode: LiveTexts, whole: g.Held}
	case Excerpts:
		return g.short
	}
	if g.full == nil {
		return g.short
	}
	return g.full
}

// cutting finds the tokens of texts. It is for one goroutine at a time.
type cutting struct {
	model  *topics.Model
	cutter *vectorize.Cutter
}

func newCutting(m *topics.Model) (*cutting, error) {
	cutter, err := vectorize.NewCutter(m.Vocabulary, m.Origin.Counting)
	return &cutting{m, cutter}, err
}

// tokens are those of a text in the order in which they stand. Where V holds counts, each
// weighs 1, and only the places are needed; else the model weighs them: j is the text's place in
// d, as for Model.Explain.
func (c *cutting) tokens(ctx context.Context, text string, d *topics.DocumentTopics, j int) ([]token, error) {
	var list []token
	if c.model.Origin.Counting.Weighting == vectorize.CountWeighting {
		for _, t := range append(c.cutter.Tokens(text), c.cutter.LeftOut(text)...) {
			list = append(list, token{t.From, t.To, t.Row, 1})
		}
	} else {
		explained, err := c.model.Explain(ctx, text, d, j)
		if err != nil {
			return nil, err
		}
		for _, t := range explained {
			list = append(list, token{t.From, t.To, t.Row, float32(t.Weight)})
		}
	}
	slices.SortStableFunc(list, func(a, b token) int {
		if a.from != b.from {
			return a.from - b.from
		}
		return a.to - b.to
	})
	return list, nil
}
