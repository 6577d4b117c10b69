package lookup

import (
	"context"
	"slices"

	"klew/cmd/klew/internal/print"
	"klew/topics"
	"klew/topics/tables"
)

// Quotes reads the n most typical documents of each topic again, and finds in each the sentence
// that carries the topic. They are nil if no text is there any more, which is said.
func Quotes(ctx context.Context, to *print.Console, m *topics.Model, n int) ([][]tables.Quoted, error) {
	typical := m.Typical(n)
	texts, err := TextsOf(ctx, to, m, slices.Compact(slices.Sorted(slices.Values(slices.Concat(typical...)))))
	if err != nil || len(texts) == 0 {
		return nil, err
	}
	q, err := topics.NewQuoter(m)
	if err != nil {
		return nil, err
	}
	all := make([][]tables.Quoted, m.Topics())
	for k, documents := range typical {
		for _, j := range documents {
			for _, quote := range q.Quotes(k, j, texts[j], 1) {
				all[k] = append(all[k], tables.Quoted{Document: m.Documents[j].ID, Text: quote.Text})
			}
		}
	}
	return all, nil
}
