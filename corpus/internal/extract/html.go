package extract

import (
	"bytes"
	"cmp"
	"encoding/xml"
	"io"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// HTML reads a page, decoded to UTF-8.
//
// A form is looked through and only its controls are left out, since whole sites wrap
// their pages in one form. Of <footer> only that of the page is left out, not that of an
// article. Terms of a ruby annotation keep their base text, formulas their symbols.
func HTML(raw []byte, limit int64) (Text, error) {
	t, err := page(raw, limit)
	if err != nil {
		return Text{}, err
	}
	return whole(t)
}

// page reads a page that may have no text.
func page(raw []byte, limit int64) (Text, error) {
	if int64(len(raw)) > limit {
		return Text{}, TooMuch(limit)
	}
	var r htmlReader
	root, ok := asXML(raw)
	if !ok {
		root, ok = parse(raw)
	}
	if !ok {
		r.prose.expect(len(raw))
		r.readFlat(html.NewTokenizer(bytes.NewReader(raw)))
		return r.text(), nil
	}
	r.read(root)
	if t := r.text(); t.Body != "" {
		return t, nil
	}
	drawn := htmlReader{drawn: true}
	drawn.read(root)
	return drawn.text(), nil
}

// mostOfTree is how large a page and its tree may be together: the tree has a copy of the text,
// and some 300 bytes for each tag. The largest pages known, whole standards with half a million
// tags, take 170 MB. Pages for which it is not enough are read tag by tag.
const mostOfTree, perTag = 300 << 20, 300

func fitsTree(raw []byte) bool {
	return int64(2*len(raw))+perTag*int64(bytes.Count(raw, []byte("<"))) <= mostOfTree
}

// parse makes the tree of a page. It fails where elements are nested more than 512 deep,
// and does not try where there are too many, or a page begins again and again: the parser gathers the attributes
// of each further <body> and compares them with all it has. 10,000 took 12 s.
func parse(raw []byte) (*html.Node, bool) {
	if !fitsTree(raw) {
		return nil, false
	}
	beginnings := 0
	for rest := raw; beginnings <= deepest; {
		i := bytes.IndexByte(rest, '<')
		if i < 0 {
			root, err := html.Parse(bytes.NewReader(raw))
			return root, err == nil
		}
		rest = rest[i+1:]
		if name := rest[:min(4, len(rest))]; bytes.EqualFold(name, []byte("body")) || bytes.EqualFold(name, []byte("html")) {
			beginnings++
		}
	}
	return nil, false
}

// asXML reads a page that says it is XML. As HTML its <title/> would swallow all that
// follows. Many only say so; they are read as HTML all the same.
func asXML(raw []byte) (root *html.Node, ok bool) {
	raw = bytes.TrimPrefix(raw, []byte("\ufeff"))
	if !bytes.HasPrefix(raw, []byte("<?xml")) || !fitsTree(raw) {
		return nil, false
	}
	var b treeBuilder
	root = &html.Node{Type: html.DocumentNode}
	b.at = root
	d := newDecoder(bytes.NewReader(raw))
	d.Entity = xml.HTMLEntity
	d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil } // it is decoded
	return root, walk(d, &b) == nil
}

// treeBuilder makes of XML the tree that the HTML parser would make.
type treeBuilder struct{ at *html.Node }

func (b *treeBuilder) start(e xml.StartElement) bool {
	n := &html.Node{Type: html.ElementNode, Data: e.Name.Local, DataAtom: atom.Lookup([]byte(e.Name.Local))}
	if strings.HasSuffix(e.Name.Space, "/svg") {
		n.Namespace = "svg"
	}
	for _, a := range e.Attr {
		key := a.Name.Local
		switch {
		case key == "type" && strings.HasSuffix(a.Name.Space, "/ops"):
			key = "epub:type"
		case key == "lang" && a.Name.Space != "":
			key = "xml:lang"
		}
		n.Attr = append(n.Attr, html.Attribute{Key: key, Val: a.Value})
	}
	b.at.AppendChild(n)
	b.at = n
	return true
}

func (b *treeBuilder) end(string) { b.at = b.at.Parent }

func (b *treeBuilder) text(s string) {
	b.at.AppendChild(&html.Node{Type: html.TextNode, Data: s})
}

// htmlReader walks the tree of a page.
type htmlReader struct {
	prose prose
	head  Text     // what <head> and <html> say, but for
	names []string // the authors
	pre   int      // how many <pre> we are in
	parts int      // how many sections we are in, such as <article>
	drawn bool     // read the words in drawings, which are all that a page of a picture book has
}

