package page

import (
	"context"
	"encoding/json"
	"iter"
	"strings"

	"klew/corpus"
	"klew/topics"
	"klew/topics/evaluation"
	"klew/topics/tables"
)

// Evaluate measures what klew evaluate does if nothing is said: coherence on the model's own
// texts, unless they are nil, and agreement with folders, if there are several.
func (p *Page) Evaluate(ctx context.Context, texts iter.Seq[corpus.Document], threads int) (err error) {
	o := evaluation.Options{Texts: texts, Seed: 1, Threads: threads}
	if len(evaluation.Classify(p.Model, corpus.Folder).Labels()) > 1 {
		o.Labels = corpus.Folder
	}
	p.Evaluation, err = evaluation.Evaluate(ctx, p.Model, o)
	return err
}

// measuredOn is what measures of each need are taken on.
var measuredOn = map[evaluation.Need]string{
	evaluation.TheModel: "model", evaluation.OtherFits: "model", evaluation.TheTexts: "texts", evaluation.TheLabels: corpus.Folder,
}

// measuresBlock is what was measured of the model: klew evaluate, and klew evaluate --by-topic.
type measuresBlock struct {
	Model  json.RawMessage `json:"model"`
	Topics json.RawMessage `json:"topics"`
	// About are definitions of measures, and which values are better.
	About map[string]aboutMeasure `json:"about"`
}

type aboutMeasure struct {
	What   string `json:"what"`
	Better string `json:"better"`
}

// measure fills in what was measured.
func (p *Page) measure(b *modelBlock) (err error) {
	if p.Evaluation != nil {
		b.Measures, err = measuresOf(p.Evaluation)
	}
	return err
}

// Measured is what Evaluate has measured, for a page that asks for it; the topics are called as in
// m, which is the model that was measured, or has other labels alone.
func (p *Page) Measured(m *topics.Model) (json.RawMessage, error) {
	e := *p.Evaluation
	e.Of = m
	b, err := measuresOf(&e)
	if err != nil {
		return nil, err
	}
	return asJSON(b), nil
}

func measuresOf(e *evaluation.Evaluation) (*measuresBlock, error) {
	b := &measuresBlock{About: map[string]aboutMeasure{}}
	for _, m := range evaluation.Measures {
		b.About[m.Name] = aboutMeasure{strings.ReplaceAll(m.What, "\n", " "), m.Better}
	}
	var err error
	model, _ := tables.ModelMeasures(e, evaluation.Measures, measuredOn)
	if b.Model, err = tableJSON(model); err != nil {
		return nil, err
	}
	byTopic, _ := tables.TopicMeasures(e, evaluation.Measures)
	b.Topics, err = tableJSON(byTopic)
	return b, err
}
