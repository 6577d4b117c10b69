package spark

import (
	"context"
	"errors"
	"fmt"
	"hash/crc32"

	"klew/nmf/shard/remote"
	"klew/vectorize"
)

// mostBuckets bounds the buckets that terms are shared out among.
const mostBuckets = 1 << 16

// termsRequest is what the tasks about terms want to know.
type termsRequest struct {
	Buckets   int64 `json:"buckets"`
	Documents int   `json:"documents"` // of the corpus
}

// terms shares out the terms of shards among buckets, by their stems.
func terms(ctx context.Context, request []byte, in *remote.Reader, out *remote.Writer) error {
	var asked termsRequest
	if err := remote.Parse(request, &asked); err != nil {
		return err
	}
	if asked.Buckets < 1 || asked.Buckets > mostBuckets {
		return fmt.Errorf("%d buckets: must lie between 1 and %d", asked.Buckets, mostBuckets)
	}
	shards := sequence{do: func(_ int64, data []byte) error {
		c, err := readCounted(data)
		if err != nil {
			return err
		}
		return putBuckets(ctx, c, asked.Buckets, out)
	}}
	err := in.Each(map[string]func(remote.Frame) error{kindCounted: shards.take})
	if err == nil {
		err = shards.flush()
	}
	return err
}

// putBuckets writes the terms of a shard. What it has dropped, and its languages, are in the
// first bucket alone.
func putBuckets(ctx context.Context, c *vectorize.Counted, buckets int64, out *remote.Writer) error {
	shared := make([][]vectorize.Term, buckets)
	for _, t := range c.Terms {
		n := int64(crc32.ChecksumIEEE([]byte(t.Stem))) % buckets
		shared[n] = append(shared[n], t)
	}
	for n, of := range shared {
		if n > 0 {
			c.Dropped, c.Languages = nil, nil
			if len(of) == 0 {
				continue
			}
		}
		if err := putTerms(ctx, c.OnlyTerms(of), int64(n), out); err != nil {
			return err
		}
	}
	return nil
}

func putTerms(ctx context.Context, c *vectorize.Counted, bucket int64, out *remote.Writer) error {
	data, err := bytesOf(ctx, c)
	if err == nil && len(data) > remote.MostData {
		err = fmt.Errorf("a bucket of terms takes %d bytes, and %d are the most: take more buckets", len(data), remote.MostData)
	}
	out.Write(remote.Frame{Kind: kindTerms, Key: bucket, Data: data})
	return errors.Join(err, out.Err())
}

// merged is terms of several shards.
type merged struct {
	all    *vectorize.Counted
	bucket int64
}

// add adds those of another.
func (m *merged) add(data []byte) error {
	c, err := readCounted(data)
	if err != nil {
		return err
	}
	if m.all == nil {
		m.all = c.OnlyTerms(c.Terms)
		return nil
	}
	m.all.Terms = vectorize.MergeTerms(m.all.Terms, c.Terms)
	m.all.Dropped = vectorize.MergeDropped(m.all.Dropped, c.Dropped)
	m.all.Languages = vectorize.MergeLanguages(m.all.Languages, c.Languages)
	return nil
}

// prune leaves out what the options want left out, in a corpus of so many documents.
func (m *merged) prune(documents int, o vectorize.Options) {
	kept, dropped := vectorize.ChooseTerms(m.all.Terms, documents, o)
	m.all.Terms, m.all.Dropped = kept, vectorize.MergeDropped(m.all.Dropped, dropped)
}

// merge adds up the terms of each bucket, and prunes them. It is given whole buckets, one after
// another.
func merge(ctx context.Context, request []byte, in *remote.Reader, out *remote.Writer) error {
	var asked termsRequest
	if err := remote.Parse(request, &asked); err != nil {
		return err
	}
	var m merged
	done := map[int64]bool{}
	finish := func() error {
		if m.all == nil {
			return nil
		}
		o := m.all.Options
		o.MaxFeatures = 0 // is decided among all buckets
		m.prune(asked.Documents, o)
		done[m.bucket] = true
		return putTerms(ctx, m.all, m.bucket, out)
	}
	err := in.Each(map[string]func(remote.Frame) error{kindTerms: func(f remote.Frame) error {
		if m.all != nil && f.Key != m.bucket {
			if err := finish(); err != nil {
				return err
			}
			m.all = nil
		}
		if done[f.Key] {
			return errors.New("the bucket comes twice: its terms must stand together")
		}
		m.bucket = f.Key
		return m.add(f.Data)
	}})
	if err == nil {
		err = finish()
	}
	return err
}

// chosen is the frame INFO of a vocabulary.
type chosen struct {
	Terms   int                 `json:"terms"`
	Dropped []vectorize.Dropped `json:"dropped"`
}

// vocabulary puts the buckets together.
func vocabulary(ctx context.Context, request []byte, in *remote.Reader, out *remote.Writer) error {
	var asked termsRequest
	if err := remote.Parse(request, &asked); err != nil {
		return err
	}
	var m merged
	err := in.Each(map[string]func(remote.Frame) error{kindTerms: func(f remote.Frame) error { return m.add(f.Data) }})
	if err != nil {
		return err
	}
	if m.all == nil {
		return errNothing
	}
	m.prune(asked.Documents, m.all.Options)
	if len(m.all.Terms) == 0 {
		return fmt.Errorf("no term is left of %d documents: allow more with --min-df (now %s), --max-df (now %s) or --stop-words", asked.Documents, m.all.Options.MinDF, m.all.Options.MaxDF)
	}
	data, err := bytesOf(ctx, m.all)
	out.Long(kindVocabulary, int64(asked.Documents), data)
	out.Info(remote.KindInfo, chosen{len(m.all.Terms), m.all.Dropped})
	return err
}
