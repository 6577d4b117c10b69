package vectorize

import (
	"context"
	"errors"
	"iter"

	"klew/corpus"
)

// CountBeside counts documents as Count does, and behind them those of a background: texts
// from which topics are to be learned as well, such as the articles to a list of titles.
// The vocabulary is that of both, and Table.Background says how many documents at the end
// are the background's.
func CountBeside(ctx context.Context, documents, background iter.Seq[corpus.Document], o Options) (*Table, error) {
	own := 0
	table, err := Count(ctx, func(yield func(corpus.Document) bool) {
		for d := range documents {
			own++
			if !yield(d) {
				return
			}
		}
		for d := range background {
			if !yield(d) {
				return
			}
		}
	}, o)
	if err != nil {
		return nil, err
	}
	if own == 0 {
		return nil, errors.New("no document beside the background")
	}
	table.Background = len(table.Documents) - own
	return table, nil
}
