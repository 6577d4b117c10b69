package vectorize

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"maps"
	"os"
	"slices"
	"strings"

	"klew/corpus"

	"github.com/james-bowman/sparse"
)

// Counted is a corpus of which every term is counted, before anything is pruned or
// weighted: what it takes to make tables without reading the texts again. CountAll
// makes one, Write keeps it in a file, and OpenCounted opens that.
type Counted struct {
	// Program, Paths, Reading and Ledger say where it comes from. Write keeps them; they
	// are for the caller to fill in.
	Program string
	Paths   []string
	Reading corpus.Options
	Ledger  corpus.Ledger
	// Options are those of counting, with the stop words that were in force. Those that
	// are chosen anew for each table have their defaults.
	Options Options
	// Documents are as in a Table, but that what is known of their tokens is known only
	// to Table.
	Documents []Document
	// Terms are all terms, in byte order of their stems.
	Terms []Term
	// Languages and Phrases are as in a Table and its Vocabulary.
	Languages []LanguageCount
	Phrases   []Phrase
	// Dropped says which tokens are no terms.
	Dropped []Dropped
	// Shards is the number of shards that the counts are in (see Shuffle), 0 if they are in the
	// order of Documents.
	Shards int

	counts countStore
}

// countStore is where the counts of a corpus are: in memory, in temporary files, or in a file.
type countStore interface {
	// each calls do with the entries of each document in turn, in order of their terms,
	// whose numbers are their places in Counted.Terms. Documents come in their order, or in
	// that of shards.
	each(ctx context.Context, do func(document int, entries []entry) error) error
	// limit is a number that there cannot be more entries than.
	limit() int
	close() error
}

// Room is where counts go for which there is not enough memory.
type Room struct {
	// Memory is how many bytes the counts may take, in all; 0 means DefaultMemory. The
	// vocabulary and the list of documents come on top: they stay in memory.
	Memory int64
	// Folder is where the rest goes, in temporary files; empty means the system's folder
	// for such.
	Folder string
}

// DefaultMemory is the default of Room.Memory.
const DefaultMemory = 768 << 20

func (r Room) folder() string {
	if r.Folder == "" {
		return os.TempDir()
	}
	return r.Folder
}

// CountAll counts documents. What Count would prune is kept, and how large the corpus is
// does not matter: counts for which there is no room in memory go to temporary files,
// until Close. The result does not depend on room.
//
// Of 2.1 GB of drawn text, 1.4 million documents with a million terms and 297 million
// non-zeros, the process of klew import took 1.1 GB with the memory 1 GB, and 0.9 GB with
// 300 MB: the rest is the vocabulary, which each goroutine has of its own, and the list of
// documents. The bytes of the file were the same.
func CountAll(ctx context.Context, documents iter.Seq[corpus.Document], o Options, room Room) (*Counted, error) {
	o = o.everything()
	if err := o.Validate(); err != nil {
		return nil, fmt.Errorf("vectorize: %w", err)
	}
	if room.Memory <= 0 {
		room.Memory = DefaultMemory
	}
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	table, all := &Table{}, runs{}
	for range o.threads() {
		all = append(all, &tallyRun{room: room, most: room.entries(o.threads())})
	}
	tallies := table.read(ctx, documents, &o, func(i int, t *tally) {
		all[i].tally = t
		if err := all[i].spill(); err != nil && ctx.Err() == nil {
			stop(err)
		}
	})
	err := context.Cause(ctx)
	if err == nil && len(table.Documents) == 0 {
		err = errNoDocument
	}
	if err != nil {
		return nil, errors.Join(err, all.close())
	}
	return table.counted(tallies, all, o), nil
}

// entries is the number of them that each of several tallies may hold. A slice of them
// that grows is there twice, for a moment, in the sizes 1 and 5/4.
func (r Room) entries(tallies int) int {
	const sizeOfEntry = 8
	return int(r.Memory / sizeOfEntry / int64(tallies) * 4 / 9)
}

// everything are the options of counting without those of Table.
func (o Options) everything() Options { return o.Pruned(Defaults()) }

// Pruned returns o with the limits and the weighting of p: MinDF, MaxDF, MaxFeatures,
// Banned and Weighting. These are the options that do not bear on how text is counted, but
// on what is made of the counts.
func (o Options) Pruned(p Options) Options {
	o.MinDF, o.MaxDF, o.MaxFeatures, o.Banned, o.Weighting = p.MinDF, p.MaxDF, p.MaxFeatures, p.Banned, p.Weighting
	return o
}

