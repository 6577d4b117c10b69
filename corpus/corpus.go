package corpus

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"iter"
	"runtime"
	"slices"
	"strconv"

	"klew/corpus/internal/records"
)

// Corpus is the documents that a user named, in a fixed order.
type Corpus struct {
	files   fs.FS
	stdin   io.Reader
	threads int
	formats []format
	forced  *format // or nil, if each file is looked at
	decoder decoder
	columns records.Columns
	dialect records.Dialect
	mail    bool
	hidden  bool
	limits  Limits
	sources []source
	stages  *stages
	walked  Ledger // what was skipped before anything was read
	counted Ledger // of that, what stands for many
	ledger  Ledger
	notes   Ledger
	good    int   // documents and tables that were read
	bad     int   // files, and tables of which most rows could not be
	worst   Entry // the first of those
	read    int   // documents so far, before any are left out or cut
}

// Open finds the files to read below the named paths. It fails where a named path
// does not exist, and where the options are at fault.
func Open(paths []string, options Options) (*Corpus, error) {
	if err := options.Validate(); err != nil {
		return nil, err
	}
	c := &Corpus{
		files: options.Files, stdin: options.Stdin, threads: options.Threads,
		formats: formats(), forced: formatNamed(options.Format), mail: options.Mail, hidden: options.Hidden, limits: options.Limits,
		dialect: records.Dialect{Comma: comma(options.Delimiter), Mark: mark(options.Delimiter), NoHeader: options.NoHeader},
		columns: records.Columns{Text: options.TextColumns, ID: options.IDColumn, Date: options.DateColumn},
	}
	if options.Encoding != "" {
		c.decoder.forced, _ = encodingByName(options.Encoding) // validated
	}
	if c.files == nil {
		c.files = hostFiles{options.Base}
	}
	if c.threads < 1 {
		c.threads = runtime.GOMAXPROCS(0)
	}
	var err error
	if c.stages, err = newStages(&options); err == nil {
		c.sources, c.walked, c.counted, err = walk(c.files, paths, &options)
	}
	if err == nil && c.stages.drop && slices.ContainsFunc(c.sources, func(s source) bool { return s.stdin }) {
		err = errors.New("boilerplate is found by reading twice, and standard input can be read once: save it to a file")
	}
	if err == nil {
		c.stages.orderOfPaths(c.sources)
	}
	c.begin()
	return c, err
}

// begin makes the ledger that of a corpus of which nothing has been read.
func (c *Corpus) begin() {
	c.ledger, c.notes, c.read = slices.Clip(c.walked), slices.Clone(c.counted), 0
	c.good, c.bad = 0, 0
}

// Len is the number of documents to come, for telling progress, or 0 if it cannot be
// known, since standard input is among them, or files that by their names hold many (of a few
// files, by their beginnings), or documents are cut. Files that cannot be read count too, and
// so do duplicates, and what is an archive against its name counts as one.
func (c *Corpus) Len() int {
	if c.stages.cut != nil {
		return 0
	}
	for _, s := range c.sources {
		if s.stdin || c.holdsMany(s.path) || len(c.sources) <= fewSources && c.beginsAsMany(s.path) {
			return 0
		}
	}
	return len(c.sources)
}

// Ledger lists what was skipped or repaired, as far as Documents has come.
func (c *Corpus) Ledger() Ledger { return slices.Concat(c.ledger, c.worthSaying()) }

// worthSaying is the notes, with that on mails only where they are most of the documents.
func (c *Corpus) worthSaying() (notes Ledger) {
	for _, n := range c.notes {
		if n.Reason == AsMails {
			if 2*n.number() <= c.read {
				continue
			}
			n.Detail = strconv.Itoa(c.read)
		}
		notes = append(notes, n)
	}
	return notes
}

// Documents yields the documents in order. It ends early when ctx does. Files are read
// ahead, by several goroutines, a few at a time. Called again it yields the same, but
// for standard input, which is gone.
func (c *Corpus) Documents(ctx context.Context) iter.Seq[Document] {
	return func(yield func(Document) bool) {
		r := &run{stages: c.stages, corpus: c, seen: newDuplicates(c.stages.dedupe), met: map[[8]byte]struct{}{}}
		lines := newShared()
		if c.stages.drop {
			r.drop = c.findBoilerplate(ctx)
		}
		c.begin()
		defer func() {
			found := r.drop
			if !c.stages.drop {
				found = lines.boilerplate()
			}
			c.notes = append(c.notes, boilerplateEntries(found, c.stages.drop)...)
		}()
		for b := range c.batches(ctx) {
			if !c.stages.drop {
				lines.addAll(&b)
			}
			c.enter(b.entries...)
			c.tally(&b)
			c.read += len(b.documents)
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
		p := newPool(ctx, c.threads, c.stages.prepare)
		p.yieldAll(p.split(func(do emit) { c.each(p, do) }), yield)
	}
}

// each hands out the reading of each source.
func (c *Corpus) each(p *pool, do emit) {
	for _, s := range c.sources {
		read := func() batch { return c.readFile(p, s) }
		if s.stdin {
			read = func() batch { return batch{parts: p.split(c.readStdin)} }
		}
		if !do(read) {
			return
		}
	}
}
