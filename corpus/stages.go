package corpus

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/maphash"
	"iter"
	"slices"
	"strings"

	"klew/corpus/internal/date"
	"klew/corpus/spelling"
)

// stagesFaults reports what is wrong with the options on stages.
func (o Options) stagesFaults() error {
	_, include := newPatterns(o.Include)
	_, exclude := newPatterns(o.Exclude)
	_, segment := newSegmenter(o.Segment)
	faults := []error{include, exclude, segment}
	if o.MetaPath != "" {
		_, err := newPathPattern(o.MetaPath)
		faults = append(faults, err)
	}
	_, dates := date.ParseFormat(o.DateFormat)
	faults = append(faults, dates)
	if o.Dedupe != "" {
		if err := spelling.OneOf(o.Dedupe, Dedupes); err != nil {
			faults = append(faults, fmt.Errorf("treatment of duplicates %w", err))
		}
	}
	if o.Boilerplate != "" {
		if err := spelling.OneOf(o.Boilerplate, Boilerplates); err != nil {
			faults = append(faults, fmt.Errorf("treatment of boilerplate %w", err))
		}
	}
	return errors.Join(faults...)
}

// stages is what becomes of documents between being read and being yielded, in this
// order: what their paths tell, and dates; duplicates; segments. The first, and the costly
// half of the second, is done by the goroutines that read: see prepare.
type stages struct {
	path   *pathPattern // or nil
	dates  date.Format
	order  date.Order // of dates in paths
	prints fingerprinter
	drop   bool // boilerplate
	dedupe string
	cut    segmenter // or nil
}

func newStages(o *Options) (s *stages, err error) {
	s = &stages{}
	s.prints.near = o.Dedupe == DedupeNear
	if s.dedupe = o.Dedupe; s.dedupe == "" {
		s.dedupe = DedupeOff
	}
	if s.dedupe == DedupeOff {
		seed := maphash.MakeSeed()
		s.prints.counted = &seed
	}
	if o.MetaPath != "" {
		if s.path, err = newPathPattern(o.MetaPath); err != nil {
			return s, err
		}
	}
	if s.dates, err = date.ParseFormat(o.DateFormat); err != nil {
		return s, err
	}
	s.drop = o.Boilerplate == BoilerplateDrop
	s.cut, err = newSegmenter(o.Segment)
	return s, err
}

// orderOfPaths finds out whether dates in paths have the day or the month first, from all of
// them.
func (s *stages) orderOfPaths(sources []source) {
	if s.path == nil || !slices.Contains(s.path.names, DateField) {
		return
	}
	var votes date.Votes
	for _, one := range sources {
		_, text := s.path.fields(one.below())
		votes.Add(text)
	}
	s.order = votes.Order()
}

// describe puts the dates of documents right, and adds what the path below the named
// folder tells of them. A path that does not match the pattern tells nothing, and is
// noted. A date in the path counts more than one in the text: the user asked for it.
func (s *stages) describe(below string, b *batch) {
	for i := range b.documents {
		d := &b.documents[i]
		raw := d.Date
		d.Date = ""
		s.date(b, d, raw, b.order)
		if d.Date == "" && raw != "" && b.taken != nil {
			d.Meta = slices.Concat(d.Meta, []Field{{b.taken.Date, raw}}) // which is told, and not lost
		}
	}
	if s.path == nil {
		return
	}
	fields, dated := s.path.fields(below)
	for i := range b.documents {
		d := &b.documents[i]
		if fields == nil {
			b.entries = append(b.entries, Entry{Path: d.ID, Note: true, Reason: OffPattern})
			continue
		}
		d.Meta = slices.Concat(d.Meta, fields)
		s.date(b, d, dated, s.order)
	}
}

// date dates a document, or notes that the date is not understood.
func (s *stages) date(b *batch, d *Document, text string, order date.Order) {
	if text == "" {
		return
	}
	if iso, ok := s.dates.Parse(text, order); ok {
		d.Date = iso
	} else {
		b.entries = append(b.entries, Entry{Path: d.ID, Note: true, Reason: NoDate, Detail: text})
	}
}

