package corpus

import (
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
)

// Validate reports everything that is wrong with the options, in one error. Open does so,
// too.
func (o Options) Validate() error {
	_, include := newPatterns(o.Include)
	_, exclude := newPatterns(o.Exclude)
	_, segment := newSegmenter(o.Segment)
	faults := []error{include, exclude, segment}
	if o.MetaPath != "" {
		_, err := newPathPattern(o.MetaPath)
		faults = append(faults, err)
	}
	if o.Dedupe != "" && !slices.Contains(Dedupes, o.Dedupe) {
		faults = append(faults, fmt.Errorf("duplicates can be treated as %s, not %q", strings.Join(Dedupes, ", "), o.Dedupe))
	}
	return errors.Join(faults...)
}

// ForOthers is what holds for other texts that are to be compared with these, too: how
// they are read, and what is learnt from their paths. Which of them are chosen, which are
// left out as duplicates, and how they are cut is a matter of each collection: whoever
// asks for the topics of some letters wants those of each letter.
func (o Options) ForOthers() Options { return Options{MetaPath: o.MetaPath} }

// stages is what becomes of documents between being read and being yielded, in this
// order: what their paths tell, and dates; duplicates; segments. The first, and the costly
// half of the second, is done by the goroutines that read: see prepare.
type stages struct {
	path   *pathPattern // or nil
	prints fingerprinter
	dedupe string
	cut    segmenter // or nil
}

func newStages(o *Options) (s *stages, err error) {
	s = &stages{}
	s.prints.near = o.Dedupe == DedupeNear
	if s.dedupe = o.Dedupe; s.dedupe == "" {
		s.dedupe = DedupeOff
	}
	if o.MetaPath != "" {
		if s.path, err = newPathPattern(o.MetaPath); err != nil {
			return s, err
		}
	}
	s.cut, err = newSegmenter(o.Segment)
	return s, err
}

// describe adds to documents what the path below the named folder tells of them. A path
// that does not match the pattern tells nothing, and is noted. A date in the path counts
// more than one in the text: the user asked for it.
func (s *stages) describe(below string, b *batch) {
	if s.path == nil {
		return
	}
	fields, date := s.path.fields(below)
	iso, isDate := parseDate(date)
	for i := range b.documents {
		d := &b.documents[i]
		if fields == nil {
			b.entries = append(b.entries, Entry{Path: d.ID, Note: true, Reason: OffPattern})
			continue
		}
		d.Meta = slices.Concat(d.Meta, fields)
		if isDate {
			d.Date = iso
		} else if date != "" {
			b.entries = append(b.entries, Entry{Path: d.ID, Note: true, Reason: NoDate, Detail: date})
		}
	}
}

// prepare does what can be done of each document alone.
func (s *stages) prepare(b batch) batch {
	b.prints = make([]fingerprint, len(b.documents))
	for i := range b.documents {
		b.prints[i] = s.prints.of(b.documents[i].Text)
	}
	return b
}

// run is one walk through the documents.
type run struct {
	*stages
	corpus *Corpus
	seen   *duplicates
}

// finish yields what is left of a batch when duplicates have gone and the rest is cut.
func (r *run) finish(b batch) iter.Seq[Document] {
	return func(yield func(Document) bool) {
		for i, d := range b.documents {
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

// enter adds entries to the ledger. Of notes there is one for each reason, which counts
// the others.
func (c *Corpus) enter(entries ...Entry) {
	for _, e := range entries {
		if !e.Note {
			c.ledger = append(c.ledger, e)
			continue
		}
		i := slices.IndexFunc(c.notes, func(n Entry) bool { return n.Note && n.Reason == e.Reason })
		if i < 0 {
			c.notes = append(c.notes, e)
			continue
		}
		c.notes[i].Files = c.notes[i].number() + e.number()
	}
}
