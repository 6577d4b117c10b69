package main

import (
	"context"
	"slices"

	"klew/topics"
)

// textsOf reads some documents of a model again. Those that are not there any more, or
// have changed, it tells of, and leaves out.
func (p *program) textsOf(ctx context.Context, m *topics.Model, documents []int) (map[int]string, error) {
	texts := map[int]string{}
	again, err := p.reread(m, 0)
	if err != nil {
		p.say("klew: %v; going on without them", err)
		return texts, nil
	}
	reading := p.begin("reading the texts again", len(m.Documents))
	for j, d := range again.all(ctx) {
		if slices.Contains(documents, j) {
			texts[j] = d.Text
		}
		if len(texts) == len(documents) {
			break
		}
		reading.set(again.found, "documents")
	}
	reading.end()
	if n := len(documents) - len(texts); n > 0 && ctx.Err() == nil {
		p.say("klew: of the %s to show %d are not there any more, or have changed", count(len(documents), "document"), n)
	}
	return texts, ctx.Err()
}
