package spark

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"klew/corpus"
	"klew/nmf/shard"
	"klew/nmf/shard/remote"
	"klew/vectorize"
)

// A block ends after so many documents or entries: that is some 10 MB, 5 in its encoded form.
const (
	blockDocuments = 16 << 10
	blockEntries   = 2 << 20
	// blocksOfShard is the number of blocks that keys leave room for.
	blocksOfShard = 1 << 20
)

// document is one in a frame DOCS.
type document struct {
	ID       string      `json:"id"`
	Meta     [][2]string `json:"meta"`
	Tokens   int         `json:"tokens"`
	Unknown  int         `json:"unknown"`
	Checksum uint32      `json:"checksum"`
}

func documentOf(d vectorize.Document) document {
	to := document{ID: d.ID, Tokens: d.Tokens, Unknown: d.Unknown, Checksum: d.Checksum, Meta: [][2]string{}}
	for _, f := range d.Meta {
		to.Meta = append(to.Meta, [2]string{f.Name, f.Value})
	}
	return to
}

// counted is the document of a table.
func (d document) counted() vectorize.Document {
	to := vectorize.Document{ID: d.ID, Tokens: d.Tokens, Unknown: d.Unknown, Checksum: d.Checksum}
	for _, f := range d.Meta {
		to.Meta = append(to.Meta, corpus.Field{Name: f[0], Value: f[1]})
	}
	return to
}

// blocks makes blocks of the counts of shards, with the terms of the vocabulary.
func blocks(ctx context.Context, _ []byte, in *remote.Reader, out *remote.Writer) error {
	words := given{what: "vocabulary (VOCA)"}
	shards := sequence{do: func(key int64, data []byte) error {
		v, err := words.get()
		if err != nil {
			return err
		}
		c, err := readCounted(data)
		if err != nil {
			return err
		}
		table, err := c.TableWith(ctx, &vectorize.Vocabulary{Terms: v.Terms})
		if err != nil {
			return err
		}
		cut := cutter{out: out, key: key * blocksOfShard, block: shard.NewBlock(len(v.Terms))}
		return cut.table(table)
	}}
	err := in.Each(map[string]func(remote.Frame) error{kindVocabulary: words.whole.Add, kindCounted: shards.take})
	if err == nil {
		err = shards.flush()
	}
	return err
}

// cutter cuts a shard into blocks.
type cutter struct {
	out       *remote.Writer
	key       int64
	block     *shard.Block
	documents []document
}

func (c *cutter) table(t *vectorize.Table) error {
	m := t.V.RawMatrix()
	var term []int32
	var counts []float32
	for j, d := range t.Documents {
		term, counts = term[:0], counts[:0]
		for e := m.Indptr[j]; e < m.Indptr[j+1]; e++ {
			term, counts = append(term, int32(m.Ind[e])), append(counts, float32(m.Data[e]))
		}
		c.block.Add(j, term, counts)
		c.documents = append(c.documents, documentOf(d))
		if len(c.documents) == blockDocuments || c.block.NonZeros() >= blockEntries {
			if err := c.flush(); err != nil {
				return err
			}
		}
	}
	return c.flush()
}

// flush writes the block and its documents.
func (c *cutter) flush() error {
	if len(c.documents) == 0 {
		return nil
	}
	data, err := c.block.Encode()
	if err != nil {
		return err
	}
	about, err := json.Marshal(c.documents)
	if err != nil {
		return err
	}
	c.out.Write(remote.Frame{Kind: remote.KindBlock, Key: c.key, Data: data})
	c.out.Long(kindDocuments, c.key, about)
	c.key++
	c.block.Reset()
	c.documents = c.documents[:0]
	if c.key%blocksOfShard == 0 {
		return fmt.Errorf("a shard of more than %d blocks: take more shards", blocksOfShard)
	}
	return errors.Join(c.out.Err())
}
