package extract

import (
	"bytes"

	"golang.org/x/net/html"
)

// tagVisitor sees the elements of XML or SGML, where they begin and end in the bytes, and the text in
// them as it is written.
type tagVisitor interface {
	begins(name string, has map[string]string, from int)
	ends(name string, to int)
	words(raw []byte)
}

// walkTags shows a document to a visitor. Each element that begins also ends: with its own end, with
// that of one around it, or with the document.
func walkTags(raw []byte, v tagVisitor) {
	tokens := html.NewTokenizer(bytes.NewReader(raw))
	tokens.AllowCDATA(true)
	var open []string
	opened := map[string]int{}
	close := func(to int) {
		last := open[len(open)-1]
		open = open[:len(open)-1]
		opened[last]--
		v.ends(last, to)
	}
	for at := 0; ; {
		kind, from := tokens.Next(), at
		at += len(tokens.Raw())
		switch kind {
		case html.ErrorToken:
			for len(open) > 0 {
				close(len(raw))
			}
			return
		case html.TextToken:
			v.words(tokens.Raw())
		case html.StartTagToken, html.SelfClosingTagToken:
			tag, more := tokens.TagName()
			name := localName(string(tag))
			if len(open) < deepest {
				v.begins(name, attributes(tokens, more), from)
				open = append(open, name)
				if opened[name]++; kind == html.SelfClosingTagToken {
					close(at)
				}
			}
			tokens.NextIsNotRawText()
		case html.EndTagToken:
			tag, _ := tokens.TagName()
			for name := localName(string(tag)); opened[name] > 0; {
				last := open[len(open)-1]
				if close(at); last == name {
					break
				}
			}
		}
	}
}
