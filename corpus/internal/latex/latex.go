// Package latex reads the prose of a text in LaTeX: what its readers see, but for formulas.
//
// Commands go and what stands in their braces stays, as in \emph{kelp}; of those that speak to the
// program (\cite, \ref, \usepackage) that goes, too, and so do comments, formulas, pictures and the
// list of references. Letters that are written as commands, as \"u, are letters.
package latex

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Is tells LaTeX by its beginning.
func Is(head []byte) bool {
	if head = bytes.TrimLeft(head, " \t\r\n"); len(head) == 0 || head[0] != '\\' && head[0] != '%' {
		return false
	}
	for line := range strings.Lines(string(head)) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '%' {
			continue
		}
		return strings.HasPrefix(line, `\documentclass`) || strings.HasPrefix(line, `\documentstyle`) || strings.HasPrefix(line, `\begin{document}`)
	}
	return false
}

// Text reads a document, and its title.
func Text(text string) (body, title string) {
	r := reader{text: withoutComments(text)}
	if at := strings.Index(r.text, `\title{`); at >= 0 {
		t := reader{text: r.text, at: at + len(`\title`)}
		title = Plain(t.group())
	}
	if at := strings.Index(r.text, `\begin{document}`); at >= 0 {
		r.at = at
	}
	if at := strings.Index(r.text, `\end{document}`); at > r.at {
		r.text = r.text[:at]
	}
	r.read(len(r.text))
	return tidy(r.out.String()), title
}

// Plain is what a short text means, such as a field of BibTeX.
func Plain(text string) string {
	r := reader{text: text}
	r.read(len(text))
	return strings.Join(strings.Fields(r.out.String()), " ")
}

// withoutComments leaves out what stands between a percent sign and the end of its line.
func withoutComments(text string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		at := 0
		for {
			i := strings.IndexByte(line[at:], '%')
			if i < 0 {
				b.WriteString(line)
				break
			}
			if at += i; at > 0 && line[at-1] == '\\' {
				at++
				continue
			}
			b.WriteString(line[:at])
			break
		}
	}
	return b.String()
}

// tidy leaves one empty line between paragraphs, and one blank between words.
func tidy(text string) string {
	var paragraphs []string
	for paragraph := range strings.SplitSeq(text, "\n\n") {
		if words := strings.Fields(paragraph); len(words) > 0 {
			paragraphs = append(paragraphs, strings.Join(words, " "))
		}
	}
	return strings.Join(paragraphs, "\n\n")
}

type reader struct {
	text    string
	at      int
	out     strings.Builder
	endless map[string]bool // marks that do not come any more
}

// find is where a mark comes next, or -1.
func (r *reader) find(mark string) int {
	if r.endless[mark] {
		return -1 // looked for once: a text of nothing but beginnings would else take hours
	}
	i := strings.Index(r.text[r.at:], mark)
	if i < 0 {
		if r.endless == nil {
			r.endless = map[string]bool{}
		}
		r.endless[mark] = true
	}
	return i
}

// read writes what stands up to end.
func (r *reader) read(end int) {
	for r.at < end {
		c := r.text[r.at]
		switch c {
		case '\\':
			r.command(end)
			continue
		case '$':
			r.formula()
			continue
		case '{', '}':
		case '~', '&':
			r.out.WriteByte(' ')
		case '`', '\'':
			if strings.HasPrefix(r.text[r.at+1:], string(c)) {
				r.out.WriteByte('"')
				r.at++
			} else {
				r.out.WriteByte('\'')
			}
		case '-':
			if strings.HasPrefix(r.text[r.at:], "--") {
				r.out.WriteString(" – ")
				r.at += len(r.text[r.at:]) - len(strings.TrimLeft(r.text[r.at:], "-"))
				continue
			}
			r.out.WriteByte(c)
		default:
			r.out.WriteByte(c)
		}
		r.at++
	}
}

// formula passes over $x$ or $$x$$.
func (r *reader) formula() {
	mark := "$"
	if strings.HasPrefix(r.text[r.at:], "$$") {
		mark = "$$"
	}
	r.at += len(mark)
	for r.at < len(r.text) {
		i := r.find(mark)
		if i < 0 { // the sign of money
			return
		}
		r.at += i + len(mark)
		if i == 0 || r.text[r.at-len(mark)-1] != '\\' {
			break
		}
	}
	r.out.WriteByte(' ')
}

