package main

import (
	"bufio"
	"encoding/json"
	"strings"

	"klew/topics"
	"klew/topics/tables"
)

// fraction is written as everywhere.
type fraction float64

// MarshalJSON writes it with the digits of single precision.
func (x fraction) MarshalJSON() ([]byte, error) { return tables.AppendNumber(nil, float64(x)), nil }

// The object of klew explain, whose fields its help names.
type (
	explainedTopic struct {
		Topic      int      `json:"topic"`
		Proportion fraction `json:"proportion"`
		Weight     fraction `json:"weight"`
		Label      string   `json:"label"`
		Keywords   []string `json:"keywords"`
	}
	explainedShare struct {
		Topic int      `json:"topic"`
		Share fraction `json:"share"`
	}
	explainedSpan struct {
		From   int              `json:"from"`
		To     int              `json:"to"`
		Text   string           `json:"text"`
		Term   string           `json:"term,omitempty"`
		Weight *fraction        `json:"weight,omitempty"`
		Shares []explainedShare `json:"shares,omitempty"`
		Why    string           `json:"why,omitempty"`
	}
)

// printObject prints all as one object: one topic and one span a line, or all in one.
func (e *explaining) printObject(tokens []topics.ExplainedToken, inLines bool) error {
	d := e.Document()
	meta := map[string]string{}
	for _, f := range d.Meta {
		meta[f.Name] = f.Value
	}
	o := object{out: bufio.NewWriter(e.Out)}
	if inLines {
		o.line, o.item, o.end = "\n ", "\n  ", "\n"
	}
	o.field("document", d.ID)
	o.field("new", e.IsNew)
	o.field("metadata", meta)
	o.field("tokens", d.Tokens)
	o.field("unknown", d.Unknown)
	o.array("topics", e.topicObjects())
	o.field("text", e.Text)
	var spans []any
	for i := range tokens {
		spans = append(spans, e.spanObject(&tokens[i]))
	}
	o.array("spans", spans)
	return o.close()
}

func (e *explaining) topicObjects() (all []any) {
	proportions, weights, labels := e.Proportions(), e.Weights(), e.Model.Labels()
	for _, k := range tables.MainTopics(proportions, 0) {
		all = append(all, explainedTopic{e.Model.Number(k), fraction(proportions[k]), fraction(weights[k]),
			labels[k], tables.Keywords(e.Model, k, e.words)})
	}
	return all
}

func (e *explaining) spanObject(t *topics.ExplainedToken) explainedSpan {
	s := explainedSpan{From: t.From, To: t.To, Text: e.Text[t.From:t.To], Term: e.term(t), Why: t.Why()}
	if t.Row >= 0 {
		s.Weight = (*fraction)(&t.Weight)
	}
	for _, k := range tables.MainTopics(t.Shares, 0) {
		if e.one < 0 || e.one == k {
			s.Shares = append(s.Shares, explainedShare{e.Model.Number(k), fraction(t.Shares[k])})
		}
	}
	return s
}

// object writes the fields of an object, each on a line of its own unless all are to be
// on one.
type object struct {
	out             *bufio.Writer
	line, item, end string // what stands before a field, before one of an array, and at the end
	begun           bool
}

func (o *object) name(name string) {
	if o.begun {
		o.out.WriteByte(',')
	} else {
		o.out.WriteByte('{')
	}
	o.begun = true
	o.out.WriteString(o.line + jsonText(name) + ": ")
}

func (o *object) field(name string, value any) {
	o.name(name)
	o.out.WriteString(jsonText(value))
}

func (o *object) array(name string, items []any) {
	o.name(name)
	o.out.WriteByte('[')
	for i, item := range items {
		if i > 0 {
			o.out.WriteByte(',')
		}
		o.out.WriteString(o.item + jsonText(item))
	}
	if len(items) > 0 {
		o.out.WriteString(o.line)
	}
	o.out.WriteByte(']')
}

func (o *object) close() error {
	o.out.WriteString(o.end + "}\n")
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
