package corpus

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"iter"
	"runtime"
	"slices"
)

// Options say how a corpus is read. The zero value reads files with all processors.
type Options struct {
	// Files is where paths lead; nil means the machine's own files.
	Files fs.FS `json:"-"`
	// Stdin is read for the path "-"; nil means that it is empty.
	Stdin io.Reader `json:"-"`
	// Threads is the number of goroutines that read; 0 means one for each processor.
	// It does not change the result.
	Threads int `json:"-"`

	// Listed are paths to be read after those that were named, as ReadPaths reads them
	// from a list. One that is not there is skipped. "-" is a file of that name.
	Listed []string `json:"-"`
	// Include are globs for the files to read, also among those that were named; none
	// mean all. Exclude are globs for the files and folders to leave out, and count
	// more. A glob without a slash is for names ("*.txt"), one with a slash for the path
	// below the named folder ("mail/**/2025-*"), where ** is any number of folders;
	// "drafts/" is all that lies in folders of that name.
	Include []string `json:"include,omitempty"`
	Exclude []string `json:"exclude,omitempty"`
	// Hidden says to read files and folders whose name begins with a dot.
	Hidden bool `json:"hidden,omitempty"`
	// MetaPath is a pattern for the end of the path below the named folder that finds
	// metadata in it, such as "{author}/{year}-*.txt", or empty. {date}, or {year} and
	// {month} and {day}, are the document's date, too.
	MetaPath string `json:"meta_path,omitempty"`
	// Segment says how to cut documents: "lines", "paragraphs" or "words:500", with any
	// number; empty means not to.
	Segment string `json:"segment,omitempty"`
	// Dedupe is one of Dedupes; empty means DedupeOff.
	Dedupe string `json:"dedupe,omitempty"`
}

// Corpus is the documents that a user named, in a fixed order.
type Corpus struct {
	files   fs.FS
	stdin   io.Reader
	threads int
	sources []source
	stages  *stages
	walked  Ledger // what was skipped before anything was read
	counted Ledger // of that, what stands for many
	ledger  Ledger
	notes   Ledger
}

// Open finds the files to read below the named paths. It fails where a named path
// does not exist.
func Open(paths []string, options Options) (*Corpus, error) {
	c := &Corpus{files: options.Files, stdin: options.Stdin, threads: options.Threads}
	if c.files == nil {
		c.files = hostFiles{}
	}
	if c.threads < 1 {
		c.threads = runtime.GOMAXPROCS(0)
	}
	err := options.Validate()
	if err == nil {
		c.stages, err = newStages(&options)
	}
	if err == nil {
		c.sources, c.walked, c.counted, err = walk(c.files, paths, &options)
	}
	c.begin()
	return c, err
}

// begin makes the ledger that of a corpus of which nothing has been read.
func (c *Corpus) begin() { c.ledger, c.notes = slices.Clip(c.walked), slices.Clone(c.counted) }

// Len is the number of documents to come, for telling progress, or 0 if it cannot be
// known, since standard input is among them, or documents are cut. Files that cannot be
// read count too, and so do duplicates.
func (c *Corpus) Len() int {
	if c.stages.cut != nil {
		return 0
	}
	for _, s := range c.sources {
		if s.stdin {
			return 0
		}
	}
	return len(c.sources)
}

// Ledger lists what was skipped or repaired, as far as Documents has come.
func (c *Corpus) Ledger() Ledger { return slices.Concat(c.ledger, c.notes) }

// Documents yields the documents in order. It ends early when ctx does. Files are read
// ahead, by several goroutines, a few at a time. Called again it yields the same, but
// for standard input, which is gone.
func (c *Corpus) Documents(ctx context.Context) iter.Seq[Document] {
	return func(yield func(Document) bool) {
		c.begin()
		r := &run{stages: c.stages, corpus: c, seen: newDuplicates(c.stages.dedupe)}
		for b := range c.batches(ctx) {
			c.enter(b.entries...)
			for d := range r.finish(b) {
				if ctx.Err() != nil || !yield(d) {
					return
				}
			}
		}
	}
}

// batches yields what is read, in order.
func (c *Corpus) batches(ctx context.Context) iter.Seq[batch] {
	return func(yield func(batch) bool) {
		ctx, stop := context.WithCancel(ctx)
		defer stop()
		ordered := c.readAhead(ctx)
		for {
			done, ok := receive(ctx, ordered)
			if !ok {
				return
			}
			b, ok := receive(ctx, done)
			if !ok || ctx.Err() != nil || !yield(b) {
				return
			}
		}
	}
}

// receive waits for a value, but not longer than ctx lasts: standard input may never
// say another word.
func receive[T any](ctx context.Context, from <-chan T) (value T, ok bool) {
	select {
	case value, ok = <-from:
		return value, ok
	case <-ctx.Done():
		return value, false
	}
}

// batch is what came of one file, or of some lines of standard input.
type batch struct {
	documents []Document
	entries   []Entry
	prints    []fingerprint // of the documents
}

// readAhead hands out, in the order of the corpus, the channels from which its batches
// can be had. Each of them has room for its batch, so that no worker waits. When ctx ends
// all goroutines end, but for one that waits for standard input.
func (c *Corpus) readAhead(ctx context.Context) <-chan chan batch {
	type job struct {
		read func() batch
		done chan batch
	}
	ordered := make(chan chan batch, 2*c.threads)
	jobs := make(chan job)
	for range c.threads {
		go func() {
			for {
				j, ok := receive(ctx, jobs)
				if !ok {
					return
				}
				j.done <- c.stages.prepare(j.read())
			}
		}()
	}
	go func() {
		defer close(ordered)
		defer close(jobs)
		c.each(func(read func() batch) bool {
			j := job{read, make(chan batch, 1)}
			select {
			case ordered <- j.done:
			case <-ctx.Done():
				return false
			}
			select {
			case jobs <- j:
			case <-ctx.Done():
				return false
			}
			return true
		})
	}()
	return ordered
}

// each calls do with a reading function for each batch of the corpus, until do
// returns false.
func (c *Corpus) each(do func(read func() batch) bool) {
	for _, s := range c.sources {
		if s.stdin {
			if !eachLines(c.stdin, do) {
				return
			}
		} else if !do(func() batch { return c.readFile(s) }) {
			return
		}
	}
}

// readFile reads one document.
func (c *Corpus) readFile(s source) batch {
	raw, err := readText(c.files, s.path)
	if errors.Is(err, errTooLarge) {
		return batch{entries: []Entry{{Path: shown(s.path), Reason: TooLarge, Detail: err.Error()}}}
	} else if err != nil {
		return batch{entries: []Entry{{Path: shown(s.path), Reason: Unreadable, Detail: cause(err).Error()}}}
	}
	b := newBatch(shown(s.path), shown(s.folder), raw)
	c.stages.describe(s.below(), &b)
	return b
}

// newBatch decodes one document.
func newBatch(id, folder string, raw []byte) batch {
	text, entries, ok := decode(raw)
	for i := range entries {
		entries[i].Path = id
	}
	if !ok {
		return batch{entries: entries}
	}
	d := Document{ID: id, Meta: []Field{{Folder, folder}}, Text: text}
	return batch{documents: []Document{d}, entries: entries}
}
