package source

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"klew/corpus"
)

// Texts is the options on texts until they are counted: what files are, how they hold
// texts, and what becomes of these.
type Texts struct {
	corpus.Options
	filesFrom string
	LedgerTo  string
}

// ReadingHelp tells of the options that reading adds.
const ReadingHelp = `Each file is looked at: its content tells what it is, and else the ending of its name. gzip,
zstd, zip and tar are read as the files in them, without unpacking to disk. PDF, DOCX, ODT,
RTF, PPTX, ODP, EPUB, HTML, XML and MHTML are one document a file: their text, without what
stands on every page. Of CSV, TSV, JSON, Parquet, and the sheets of XLSX and ODS each row is a
document; --text-column names the columns of its text (several make one; message.body is one
inside another), --id-column that of its id and --date-column that of its date, and the other
columns become metadata. Where they are not named, text, body, content and the like is the
text, if its cells are more than a status, or else the only column or the one with by far the
most to say. --input says what all files are, if that is not found out: lines makes a document
of each line, text one of each file.

What parts the columns of a table (; , | or tabs), how quotes are written, and whether the
first row names the columns is found in its first rows, also in .txt files; --delimiter and
--no-header say it. Short rows are filled, long ones are skipped and told. One line tells what
was taken for what, and klew info keeps it. If most rows or files cannot be read, that fails.

Dates are read as people and programs write them, with the names of months in all languages
that have stop words. Whether 04/06/2023 is in June or in April is decided for a column, by
those of its dates that have one meaning; if none has, none is read, and --date-format says it.

--mail takes texts that begin with the header of a mail as mails: header fields become
metadata, and quoted lines and signatures are left out. Attachments of mails are not read.
Mails of Outlook (.msg, .pst) must be exported as .eml or mbox.

Texts are UTF-8, or say what they are; if not it is guessed, which is reported and may be
overruled with --encoding.

` + stagesHelp

// Add binds the options to the flags of a command that reads texts.
func (r *Texts) Add(c *cobra.Command) {
	flags := c.Flags()
	r.Format = corpus.Auto
	flags.StringVar(&r.Format, "input", r.Format, "the `format` of the files: "+strings.Join(corpus.Formats(), ", "))
	flags.StringArrayVar(&r.TextColumns, "text-column", nil, "the `column` of a table that is the text (several times for several, in one document)")
	flags.StringVar(&r.IDColumn, "id-column", "", "the `column` of a table that is the id")
	flags.StringVar(&r.DateColumn, "date-column", "", "the `column` of a table that is the date")
	flags.StringVar(&r.Delimiter, "delimiter", "", "the `character` between the columns of CSV and the like, or the word tab; else the content tells")
	flags.BoolVar(&r.NoHeader, "no-header", false, "the first row of CSV and the like does not name the columns: they are called column1, column2 …")
	flags.StringVar(&r.DateFormat, "date-format", "", "how dates are written: day-first, month-first, year-first, or a `pattern` such as '%d/%m/%Y %H:%M'; else the content tells")
	flags.BoolVar(&r.Mail, "mail", false, "take texts with a mail's header as mails, without quoted lines and signatures")
	flags.StringVar(&r.Encoding, "encoding", "", "the encoding of all texts, by its `name` on web pages, such as windows-1252 or utf-16le")
	r.addStages(c)
}

// readingFlags are the options of reading, which are for texts alone.
var readingFlags = slices.Concat([]string{"input", "text-column", "id-column", "date-column", "delimiter", "no-header", "date-format", "mail", "encoding"}, stagesFlags)

// LikeThoseOf takes over how the texts of a model were read, but for what the user has
// given.
func (r *Texts) LikeThoseOf(model corpus.Options, given func(option string) bool) {
	if !given("text-column") {
		r.TextColumns = model.TextColumns
	}
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
