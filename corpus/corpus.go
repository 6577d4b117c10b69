package corpus

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"iter"
	"runtime"
)

// Options say how a corpus is read. The zero value reads files with all processors.
type Options struct {
	// Files is where paths lead; nil means the machine's own files.
	Files fs.FS
	// Stdin is read for the path "-"; nil means that it is empty.
	Stdin io.Reader
	// Threads is the number of goroutines that read; 0 means one for each processor.
	// It does not change the result.
	Threads int
}

// Corpus is the documents that a user named, in a fixed order.
type Corpus struct {
	files   fs.FS
	stdin   io.Reader
	threads int
	sources []source
	walked  Ledger // what was skipped before anything was read
	ledger  Ledger
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
	var err error
	c.sources, c.walked, err = walk(c.files, paths)
	c.ledger = c.walked
	return c, err
}

// Len is the number of documents to come, for telling progress, or 0 if it cannot be
// known, since standard input is among them. Files that cannot be read count too.
func (c *Corpus) Len() int {
	for _, s := range c.sources {
		if s.stdin {
			return 0
		}
	}
	return len(c.sources)
}

// Ledger lists what was skipped or repaired, as far as Documents has come.
func (c *Corpus) Ledger() Ledger { return c.ledger }

// Documents yields the documents in order. It ends early when ctx does. Files are read
// ahead, by several goroutines, a few at a time. Called again it yields the same, but
// for standard input, which is gone.
func (c *Corpus) Documents(ctx context.Context) iter.Seq[Document] {
	return func(yield func(Document) bool) {
		ctx, stop := context.WithCancel(ctx)
		defer stop()
		c.ledger = c.walked[:len(c.walked):len(c.walked)]
		ordered := c.readAhead(ctx)
		for {
			done, ok := receive(ctx, ordered)
			if !ok {
				return
			}
			batch, ok := receive(ctx, done)
			if !ok || ctx.Err() != nil {
				return
			}
			c.ledger = append(c.ledger, batch.entries...)
			for _, d := range batch.documents {
				if ctx.Err() != nil || !yield(d) {
					return
				}
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
				j.done <- j.read()
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
	return newBatch(shown(s.path), shown(s.folder), raw)
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
