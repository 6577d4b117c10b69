package vectorize

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"strings"

	"klew/corpus"
	"klew/vectorize/sections"
)

// ErrNotCounted is returned for a file that is something else.
var ErrNotCounted = errors.New("not a counted corpus")

// IsCounted reports whether there is a file at path that begins as one of Counted.Write
// does.
func IsCounted(path string) bool { return sections.Begins(path, countedMagic) }

// OpenCounted opens a file of Counted.Write. It reads all but the counts, which stay in
// the file until Close.
func OpenCounted(path string) (*Counted, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("reading the counted corpus: %w", err)
	}
	c, err := openCounted(f)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("reading the counted corpus %s: %w", path, err), f.Close())
	}
	return c, nil
}

func openCounted(f *os.File) (*Counted, error) {
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if info.IsDir() {
		return nil, fmt.Errorf("it is a folder, %w", ErrNotCounted)
	}
	return readCounted(f, info.Size(), f.Close)
}

// readCounted reads all but the counts.
func readCounted(from io.ReaderAt, size int64, close func() error) (*Counted, error) {
	file := &countedFile{from: from, size: size, closing: close}
	r, err := file.begin()
	if err != nil {
		return nil, err
	}
	c := &Counted{counts: file}
	file.of = c
	var about countedInfo
	for {
		tag, payload, err := r.Next()
		if err != nil && err != io.EOF {
			return nil, err
		}
		if err == io.EOF || tag == tagCounts || tag == tagShard {
			return c, c.check(about)
		}
		if err := c.get(&about, tag, payload); err != nil {
			return nil, fmt.Errorf("the file is damaged: section %q: %w", tag, err)
		}
		if tag == tagInfo { // a list that grows is there twice, and a document takes a few bytes
			c.Documents = make([]Document, 0, min(max(about.Documents, 0), file.limit()/leastDocument))
		}
	}
}

// get reads a section. Those that it does not know it passes over.
func (c *Counted) get(about *countedInfo, tag string, payload []byte) error {
	if tag == tagInfo {
		return c.getInfo(about, payload)
	}
	f := sections.NewFields(payload)
	switch tag {
	case tagStopWords:
		for range f.Count(1) {
			c.addStopWord(f.String())
		}
	case tagPhrases:
		for range f.Count(2) {
			c.Phrases = append(c.Phrases, Phrase{f.String(), f.String()})
		}
	case tagLedger:
		for range f.Count(6) {
			c.Ledger = append(c.Ledger, corpus.Entry{
				Path: f.String(), Repaired: f.Bool(), Note: f.Bool(),
				Reason: f.String(), Detail: f.String(), Files: f.Uvarint(),
			})
		}
	case tagTerms:
		c.getTerms(f)
	case tagDocuments:
		c.getDocuments(f)
	default:
		return nil
	}
	return f.Close()
}

// addStopWord adds one to those that are not the languages' own.
func (c *Counted) addStopWord(word string) {
	if c.Options.StopWords == nil {
		c.Options.ExtraStopWords = append(c.Options.ExtraStopWords, word)
	} else {
		c.Options.StopWords = append(c.Options.StopWords, word)
	}
}

func (c *Counted) getInfo(about *countedInfo, payload []byte) error {
	if err := json.Unmarshal(payload, about); err != nil {
		return err
	}
	if c.Options.Language != "" {
		return errors.New("it occurs twice")
	}
	c.Program, c.Paths, c.Reading = about.Program, about.Paths, about.Reading
	c.Options, c.Dropped = about.Counting, about.Dropped
	c.Languages, c.Shards = about.Languages, about.Shards
	if !about.OwnStopWords {
		c.Options.StopWords = []string{} // not nil, which would mean the language's own
	}
	if err := c.Options.Validate(); err != nil {
		return errors.New(strings.ReplaceAll(err.Error(), "\n", "; "))
	}
	return nil
}

func (c *Counted) getTerms(f *sections.Fields) {
	for range f.Count(4) {
		t := Term{Stem: f.String(), DF: f.Uvarint(), Count: f.Uvarint()}
		for range f.Count(2) {
			t.Forms = append(t.Forms, Form{Text: f.String(), Count: f.Uvarint()})
		}
		switch n := len(c.Terms); {
		case f.Err() != nil:
			return
		case n > 0 && c.Terms[n-1].Stem >= t.Stem:
			f.Fail("the terms are not in order")
		case t.DF < 1 || t.DF > t.Count:
			f.Fail("the term %.40q is in %d documents, and occurs %d times", t.Stem, t.DF, t.Count)
		}
		c.Terms = append(c.Terms, t)
	}
}

// leastDocument is how many bytes a document takes at least in the file.
const leastDocument = 6

func (c *Counted) getDocuments(f *sections.Fields) {
	for range f.Count(leastDocument) {
		d := Document{ID: f.String(), Checksum: f.Uint32()}
		for range f.Count(2) {
			d.Meta = append(d.Meta, corpus.Field{Name: f.String(), Value: f.String()})
		}
		if f.Err() != nil {
			return
		}
		c.Documents = append(c.Documents, d)
	}
}

