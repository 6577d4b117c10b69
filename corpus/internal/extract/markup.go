package extract

import (
	"bytes"
	"cmp"
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/net/html"
)

// XML reads the text of the elements of XML and SGML of any kind, decoded to UTF-8: TEI,
// DocBook, feeds, FictionBook, drawings, exports of databases. Nothing is known of most of
// these, so the file itself tells what its elements are: one that stands among words, as
// <persName> does in
//
//	<p>the <persName>keeper</persName>s' lamp</p>
//
// parts no words, wherever it stands; any other is a paragraph. What is known is left out:
// the headers of TEI and FictionBook but for title, author, language and date, unless there
// is nothing else; in TEI the names of speakers, casts, running heads and notes that stand apart; addresses
// and times in feeds; pictures; programs and styles. Text that is itself HTML, as in feeds,
// is read as HTML. It takes what is not well formed as it comes: no parser of XML is asked.
func XML(raw []byte, limit int64) (Text, error) {
	if int64(len(raw)) > limit {
		return Text{}, TooMuch(limit)
	}
	if t, ok := flatOffice(raw); ok {
		return whole(t)
	}
	raw, entities := withoutDoctype(raw)
	first := newMarkup(entities)
	first.mixed = map[string]bool{}
	first.read(raw)
	second := newMarkup(entities)
	second.mixed, second.root, second.write = first.mixed, first.root, true
	second.prose.expect(len(raw))
	second.read(raw)
	t := second.head
	t.Date = cmp.Or(second.event, t.Date)             // a header has the date of the edition
	if t.Body = second.prose.String(); t.Body == "" { // a header that has an abstract, and no more
		third := newMarkup(entities)
		third.mixed, third.root, third.write, third.headers = first.mixed, first.root, true, true
		third.read(raw)
		t.Body = third.prose.String()
	}
	return whole(t)
}

// markup walks through the tags of a document: a first time to learn which elements stand
// among words, and a second time to write.
type markup struct {
	entities *entities
	growth   int             // how many bytes entities may still add
	mixed    map[string]bool // the names of elements that stand among words
	root     string          // the name of the first element
	write    bool
	headers  bool           // write headers too
	open     []element      // those we are in
	opened   map[string]int // how many of each name those are
	passing  int            // the number of elements around the one that is passed over, or 0
	prose    prose
	head     Text
	fact     *string        // where what we are in is a fact on the document
	named    bool           // the first author has been read
	event    string         // when the earliest of the document's events was, in TEI
	article  *articleReader // of which this is an article; or nil
}

// element is one that has begun.
type element struct {
	name     string
	words    bool     // it has text of its own
	children []string // the names of those in it, until it has
}

// newMarkup begins a walk. Entities may add 16 MB in all: a document that repeats one
// without end is no text.
func newMarkup(e *entities) *markup {
	return &markup{entities: e, growth: 16 << 20, opened: map[string]int{}}
}

func (m *markup) read(raw []byte) {
	tokens := html.NewTokenizer(bytes.NewReader(raw))
	tokens.AllowCDATA(true)
	for {
		switch kind := tokens.Next(); kind {
		case html.ErrorToken:
			return
		case html.TextToken:
			raw := string(tokens.Raw()) // which Token overwrites
			m.text(raw, tokens.Token().Data)
		case html.StartTagToken, html.SelfClosingTagToken:
			name, more := tokens.TagName()
			m.start(string(name), kind == html.SelfClosingTagToken, attributes(tokens, more))
			tokens.NextIsNotRawText()
		case html.EndTagToken:
			name, _ := tokens.TagName()
			m.end(string(name))
		}
	}
}

// attributes reads those that matter.
func attributes(tokens *html.Tokenizer, more bool) (all map[string]string) {
	for n := 0; more && n < 100; n++ {
		var key, val []byte
		key, val, more = tokens.TagAttr()
		switch k := string(key); k {
		case "xml:lang", "lang", "break", "alt", "type", "encoding", "id", "when":
			if all == nil {
				all = map[string]string{}
			}
			all[k] = string(val)
		}
	}
	return all
}