// counted numbers the terms by their stems, and lets go what only counting has need of.
func (t *Table) counted(tallies []*tally, all runs, o Options) *Counted {
	m := merge(tallies)
	m.documents = len(t.Documents)
	kept, dropped := m.prune(o.Pruned(Verbatim()))
	rows := make([]int32, len(m.terms))
	terms := make([]Term, len(kept))
	for row, k := range kept {
		rows[k.number], terms[row] = int32(row), k.term
	}
	for i, r := range all {
		r.rows = m.numbers[i]
		for n := range r.rows {
			r.rows[n] = rows[r.rows[n]]
		}
		r.tally = &tally{documents: tallies[i].documents, entries: tallies[i].entries}
	}
	return &Counted{
		Options: t.Settle(o), Documents: t.Documents, Terms: terms,
		Languages: languagesOf(tallies), Phrases: t.phrases, Dropped: dropped, counts: all,
	}
}

// mainLanguage is the language, or with Auto that of most documents.
func (o Options) mainLanguage() string {
	if o.FindsLanguage() {
		return o.MainLanguage
	}
	return o.Language
}

// Close gives back what the counts take, in memory and in files.
func (c *Counted) Close() error { return c.counts.close() }

// NonZeros is the number of counts above 0.
func (c *Counted) NonZeros() int {
	n := 0
	for _, t := range c.Terms {
		n += t.DF
	}
	return n
}

// Tokens is the sum of all counts.
func (c *Counted) Tokens() int {
	n := 0
	for _, t := range c.Terms {
		n += t.Count
	}
	return n
}

// Empty is the number of documents without any token. It goes through all counts, and
// finds out whether a file is sound.
func (c *Counted) Empty(ctx context.Context) (int, error) {
	empty := 0
	err := c.counts.each(ctx, func(_ int, entries []entry) error {
		if len(entries) == 0 {
			empty++
		}
		return nil
	})
	return empty, err
}

// Difference is an option that is not what it was.
type Difference struct {
	Option    string // as in a file: "ngram_range"
	Was, Want string
}

// Differences lists in what o differs from the options of counting, of those that bear
// on it. For such options the texts have to be counted again.
func (c *Counted) Differences(o Options) []Difference {
	if o.FindsLanguage() && o.MainLanguage == "" {
		o.MainLanguage = c.Options.MainLanguage
	}
	asked := &Table{MainLanguage: o.MainLanguage}
	was, want := c.Options.named(), asked.Settle(o).Pruned(c.Options).named()
	var all []Difference
	names := maps.Clone(was) // an option that is empty may have no name in either
	maps.Copy(names, want)
	for _, name := range slices.Sorted(maps.Keys(names)) {
		if was[name] != want[name] {
			all = append(all, Difference{name, was[name], want[name]})
		}
	}
	return all
}

// named are the options as a file has them, by name.
func (o Options) named() map[string]string {
	text, err := json.Marshal(o)
	values, named := map[string]json.RawMessage{}, map[string]string{}
	if err = errors.Join(err, json.Unmarshal(text, &values)); err != nil {
		panic("vectorize: options: " + err.Error()) // they are plain values
	}
	for name, value := range values {
		named[name] = string(value)
	}
	if len(o.Lemmas) > 0 {
		named["lemmas"] = fmt.Sprintf("a list of %s (checksum %08x)", plural(len(o.Lemmas), "form"), Checksum(named["lemmas"]))
	}
	words := slices.Compact(slices.Sorted(slices.Values(slices.Concat(o.StopWords, o.ExtraStopWords))))
	sum := Checksum(strings.Join(words, "\n"))
	named["stop_words"] = fmt.Sprintf("a list of %s (checksum %08x)", plural(len(words), "word"), sum)
	if o.OwnStopWords() {
		named["stop_words"] = "each language's own list and " + named["stop_words"]
	}
	return named
}

// Table makes the table that Count would have made of the same documents with the same
// options. Those that bear on how text is counted must be what they were.
func (c *Counted) Table(ctx context.Context, o Options) (*Table, error) {
	t, kept, err := c.outline(o)
	if err != nil {
		return nil, err
	}
	t.Documents = slices.Clone(c.Documents)
	rows, entries := c.rowsOf(kept)
	if err := t.fill(ctx, c, rows, entries); err != nil {
		return nil, err
	}
	t.Ban(o.Banned)
	t.weigh(o.Weighting)
	return t, nil
}