// check compares what INFO says with what has been read.
func (c *Counted) check(about countedInfo) error {
	switch {
	case c.Options.Language == "":
		return fmt.Errorf("the file is damaged: section %q is missing", tagInfo)
	case len(c.Documents) != about.Documents || len(c.Terms) != about.Terms:
		return fmt.Errorf("the file is damaged: it holds %d documents and %d terms, and says %d and %d",
			len(c.Documents), len(c.Terms), about.Documents, about.Terms)
	case c.NonZeros() != about.NonZeros:
		return fmt.Errorf("the file is damaged: its terms have %d non-zeros together, and it says %d", c.NonZeros(), about.NonZeros)
	case c.Shards < 0 || c.Shards > len(c.Documents):
		return fmt.Errorf("the file is damaged: it says that %d documents are in %d shards", len(c.Documents), c.Shards)
	case len(c.Terms) > math.MaxInt32:
		return fmt.Errorf("%d terms are more than this program can number", len(c.Terms))
	}
	return nil
}

// countedFile is the counts in a file.
type countedFile struct {
	of      *Counted
	from    io.ReaderAt
	size    int64
	closing func() error
}

func (f *countedFile) close() error { return f.closing() }

// limit goes by the byte that an entry takes at least.
func (f *countedFile) limit() int { return int(min(f.size, math.MaxInt)) }

func (f *countedFile) begin() (*sections.Reader, error) {
	r, err := sections.NewReader(bufio.NewReaderSize(io.NewSectionReader(f.from, 0, f.size), 1<<16), countedMagic, countedVersion)
	if err == sections.ErrMagic {
		err = fmt.Errorf("it is %w", ErrNotCounted)
	}
	return r, err
}

// each goes through the file again, to its end, and compares the counts with what is
// said of them.
func (f *countedFile) each(ctx context.Context, do func(document int, entries []entry) error) error {
	r, err := f.begin()
	if err != nil {
		return err
	}
	sums := newCountSums(f.of)
	for {
		tag, payload, err := r.Next()
		switch {
		case err == io.EOF:
			return sums.check()
		case err != nil:
			return sums.inShard(err)
		case ctx.Err() != nil:
			return ctx.Err()
		case tag != tagCounts && tag != tagShard:
			continue
		}
		if err := sums.section(tag, payload, do); err != nil {
			return sums.inShard(err)
		}
	}
}

// countSums adds up what the terms are said to have.
type countSums struct {
	of        *Counted
	documents int
	shards    int    // read so far
	seen      []bool // by document; nil if there are no shards
	df, count []int
	entries   []entry
}

func newCountSums(of *Counted) *countSums {
	s := &countSums{of: of, df: make([]int, len(of.Terms)), count: make([]int, len(of.Terms))}
	if of.Shards > 0 {
		s.seen = make([]bool, len(of.Documents))
	}
	return s
}

// inShard says in which shard a fault is.
func (s *countSums) inShard(err error) error {
	if s.of.Shards == 0 || s.shards >= s.of.Shards || errors.Is(err, context.Canceled) {
		return err
	}
	return fmt.Errorf("shard %d of %d: %w", s.shards+1, s.of.Shards, err)
}

// section reads a section of counts.
func (s *countSums) section(tag string, payload []byte, do func(document int, entries []entry) error) error {
	f := sections.NewFields(payload)
	if (tag == tagShard) != (s.of.Shards > 0) {
		f.Fail("it does not belong here: the file says that it has %d shards", s.of.Shards)
	}
	for range f.Count(1) {
		number := s.number(f)
		s.document(f)
		s.documents++
		if f.Err() != nil {
			break
		}
		if err := do(number, s.entries); err != nil {
			return err
		}
	}
	if err := f.Close(); err != nil {
		return fmt.Errorf("the file is damaged: section %q: %w", tag, err)
	}
	if s.of.Shards > 0 {
		if s.shards++; s.shards > s.of.Shards || s.documents != s.of.shardCut(s.shards) {
			return fmt.Errorf("the file is damaged: section %q: after shard %d there have been %d documents", tag, s.shards, s.documents)
		}
	}
	return nil
}

// number is that of the document that comes next.
func (s *countSums) number(f *sections.Fields) int {
	if s.documents >= len(s.of.Documents) {
		f.Fail("it holds more documents than the %d that are named", len(s.of.Documents))
		return 0
	}
	if s.of.Shards == 0 {
		return s.documents
	}
	n := f.Uvarint()
	if n >= len(s.seen) || s.seen[n] {
		f.Fail("document %d is not there, or there twice", n+1)
		return 0
	}
	s.seen[n] = true
	return n
}

// document reads the entries of a document.
func (s *countSums) document(f *sections.Fields) {
	s.entries = s.entries[:0]
	next := 0
	for range f.Count(1) {
		step, count := f.Uvarint(), 1
		if step&1 == 1 {
			count = f.Uvarint()
		}
		term := step / 2
		if term > len(s.of.Terms)-1-next || count > math.MaxInt32-2 {
			f.Fail("document %d counts a term that there is not, or more often than can be", s.documents+1)
		}
		if f.Err() != nil {
			return
		}
		term += next
		next = term + 1
		count += 2 * (step & 1)
		s.df[term]++
		s.count[term] += count
		s.entries = append(s.entries, entry{int32(term), int32(count)})
	}
}

// check is called at the end of the file.
func (s *countSums) check() error {
	if s.documents < len(s.of.Documents) {
		return fmt.Errorf("the file is damaged: it has the counts of %d documents, and names %d", s.documents, len(s.of.Documents))
	}
	for i, t := range s.of.Terms {
		if s.df[i] != t.DF || s.count[i] != t.Count {
			return fmt.Errorf("the file is damaged: the term %.40q is said to occur %d times in %d documents, and does %d times in %d",
				t.Stem, t.Count, t.DF, s.count[i], s.df[i])
		}
	}
	return nil
}
