package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"klew/cmd/klew/internal/print"
	"klew/corpus"
	"klew/topics"
)

// stagesHelp tells of the options on what becomes of texts between being named and being counted.
const stagesHelp = `A pattern for --include and --exclude is for names if it has no slash (*.txt), and else
for the path below the PATH that was named ('mail/**/2025-*', where ** is any number of
folders); 'drafts/' is all that lies in folders of that name. Excluding counts more. Quote
patterns, or the shell replaces them by what lies here.

--meta-path finds metadata in the end of the path: '{author}/{year}-*.txt' finds author
and year in books/Dickens/1843-carol.txt, and both become columns of klew docs. {date}, or
{year} with {month} and {day}, are the document's date as well. Of a PATH that is a folder
only what is below it counts.

--segment cuts each document: at the ends of lines, at empty lines, or after a number of
words, if possible where a paragraph or a sentence ends. notes/a.txt becomes
notes/a.txt#1, notes/a.txt#2 and so on, with the column parent.

--dedupe exact leaves out documents that repeat an earlier one but for white space; near
also those that have four fifths of their sequences of five words in common with one. The
first stays. off keeps all, and tells how many repeat one.

Texts are chosen, read, described by their paths, compared, and cut, in this order. What
became of files that are not read as they are is in klew info, and with --ledger in a file.
`

// addStages binds the options on which texts are read and what becomes of them.
func (s *reading) addStages(c *cobra.Command) {
	flags := c.Flags()
	flags.StringArrayVar(&s.Include, "include", nil, "read only files that match this `pattern` (may be given several times)")
	flags.StringArrayVar(&s.Exclude, "exclude", nil, "leave out files and folders that match this `pattern` (may be given several times)")
	flags.BoolVar(&s.Hidden, "hidden", false, "read files and folders whose name begins with a dot, too")
	flags.StringVar(&s.filesFrom, "files-from", "", "read the paths that stand in this `file`, too, one a line or with a NUL behind each; - for standard input")
	flags.StringVar(&s.MetaPath, "meta-path", "", "find metadata in paths by this `pattern`, such as '{author}/{year}-*.txt'")
	flags.StringVar(&s.Segment, "segment", "", "cut documents into `segments`: lines, paragraphs, or words:500 with any number")
	flags.StringVar(&s.Dedupe, "dedupe", corpus.DedupeOff, "documents that repeat an earlier one: "+strings.Join(corpus.Dedupes, ", "))
	flags.StringVar(&s.ledgerTo, "ledger", "", "write what was skipped or repaired, and why, to this `file`, tab-separated")
}

// stagesFlags are those options.
var stagesFlags = []string{"include", "exclude", "hidden", "files-from", "meta-path", "ledger", "segment", "dedupe"}

// pathArgs wants at least so many arguments, the last of them paths, of which --files-from
// takes the place.
func (s *reading) pathArgs(what, without string, least int) cobra.PositionalArgs {
	return func(c *cobra.Command, given []string) error {
		if s.filesFrom == "" {
			return args(what, least, 0)(c, given)
		}
		return args(without, least-1, 0)(c, given)
	}
}

// check finds out whether the options make sense, and whether the ledger can be written,
// before the work.
func (s *reading) check(paths []string) error {
	if err := s.Validate(); err != nil {
		return usageError{errors.New(strings.ReplaceAll(err.Error(), "\n", "; "))}
	}
	if s.ledgerTo == "-" {
		return usageError{errors.New("--ledger -: standard output is for results; name a file")}
	}
	for _, path := range paths {
		if path == "-" && s.filesFrom == "-" {
			return usageError{errors.New("--files-from -: standard input cannot be both the list and the texts; name a file for one")}
		}
	}
	if s.ledgerTo == "" {
		return nil
	}
	if err := topics.CanWrite(s.ledgerTo); err != nil {
		return fmt.Errorf("cannot write the ledger to %s: %w", s.ledgerTo, err)
	}
	return nil
}

// readList reads the paths of --files-from.
func (p *program) readList(s *reading) error {
	if s.filesFrom == "" {
		return nil
	}
	from := p.In
	if s.filesFrom != "-" {
		f, err := os.Open(s.filesFrom)
		if err != nil {
			return fmt.Errorf("reading the list of paths in %s: %w", s.filesFrom, withoutPath(err))
		}
		defer f.Close()
		from = f
	}
	var err error
	if s.Listed, err = corpus.ReadPaths(from); err != nil {
		return fmt.Errorf("reading the list of paths in %s: %w", s.filesFrom, withoutPath(err))
	}
	if len(s.Listed) == 0 {
		return fmt.Errorf("reading the list of paths in %s: it is empty", s.filesFrom)
	}
	return nil
}

// withoutPath strips what the os package puts before an error, for the message names it.
func withoutPath(err error) error {
	var inPath *fs.PathError
	if errors.As(err, &inPath) {
		return inPath.Err
	}
	return err
}

// named is what the user named, for a model to remember.
func (s *reading) named(paths []string) []string {
	if s.filesFrom == "" {
		return paths
	}
	return append(paths[:len(paths):len(paths)], "--files-from "+s.filesFrom)
}

// account tells what was skipped or repaired, and writes the ledger if it has a name.
func (p *program) account(l corpus.Ledger, s *reading) error {
	p.sayLedger(l)
	if s.ledgerTo == "" {
		return nil
	}
	if err := topics.WriteWhole(s.ledgerTo, l.Write); err != nil {
		return fmt.Errorf("writing the ledger to %s: %w", s.ledgerTo, err)
	}
	p.Say("klew: wrote the ledger to %s: %s", s.ledgerTo, print.Count(len(l), "line"))
	return nil
}

// asked tells reasons for which the user asked from those that come as a surprise.
func asked(reason string) bool {
	switch reason {
	case corpus.Excluded, corpus.NotIncluded, corpus.Duplicate, corpus.NearDuplicate:
		return true
	}
	return false
}

// thing is what a reason is about.
func thing(reason string) string {
	switch reason {
	case corpus.Duplicate, corpus.NearDuplicate, corpus.OffPattern, corpus.NoDate:
		return "document"
	case corpus.IdlePattern:
		return "pattern"
	}
	return "file"
}

// sayNote tells a note of the ledger.
func (p *program) sayNote(e corpus.Entry) {
	n := print.Count(max(1, e.Files), thing(e.Reason))
	switch e.Reason {
	case corpus.Duplicate:
		verb := "repeat"
		if e.Files <= 1 {
			verb = "repeats"
		}
		p.Say("klew: %s %s an earlier one word for word: --dedupe exact leaves out what does", n, verb)
	case corpus.IdlePattern:
		p.Say("klew: the pattern %q of --include or --exclude matched nothing", e.Path)
	case corpus.OffPattern:
		p.Say("klew: the pattern of --meta-path does not fit the path of %s, the first of them %s", n, e.Path)
	case corpus.NoDate:
		p.Say("klew: the date of %s is none that klew understands, the first of them %q of %s", n, e.Detail, e.Path)
	default:
		p.Say("klew: %s: %s", e.Path, because(e))
	}
}
