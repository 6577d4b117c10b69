package lookup

import (
	"context"
	"slices"

	"klew/cmd/klew/internal/print"
	"klew/topics"
)

// TextsOf reads some documents of a model again. Those that are not there any more, or
// have changed, it tells of, and leaves out.
func TextsOf(ctx context.Context, to *print.Console, m *topics.Model, documents []int) (map[int]string, error) {
	texts := map[int]string{}
	again, err := Reread(m, 0)
	if err != nil {
		to.Say("klew: %v; going on without them", err)
		return texts, nil
	}
	reading := to.Begin("reading the texts again", len(m.Documents))
	for j, d := range again.All(ctx) {
		if slices.Contains(documents, j) {
			texts[j] = d.Text
		}
		if len(texts) == len(documents) {
			break
		}
		reading.Set(again.Found, "documents")
	}
	reading.End()
	if n := len(documents) - len(texts); n > 0 && ctx.Err() == nil {
		to.Say("klew: of the %s to show %d are not there any more, or have changed", print.Count(len(documents), "document"), n)
	}
	return texts, ctx.Err()
}