func (r *htmlReader) text() Text {
	t := r.head
	t.Body, t.Author = r.prose.String(), strings.Join(r.names, "; ")
	return t
}

// read reads a node and what is in it. The parser sees to it that nodes are nested no
// deeper than the stack likes.
func (r *htmlReader) read(n *html.Node) {
	switch n.Type {
	case html.TextNode:
		if r.pre > 0 {
			r.prose.verbatim(n.Data)
		} else {
			r.prose.write(n.Data)
		}
	case html.ElementNode:
		r.element(n)
	case html.DocumentNode:
		r.children(n)
	}
}

func (r *htmlReader) children(n *html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		r.read(c)
	}
}

func (r *htmlReader) element(n *html.Node) {
	switch n.DataAtom {
	case atom.Html, atom.Body:
		lang := cmp.Or(attribute(n, "lang"), attribute(n, "xml:lang"))
		r.head.Language = cmp.Or(r.head.Language, Tidy(lang))
		r.children(n)
	case atom.Title:
		if n.Namespace == "" { // a picture in SVG has a title too
			r.head.Title = cmp.Or(r.head.Title, Tidy(inside(n)))
		}
	case atom.Meta:
		r.meta(n)
	case atom.Br:
		r.prose.part(line)
	case atom.Img:
		r.prose.spaced(attribute(n, "alt"))
	default:
		if !r.omitted(n) {
			r.block(n)
		}
	}
}

// block reads what is in an element, and sets it off as the element asks.
func (r *htmlReader) block(n *html.Node) {
	p := &r.prose
	if n.Namespace == "svg" && n.Data == "text" {
		p.begin()
		r.children(n)
		p.end()
		return
	}
	switch n.DataAtom {
	case atom.Td, atom.Th:
		p.cell()
		r.children(n)
		p.endCell()
	case atom.Tr:
		r.children(n)
		p.endRow()
	case atom.Li, atom.Dt, atom.Dd:
		p.item()
		r.children(n)
		p.endItem()
	case atom.Ul, atom.Ol, atom.Dl, atom.Dir, atom.Menu:
		p.list()
		r.children(n)
		p.endList()
	case atom.Pre, atom.Xmp, atom.Listing, atom.Plaintext:
		p.begin()
		r.pre++
		r.children(n)
		r.pre--
		p.end()
	case atom.Article, atom.Section, atom.Main, atom.Aside, atom.Blockquote:
		p.begin()
		r.parts++
		r.children(n)
		r.parts--
		p.end()
	case atom.Tbody, atom.Thead, atom.Tfoot:
		r.children(n)
	default:
		if inline(n.DataAtom) {
			r.children(n)
			return
		}
		p.begin()
		r.children(n)
		p.end()
	}
}

// inline is true of elements that do not part words. Unknown elements are of this kind.
func inline(tag atom.Atom) bool {
	switch tag {
	case atom.Address, atom.Article, atom.Aside, atom.Blockquote, atom.Body, atom.Br, atom.Caption,
		atom.Center, atom.Dd, atom.Details, atom.Dialog, atom.Dir, atom.Div, atom.Dl, atom.Dt,
		atom.Fieldset, atom.Figcaption, atom.Figure, atom.Footer, atom.Form, atom.H1, atom.H2,
		atom.H3, atom.H4, atom.H5, atom.H6, atom.Head, atom.Header, atom.Hgroup, atom.Hr, atom.Li,
		atom.Main, atom.Menu, atom.Ol, atom.P, atom.Pre, atom.Section, atom.Summary,
		atom.Table, atom.Td, atom.Th, atom.Title, atom.Tr, atom.Ul:
		return false
	}
	return true
}

// omitted is true of what is not the text of a page.
func (r *htmlReader) omitted(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Script, atom.Style, atom.Template, atom.Noscript, atom.Iframe, atom.Noframes, atom.Noembed,
		atom.Object, atom.Canvas, atom.Audio, atom.Video,
		atom.Nav, atom.Button, atom.Input, atom.Select, atom.Textarea, atom.Datalist, atom.Label,
		atom.Legend, atom.Output, atom.Progress, atom.Meter,
		atom.Del, atom.Rt, atom.Rp, atom.Annotation, atom.AnnotationXml:
		return true
	case atom.Svg:
		return !r.drawn
	case atom.Desc: // of a drawing
		return true
	case atom.Footer:
		return r.parts == 0
	case atom.Dialog:
		return !has(n, "open")
	}
	return hidden(n) || byRole(n)
}

