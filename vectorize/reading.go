package vectorize

import (
	"context"
	"iter"
	"sync"

	"klew/corpus"
)

// documentReader shares documents out among goroutines that tally them.
type documentReader struct {
	table   *Table
	options *Options
	counted func(int, *tally)
	lists   *stopWordLists
	tallies []*tally
	queue   chan []numbered
	bundle  []numbered // to be handed on together
	bytes   int        // of its texts
	first   []numbered // held back until they tell the main language
	fields  *sharedFields
	done    sync.WaitGroup
}

type numbered struct {
	number   int
	document corpus.Document
}

// read tallies the documents. Each goroutine calls counted, with its number and its tally,
// whenever a document is counted, but not where phrases are looked for: then all
// documents are counted together at the end.
func (t *Table) read(ctx context.Context, documents iter.Seq[corpus.Document], o *Options, counted func(int, *tally)) []*tally {
	r := &documentReader{table: t, options: o, counted: counted, lists: newLists(o), fields: newSharedFields()}
	if !o.FindsLanguage() {
		r.begin(o.Language)
	} else if o.MainLanguage != "" {
		r.begin(o.MainLanguage)
	}
	for d := range documents {
		if ctx.Err() != nil {
			break
		}
		r.take(d)
		if o.Progress != nil {
			o.Progress(len(t.Documents))
		}
	}
	r.decide()
	r.handOn()
	close(r.queue)
	r.done.Wait()
	if o.Phrases && ctx.Err() == nil {
		r.join()
	}
	return r.tallies
}

// take hands on a document, or holds it back.
func (r *documentReader) take(d corpus.Document) {
	n := numbered{len(r.table.Documents), d}
	r.table.Documents = append(r.table.Documents, Document{ID: d.ID, Meta: r.fields.of(&d), Checksum: Checksum(d.Text)})
	if r.tallies != nil {
		r.add(n)
		return
	}
	if r.first = append(r.first, n); len(r.first) == leading {
		r.decide()
	}
}

// decide takes the main language from the documents that were held back, and hands them on.
func (r *documentReader) decide() {
	if r.tallies != nil {
		return
	}
	texts := make([]string, len(r.first))
	for i, n := range r.first {
		texts[i] = n.document.Text
	}
	main, doubtful := newDetector(r.options, r.lists.byStopWord).mainLanguage(texts)
	r.table.DoubtfulLanguage = doubtful
	r.begin(main)
	for _, n := range r.first {
		r.add(n)
	}
	r.first = nil
}

// bundled is the size of texts, in bytes, that are handed on together: goroutines that
// take documents one by one spend their time waiting for each other.
const bundled = 64 << 10

func (r *documentReader) add(n numbered) {
	r.bundle = append(r.bundle, n)
	if r.bytes += len(n.document.Text); r.bytes >= bundled {
		r.handOn()
	}
}

func (r *documentReader) handOn() {
	r.queue <- r.bundle
	r.bundle, r.bytes = make([]numbered, 0, len(r.bundle)+len(r.bundle)/8), 0
}

// begin starts the goroutines.
func (r *documentReader) begin(main string) {
	r.table.MainLanguage = main
	r.tallies = make([]*tally, r.options.threads())
	r.queue = make(chan []numbered, 2*len(r.tallies))
	for i := range r.tallies {
		t := newTally(r.options, r.lists, main)
		r.tallies[i] = t
		r.done.Go(func() {
			for bundle := range r.queue {
				for _, n := range bundle {
					t.add(n.number, n.document)
					if !r.options.Phrases {
						r.counted(i, t)
					}
				}
			}
		})
	}
}

// join counts the documents that the tallies hold, with their phrases.
func (r *documentReader) join() {
	if r.table.Vocabulary == nil {
		r.table.phrases = findPhrases(r.tallies, r.options)
	} else {
		r.table.phrases = r.table.Vocabulary.Phrases
	}
	eachTally(r.tallies, func(i int) {
		t := r.tallies[i]
		t.setPhrases(r.table.phrases)
		for _, h := range t.held {
			t.countHeld(h)
		}
		t.held, t.heldForms = nil, nil
	})
}
