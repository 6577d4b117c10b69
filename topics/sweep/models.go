package sweep

import (
	"context"
	"fmt"
	"path/filepath"

	"klew/corpus"
	"klew/nmf"
	"klew/topics"
	"klew/topics/wholefile"
)

// ModelName is the name of the file that holds the model of a fit, in the folder of a store.
func ModelName(topics int, seed uint64) string { return fmt.Sprintf("k%d-seed%d.klew", topics, seed) }

// model is the file of the model of a job.
func (s *Store) model(j job) string {
	return filepath.Join(s.folder, ModelName(j.topics, j.seed))
}

// find returns a fit that was kept, or nil, and whether its model is there and sound, too; a half has none.
// It is an error if something else stands in the place of the model.
func (s *Store) find(j job, k key, terms int) (kept *Fit, sound bool, err error) {
	kept, err = s.load(j, k, terms)
	if kept == nil || j.half > 0 {
		return kept, kept != nil, err
	}
	path := s.model(j)
	if sound, err = topics.Intact(path); err != nil {
		return nil, false, fmt.Errorf("reading the model %s: %w; or remove it, and the fit is made again", path, corpus.Cause(err))
	}
	return kept, sound, nil
}

// keepModel keeps a fit of all training documents as a model, like one of klew fit. It has all
// documents of the table: the topics of those that were held out are inferred.
func (s *sweep) keepModel(ctx context.Context, j job, r *nmf.Result, o nmf.Options) error {
	if s.store == nil || j.half > 0 {
		return nil
	}
	h, err := s.data.weights(ctx, r, o)
	if err != nil {
		return err
	}
	kept, origin := *r, s.store.Origin
	kept.W, kept.H = copied(r.W), h
	o.Threads = 0
	origin.Fitting = o
	if s.data.heldOut != nil {
		_, origin.HeldOut = s.data.heldOut.Dims()
	}
	path := s.store.model(j)
	if err := wholefile.Check(path, "model", topics.IsModel); err != nil {
		return err
	}
	return topics.New(s.data.table, &kept, origin).Save(path)
}

// weights is H of all documents, those held out among them.
func (d *fitData) weights(ctx context.Context, r *nmf.Result, o nmf.Options) (*nmf.Factor, error) {
	inferred := r.H
	if d.heldOut != nil {
		var err error
		if inferred, err = nmf.Transform(ctx, r.W, d.heldOut, o); err != nil {
			return nil, err
		}
	}
	_, documents := d.table.V.Dims()
	weights := make([]float32, 0, documents*r.H.Topics())
	next := map[bool]int{}
	for j := range documents {
		from, out := r.H, d.out != nil && d.out[j]
		if out {
			from = inferred
		}
		weights = append(weights, from.Item(next[out])...)
		next[out]++
	}
	return nmf.NewH(r.H.Topics(), documents, weights), nil
}
