package tables

import (
	"bufio"
	"encoding/json"
	"io"
	"strings"

	"klew/topics"
	"klew/vectorize"
)

// Explanation is a document with the topics that each of its words speaks for.
type Explanation struct {
	Model    *topics.Model
	Document *vectorize.Document
	New      bool // to the model
	// Weights and Proportions are the document's, of each topic.
	Weights, Proportions []float64
	Text                 string
	Tokens               []topics.ExplainedToken
	One                  int // the place in the model of the topic whose shares alone are told; -1: all
	Keywords             int // how many of each topic
}

// The objects within that of an explanation.
type (
	explainedTopic struct {
		Topic      int           `json:"topic"`
		Proportion singlePrecise `json:"proportion"`
		Weight     singlePrecise `json:"weight"`
		Label      string        `json:"label"`
		Keywords   []string      `json:"keywords"`
	}
	explainedShare struct {
		Topic int           `json:"topic"`
		Share singlePrecise `json:"share"`
	}
	explainedSpan struct {
		From   int              `json:"from"`
		To     int              `json:"to"`
		Text   string           `json:"text"`
		Term   string           `json:"term,omitempty"`
		Weight *singlePrecise   `json:"weight,omitempty"`
		Shares []explainedShare `json:"shares,omitempty"`
		Why    string           `json:"why,omitempty"`
	}
)

// singlePrecise is a number that is written with the digits of single precision.
type singlePrecise float64

func (x singlePrecise) MarshalJSON() ([]byte, error) { return AppendNumber(nil, float64(x)), nil }

// Write writes an object: document, new, metadata (an object), tokens, unknown, topics (a list
// by falling weight), text, and spans (a list: one of each token), with a topic and a span a
// line, or all on one.
func (e *Explanation) Write(to io.Writer, oneLine bool) error {
	o := objectWriter{out: bufio.NewWriter(to), layout: prettyObject}
	if oneLine {
		o.layout = objectLayout{}
	}
	meta := map[string]string{}
	for _, f := range e.Document.Meta {
		meta[f.Name] = f.Value
	}
	o.member("document", e.Document.ID)
	o.member("new", e.New)
	o.member("metadata", meta)
	o.member("tokens", e.Document.Tokens)
	o.member("unknown", e.Document.Unknown)
	o.list("topics", e.topics())
	o.member("text", e.Text)
	o.list("spans", e.spans())
	return o.close()
}

func (e *Explanation) topics() (all []any) {
	labels, r := e.Model.Labels(), topics.NewRanker(e.Model)
	for _, k := range MainTopics(e.Proportions, 0) {
		all = append(all, explainedTopic{e.Model.Number(k), singlePrecise(e.Proportions[k]), singlePrecise(e.Weights[k]),
			labels[k], Keywords(r, k, e.Keywords)})
	}
	return all
}

func (e *Explanation) spans() (all []any) {
	for i := range e.Tokens {
		t := &e.Tokens[i]
		s := explainedSpan{From: t.From, To: t.To, Text: e.Text[t.From:t.To], Why: t.Why()}
		if t.Row >= 0 {
			s.Term, s.Weight = e.Model.Vocabulary.Terms[t.Row].Shown(), (*singlePrecise)(&t.Weight)
		}
		for _, k := range MainTopics(t.Shares, 0) {
			if e.One < 0 || e.One == k {
				s.Shares = append(s.Shares, explainedShare{e.Model.Number(k), singlePrecise(t.Shares[k])})
			}
		}
		all = append(all, s)
	}
	return all
}

// objectWriter writes the members of an object.
type objectWriter struct {
	out    *bufio.Writer
	layout objectLayout
	begun  bool
}

func (o *objectWriter) name(name string) {
	before := "{"
	if o.begun {
		before = ","
	}
	o.begun = true
	o.out.WriteString(before + o.layout.member + jsonText(name) + ": ")
}

func (o *objectWriter) member(name string, value any) {
	o.name(name)
	o.out.WriteString(jsonText(value))
}

func (o *objectWriter) list(name string, items []any) {
	o.name(name)
	o.out.WriteByte('[')
	for i, item := range items {
		if i > 0 {
			o.out.WriteByte(',')
		}
		o.out.WriteString(o.layout.item + jsonText(item))
	}
	if len(items) > 0 {
		o.out.WriteString(o.layout.member)
	}
	o.out.WriteByte(']')
}

func (o *objectWriter) close() error {
	o.out.WriteString(o.layout.end + "}\n")
	return o.out.Flush()
}

func jsonText(value any) string {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(value); err != nil {
		panic(err) // texts, numbers and maps of texts have a text
	}
	return strings.TrimSuffix(b.String(), "\n")
}
