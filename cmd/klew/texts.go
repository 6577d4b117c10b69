package main

import (
	"context"
	"slices"

	"klew/cmd/klew/internal/print"
	"klew/topics"
)

// textsOf reads some documents of a model again. Those that are not there any more, or
// have changed, it tells of, and leaves out.
func (p *program) textsOf(ctx context.Context, m *topics.Model, documents []int) (map[int]string, error) {
	texts := map[int]string{}
	again, err := p.reread(m, 0)
	if err != nil {
		p.Say("klew: %v; going on without them", err)
		return texts, nil
	}
	reading := p.Begin("reading the texts again", len(m.Documents))
	for j, d := range again.all(ctx) {
		if slices.Contains(documents, j) {
			texts[j] = d.Text
		}
		if len(texts) == len(documents) {
			break
		}
		reading.Set(again.found, "documents")
	}
	reading.End()
	if n := len(documents) - len(texts); n > 0 && ctx.Err() == nil {
		p.Say("klew: of the %s to show %d are not there any more, or have changed", print.Count(len(documents), "document"), n)
	}
	return texts, ctx.Err()
}
