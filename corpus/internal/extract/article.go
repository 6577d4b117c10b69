package extract

import (
	"html"
	"slices"
	"strings"
)

// articleReader reads one article after another.
type articleReader struct {
	root   string
	names  ArticleNames
	at     *place
	found  *Articles
	only   map[string]bool // the elements of the text; nil for all
	left   map[string]bool // those that are left out of it
	fields map[string]bool // those that are kept as fields
	learnt *markup
}

const (
	// fieldWords is the number of words of a field, on average; what has more is a text.
	fieldWords = 3
	// longestField and mostFields bound what an article says of itself.
	longestField, mostFields = 256, 32
	// nearArticle is how deep in an article what is said may be of the whole of it, and topOfArticle
	// how deep it is left out of the text: the article is at 1.
	nearArticle, topOfArticle = 7, 3
)

// The names of elements that say something of an article, and of those in them that do not belong
// to it.
var (
	articleIDs     = []string{"id", "guid", "pmid", "docno", "docid", "identifier", "uuid", "key"}
	articleDates   = []string{"pubdate", "published", "date", "publish_date", "publication_date", "issued", "created", "updated", "timestamp", "datestamp", "modified"}
	articleTitles  = []string{"title", "articletitle", "headline", "book-title", "heading"}
	articleAuthors = []string{"author", "creator", "byline"}
	articleTexts   = []string{"text", "body", "content", "encoded", "description", "summary", "abstract", "message", "review", "comment"}
	notSaid        = []string{"email", "uri", "url", "affiliation", "affiliationinfo", "identifier", "id", "role", "hour", "minute"}
)

// begin learns which elements are what.
func (r *articleReader) begin(raw []byte, e *entities) {
	r.learnt = newMarkup(e)
	r.learnt.mixed = map[string]bool{}
	r.learnt.read(raw)
	if r.only = r.named(r.names.Text); r.only == nil {
		r.only = r.named(lists[r.root].text)
	}
	r.left, r.fields = map[string]bool{}, map[string]bool{}
	for _, name := range slices.Concat(articleIDs, articleDates, articleAuthors) {
		r.left[name] = true
	}
	for _, c := range r.at.inside {
		said := c.name != "" && !slices.Contains(articleTitles, c.name) && !slices.Contains(articleTexts, c.name)
		if said && len(c.inside) == 0 && c.words <= fieldWords*c.count {
			r.fields[c.name], r.left[c.name] = true, true
		}
	}
	for name := range r.only {
		delete(r.left, name)
	}
	r.found.Text = r.textNames(r.at, nil)
}

// textNames are the names of the elements that the texts are from, as far as they are not among words.
func (r *articleReader) textNames(p *place, names []string) []string {
	for _, c := range p.inside {
		if r.learnt.mixed[c.name] || p == r.at && r.left[c.name] || isFeed(r.root) && isFeedDetail(c.name) {
			continue
		}
		if c.own > 0 && (r.only == nil || r.only[c.name]) && !slices.Contains(names, c.name) {
			names = append(names, c.name)
		}
		names = r.textNames(c, names)
	}
	return names
}

// named is a set of the names of elements if one of them is in the articles, and else nil.
func (r *articleReader) named(names []string) map[string]bool {
	all, some := map[string]bool{}, false
	for _, name := range names {
		name = strings.ToLower(name)
		all[name] = true
		some = some || r.at.find([]string{name}) != nil
	}
	if !some {
		return nil
	}
	return all
}

// read reads one article.
func (r *articleReader) read(raw []byte) {
	m := newMarkup(r.learnt.entities)
	m.mixed, m.root, m.write, m.article = r.learnt.mixed, r.root, true, r
	m.prose.expect(len(raw))
	m.read(raw)
	a := r.said(raw)
	a.Body = m.prose.String()
	r.found.All = append(r.found.All, a)
}

