package extract

import (
	"cmp"
	"slices"
	"strings"
)

// Many files of XML hold many texts: the posts of a feed, the articles that a library found, the
// pages of a wiki. Each is an element, and what is around them is a list.
//
//	<feed><title>News</title>
//	  <entry><id>7</id><updated>2024-03-01</updated><title>Kelp</title><content>…</content></entry>
//	  <entry>…</entry>
//	</feed>
//
// Of well-known lists the elements are known. In others they are found: they make up most of the
// file, and are built like records, of different elements that stand in each but once. The
// chapters of a book are not, for they consist of what repeats, and neither is what has words of
// its own between its elements.

// Article is one of the texts in a file of XML.
type Article struct {
	Body, ID, Date string
	// Fields are short elements that stand in each article but once, as the columns of a table
	// beside the text. The title stands in the text, too.
	Fields []ArticleField
}

// ArticleField is something that an article says of itself.
type ArticleField struct{ Name, Value string }

// Articles are the texts in a file of XML.
type Articles struct {
	Element string // around each
	All     []Article
	Text    []string // the names of the elements that the texts are from
	ID      string   // and those of the id and the date
	Date    string
	Around  int // the number of words outside of all articles
}

// ArticleNames are the elements that a user named for text, id and date; empty ones are found.
type ArticleNames struct {
	Text     []string
	ID, Date string
}

// list is a kind of list that is known by its first element.
type list struct {
	articles []string
	text     []string // the elements of the text, where that is not all
	has      string   // an element without which it is none
}

var lists = map[string]list{
	"rss":              {articles: []string{"item"}},
	"rdf":              {articles: []string{"item"}},
	"feed":             {articles: []string{"entry"}},
	"oai-pmh":          {articles: []string{"record"}},
	"teicorpus":        {articles: []string{"tei"}},
	"doc":              {articles: []string{"doc"}, has: "docno"}, // of TREC
	"pubmedarticleset": {articles: []string{"pubmedarticle", "pubmedbookarticle"}, text: []string{"articletitle", "vernaculartitle", "booktitle", "abstracttext"}},
	"mediawiki":        {articles: []string{"page"}, text: []string{"title", "text"}},
}

// oneText are the first elements of what is one text, however it is built.
var oneText = []string{"tei", "tei.2", "book", "article", "chapter", "docbook", "fictionbook", "html", "svg", "play", "document", "worddocument", "package"}

// ReadArticles reads the articles of a file, decoded to UTF-8. Where none are found for sure, there may
// be many alike elements of one name that are perhaps some.
func ReadArticles(raw []byte, names ArticleNames) (found Articles, alike string, many int) {
	raw, entities := withoutDoctype(raw)
	if slices.Contains(oneText, firstName(raw)) {
		return found, "", 0
	}
	s := survey{top: &place{count: 1, bytes: len(raw)}}
	walkTags(raw, &s)
	at, sure := s.articles()
	if at == nil {
		return found, "", 0
	} else if !sure {
		return found, at.name, at.count
	}
	found.Element, found.Around = at.name, s.top.words-at.words
	cut := cutter{at: at, here: s.top, names: append([]string{at.name}, lists[s.root].articles...)}
	walkTags(raw, &cut)
	r := articleReader{root: s.root, names: names, at: at, found: &found}
	r.begin(raw, entities)
	for _, span := range cut.spans {
		r.read(raw[span[0]:span[1]])
	}
	return found, "", 0
}

// firstName is the name of the first element, as far as that is near the beginning.
func firstName(raw []byte) string {
	const near = 4096
	if root := firstElement.FindSubmatch(raw[:min(len(raw), near)]); root != nil {
		return localName(string(root[1]))
	}
	return ""
}

// place is all elements of one name in the same elements.
type place struct {
	name   string
	around *place
	inside []*place
	count  int
	held   int // elements around in which there is one
	last   int // number of the element around in which one was last
	bytes  int
	own    int // words that stand in no other element
	words  int // all words
}

func (p *place) child(name string) *place {
	for _, c := range p.inside {
		if c.name == name {
			return c
		}
	}
	return nil
}

// surveyed is how deep places are told apart, and mostPlaces how many in one.
const surveyed, mostPlaces = 6, 100

// survey learns of what a file consists.
type survey struct {
	root string
	top  *place
	open []openPlace
}

type openPlace struct {
	place *place // nil deep inside
	from  int
}

func (s *survey) begins(name string, _ map[string]string, from int) {
	s.root = cmp.Or(s.root, name)
	around := s.top
	if n := len(s.open); n > 0 {
		around = s.open[n-1].place
	}
	this := openPlace{from: from}
	if around != nil && len(s.open) < surveyed {
		this.place = around.oneMore(name)
	}
	s.open = append(s.open, this)
}

