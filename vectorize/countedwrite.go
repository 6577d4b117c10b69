package vectorize

import (
	"context"
	"encoding/json"
	"io"
	"slices"

	"klew/vectorize/sections"
)

// Write writes the file that OpenCounted opens.
func (c *Counted) Write(ctx context.Context, to io.Writer) error {
	about, err := json.Marshal(countedInfo{
		Program: c.Program, Paths: c.Paths, Reading: c.Reading, Counting: c.Options, Dropped: c.Dropped,
		OwnStopWords: c.Options.OwnStopWords(), Languages: c.Languages,
		Documents: len(c.Documents), Terms: len(c.Terms), NonZeros: c.NonZeros(), Shards: c.Shards,
	})
	if err != nil {
		return err
	}
	version := uint32(1)
	if c.Shards > 0 {
		version = countedVersion
	}
	w := sections.NewWriter(to, countedMagic, version)
	w.Section(tagInfo, about)
	c.putStopWords(w)
	c.putPhrases(w)
	c.putLedger(w)
	c.putTerms(w)
	c.putDocuments(w)
	if err := c.putCounts(ctx, w); err != nil {
		return err
	}
	return w.Close()
}

// list is a list being written, in sections of about a megabyte.
type list struct {
	sections.Payload
	to     *sections.Writer
	tag    string
	things int
}

const longSection = 1 << 20

// done ends a thing that has been put in the payload.
func (l *list) done() {
	l.things++
	if len(l.Payload) >= longSection {
		l.flush()
	}
}

func (l *list) flush() {
	var whole sections.Payload
	whole.Uvarint(l.things)
	l.to.Section(l.tag, append(whole, l.Payload...))
	l.Payload, l.things = l.Payload[:0], 0
}

// close writes what is left, if anything.
func (l *list) close() {
	if l.things > 0 {
		l.flush()
	}
}

func (c *Counted) putStopWords(w *sections.Writer) {
	l := list{to: w, tag: tagStopWords}
	for _, word := range slices.Concat(c.Options.StopWords, c.Options.ExtraStopWords) { // one of them is empty
		l.String(word)
		l.done()
	}
	l.close()
}

func (c *Counted) putPhrases(w *sections.Writer) {
	l := list{to: w, tag: tagPhrases}
	for _, p := range c.Phrases {
		l.String(p.First)
		l.String(p.Second)
		l.done()
	}
	l.close()
}

func (c *Counted) putLedger(w *sections.Writer) {
	l := list{to: w, tag: tagLedger}
	for _, e := range c.Ledger {
		l.String(e.Path)
		l.Bool(e.Repaired)
		l.Bool(e.Note)
		l.String(e.Reason)
		l.String(e.Detail)
		l.Uvarint(e.Files)
		l.done()
	}
	l.close()
}

func (c *Counted) putTerms(w *sections.Writer) {
	l := list{to: w, tag: tagTerms}
	for _, t := range c.Terms {
		l.String(t.Stem)
		l.Uvarint(t.DF)
		l.Uvarint(t.Count)
		l.Uvarint(len(t.Forms))
		for _, f := range t.Forms {
			l.String(f.Text)
			l.Uvarint(f.Count)
		}
		l.done()
	}
	l.close()
}

func (c *Counted) putDocuments(w *sections.Writer) {
	l := list{to: w, tag: tagDocuments}
	for _, d := range c.Documents {
		l.String(d.ID)
		l.Uint32(d.Checksum)
		l.Uvarint(len(d.Meta))
		for _, f := range d.Meta {
			l.String(f.Name)
			l.String(f.Value)
		}
		l.done()
	}
	l.close()
}

func (c *Counted) putCounts(ctx context.Context, w *sections.Writer) error {
	l := list{to: w, tag: tagCounts}
	if c.Shards > 0 {
		return c.putShards(ctx, &list{to: w, tag: tagShard})
	}
	err := c.counts.each(ctx, func(_ int, entries []entry) error {
		l.entries(entries)
		l.done()
		return w.Err()
	})
	l.close()
	return err
}

// putShards writes a section for each shard.
func (c *Counted) putShards(ctx context.Context, l *list) error {
	place := 0
	return c.counts.each(ctx, func(document int, entries []entry) error {
		l.Uvarint(document)
		l.entries(entries)
		l.things++
		if place++; place == c.shardCut(c.shardOf(place-1)+1) {
			l.flush()
		}
		return l.to.Err()
	})
}

// entries adds those of a document.
func (l *list) entries(entries []entry) {
	l.Uvarint(len(entries))
	next := int32(0)
	for _, e := range entries {
		l.entry(int(e.term-next), int(e.count))
		next = e.term + 1
	}
}

// entry adds a count, after some terms passed over.
func (l *list) entry(passed, count int) {
	if count == 1 {
		l.Uvarint(2 * passed)
		return
	}
	l.Uvarint(2*passed + 1)
	l.Uvarint(count - 2)
}
