package source

import (
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"klew/cmd/klew/internal/usage"
	"klew/corpus"
	"klew/topics/tables"
	"klew/topics/wholefile"
	"klew/vectorize/sections"
)

// addChoices binds the options on which texts are read, and what is told of that.
func (s *Texts) addChoices(c *cobra.Command) {
	flags := c.Flags()
	flags.StringArrayVar(&s.Include, "include", nil, "read only files that match this `pattern`")
	flags.StringArrayVar(&s.Exclude, "exclude", nil, "leave out files and folders that match this `pattern`")
	flags.BoolVar(&s.Hidden, "hidden", false, "read files and folders whose name begins with a dot, too")
	flags.StringVar(&s.filesFrom, "files-from", "", "read the paths that stand in this `file`, one a line, too")
	flags.StringVar(&s.LedgerTo, "ledger", "", "write what was skipped or repaired, and why, to this `file`")
}

// addStages binds the options on what becomes of texts.
func (s *Texts) addStages(c *cobra.Command) {
	flags := c.Flags()
	flags.StringVar(&s.MetaPath, "meta-path", "", "find metadata in paths by this `pattern`: '{author}/{year}-*'")
	flags.StringVar(&s.Segment, "segment", "", "cut documents into `segments`: lines, paragraphs, or words:500")
	s.Dedupe = corpus.DedupeOff
	usage.Choose(c, &s.Dedupe, "dedupe", "", corpus.Dedupes, "repeated documents")
	s.Boilerplate = corpus.BoilerplateKeep
	usage.Choose(c, &s.Boilerplate, "boilerplate", "", corpus.Boilerplates, "lines and sentences that many documents share")
}

// stagesFlags are those options.
var stagesFlags = []string{"include", "exclude", "hidden", "files-from", "meta-path", "ledger", "segment", "dedupe", "boilerplate"}

// PathArgs wants the arguments that are named, and behind them one path or more, of which
// --files-from takes the place.
func (s *Texts) PathArgs(names ...string) cobra.PositionalArgs {
	return func(c *cobra.Command, given []string) error {
		path := "PATH..."
		if s.filesFrom != "" {
			path = "[PATH...]"
		}
		return usage.Args(append(slices.Clone(names), path)...)(c, given)
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
	return wholefile.Check(s.LedgerTo, "ledger", func(path string) bool { return sections.Begins(path, tables.Heading(tables.Ledger(nil))) })
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
