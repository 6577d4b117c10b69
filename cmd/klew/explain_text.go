package main

import (
	"bufio"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/jedib0t/go-pretty/v6/text"
	"klew/cmd/klew/internal/print"
	"klew/topics"
	"klew/topics/tables"
)

// painting is the text of a document with the topics of its words, in colour or marked
// with numbers, under a key.
//
// A colour is a pale background from the 256 that terminals agree on, with black letters:
// whatever the terminal's own two colours are, that is read, with a contrast of 8 at least
// (WCAG asks for 7). Any two of them, and white, are told apart also by those who confuse
// red and green; a test measures that.
type painting struct {
	*explained
	keywords *topics.Ranker
	colour   bool
	width    int // of the terminal, or 0
	main     []int
	pieces   []piece
	left     map[string]int // how many tokens have no share, by why
}

var (
	hues = []string{"111", "191", "179", "212", "229", "114", "117", "151"}
	// grey is for topics beyond the main ones, and shades are for the share of one topic.
	grey   = "250"
	shades = []string{"229", "222", "215", "208"}
)

// leastMain is the least proportion of a topic that gets a colour, and leastShown the
// least share that --topic shows.
const (
	leastMain  = 0.01
	leastShown = 0.05
)

// piece is a stretch of text that the same tokens cover.
type piece struct {
	from, to int
	shares   []float64 // of each topic; nil if no token with shares covers it
}

func newPainting(e *explained, tokens []topics.ExplainedToken) *painting {
	p := &painting{explained: e, keywords: topics.NewRanker(e.Model), colour: inColour(e.Out), width: print.Width(e.Out), left: map[string]int{}}
	p.main = tables.MainTopics(e.Proportions(), leastMain)
	if p.colour {
		p.main = p.main[:min(len(p.main), len(hues))]
	}
	p.pieces = piecesOf(len(e.Text), tokens)
	for i := range tokens {
		if why := tokens[i].Why(); why != "" {
			p.left[why]++
		}
	}
	return p
}

// piecesOf cuts a text wherever a token with shares begins or ends. The shares of a piece
// are those of all that cover it, by their weights.
func piecesOf(length int, tokens []topics.ExplainedToken) []piece {
	var shared []topics.ExplainedToken
	cuts := []int{0, length}
	for _, t := range tokens { // in the order in which they begin
		if t.Shares != nil {
			shared = append(shared, t)
			cuts = append(cuts, t.From, t.To)
		}
	}
	slices.Sort(cuts)
	cuts = slices.Compact(cuts)
	var pieces []piece
	var open []topics.ExplainedToken
	for i := range len(cuts) - 1 {
		p := piece{from: cuts[i], to: cuts[i+1]}
		for len(shared) > 0 && shared[0].From == p.from {
			open, shared = append(open, shared[0]), shared[1:]
		}
		open = slices.DeleteFunc(open, func(t topics.ExplainedToken) bool { return t.To <= p.from })
		p.shares = sumOf(open)
		pieces = append(pieces, p)
	}
	return pieces
}

func sumOf(open []topics.ExplainedToken) []float64 {
	if len(open) <= 1 {
		for _, t := range open {
			return t.Shares
		}
		return nil
	}
	sum, weight := make([]float64, len(open[0].Shares)), 0.0
	for _, t := range open {
		weight += t.Weight
		for k, s := range t.Shares {
			sum[k] += t.Weight * s
		}
	}
	for k := range sum {
		sum[k] /= weight
	}
	return sum
}

// write writes the key and the text.
func (p *painting) write(w *bufio.Writer) {
	p.writeKey(w)
	w.WriteByte('\n')
	var b strings.Builder
	for i := 0; i < len(p.pieces); {
		look := p.look(p.pieces[i].shares)
		from := p.pieces[i].from
		for i++; i < len(p.pieces) && look != "" && p.look(p.pieces[i].shares) == look; {
			i++ // n-grams and pairs of characters go on
		}
		p.paint(&b, harmless(p.Text[from:p.pieces[i-1].to]), look)
	}
	painted := strings.TrimRight(b.String(), "\n") + "\n"
	if p.width > 0 {
		painted = wrapped(painted, p.width)
	}
	w.WriteString(painted)
}