// omits is true of an element at some depth in an article that is none of its text.
func (r *articleReader) omits(name string, depth int) bool {
	return depth > 1 && depth <= topOfArticle && r.left[name] && !r.learnt.mixed[name] || r.root == "oai-pmh" && name == "header"
}

// isText tells whether words in some elements are the article's text.
func (r *articleReader) isText(open []element) bool {
	return r.only == nil || slices.ContainsFunc(open, func(e element) bool { return r.only[e.name] })
}

// said finds what an article says of itself: the first of its ids and dates, its title, its authors,
// and its fields.
func (r *articleReader) said(raw []byte) Article {
	s := sayings{reader: r}
	walkTags(raw, &s)
	return s.article
}

// sayings listens to an article.
type sayings struct {
	reader  *articleReader
	article Article
	open    []saying
	mute    int // how many elements around do not belong to what those around them say
}

type saying struct {
	name string
	text []byte
}

func (s *sayings) begins(name string, has map[string]string, _ int) {
	if len(s.open) == 0 {
		s.article.ID = Tidy(has["id"])
	}
	if len(s.open) > 1 && slices.Contains(notSaid, name) {
		s.mute++
	}
	s.open = append(s.open, saying{name: name})
}

func (s *sayings) words(raw []byte) {
	near := s.open[:min(len(s.open), nearArticle)]
	if s.mute > 0 { // what it says by itself
		near = near[max(0, len(near)-1):]
	}
	text := plainText(raw)
	for i := range near {
		if b := &near[i].text; len(*b) < longestField {
			*b = append(append(*b, text...), ' ')
		}
	}
}

func (s *sayings) ends(name string, _ int) {
	last := &s.open[len(s.open)-1]
	text, depth := Tidy(string(last.text)), len(s.open)
	if s.open = s.open[:depth-1]; depth > 2 && slices.Contains(notSaid, name) {
		s.mute--
	}
	if text == "" || depth < 2 || depth > nearArticle {
		return
	}
	a, r := &s.article, s.reader
	switch {
	case isNamed(name, r.names.ID, articleIDs) && a.ID == "":
		a.ID, r.found.ID = text, name
	case r.isDate(name, text, depth) && a.Date == "":
		a.Date, r.found.Date = text, name
	case slices.Contains(articleTitles, name) && (r.only == nil || r.only[name]):
		a.add("title", text, false)
	case slices.Contains(articleAuthors, name):
		a.add("author", text, true)
	case depth == 2 && r.fields[name]:
		a.add(name, text, true)
	}
}

// isDate tells the date of an article: by its name, or, at its top, by the beginning or the end of that.
func (r *articleReader) isDate(name, text string, depth int) bool {
	if r.names.Date != "" || slices.Contains(articleDates, name) {
		return isNamed(name, r.names.Date, articleDates)
	}
	dated := strings.HasPrefix(name, "date") || strings.HasSuffix(name, "date") && !strings.HasSuffix(name, "update")
	return dated && depth == 2 && strings.ContainsAny(text, "0123456789")
}

// isNamed tells whether an element is the one that the user named, or else one of the usual ones.
func isNamed(name, named string, usual []string) bool {
	if named != "" {
		return strings.EqualFold(name, named)
	}
	return slices.Contains(usual, name)
}

// add keeps something that an article says of itself. What comes again is added to it, or left out.
func (a *Article) add(name, text string, again bool) {
	if len(text) > longestField {
		return
	}
	i := slices.IndexFunc(a.Fields, func(f ArticleField) bool { return f.Name == name })
	switch {
	case i < 0 && len(a.Fields) < mostFields:
		a.Fields = append(a.Fields, ArticleField{name, text})
	case i >= 0 && again && len(a.Fields[i].Value)+len(text) < longestField:
		a.Fields[i].Value += "; " + text
	}
}

// plainText is the text of a token.
func plainText(raw []byte) string {
	if inside, ok := strings.CutPrefix(string(raw), "<![CDATA["); ok {
		return strings.TrimSuffix(inside, "]]>")
	}
	return html.UnescapeString(string(raw))
}