// hidden is true of what browsers do not show, and of what screen readers do not read.
func hidden(n *html.Node) bool {
	style := strings.ToLower(strings.Join(strings.Fields(attribute(n, "style")), ""))
	return has(n, "hidden") || strings.EqualFold(attribute(n, "aria-hidden"), "true") ||
		strings.Contains(style, "display:none") || strings.Contains(style, "visibility:hidden")
}

// byRole is true of what says that it is for finding one's way. Marks of notes and the
// ways back from them are named differently by HTML, EPUB and LibreOffice.
func byRole(n *html.Node) bool {
	switch strings.ToLower(attribute(n, "role")) {
	case "navigation", "search", "menu", "menubar", "toolbar", "dialog", "alertdialog",
		"contentinfo", "doc-noteref", "doc-backlink", "doc-toc", "doc-pagelist", "doc-pagebreak":
		return true
	case "tablist":
		return !holdsParagraph(n) // many sites call so what the tabs open, too
	}
	for name := range strings.FieldsSeq(attribute(n, "epub:type")) {
		switch name {
		case "noteref", "backlink", "toc", "page-list", "landmarks", "pagebreak":
			return true
		}
	}
	switch attribute(n, "class") {
	case "sdfootnoteanc", "sdfootnotesym", "sdendnoteanc", "sdendnotesym":
		return true
	}
	// What LibreOffice repeats on each page of a document it writes once into its HTML.
	title := attribute(n, "title")
	return n.DataAtom == atom.Div && (title == "header" || title == "footer")
}

// holdsParagraph is true of an element with a paragraph somewhere inside.
func holdsParagraph(n *html.Node) bool {
	for inner := range n.Descendants() {
		if inner.DataAtom == atom.P {
			return true
		}
	}
	return false
}

// meta takes what a <meta> says. The first to say a thing is believed.
func (r *htmlReader) meta(n *html.Node) {
	name := strings.ToLower(cmp.Or(attribute(n, "name"), attribute(n, "property"),
		attribute(n, "itemprop"), attribute(n, "http-equiv")))
	content := Tidy(attribute(n, "content"))
	switch name {
	case "author", "dc.creator", "dcterms.creator", "citation_author", "article:author":
		// On many sites article:author is the address of a profile, which is no name.
		if content != "" && !strings.Contains(content, "://") && !contains(r.names, content) {
			r.names = append(r.names, content)
		}
	case "date", "dc.date", "dcterms.date", "dcterms.created", "dc.date.issued", "dcterms.issued",
		"article:published_time", "datepublished", "citation_publication_date":
		r.head.Date = cmp.Or(r.head.Date, content)
	case "dc.language", "dcterms.language", "content-language":
		r.head.Language = cmp.Or(r.head.Language, content)
	case "dc.title", "og:title":
		r.head.Title = cmp.Or(r.head.Title, content)
	}
}

// contains is for lists of names, which nobody fills with thousands but an enemy.
func contains(names []string, name string) bool {
	const many = 100
	if len(names) >= many {
		return true
	}
	for _, n := range names {
		if n == name {
			return true
		}
	}
	return false
}

// inside is the text in an element that has only text.
func inside(n *html.Node) string {
	var all strings.Builder
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.TextNode {
			all.WriteString(c.Data)
		}
	}
	return all.String()
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func has(n *html.Node, name string) bool {
	for _, a := range n.Attr {
		if a.Key == name {
			return true
		}
	}
	return false
}

// readFlat reads a page of which the parser makes no tree, as happens where a program
// never closed its <font>s. Without one it cannot be told what is hidden.
func (r *htmlReader) readFlat(tokens *html.Tokenizer) {
	for in := atom.Atom(0); ; {
		kind := tokens.Next()
		if kind == html.ErrorToken {
			return
		}
		switch t := tokens.Token(); kind {
		case html.TextToken:
			r.flatText(in, t.Data)
		case html.StartTagToken, html.EndTagToken, html.SelfClosingTagToken:
			in = 0
			if kind == html.StartTagToken {
				in = t.DataAtom
			}
			if !inline(t.DataAtom) {
				r.prose.part(paragraph)
			}
		}
	}
}

// flatText takes text directly behind the start of an element.
func (r *htmlReader) flatText(in atom.Atom, s string) {
	switch in {
	case atom.Title:
		r.head.Title = cmp.Or(r.head.Title, Tidy(s))
	case atom.Script, atom.Style, atom.Noscript, atom.Iframe, atom.Noframes, atom.Noembed, atom.Textarea:
	default:
		r.prose.write(s)
	}
}
