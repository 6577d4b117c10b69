package extract

import (
	"bytes"
	"cmp"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// Markdown reads CommonMark with tables, notes and struck text, decoded to UTF-8, and the title, author, date and lang of a block of YAML or TOML in front.
//
// Code between fences is left out: its words (import, return, self) are the words of a
// programming language, and would make topics of their own. Indented code stays, since
// as often it is a verse or a letter. HTML within is read as HTML.
func Markdown(raw []byte, limit int64) (Text, error) {
	if int64(len(raw)) > limit {
		return Text{}, TooMuch(limit)
	}
	front, raw := frontMatter(bytes.TrimPrefix(raw, []byte("\ufeff")))
	t, err := ofPieces(raw, limit)
	if err != nil {
		return Text{}, err
	}
	t.Title, t.Author = cmp.Or(front.Title, t.Title), cmp.Or(front.Author, t.Author)
	t.Date, t.Language = cmp.Or(front.Date, t.Date), cmp.Or(front.Language, t.Language)
	return whole(t)
}

// pieceSize is how much is parsed at once: the tree of a piece takes seven times as much memory.
const pieceSize = 8 << 20

// ofPieces reads long Markdown in pieces, and puts their texts together. The definitions of links
// hold in their piece.
func ofPieces(raw []byte, limit int64) (t Text, err error) {
	if len(raw) <= pieceSize {
		return rendered(raw, limit)
	}
	var body strings.Builder
	body.Grow(len(raw))
	for len(raw) > 0 {
		end := pieceEnd(raw)
		one, err := rendered(raw[:end], limit)
		if err != nil {
			return t, err
		}
		if body.Len() > 0 && one.Body != "" {
			body.WriteString("\n\n")
		}
		body.WriteString(one.Body)
		t.Title, t.Author = cmp.Or(t.Title, one.Title), cmp.Or(t.Author, one.Author)
		raw = raw[end:]
	}
	t.Body = body.String()
	return t, nil
}

// pieceEnd is where a piece may end: behind an empty line, if there is one, and not between fences.
func pieceEnd(raw []byte) int {
	at, fenced := 0, false
	for l := range bytes.Lines(raw) {
		at += len(l)
		text := bytes.TrimSpace(l)
		if bytes.HasPrefix(text, []byte("```")) || bytes.HasPrefix(text, []byte("~~~")) {
			fenced = !fenced
		}
		if at >= pieceSize && !fenced && len(text) == 0 || at >= 2*pieceSize {
			return at
		}
	}
	return len(raw)
}

// rendered reads Markdown by way of HTML. What is nested deeper than anyone writes, and
// would take stack and time without measure, is read as plain text.
func rendered(raw []byte, limit int64) (Text, error) {
	if tangled(raw) {
		return plain(raw), nil
	}
	m := goldmark.New(
		goldmark.WithExtensions(extension.Table, extension.Strikethrough, extension.Footnote),
		goldmark.WithRendererOptions(html.WithUnsafe(), renderer.WithNodeRenderers(util.Prioritized(noCode{}, 1))),
	)
	tree := m.Parser().Parse(text.NewReader(raw))
	if depthOf(tree) > deepest {
		return plain(raw), nil
	}
	var page bytes.Buffer
	if err := m.Renderer().Render(&page, raw, tree); err != nil {
		return Text{}, err
	}
	var t Text
	t, err := HTML(page.Bytes(), max(limit, int64(page.Len())))
	if err == ErrNoText {
		return Text{}, nil
	}
	return t, err
}

func plain(raw []byte) Text {
	var p prose
	p.verbatim(string(raw))
	return Text{Body: p.String()}
}

// noCode renders code between fences as nothing.
type noCode struct{}

func (noCode) RegisterFuncs(to renderer.NodeRendererFuncRegisterer) {
	to.Register(ast.KindFencedCodeBlock, func(util.BufWriter, []byte, ast.Node, bool) (ast.WalkStatus, error) {
		return ast.WalkSkipChildren, nil
	})
}

// tangled is true of what would take the parser stack or time without measure. Where a
// line begins with very many marks of quotations and lists, blocks may be nested as deep,
// for each level takes one mark or blank at least. And it takes the square of the number
// of definitions of links, [like]: this, that follow each other: 10,000 took 0.3 s.
func tangled(raw []byte) bool {
	definitions := 0
	for l := range bytes.Lines(raw) {
		rest := bytes.TrimLeft(l, "> \t-+*0123456789.)")
		marks := l[:len(l)-len(rest)]
		if len(marks) > deepest && len(bytes.Trim(marks, " \t")) > 0 {
			return true
		}
		if len(bytes.TrimSpace(l)) == 0 {
			definitions = 0
		} else if bytes.HasPrefix(rest, []byte("[")) {
			definitions++
		}
		if definitions > 10*deepest {
			return true
		}
	}
	return false
}

// depthOf is how deep a tree is. It does not recurse: only the parser knows how deep.
func depthOf(n ast.Node) int {
	deep := 0
	for at, depth := n, 0; at != nil; {
		if c := at.FirstChild(); c != nil {
			at = c
			depth++
			deep = max(deep, depth)
			continue
		}
		for at != nil && at.NextSibling() == nil {
			at = at.Parent()
			depth--
		}
		if at != nil {
			at = at.NextSibling()
		}
	}
	return deep
}

// frontMatter takes the block in front, between lines of --- (YAML) or +++ (TOML). Of it
// only simple lines are understood, which is what it is made of:
//
//	title: "The Notebook"
//	author: [Ada, Ben]     or each on a line of its own behind a dash
func frontMatter(raw []byte) (t Text, rest []byte) {
	first, rest, _ := bytes.Cut(raw, []byte("\n"))
	fence := strings.TrimRight(string(first), " \t\r")
	if fence != "---" && fence != "+++" {
		return t, raw
	}
	name := ""
	for n := 0; n < 200 && len(rest) > 0; n++ {
		var l []byte
		l, rest, _ = bytes.Cut(rest, []byte("\n"))
		s := strings.TrimRight(string(l), " \t\r")
		if s == fence || fence == "---" && s == "..." {
			return t, rest
		}
		if item, ok := strings.CutPrefix(strings.TrimSpace(s), "- "); ok {
			t.set(name, item)
		} else if i := strings.IndexAny(s, ":="); i > 0 {
			name = strings.ToLower(strings.TrimSpace(s[:i]))
			t.set(name, s[i+1:])
		}
	}
	return Text{}, raw // a rule, and no block of this kind
}

// set takes one value of the block.
func (t *Text) set(name, value string) {
	value = strings.TrimSpace(value)
	listed := strings.HasPrefix(value, "[") && strings.HasSuffix(value, "]")
	if listed {
		value = strings.Trim(value, "[]")
	}
	value = Tidy(strings.Trim(value, `"'`))
	switch name {
	case "title":
		t.Title = cmp.Or(t.Title, value)
	case "author", "authors", "by":
		if listed {
			value = strings.ReplaceAll(strings.ReplaceAll(value, `"`, ""), ", ", "; ")
		}
		t.Author = joined("; ", t.Author, value)
	case "date":
		t.Date = cmp.Or(t.Date, value)
	case "lang", "language":
		t.Language = cmp.Or(t.Language, value)
	}
}