// until passes over what stands up to a mark, and that.
func (r *reader) until(mark string) {
	if i := r.find(mark); i >= 0 {
		r.at += i + len(mark)
	}
	r.out.WriteByte(' ')
}

// command reads what begins with a backslash.
func (r *reader) command(end int) {
	r.at++
	if r.at >= len(r.text) {
		return
	}
	c := r.text[r.at]
	if !isLetter(c) {
		r.at++
		r.sign(c)
		return
	}
	from := r.at
	for r.at < len(r.text) && isLetter(r.text[r.at]) {
		r.at++
	}
	name := r.text[from:r.at]
	if r.at < len(r.text) && r.text[r.at] == '*' {
		r.at++
	}
	if letter, ok := letters[name]; ok {
		r.out.WriteString(letter)
		r.blank()
		return
	}
	if accent, ok := wordAccents[name]; ok && r.accent(accent) {
		return
	}
	r.named(name)
}

// named reads a command that is a word.
func (r *reader) named(name string) {
	switch name {
	case "begin":
		r.begin(r.group())
		return
	case "end":
		r.group()
		r.out.WriteString("\n\n")
		return
	case "par", "item", "section", "subsection", "subsubsection", "chapter", "part", "paragraph", "caption":
		r.out.WriteString("\n\n")
	}
	n, drops := dropped[name]
	if !drops && (strings.HasPrefix(name, "cite") || strings.HasSuffix(name, "ref") || strings.HasSuffix(name, "cite")) {
		n = 1
	}
	r.option()
	for range n {
		r.option()
		r.group()
		r.option()
	}
	if n == 0 && !drops {
		r.blank()
	}
}

// blank passes over the blank that ends the name of a command.
func (r *reader) blank() {
	if r.at < len(r.text) && (r.text[r.at] == ' ' || r.text[r.at] == '\t') {
		r.at++
	}
}

// sign reads a command that is no word: \&, \\, \"u, \(x\).
func (r *reader) sign(c byte) {
	switch c {
	case '(':
		r.until(`\)`)
	case '[':
		r.until(`\]`)
	case '\\':
		r.option()
		r.out.WriteByte('\n')
	case '&', '%', '$', '#', '_', '{', '}':
		r.out.WriteByte(c)
	case ' ', '\n', ',', ';', ':', '!':
		r.out.WriteByte(' ')
	case '-', '/':
	default:
		if accent, ok := signAccents[c]; ok {
			r.accent(accent)
		}
	}
}

// accent puts a mark on the letter that follows, in braces or not; false if none does.
func (r *reader) accent(mark rune) bool {
	at := r.at
	for at < len(r.text) && (r.text[at] == ' ' || r.text[at] == '{') {
		at++
	}
	braced := strings.Contains(r.text[r.at:at], "{")
	letter, size := "", 0
	switch rest := r.text[at:]; {
	case strings.HasPrefix(rest, `\i`):
		letter, size = "i", 2
	case strings.HasPrefix(rest, `\j`):
		letter, size = "j", 2
	default:
		c, n := utf8.DecodeRuneInString(rest)
		if !unicode.IsLetter(c) {
			return false
		}
		letter, size = string(c), n
	}
	r.at = at + size
	if braced && r.at < len(r.text) && r.text[r.at] == '}' {
		r.at++
	}
	r.out.WriteString(norm.NFC.String(letter + string(mark)))
	return true
}

// begin reads the beginning of an environment, and passes over one without prose.
func (r *reader) begin(name string) {
	r.out.WriteString("\n\n")
	name = strings.TrimSuffix(name, "*")
	if without[name] {
		for _, end := range []string{`\end{` + name + `}`, `\end{` + name + `*}`} {
			if i := r.find(end); i >= 0 {
				r.at += i + len(end)
				return
			}
		}
	}
	r.option()
	if name == "tabular" || name == "tabularx" || name == "array" || name == "minipage" || name == "multicols" {
		r.group()
	}
}

