package source

import (
	"fmt"
	"slices"

	"github.com/spf13/cobra"
	"klew/cmd/klew/internal/usage"
	"klew/corpus"
)

// Texts is the options on texts until they are counted: what files are, how they hold
// texts, and what becomes of these.
type Texts struct {
	corpus.Options
	filesFrom string
	LedgerTo  string
	// columnsOfModel says that TextColumns are those of a model, and not asked for.
	columnsOfModel bool
}

// Add binds the options to the flags of a command that reads texts.
func (r *Texts) Add(c *cobra.Command) {
	r.addFormats(c)
	r.addChoices(c)
	r.addStages(c)
}

// AddLike binds those options that say how files are read and cut, but not which are, for a
// command that reads other texts as those of a model were.
func (r *Texts) AddLike(c *cobra.Command) {
	r.addFormats(c)
	r.addStages(c)
}

func (r *Texts) addFormats(c *cobra.Command) {
	flags := c.Flags()
	r.Format = corpus.Auto
	usage.Choose(c, &r.Format, "input", "", corpus.Formats(), "what all files are")
	flags.StringArrayVar(&r.TextColumns, "text-column", nil, "the `column` that is the text (several times for several)")
	flags.StringVar(&r.IDColumn, "id-column", "", "the `column` that is the id")
	flags.StringVar(&r.DateColumn, "date-column", "", "the `column` that is the date")
	flags.StringVar(&r.Delimiter, "delimiter", "", "the `character` between columns, or the word tab")
	flags.BoolVar(&r.NoHeader, "no-header", false, "the first row is a document, and does not name the columns")
	flags.StringVar(&r.DateFormat, "date-format", "", "day-first, month-first, year-first, or a `pattern`: '%d/%m/%Y'")
	flags.BoolVar(&r.Mail, "mail", false, "take texts with a mail's header as mails, without quoted lines")
	flags.StringVar(&r.Encoding, "encoding", "", "the encoding of all texts, by its `name`, such as windows-1252")
}

// readingFlags are the options of reading, which are for texts alone.
var readingFlags = slices.Concat([]string{"input", "text-column", "id-column", "date-column", "delimiter", "no-header", "date-format", "mail", "encoding"}, stagesFlags)

// NoneGiven refuses options of reading that were given where no text is read as they say.
func NoneGiven(given func(option string) bool, where string) error {
	for _, option := range readingFlags {
		if given(option) {
			return fmt.Errorf("--%s is for the texts of %s: name some, or leave it out", option, where)
		}
	}
	return nil
}

// LikeThoseOf takes over how the texts of a model were read, but for what the user has
// given.
func (r *Texts) LikeThoseOf(model corpus.Options, given func(option string) bool) {
	if !given("text-column") {
		r.TextColumns, r.columnsOfModel = model.TextColumns, true
	}
	r.TextColumns = slices.DeleteFunc(r.TextColumns, func(name string) bool { return name == "" }) // '' is none
	if !given("id-column") {
		r.IDColumn = model.IDColumn
	}
	if !given("date-column") {
		r.DateColumn = model.DateColumn
	}
	if !given("delimiter") {
		r.Delimiter = model.Delimiter
	}
	if !given("no-header") {
		r.NoHeader = model.NoHeader
	}
	if !given("date-format") {
		r.DateFormat = model.DateFormat
	}
	if !given("mail") {
		r.Mail = model.Mail
	}
	if !given("meta-path") {
		r.MetaPath = model.MetaPath
	}
}

// CutLikeThoseOf takes over what files are and how they were cut, too.
func (r *Texts) CutLikeThoseOf(model corpus.Options, given func(option string) bool) {
	r.LikeThoseOf(model, given)
	if !given("input") {
		r.Format = model.Format
	}
	if !given("segment") {
		r.Segment = model.Segment
	}
}