// Outline is Table without V: of its documents, which are c's own, it is not known how many tokens they
// have. rows is the row of each of c.Terms, -1 for those that the table has not. Terms can be counted only.
func (c *Counted) Outline(o Options) (t *Table, rows []int32, err error) {
	if o.Weighting != CountWeighting {
		return nil, nil, fmt.Errorf("the weighting %q needs all counts at once, and with --memory they are read in pieces: leave out one of the two", o.Weighting)
	}
	t, kept, err := c.outline(o)
	if err != nil {
		return nil, nil, err
	}
	rows, _ = c.rowsOf(kept)
	to, _ := t.without(o.Banned)
	for n, row := range rows {
		if row >= 0 {
			rows[n] = int32(to[row])
		}
	}
	return t, rows, nil
}

// outline is a table without V, and the terms that it keeps. The documents are those of c.
func (c *Counted) outline(o Options) (t *Table, kept []int32, err error) {
	if err := o.Validate(); err != nil {
		return nil, nil, fmt.Errorf("vectorize: %w", err)
	}
	if all := c.Differences(o); len(all) > 0 {
		d := all[0]
		return nil, nil, fmt.Errorf("the corpus was counted with %s %s, and not with %s: count it again", d.Option, d.Was, d.Want)
	}
	kept, dropped := c.prune(o)
	if len(kept) == 0 {
		return nil, nil, noTerms(len(c.Documents), dropped, o)
	}
	t = &Table{Documents: c.Documents, Dropped: dropped, MainLanguage: c.Options.mainLanguage(), Languages: c.Languages, phrases: c.Phrases}
	t.Vocabulary = &Vocabulary{Terms: make([]Term, len(kept)), Documents: len(c.Documents), Phrases: c.Phrases}
	for row, n := range kept {
		t.Vocabulary.Terms[row] = c.Terms[n]
	}
	return t, kept, nil
}

// prune chooses the terms of a table.
func (c *Counted) prune(o Options) (kept []int32, dropped []Dropped) {
	terms := make([]tallyTerm, len(c.Terms))
	for i, t := range c.Terms {
		terms[i] = tallyTerm{stem: t.Stem, df: t.DF, count: t.Count}
	}
	kept, dropped = prune(terms, len(c.Documents), o)
	return kept, append(append([]Dropped{}, c.Dropped...), dropped...)
}

// fill makes V of the counts of the terms that have a row; these have at most size entries. Shards
// are gone through twice: first to find out where each document's entries belong.
func (t *Table) fill(ctx context.Context, c *Counted, rows []int32, size int) error {
	start, index, value := make([]int, len(t.Documents)+1), make([]int, size), make([]float64, size)
	next := 0
	if c.Shards > 0 {
		if err := t.places(ctx, c, rows, start); err != nil {
			return err
		}
	}
	err := c.counts.each(ctx, func(document int, entries []entry) error {
		d, at := &t.Documents[document], next
		if c.Shards > 0 {
			at = start[document]
		}
		for _, e := range entries {
			if row := rows[e.term]; row < 0 {
				d.Unknown += int(e.count)
			} else if at >= size {
				return errors.New("the file is damaged: it has more counts than it says")
			} else {
				index[at], value[at] = int(row), float64(e.count)
				d.Tokens += int(e.count)
				at++
			}
		}
		if c.Shards == 0 {
			next, start[document+1] = at, at
		}
		return nil
	})
	t.V = sparse.NewCSC(len(t.Vocabulary.Terms), len(t.Documents), start, index[:start[len(t.Documents)]], value[:start[len(t.Documents)]])
	return err
}

// rowsOf numbers the kept terms, with -1 for the others, and counts their entries.
func (c *Counted) rowsOf(kept []int32) (rows []int32, entries int) {
	rows = make([]int32, len(c.Terms))
	for i := range rows {
		rows[i] = -1
	}
	for row, n := range kept {
		rows[n] = int32(row)
		entries += c.Terms[n].DF
	}
	// A file may claim more than it holds.
	return rows, min(entries, c.counts.limit())
}

// places fills in where the entries of each document begin.
func (t *Table) places(ctx context.Context, c *Counted, rows []int32, start []int) error {
	err := c.counts.each(ctx, func(document int, entries []entry) error {
		for _, e := range entries {
			if rows[e.term] >= 0 {
				start[document+1]++
			}
		}
		return nil
	})
	for d := range t.Documents {
		start[d+1] += start[d]
	}
	return err
}
