package extract

import (
	"bytes"
	"cmp"
	"io"
	"regexp"
	"strings"
)

// omits is true of elements whose text is no prose, by what kind of document it is.
func (m *markup) omits(name string, has map[string]string) bool {
	if m.article != nil && m.article.omits(name, len(m.open)) {
		return true
	}
	switch name {
	case "style":
		return m.root != "fictionbook" // where it marks words among others
	case "script", "stylesheet", "binary", "binarydata", "encryptedkey", "signature":
		return true
	case "teiheader":
		return !m.headers
	case "speaker", "castlist", "standoff", "fw": // of plays, each speech has the name of who speaks
		return isTEI(m.root)
	case "content": // of Atom, packed
		return m.root == "feed" && strings.Contains(has["type"], "/") && !strings.HasPrefix(has["type"], "text/") && !strings.HasSuffix(has["type"], "xml")
	}
	if isFeed(m.root) {
		return isFeedDetail(name)
	}
	return m.root == "fictionbook" && name == "description" && !m.headers
}

func isTEI(root string) bool { return root == "tei" || root == "tei.2" || root == "teicorpus" }

// dateOf keeps the date that an element of TEI's header has, or the earliest of its events.
func (m *markup) dateOf(name, when string) {
	switch {
	case when == "" || !isTEI(m.root):
	case name == "date" && m.inHeader():
		m.head.Date = cmp.Or(m.head.Date, when)
	case name == "event" && (m.event == "" || when < m.event):
		m.event = when
	}
}

// isFeed tells a feed by its first element.
func isFeed(root string) bool { return root == "rss" || root == "rdf" || root == "feed" }

// isFeedDetail is true of what programs tell each other in a feed.
func isFeedDetail(name string) bool {
	switch name {
	case "link", "guid", "id", "pubdate", "lastbuilddate", "updated", "published", "issued", "modified", "created", "date",
		"generator", "docs", "ttl", "language", "cloud", "url", "uri", "email", "width", "height", "skiphours", "skipdays",
		"comments", "commentrss", "icon", "logo", "updateperiod", "updatefrequency", "updatebase", "managingeditor", "webmaster",
		"duration", "explicit", "errorreportsto", "sourceurl", "post-id", "thumbnail", "rating", "total":
		return true
	}
	return false
}

// factOf finds where to keep what an element says of the document as a whole: at the top
// of a header, or of the document.
func (m *markup) factOf(name string) *string {
	top := len(m.open) <= 1 || len(m.open) == 2 && m.root == "rss" || m.inHeader()
	switch {
	case !top:
		return nil
	case name == "title" || name == "book-title":
		return &m.head.Title
	case name == "author" && !m.within("author"), name == "creator":
		return &m.head.Author
	case name == "date" && m.inHeader():
		return &m.head.Date
	case name == "lang" && m.root == "fictionbook", name == "language" && m.root == "rss":
		return &m.head.Language
	}
	return nil
}

// inHeader is true within what is left out but for facts.
func (m *markup) inHeader() bool {
	return m.within("teiheader") || m.within("description") && m.root == "fictionbook"
}

func (m *markup) within(name string) bool {
	const near = 12
	for _, e := range m.open[:min(len(m.open), near)] {
		if e.name == name {
			return true
		}
	}
	return false
}

// withoutDoctype takes the declaration of the type off a document, and the entities that
// it declares: <!DOCTYPE a [ <!ENTITY klew "ball of thread"> ]>. Those that are in other
// files are not opened, and none is replaced within another, so that they cannot grow.
func withoutDoctype(raw []byte) ([]byte, *entities) {
	const most = 1000
	at := bytes.Index(raw[:min(len(raw), 64<<10)], []byte("<!DOCTYPE"))
	if at < 0 {
		return raw, nil
	}
	end := at + doctypeEnd(raw[at:])
	var pairs []string
	size, longest := 0, 0
	for _, found := range entity.FindAllSubmatch(raw[at:end], most) {
		if value := string(found[2]) + string(found[3]); size < 1<<16 && len(value) < 1000 && !strings.Contains(value, "<") {
			pairs = append(pairs, "&"+string(found[1])+";", value)
			size += len(value)
			longest = max(longest, len(value))
		}
	}
	rest := append(append([]byte(nil), raw[:at]...), raw[end:]...)
	if pairs == nil {
		return rest, nil
	}
	return rest, &entities{strings.NewReplacer(pairs...), longest}
}

// entities are those that a document declares.
type entities struct {
	*strings.Replacer
	longest int // the length of the longest value, in bytes
}

var entity = regexp.MustCompile(`<!ENTITY\s+([\pL_][\pL\pN_.-]*)\s+(?:"([^"]*)"|'([^']*)')\s*>`)

// doctypeEnd is behind the declaration, which may have others in brackets.
func doctypeEnd(raw []byte) int {
	inside := false
	for i, c := range raw {
		switch {
		case c == '[':
			inside = true
		case c == ']':
			inside = false
		case c == '>' && !inside:
			return i + 1
		}
	}
	if end := bytes.IndexByte(raw, '>'); end >= 0 {
		return end + 1
	}
	return len(raw)
}

// flatOffice reads a document of LibreOffice or Word that is one file of XML and no archive:
// what is in several parts there is in several elements here.
func flatOffice(raw []byte) (t Text, ok bool) {
	const head = 4096
	d := newDecoder(bytes.NewReader(raw))
	d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil } // it is decoded
	switch root := firstElement.FindSubmatch(raw[:min(len(raw), head)]); {
	case root == nil:
	case string(root[1]) == "office:document":
		var body odt
		body.out = &body.main
		err := walk(d, &body)
		return Text{Body: joined("\n\n", body.main.String(), body.notes.String())}, err == nil
	case string(root[1]) == "w:wordDocument" || string(root[1]) == "pkg:package":
		var body docx
		err := walk(d, &body)
		return Text{Body: body.prose.String()}, err == nil
	}
	return t, false
}

var firstElement = regexp.MustCompile(`^\s*(?:<[?!][^>]*>\s*)*<([\w:.-]+)`)
