package spark

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"golang.org/x/text/unicode/norm"
	"klew/corpus"
	"klew/nmf/shard/remote"
	"klew/vectorize"
)

// settling is what the task settle wants to know: options of counting by their names in a file, and
// stop words beside the language's own.
type settling struct {
	Counting   json.RawMessage `json:"counting"`
	StopWords  []string        `json:"stop_words"`
	WithoutOwn bool            `json:"no_stop_words"`
}

// settle makes the options of counting, so that all shards are counted alike: with the language
// that the documents of a sample are in.
func settle(ctx context.Context, request []byte, in *remote.Reader, out *remote.Writer) error {
	var asked settling
	if err := remote.Parse(request, &asked); err != nil {
		return err
	}
	o, err := asked.options()
	if err != nil {
		return err
	}
	var sample []corpus.Document
	err = eachText(ctx, in, nil, func(_ int64, documents []corpus.Document, _ corpus.Ledger) error {
		sample = append(sample, documents...)
		return nil
	})
	if err != nil {
		return err
	}
	if len(sample) == 0 {
		return errNothing
	}
	return countShard(ctx, sample, o, func(c *vectorize.Counted) error {
		only := c.OnlyTerms(nil)
		only.Dropped, only.Languages = nil, nil
		data, err := bytesOf(ctx, only)
		out.Long(kindCounting, 0, data)
		return err
	})
}

// options reads them, and finds faults early.
func (s settling) options() (vectorize.Options, error) {
	o := vectorize.Defaults()
	if len(s.Counting) > 0 {
		d := json.NewDecoder(bytes.NewReader(s.Counting))
		d.DisallowUnknownFields()
		if err := d.Decode(&o); err != nil {
			return o, fmt.Errorf("the options of counting: %w", err)
		}
	}
	if o.ExtraStopWords = s.StopWords; s.WithoutOwn {
		o.StopWords, o.ExtraStopWords = append([]string{}, s.StopWords...), nil
	}
	switch {
	case o.Phrases:
		return o, errors.New("phrases are found in all texts together, which no machine of a cluster has: count with klew import, or take --ngram-range 1,2")
	case o.Weighting != vectorize.CountWeighting:
		return o, fmt.Errorf("weighting %q: on a cluster there are counts alone", o.Weighting)
	}
	return o, o.Validate()
}

// sentText is a document in a frame TEXT.
type sentText struct {
	ID   string      `json:"id"`
	Text string      `json:"text"`
	Meta [][2]string `json:"meta"`
}

// documentsOf reads a frame TEXT.
func documentsOf(data []byte) ([]corpus.Document, error) {
	var texts []sentText
	if err := remote.Parse(data, &texts); err != nil {
		return nil, err
	}
	documents := make([]corpus.Document, len(texts))
	for i, t := range texts {
		documents[i] = corpus.Document{ID: clean(t.ID), Text: clean(t.Text), Meta: []corpus.Field{{Name: corpus.Folder}}}
		for _, f := range t.Meta {
			if f[0] == corpus.Folder {
				documents[i].Meta[0].Value = clean(f[1])
			} else {
				documents[i].Meta = append(documents[i].Meta, corpus.Field{Name: clean(f[0]), Value: clean(f[1])})
			}
		}
	}
	return documents, nil
}

// clean makes text what package corpus promises of texts.
func clean(text string) string { return norm.NFC.String(strings.ToValidUTF8(text, "\uFFFD")) }

// counter counts the documents of a shard, when all of them are there.
type counter struct {
	options   given
	out       *remote.Writer
	shard     int64
	documents []corpus.Document
	ledger    corpus.Ledger
}

// counted is the frame INFO of a shard.
type counted struct {
	Shard     int64 `json:"shard"`
	Documents int   `json:"documents"`
	Tokens    int   `json:"tokens"`
	NonZeros  int   `json:"non_zeros"`
	Terms     int   `json:"terms"`

	Ledger corpus.Ledger `json:"ledger,omitempty"`
}

// count counts shards, whose documents come one after another.
func count(ctx context.Context, _ []byte, in *remote.Reader, out *remote.Writer) error {
	c := &counter{options: given{what: "options of counting (COUN)"}, out: out, shard: -1}
	err := eachText(ctx, in, c.options.whole.Add, func(shard int64, documents []corpus.Document, ledger corpus.Ledger) error {
		return c.add(ctx, shard, documents, ledger)
	})
	if err == nil {
		err = c.finish(ctx)
	}
	return err
}

// eachText gives the documents of each frame TEXT or FILE to do, with the number of their shard, and
// what is of other kinds to options, if there may be any.
func eachText(ctx context.Context, in *remote.Reader, options func(remote.Frame) error, do func(int64, []corpus.Document, corpus.Ledger) error) error {
	texts := sequence{do: func(shard int64, data []byte) error {
		documents, err := documentsOf(data)
		if err == nil {
			err = do(shard, documents, nil)
		}
		return err
	}}
	files := sequence{do: func(shard int64, data []byte) error {
		documents, ledger, err := documentsOfFile(ctx, data)
		if err == nil {
			err = do(shard, documents, ledger)
		}
		return err
	}}
	err := in.Each(map[string]func(remote.Frame) error{kindCounting: options, kindTexts: texts.take, kindFile: files.take})
	if err == nil {
		err = texts.flush()
	}
	if err == nil {
		err = files.flush()
	}
	return err
}

func (c *counter) add(ctx context.Context, shard int64, documents []corpus.Document, ledger corpus.Ledger) error {
	if shard != c.shard {
		if err := c.finish(ctx); err != nil {
			return err
		}
		c.shard = shard
	}
	c.documents, c.ledger = append(c.documents, documents...), append(c.ledger, ledger...)
	return nil
}

// finish counts a shard.
func (c *counter) finish(ctx context.Context) error {
	settled, err := c.options.get()
	if err != nil {
		return err
	}
	about := counted{Shard: c.shard, Documents: len(c.documents), Ledger: c.ledger}
	if about.Documents > 0 {
		err = countShard(ctx, c.documents, settled.Options, func(counts *vectorize.Counted) error {
			data, err := bytesOf(ctx, counts)
			c.out.Long(kindCounted, c.shard, data)
			about.Tokens, about.NonZeros, about.Terms = counts.Tokens(), counts.NonZeros(), len(counts.Terms)
			return err
		})
	}
	if about.Documents > 0 || about.Ledger != nil {
		c.out.Info(remote.KindInfo, about)
	}
	c.documents, c.ledger = nil, nil
	return errors.Join(err, c.out.Err())
}

// countShard counts documents, and gives the counts away for as long as then takes.
func countShard(ctx context.Context, documents []corpus.Document, o vectorize.Options, then func(*vectorize.Counted) error) error {
	o.Threads = 1 // the others are other tasks'
	all := func(yield func(corpus.Document) bool) {
		for i, d := range documents {
			if documents[i].Text = ""; !yield(d) {
				return
			}
		}
	}
	c, err := vectorize.CountAll(ctx, all, o, vectorize.Room{})
	if err != nil {
		return err
	}
	c.Options = c.Options.Pruned(o) // counting keeps all terms, and the limits are for later
	return errors.Join(then(c), c.Close())
}