func (p *painting) writeKey(w *bufio.Writer) {
	d := p.Document()
	fmt.Fprintln(w, print.Printable(d.ID))
	fmt.Fprintf(w, "%s\n\n", p.counts())
	proportions := p.Proportions()
	all := p.main
	if p.one >= 0 {
		all = []int{p.one}
	}
	rest := 1.0
	for _, k := range all {
		rest -= proportions[k]
		label := fmt.Sprintf("%4d ", p.Model.Number(k))
		if p.colour && p.one < 0 {
			label = inHue(p.hue(k), label)
		}
		fmt.Fprintf(w, "%s %s  %s\n", label, print.Digits(proportions[k]), print.Printable(p.about(k)))
	}
	if p.one >= 0 {
		p.writeShades(w)
	} else if n := len(tables.MainTopics(proportions, 0)) - len(all); n > 0 {
		label := "   + "
		if p.colour {
			label = inHue(grey, label)
		}
		fmt.Fprintf(w, "%s %s  %s\n", label, print.Digits(max(rest, 0)), print.Count(n, "other topic"))
	}
}

// about is what the user has called a topic, and its keywords.
func (p *painting) about(k int) string {
	words := strings.Join(tables.Keywords(p.keywords, k, p.words), " ")
	if label := p.Model.OwnLabel(k); label != "" {
		return label + ": " + words
	}
	return words
}

// counts tells of how many words the text is made.
func (p *painting) counts() string {
	d := p.Document()
	parts := []string{print.Count(d.Tokens, "token")}
	if n := d.Unknown; n > 0 {
		parts = append(parts, print.Grouped(n)+" not in the vocabulary")
	}
	if n := p.left[topics.NoTopic]; n > 0 {
		parts = append(parts, print.Grouped(n)+" "+topics.NoTopic)
	}
	if n := p.left["stop word"]; n > 0 {
		parts = append(parts, print.Count(n, "stop word"))
	}
	return strings.Join(parts, ", ")
}

// writeShades is the key to the colours of --topic.
func (p *painting) writeShades(w *bufio.Writer) {
	if !p.colour {
		return
	}
	from := []string{"0.05", "0.25", "0.50", "0.75"}
	for i, shade := range shades {
		w.WriteString(inHue(shade, " "+from[i]+"… ") + " ")
	}
	w.WriteByte('\n')
}

// look is how a piece with these shares is to look: the codes of its colour, or its mark;
// empty if it is as the rest of the text.
func (p *painting) look(shares []float64) string {
	switch {
	case shares == nil || p.one >= 0 && shares[p.one] < leastShown:
		return ""
	case p.one >= 0 && p.colour:
		return shades[min(int(4*shares[p.one]), len(shades)-1)]
	case p.one >= 0:
		return strconv.FormatFloat(shares[p.one], 'f', 2, 64)
	}
	first := topics.ExplainedToken{Shares: shares}
	k := first.First()
	switch {
	case !p.colour:
		return strconv.Itoa(p.Model.Number(k))
	case shares[k] < 0.5:
		return p.hue(k) + ";4"
	}
	return p.hue(k)
}

func (p *painting) hue(k int) string {
	if i := slices.Index(p.main, k); i >= 0 {
		return hues[i]
	}
	return grey
}

// paint writes a piece. Colour ends before the end of a line: it would fill the rest of it.
func (p *painting) paint(b *strings.Builder, s, look string) {
	switch {
	case look == "":
		b.WriteString(s)
	case p.colour:
		b.WriteString(strings.ReplaceAll(inHue(look, s), "\n", "\x1b[0m\n\x1b[38;5;16;48;5;"+look+"m"))
	default:
		b.WriteString(s + "[" + look + "]")
	}
}

// inHue is a text on a background. 16 is the black that no theme makes another colour of.
func inHue(hue, s string) string { return "\x1b[38;5;16;48;5;" + hue + "m" + s + "\x1b[0m" }

// harmless is printable, but for ends of lines and tabs.
func harmless(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '\n' || r == '\t' {
			return r
		}
		return []rune(print.Printable(string(r)))[0]
	}, strings.ReplaceAll(s, "\r\n", "\n"))
}

// wrapped breaks lines at blanks, as far as there are any, to keep to a width. Codes of
// colour take no room.
func wrapped(s string, width int) string {
	out := []byte(s)
	column, blank, atBlank, code := 0, -1, 0, false
	for i, r := range s {
		switch {
		case code || r == '\x1b': // ESC [ … m
			code = r != 'm'
			continue
		case r == '\n':
			column, blank = 0, -1
			continue
		case r == '\t':
			column += 8 - column%8
		default:
			column += text.StringWidth(string(r))
		}
		if r == ' ' {
			blank, atBlank = i, column
		} else if column > width && blank >= 0 {
			out[blank] = '\n'
			column, blank = column-atBlank, -1
		}
	}
	return string(out)
}