// option passes over [x].
func (r *reader) option() {
	const longest = 2000
	if r.at < len(r.text) && r.text[r.at] == '[' {
		if i := strings.IndexByte(r.text[r.at:min(len(r.text), r.at+longest)], ']'); i > 0 {
			r.at += i + 1
		}
	}
}

// group is what stands in the braces that follow, or nothing if none do.
func (r *reader) group() string {
	at := r.at
	for at < len(r.text) && (r.text[at] == ' ' || r.text[at] == '\n') {
		at++
	}
	if at == len(r.text) || r.text[at] != '{' {
		return ""
	}
	const longest = 1 << 16
	for depth, i := 0, at; i < min(len(r.text), at+longest); i++ {
		switch r.text[i] {
		case '\\':
			i++
		case '{':
			depth++
		case '}':
			if depth--; depth == 0 {
				r.at = i + 1
				return r.text[at+1 : i]
			}
		}
	}
	return ""
}

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' || c == '@' }

// letters are commands that are letters, or signs.
var letters = map[string]string{
	"ss": "ß", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "o": "ø", "O": "Ø", "aa": "å", "AA": "Å", "l": "ł", "L": "Ł", "i": "ı", "j": "ȷ",
	"dh": "ð", "th": "þ", "dots": "…", "ldots": "…", "textendash": "–", "textemdash": "—", "textquoteright": "’", "textquoteleft": "‘",
	"textquotedblleft": "“", "textquotedblright": "”", "textbackslash": `\`, "LaTeX": "LaTeX", "TeX": "TeX", "BibTeX": "BibTeX", "S": "§", "P": "¶",
	"quad": " ", "qquad": " ", "newline": "\n", "linebreak": "\n",
}

// The marks of accents, by the signs and the letters of their commands.
var (
	signAccents = map[byte]rune{'"': '\u0308', '\'': '\u0301', '`': '\u0300', '^': '\u0302', '~': '\u0303', '.': '\u0307', '=': '\u0304'}
	wordAccents = map[string]rune{"c": '\u0327', "v": '\u030c', "H": '\u030b', "u": '\u0306', "r": '\u030a', "k": '\u0328', "d": '\u0323', "b": '\u0331'}
)

// dropped are commands whose braces hold nothing to read, with the number of these.
var dropped = map[string]int{
	"label": 1, "ref": 1, "eqref": 1, "pageref": 1, "bibliography": 1, "bibliographystyle": 1, "includegraphics": 1, "input": 1,
	"include": 1, "usepackage": 1, "RequirePackage": 1, "documentclass": 1, "documentstyle": 1, "hspace": 1, "vspace": 1, "url": 1, "href": 1, "newcommand": 2,
	"renewcommand": 2, "providecommand": 2, "newenvironment": 3, "newtheorem": 2, "DeclareMathOperator": 2, "setlength": 2, "addtolength": 2,
	"setcounter": 2, "addtocounter": 2, "pagestyle": 1, "thispagestyle": 1, "pagenumbering": 1, "color": 1, "textcolor": 1, "colorbox": 1, "definecolor": 3, "graphicspath": 1,
	"hypersetup": 1, "geometry": 1, "theoremstyle": 1, "index": 1, "addbibresource": 1, "nocite": 1, "bibitem": 1, "rule": 2, "raisebox": 1,
	"multicolumn": 2, "multirow": 2, "cline": 1, "hline": 0, "toprule": 0, "midrule": 0, "bottomrule": 0, "maketitle": 0, "tableofcontents": 0, "selectlanguage": 1,
	"foreignlanguage": 1, "fontsize": 2, "hyphenation": 1, "ensuremath": 1, "verb": 0,
}

// without are environments without prose.
var without = map[string]bool{
	"equation": true, "align": true, "alignat": true, "gather": true, "multline": true, "eqnarray": true, "displaymath": true, "math": true, "flalign": true,
	"tikzpicture": true, "pspicture": true, "picture": true, "verbatim": true, "lstlisting": true, "minted": true, "algorithmic": true, "comment": true,
	"thebibliography": true, "filecontents": true,
}