// oneMore is the place of an element that begins within p; nil if there are too many kinds.
func (p *place) oneMore(name string) *place {
	this := p.child(name)
	if this == nil && len(p.inside) < mostPlaces {
		this = &place{name: name, around: p}
		p.inside = append(p.inside, this)
	}
	if this == nil {
		return nil
	}
	if this.count++; this.last != p.count {
		this.held, this.last = this.held+1, p.count
	}
	return this
}

func (s *survey) ends(_ string, to int) {
	last := s.open[len(s.open)-1]
	s.open = s.open[:len(s.open)-1]
	if last.place != nil {
		last.place.bytes += to - last.from
	}
}

func (s *survey) words(text []byte) {
	words := roughWords(text)
	s.top.words += words
	for i, o := range s.open[:min(len(s.open), surveyed)] {
		if o.place == nil {
			return
		}
		if o.place.words += words; i+1 == len(s.open) {
			o.place.own += words
		}
	}
}

// articles finds the place of the articles, and whether these are some for sure.
func (s *survey) articles() (at *place, sure bool) {
	if known, ok := lists[s.root]; ok && (known.has == "" || s.top.find([]string{known.has}) != nil) {
		return s.top.find(known.articles), true
	}
	around := s.top
	for range surveyed - 1 {
		this := around.largest()
		switch {
		case this == nil || float64(this.bytes) < mostOfList*float64(around.bytes):
			return nil, false
		case this.count > 1:
			return this.judge()
		}
		around = this
	}
	return nil, false
}

// find is the first place with one of some names, those that are less deep first.
func (p *place) find(names []string) *place {
	for level := p.inside; len(level) > 0; {
		var next []*place
		for _, this := range level {
			if slices.Contains(names, this.name) {
				return this
			}
			next = append(next, this.inside...)
		}
		level = next
	}
	return nil
}

func (p *place) largest() (most *place) {
	for _, c := range p.inside {
		if most == nil || c.bytes > most.bytes {
			most = c
		}
	}
	return most
}

const (
	// mostOfList is the share of a list that is articles.
	mostOfList = 0.8
	// leastArticles is how many there are, or two if the list is called after them, and leastAlike
	// from how many elements it is told that they may be some.
	leastArticles, leastAlike = 5, 20
	// leastFields is the number of different elements that most of them have but once.
	leastFields = 2
	// articleWords is the number of words that one has on average, and alikeWords that of those of
	// which it is told that they may be some.
	articleWords, alikeWords = 8, 20
)

// judge tells whether the elements of a place are built like records; nil if they are not even
// many and long.
func (p *place) judge() (at *place, sure bool) {
	fields, repeated := 0, 0
	for _, c := range p.inside {
		switch {
		case 20*c.count > 21*c.held:
			repeated += c.words
		case 2*c.held >= p.count:
			fields++
		}
	}
	least := leastArticles
	if strings.HasPrefix(p.around.name, p.name) {
		least = 2
	}
	if p.count >= least && fields >= leastFields && 2*repeated <= p.words && 20*p.own <= p.words && p.words >= articleWords*p.count {
		return p, true
	}
	if p.count >= leastAlike && p.words >= alikeWords*p.count {
		return p, false
	}
	return nil, false
}

// cutter finds where the elements of a place are, and those beside them that are articles, too.
type cutter struct {
	at    *place
	names []string
	here  *place
	deep  int // how deep below here we are, in elements that it does not have
	from  int
	spans [][2]int
}

func (c *cutter) begins(name string, _ map[string]string, from int) {
	next := c.here.child(name)
	if c.deep > 0 || next == nil {
		c.deep++
		return
	}
	if c.here = next; c.isArticle() {
		c.from = from
	}
}

func (c *cutter) isArticle() bool {
	return c.here.around == c.at.around && slices.Contains(c.names, c.here.name)
}

func (c *cutter) ends(_ string, to int) {
	if c.deep > 0 {
		c.deep--
		return
	}
	if c.isArticle() {
		c.spans = append(c.spans, [2]int{c.from, to})
	}
	c.here = c.here.around
}

func (c *cutter) words([]byte) {}

// roughWords counts runs of letters, and two characters of Chinese, Japanese and Korean for a word.
func roughWords(text []byte) int {
	words, dense, inside := 0, 0, false
	for _, c := range text {
		letter := c|0x20 >= 'a' && c|0x20 <= 'z' || c >= 0x80
		if letter && !inside {
			words++
		}
		if inside = letter; c >= 0xe3 && c <= 0xed {
			dense++
		}
	}
	return max(words, dense/2)
}