// described is do for the batches of one input, which are described on the way.
func (c *Corpus) described(in *input, do emit) emit {
	return func(work func() batch) bool {
		return do(func() batch {
			b := work()
			c.stages.describe(in.below, &b)
			return b
		})
	}
}

// prepare does what can be done of each document alone.
func (s *stages) prepare(b batch) batch {
	b.prints, b.passages = make([]fingerprint, len(b.documents)), make([][]uint64, len(b.documents))
	size := 0
	for i := range b.documents {
		size += len(b.documents[i].Text)
	}
	passages := make([]uint64, 0, size/32) // one array for all
	for i := range b.documents {
		b.prints[i] = s.prints.of(b.documents[i].Text)
		if run := runsTogether(b.documents[i].Text); run != "" {
			b.entries = append(b.entries, Entry{Path: b.documents[i].ID, Note: true, Reason: RunTogether, Detail: excerptOf(run)})
		}
		before := len(passages)
		passages = appendPassages(passages, b.documents[i].Text)
		b.passages[i] = passages[before:len(passages):len(passages)]
	}
	return b
}

// run is one walk through the documents.
type run struct {
	*stages
	corpus *Corpus
	seen   *duplicates
	drop   map[uint64]*sharing  // boilerplate
	number int                  // of documents, while it is left out
	met    map[[8]byte]struct{} // IDs of records, by their hashes
}

// finish yields what is left of a batch when duplicates have gone and the rest is cut.
func (r *run) finish(b batch) iter.Seq[Document] {
	return func(yield func(Document) bool) {
		for i, d := range b.documents {
			if b.places != nil {
				r.makeUnique(&d, b.places[i])
			}
			if len(r.drop) > 0 {
				d.Text = r.dropBoilerplate(d.Text)
			}
			entry, repeats := r.seen.add(&d, &b.prints[i])
			if repeats {
				r.corpus.enter(entry)
				if !entry.Note {
					continue
				}
			}
			if r.cut == nil {
				if !yield(d) {
					return
				}
				continue
			}
			for segment := range r.cut.segments(d) {
				if !yield(segment) {
					return
				}
			}
		}
	}
}

// makeUnique gives a document its place for an ID, if the ID that it brings along has
// come before.
func (r *run) makeUnique(d *Document, place string) {
	if place == d.ID {
		return
	}
	id := idHash(d.ID)
	if _, repeats := r.met[id]; repeats {
		r.corpus.enter(Entry{Path: place, Repaired: true, Reason: RepeatedID, Detail: d.ID})
		d.ID = place
		return
	}
	r.met[id] = struct{}{}
}

// idHash is FNV-1a of 64 bits: of ten million IDs two are taken for one in 1 of 400,000 corpora,
// and then the second document is named by its place. As bytes a million of them take 20 MB in a map,
// and as whole numbers twice as much, since a map aligns them.
func idHash(id string) (bytes [8]byte) {
	hash := uint64(0xcbf29ce484222325)
	for i := range len(id) {
		hash = (hash ^ uint64(id[i])) * 0x100000001b3
	}
	binary.LittleEndian.PutUint64(bytes[:], hash)
	return bytes
}

// andMore follows the path of a table where its entry stands for others, too.
const andMore = " and more"

// enter adds entries to the ledger. Of notes there is one for each reason, and of tables one for
// each way to read them, which counts the others.
func (c *Corpus) enter(entries ...Entry) {
	for _, e := range entries {
		if !e.Note {
			c.ledger = append(c.ledger, e)
			continue
		}
		i := slices.IndexFunc(c.notes, func(n Entry) bool {
			return n.Note && n.Reason == e.Reason && (e.Reason != Taken || n.Detail == e.Detail)
		})
		if i < 0 {
			c.notes = append(c.notes, e)
			continue
		}
		c.notes[i].Files = c.notes[i].number() + e.number()
		if e.Reason == Taken && !strings.HasSuffix(c.notes[i].Path, andMore) {
			c.notes[i].Path += andMore
		}
	}
}
