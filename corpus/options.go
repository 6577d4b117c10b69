package corpus

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"
	"unicode/utf8"

	"klew/corpus/internal/unpack"
	"klew/corpus/spelling"
)

// Options say how a corpus is read. The zero value reads files with all processors, and
// finds out what they are.
type Options struct {
	// Files is where paths lead; nil means the machine's own files.
	Files fs.FS `json:"-"`
	// Base is the folder from which paths lead that are not absolute, if Files is nil; empty
	// means the working folder. IDs are the paths as named, without it.
	Base string `json:"-"`
	// Stdin is read for the path "-"; nil means that it is empty.
	Stdin io.Reader `json:"-"`
	// Threads is the number of goroutines that read; 0 means one for each processor.
	// It does not change the result.
	Threads int `json:"-"`

	// Format is what all files are, one of Formats; empty or "auto" means that each is
	// looked at.
	Format string `json:"format,omitempty"`
	// TextColumns, IDColumn and DateColumn name columns of tables (CSV, TSV, JSON, Parquet).
	// Those that are empty are chosen by name: text, body, content …, and the only or the
	// longest one; id …; date …
	TextColumns []string `json:"text_columns,omitempty"`
	IDColumn    string   `json:"id_column,omitempty"`
	DateColumn  string   `json:"date_column,omitempty"`
	// Delimiter is what parts the columns of CSV, TSV and tables in text files: one character,
	// or several, or "tab". Empty means that the content tells.
	Delimiter string `json:"delimiter,omitempty"`
	// NoHeader says that the first row of such a table does not name the columns. They are
	// then called column1, column2 and so on. Without it the content tells.
	NoHeader bool `json:"no_header,omitempty"`
	// DateFormat is how dates are written: day-first, month-first, year-first, or a pattern as
	// strftime has them, such as "%d/%m/%Y %H:%M". Empty or "auto" means that the order of
	// day and month is found out, for each table and for all paths together.
	DateFormat string `json:"date_format,omitempty"`
	// Mail takes each text that begins with the header of a mail for one, and leaves out
	// quoted lines and signatures. Without it mails are known by their endings .eml and
	// .mbox, and are kept whole.
	Mail bool `json:"mail,omitempty"`
	// Encoding is that of all texts, by the names of web pages; empty means that it is
	// found out.
	Encoding string `json:"encoding,omitempty"`
	// Limits are for archives.
	Limits Limits `json:"limits,omitzero"`

	// Listed are paths to be read after those that were named, as ReadPaths reads them
	// from a list. One that is not there is skipped. "-" is a file of that name.
	Listed []string `json:"listed,omitempty"`
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
	// Boilerplate is one of Boilerplates; empty means BoilerplateKeep.
	Boilerplate string `json:"boilerplate,omitempty"`
}

// Limits bound what an archive may hold. Zeros stand for the defaults.
type Limits struct {
	// Member is the largest file inside, and Total all of them, in bytes as unpacked;
	// by default 64 GiB and 256 GiB. One document may have MaxSize.
	Member, Total int64
	// Ratio is the number of bytes that one packed byte may unpack to, of what unpacks to
	// more than Grace bytes; by default 200, and 64 MiB.
	Ratio, Grace int64
	// Members is the largest number of files inside; by default 10 million.
	Members int
	// Depth is how many containers may lie in each other; by default 6.
	Depth int
	// Memory is the largest zip inside another container, or on standard input, in bytes;
	// by default 1 GiB.
	Memory int64
}

// Auto is the format that is found out.
const Auto = "auto"

// Validate reports everything that is wrong with the options, in one error. Open does so,
// too.
func (o Options) Validate() error {
	faults := []error{o.stagesFaults()}
	if o.Format != "" {
		if err := spelling.OneOf(o.Format, Formats()); err != nil {
			faults = append(faults, fmt.Errorf("format %w", err))
		}
	}
	if o.Encoding != "" {
		if _, err := encodingByName(o.Encoding); err != nil {
			faults = append(faults, err)
		}
	}
	if o.Delimiter != "" && comma(o.Delimiter) == 0 && mark(o.Delimiter) == "" {
		faults = append(faults, fmt.Errorf("delimiter %q: it is what stands between columns, such as ; or | or ||, or the word tab", o.Delimiter))
	}
	l := o.Limits
	if l.Member < 0 || l.Total < 0 || l.Ratio < 0 || l.Grace < 0 || l.Members < 0 || l.Depth < 0 || l.Memory < 0 {
		faults = append(faults, errors.New("limits must be 0 (the default) or more"))
	}
	return errors.Join(faults...)
}

// ForOthers is what holds for other texts that are to be compared with these, too: how
// they are read, and what is learnt from their paths. Which of them are chosen, which are
// left out as duplicates, and how they are cut is a matter of each collection: whoever
// asks for the topics of some letters wants those of each letter.
func (o Options) ForOthers() Options {
	return Options{
		TextColumns: o.TextColumns, IDColumn: o.IDColumn, DateColumn: o.DateColumn, DateFormat: o.DateFormat, Delimiter: o.Delimiter, NoHeader: o.NoHeader,
		Mail: o.Mail, MetaPath: o.MetaPath,
	}
}

// ForHeldOut is what holds for texts that were held out of these, by which a model of these is
// measured: beside ForOthers what files are and how they are cut, since a document is to be as
// long as those that the model has seen.
func (o Options) ForHeldOut() Options {
	others := o.ForOthers()
	others.Format, others.Segment = o.Format, o.Segment
	return others
}

// comma is the character that a delimiter names, or 0.
func comma(delimiter string) rune {
	switch {
	case delimiter == "tab" || delimiter == `\t`:
		return '\t'
	case len(delimiter) != 1 || delimiter[0] >= 0x80 || delimiter[0] == '"' || delimiter[0] == '\n' || delimiter[0] == '\r':
		return 0
	}
	return rune(delimiter[0])
}

// mark is a delimiter of several characters or beyond ASCII, or nothing if it is none.
func mark(delimiter string) string {
	const longest = 8
	if comma(delimiter) != 0 || len(delimiter) > longest || len(delimiter) < 2 || !utf8.ValidString(delimiter) || strings.ContainsAny(delimiter, "\"\r\n") {
		return ""
	}
	return delimiter
}

func (l Limits) forUnpack() unpack.Limits { return unpack.Limits(l) }
