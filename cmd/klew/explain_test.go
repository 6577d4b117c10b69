package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"klew/cmd/klew/internal/lookup"
	"klew/cmd/klew/internal/print"
	"klew/corpus"
	"klew/topics"
	"klew/vectorize"

	"github.com/jedib0t/go-pretty/v6/text"
	"pgregory.net/rapid"
)

// seaText is the text of a document of handMade, whose topics both have "sail".
const seaText = "The boats sail – bread, boat!\r\n\tXylophones: sailing\x1b[31m…\n"

// explainable saves handMade where it is run, with texts for its first two documents.
func explainable(t *testing.T) *topics.Model {
	t.Chdir(t.TempDir())
	m := handMade()
	m.Documents[1].ID = "sea/b.txt"
	for j, text := range []string{"A boat, and bread.", seaText} {
		write(t, m.Documents[j].ID, []byte(text))
		c, err := corpus.Open([]string{m.Documents[j].ID}, corpus.Options{})
		must(t, err)
		for d := range c.Documents(context.Background()) {
			m.Documents[j].Checksum = vectorize.Checksum(d.Text)
		}
	}
	m.Documents[1].Tokens, m.Documents[1].Unknown = 5, 1
	must(t, m.Save("m.klew"))
	return m
}

// Golden files are read from where the tests are run.
func goldenAt(t *testing.T, outputs map[string]string) {
	for name, got := range outputs {
		golden(t, name, got)
	}
}

func TestExplainGolden(t *testing.T) {
	outputs := map[string]string{}
	t.Run("print", func(t *testing.T) {
		explainable(t)
		for _, format := range print.Formats {
			outputs["explain."+format] = output(t, "explain", "m.klew", "sea/b.txt", "--format", format)
			outputs["explain-topic."+format] = output(t, "explain", "m.klew", "b.txt", "--topic", "2", "--words", "1", "--format", format)
			outputs["explain-none."+format] = output(t, "explain", "m.klew", "a.txt", "--format", format)
			outputs["similar."+format] = output(t, "similar", "m.klew", "sea/b.txt", "--format", format)
			outputs["similar-long."+format] = output(t, "similar", "m.klew", "sea/b.txt", "--long", "-n", "2", "--format", format)
		}
	})
	goldenAt(t, outputs)
	golden(t, "help-explain.txt", output(t, "help", "explain"))
	golden(t, "help-similar.txt", output(t, "help", "similar"))
}

// painted is a text as klew explain prints it.
func painted(t interface{ Fatal(...any) }, m *topics.Model, d *topics.DocumentTopics, j int, body string, change func(*painting)) string {
	e := &explained{DocumentArgument: lookup.DocumentArgument{Console: &print.Console{Out: &bytes.Buffer{}}, Model: m, Topics: d, At: j, Text: body}, one: -1, words: 3}
	tokens, err := m.Explain(context.Background(), body, d, j)
	if err != nil {
		t.Fatal(err)
	}
	p := newPainting(e, tokens)
	change(p)
	var out bytes.Buffer
	w := bufio.NewWriter(&out)
	p.write(w)
	w.Flush()
	return out.String()
}

func TestExplainInColour(t *testing.T) {
	m := handMade()
	for name, topic := range map[string]int{"explain-colour.txt": -1, "explain-colour-topic.txt": 1} {
		golden(t, name, painted(t, m, &m.DocumentTopics, 1, seaText, func(p *painting) { p.colour, p.width, p.one = true, 24, topic }))
	}
}

var codes = regexp.MustCompile("\x1b\\[[0-9;]*m")

// Whatever is painted, and however long its lines may be, it is the text.
func TestPaintingKeepsTheText(t *testing.T) {
	m := handMade()
	word := rapid.SampledFrom([]string{"boat", "sails", "Bread,", "the", "xylophone", "東京都", "–", "\n", "boats'"})
	rapid.Check(t, func(t *rapid.T) {
		m.Origin.Counting.NGrams.To = rapid.IntRange(1, 3).Draw(t, "n")
		body := strings.TrimSpace(strings.Join(rapid.SliceOfN(word, 1, 30).Draw(t, "words"), " "))
		colour, width := rapid.Bool().Draw(t, "colour"), rapid.IntRange(12, 60).Draw(t, "width")
		got := painted(t, m, &m.DocumentTopics, 1, body, func(p *painting) { p.colour, p.width = colour, width })
		_, got, _ = strings.Cut(got, "\n\n")
		_, got, _ = strings.Cut(got, "\n\n")
		got = codes.ReplaceAllString(got, "")
		for line := range strings.Lines(got) {
			if line = strings.TrimRight(line, " \n"); text.StringWidth(line) > width && strings.Contains(line, " ") {
				t.Fatalf("%q is wider than %d", line, width)
			}
		}
		for _, mark := range []string{"[1]", "[2]"} {
			got = strings.ReplaceAll(got, mark, "")
		}
		if blank := strings.NewReplacer("\n", " "); strings.TrimRight(blank.Replace(got), " ") != strings.TrimRight(blank.Replace(body), " ") {
			t.Fatalf("painted is %q, want %q", got, body)
		}
	})
}

func TestPiecesOf(t *testing.T) {
	token := func(from, to int, share float64) topics.ExplainedToken {
		return topics.ExplainedToken{Token: vectorize.Token{From: from, To: to}, Weight: 1, Shares: []float64{share, 1 - share}}
	}
	tokens := []topics.ExplainedToken{token(2, 4, 1), {Token: vectorize.Token{From: 5, To: 7}}, token(8, 10, 1), token(8, 12, 0), token(9, 12, 0)}
	var got []string
	for _, p := range piecesOf(13, tokens) {
		got = append(got, fmt.Sprintf("%d-%d:%.2f", p.from, p.to, p.shares))
	}
	want := []string{"0-2:[]", "2-4:[1.00 0.00]", "4-8:[]", "8-9:[0.50 0.50]", "9-10:[0.33 0.67]", "10-12:[0.00 1.00]", "12-13:[]"}
	if !slices.Equal(got, want) {
		t.Errorf("pieces are %v, want %v", got, want)
	}
}

func TestWrapped(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"", ""},
		{"one two three", "one two\nthree"},
		{"one two\nthree four", "one two\nthree\nfour"},
		{"\x1b[1mone\x1b[0m two three", "\x1b[1mone\x1b[0m two\nthree"},
		{"toolongforaline two", "toolongforaline\ntwo"},
		{"東京 都市 村", "東京\n都市 村"},
		{"a\tb c", "a\tb\nc"},
	} {
		if got := wrapped(test.text, 8); got != test.want {
			t.Errorf("%q becomes %q, want %q", test.text, got, test.want)
		}
	}
}