func (m *markup) start(name string, empty bool, has map[string]string) {
	name = localName(name)
	m.root = cmp.Or(m.root, name)
	if m.write {
		m.fact = m.factOf(name)
		m.dateOf(name, has["when"])
	}
	if m.passing == 0 {
		m.learn(name)
		m.begin(name, empty, has)
	}
	if empty {
		return
	}
	if len(m.open) < deepest {
		m.open = append(m.open, element{name: name})
		m.opened[name]++
	}
	if m.passing == 0 && m.write && m.omits(name, has) {
		m.passing = len(m.open)
	}
}

// learn notes an element within another that has words, or may yet have some.
func (m *markup) learn(name string) {
	const many = 50
	if m.write || len(m.open) == 0 {
		return
	}
	around := &m.open[len(m.open)-1]
	if around.name == name { // SGML leaves out ends
		return
	} else if around.words {
		m.mixed[name] = true
	} else if len(around.children) < many {
		around.children = append(around.children, name)
	}
}

func (m *markup) begin(name string, empty bool, has map[string]string) {
	if !m.write {
		return
	}
	m.head.Language = cmp.Or(m.head.Language, Tidy(has["xml:lang"]))
	switch {
	case empty && has["break"] == "no": // a line that ends within a word
	case empty:
		m.prose.part(blank)
	case isToken(name):
		m.prose.part(blank)
	case !m.mixed[name]:
		m.prose.part(paragraph)
	}
}

func (m *markup) end(name string) {
	name = localName(name)
	if m.opened[name] == 0 {
		return // of what never began
	}
	at := len(m.open) - 1
	for ; m.open[at].name != name; at-- {
		m.opened[m.open[at].name]--
	}
	m.opened[name]--
	m.open = m.open[:at]
	if m.passing > at {
		m.passing = 0
	}
	m.fact = nil
	m.named = m.named || m.head.Author != "" && (name == "author" || name == "persname")
	switch {
	case !m.write || m.passing > 0:
	case isToken(name):
		m.prose.part(blank)
	case !m.mixed[name]:
		m.prose.part(paragraph)
	}
}

func (m *markup) text(raw, text string) {
	if m.entities != nil {
		if cost := strings.Count(raw, "&") * m.entities.longest; cost > 0 && cost <= m.growth {
			m.growth -= cost
			text = html.UnescapeString(m.entities.Replace(raw))
		}
	}
	if strings.HasPrefix(raw, "<![CDATA[") {
		text = strings.TrimSuffix(raw[len("<![CDATA["):], "]]>")
	}
	if m.fact != nil {
		*m.fact = cmp.Or(*m.fact, Tidy(text))
	} else if m.write && !m.named && m.inHeader() && m.within("author") && !m.within("idno") {
		m.head.Author = strings.TrimSpace(m.head.Author + " " + Tidy(text)) // parts of a name
	}
	switch {
	case m.passing > 0 || m.article != nil && !m.article.isText(m.open):
	case m.write:
		m.add(text)
	case strings.ContainsFunc(text, isWordRune):
		m.hasWords()
	}
}

func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// hasWords notes that the element we are in has text of its own, so that others in it
// stand among words.
func (m *markup) hasWords() {
	if len(m.open) == 0 {
		return
	}
	around := &m.open[len(m.open)-1]
	around.words = true
	for _, name := range around.children {
		m.mixed[name] = true
	}
	around.children = nil
}

// add writes text, which in feeds may be HTML.
func (m *markup) add(text string) {
	if !tag.MatchString(text) {
		m.prose.write(text)
		return
	}
	inner, err := page([]byte(text), int64(len(text)))
	if err != nil {
		m.prose.write(text)
		return
	}
	m.prose.part(paragraph)
	m.prose.verbatim(inner.Body)
	m.prose.part(paragraph)
}

// tag is the end of an element or a line's end, as HTML has them, in text.
var tag = regexp.MustCompile(`(?i)</(?:p|a|b|i|em|strong|div|span|li|ul|td|tr|table|h[1-6]|blockquote|font|code|pre)>|<(?:br|p|img|hr)(?:\s[^<>]*)?/?>`)

// localName is a name without its prefix.
func localName(name string) string { return strings.ToLower(name[strings.LastIndexByte(name, ':')+1:]) }

// isToken is true of elements each of which is a word, which may touch.
func isToken(name string) bool {
	switch name {
	case "w", "pc", "tok", "token":
		return true
	}
	return false
}
