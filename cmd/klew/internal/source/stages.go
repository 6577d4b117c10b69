package source

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"klew/cmd/klew/internal/usage"
	"klew/corpus"
	"klew/topics/wholefile"
	"klew/vectorize/sections"
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
func (s *Texts) addStages(c *cobra.Command) {
	flags := c.Flags()
	flags.StringArrayVar(&s.Include, "include", nil, "read only files that match this `pattern` (may be given several times)")
	flags.StringArrayVar(&s.Exclude, "exclude", nil, "leave out files and folders that match this `pattern` (may be given several times)")
	flags.BoolVar(&s.Hidden, "hidden", false, "read files and folders whose name begins with a dot, too")
	flags.StringVar(&s.filesFrom, "files-from", "", "read the paths that stand in this `file`, too, one a line or with a NUL behind each; - for standard input")
	flags.StringVar(&s.MetaPath, "meta-path", "", "find metadata in paths by this `pattern`, such as '{author}/{year}-*.txt'")
	flags.StringVar(&s.Segment, "segment", "", "cut documents into `segments`: lines, paragraphs, or words:500 with any number")
	flags.StringVar(&s.Dedupe, "dedupe", corpus.DedupeOff, "documents that repeat an earlier one: "+strings.Join(corpus.Dedupes, ", "))
	flags.StringVar(&s.LedgerTo, "ledger", "", "write what was skipped or repaired, and why, to this `file`, tab-separated")
}

// stagesFlags are those options.
var stagesFlags = []string{"include", "exclude", "hidden", "files-from", "meta-path", "ledger", "segment", "dedupe"}

// PathArgs wants at least so many arguments, the last of them paths, of which --files-from
// takes the place.
func (s *Texts) PathArgs(what, without string, least int) cobra.PositionalArgs {
	return func(c *cobra.Command, given []string) error {
		if s.filesFrom == "" {
			return usage.Args(what, least, 0)(c, given)
		}
		return usage.Args(without, least-1, 0)(c, given)
	}
}

// Check finds out whether the options make sense, and whether the ledger can be written,
// before the work.
func (s *Texts) Check(paths []string) error {
	if err := s.Validate(); err != nil {
		return usage.Mistake(errors.New(strings.ReplaceAll(err.Error(), "\n", "; ")))
	}
	if s.LedgerTo == "-" {
		return usage.Mistake(errors.New("--ledger -: standard output is for results; name a file"))
	}
	for _, path := range paths {
		if path == "-" && s.filesFrom == "-" {
			return usage.Mistake(errors.New("--files-from -: standard input cannot be both the list and the texts; name a file for one"))
		}
	}
	if s.LedgerTo == "" {
		return nil
	}
	return wholefile.Check(s.LedgerTo, "ledger", func(path string) bool { return sections.Begins(path, corpus.LedgerHeader) })
}

// readList reads the paths of --files-from.
func (s *Texts) readList(from io.Reader) error {
	if s.filesFrom == "" {
		return nil
	}
	if s.filesFrom != "-" {
		f, err := os.Open(s.filesFrom)
		if err != nil {
			return fmt.Errorf("reading the list of paths in %s: %w", s.filesFrom, corpus.Cause(err))
		}
		defer f.Close()
		from = f
	}
	var err error
	if s.Listed, err = corpus.ReadPaths(from); err != nil {
		return fmt.Errorf("reading the list of paths in %s: %w", s.filesFrom, corpus.Cause(err))
	}
	if len(s.Listed) == 0 {
		return fmt.Errorf("reading the list of paths in %s: it is empty", s.filesFrom)
	}
	return nil
}
