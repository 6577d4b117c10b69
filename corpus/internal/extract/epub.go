package extract

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/url"
	"path"
	"regexp"
	"strings"

	"golang.org/x/net/html/charset"
)

// EPUB reads a book: its pages, which are HTML, in the order in which they are to be read.
// The table of contents is left out where the book tells which page it is, but for what stands
// beside its lists.
func EPUB(raw []byte, limit int64) (Text, error) {
	b, err := openBox(raw, limit)
	if err != nil {
		return Text{}, err
	}
	var c container
	if err := b.walk("META-INF/container.xml", &c); err != nil {
		return Text{}, err
	}
	if c.root == "" {
		return Text{}, errors.New("it is damaged, it does not say where its list of pages is: save it anew in the program that made it")
	}
	p := parcel{folder: path.Dir(c.root), pages: map[string]string{}, lists: map[string]bool{}}
	if err := b.walk(c.root, &p); err != nil {
		return Text{}, err
	}
	body, err := p.read(b)
	if err != nil {
		return Text{}, err
	}
	return whole(Text{
		Body: body, Title: p.first("title"), Author: joined("; ", p.all("creator")...),
		Date: p.first("date"), Language: p.first("language"),
	})
}

// container looks for the first list of pages.
type container struct{ root string }

func (c *container) start(e xml.StartElement) bool {
	if e.Name.Local == "rootfile" && c.root == "" {
		c.root = value(e, "full-path")
	}
	return true
}
func (c *container) end(string)  {}
func (c *container) text(string) {}

// parcel is the list of pages with what is said about the book:
//
//	<metadata> <dc:title>The Notebook</dc:title> </metadata>
//	<manifest> <item id="one" href="chapter%201.xhtml" media-type="application/xhtml+xml"/> </manifest>
//	<spine> <itemref idref="one"/> </spine>
type parcel struct {
	facts
	folder string
	pages  map[string]string // from IDs to members of the archive
	lists  map[string]bool   // IDs of those with tables of contents
	order  []string          // IDs
}

func (p *parcel) start(e xml.StartElement) bool {
	switch e.Name.Local {
	case "item":
		contents := strings.Contains(" "+value(e, "properties")+" ", " nav ")
		if kind := value(e, "media-type"); strings.Contains(kind, "html") {
			p.pages[value(e, "id")] = p.member(value(e, "href"))
			p.lists[value(e, "id")] = contents
		}
	case "itemref":
		p.order = append(p.order, value(e, "idref"))
	}
	return p.facts.start(e)
}

// member is the name in the archive of what an address leads to.
func (p *parcel) member(href string) string {
	href, _, _ = strings.Cut(href, "#")
	if name, err := url.PathUnescape(href); err == nil {
		href = name
	}
	return path.Join(p.folder, href)
}

// read reads the pages, each once.
func (p *parcel) read(b *box) (string, error) {
	locked, err := lockedMembers(b)
	if err != nil {
		return "", err
	}
	var texts []string
	for _, id := range p.order {
		name, ok := p.pages[id]
		if !ok {
			continue // a picture, or a page for the second time
		}
		delete(p.pages, id)
		if locked[name] {
			return "", fmt.Errorf("%w: its page %q asks for a key", ErrEncrypted, name)
		}
		raw, err := b.bytes(name)
		if err != nil {
			return "", err
		}
		raw = decoded(raw)
		if p.lists[id] {
			raw = listOfContents.ReplaceAll(raw, nil)
		}
		t, err := page(raw, b.limit)
		if err != nil {
			return "", err
		}
		texts = append(texts, t.Body)
	}
	return joined("\n\n", texts...), nil
}

// listOfContents is a list of where the chapters are.
var listOfContents = regexp.MustCompile(`(?s)<nav\b.*?</nav\s*>`)

// decoded turns a page into UTF-8, which nearly all are in.
func decoded(raw []byte) []byte {
	label := "utf-8"
	if declared, ok := bytes.CutPrefix(raw, []byte("<?xml")); ok {
		declared, _, _ = bytes.Cut(declared, []byte("?>"))
		if _, rest, ok := bytes.Cut(declared, []byte("encoding=")); ok && len(rest) > 1 {
			name, _, _ := bytes.Cut(rest[1:], rest[:1]) // within quotes of either kind
			label = string(name)
		}
	}
	if bytes.HasPrefix(raw, []byte("\xff\xfe")) || bytes.HasPrefix(raw, []byte("\xfe\xff")) {
		label = "utf-16"
	}
	r, err := charset.NewReaderLabel(label, bytes.NewReader(raw))
	if err != nil {
		return raw
	}
	text, err := io.ReadAll(r)
	if err != nil {
		return raw
	}
	return text
}

// lockedMembers lists what is encrypted. Fonts often are, in a way that is no secret.
func lockedMembers(b *box) (map[string]bool, error) {
	const list = "META-INF/encryption.xml"
	l := locks{}
	if !b.has(list) {
		return l, nil
	}
	return l, b.walk(list, l)
}

type locks map[string]bool

func (l locks) start(e xml.StartElement) bool {
	if e.Name.Local == "CipherReference" {
		name := value(e, "URI")
		if plain, err := url.PathUnescape(name); err == nil {
			name = plain
		}
		l[path.Clean(name)] = true
	}
	return true
}
func (l locks) end(string)  {}
func (l locks) text(string) {}
