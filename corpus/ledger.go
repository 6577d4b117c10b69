package corpus

import (
	"cmp"
	"slices"
)

// Entry says of one file, folder or document that it was skipped, or read with a repair,
// or, as a note, that something about it is worth knowing.
type Entry struct {
	// Path is as it would be in Document.ID. Of an entry that stands for many it is the
	// first of them, or the pattern that left them out.
	Path string
	// Repaired is set for a document that was yielded all the same.
	Repaired bool
	// Note is set for an entry that says something of documents that were yielded as
	// they are.
	Note bool
	// Reason is one of a few short phrases, to be counted.
	Reason string
	// Detail is what more is known, or empty.
	Detail string
	// Files is the number of files, folders or documents that this one entry stands for,
	// or 0 where that is one. What a pattern leaves out of a million files should not
	// take a million lines, nor should what is noted of each of as many documents.
	Files int
}

// The reasons of entries.
const (
	Unreadable = "could not be read"
	Binary     = "not text"
	Hidden     = "hidden"
	System     = "a lock or system file"
	Repeated   = "folder or file already read"
	BrokenLink = "link leads nowhere"
	Special    = "not a regular file"
	// MatrixOfCounts is of a file that klew fit reads by itself. Detail says how.
	MatrixOfCounts = "a matrix of counts, and no text"
	TooLarge       = "too large for one document"
	Encrypted      = "encrypted"
	OverLimit      = "over a limit"
	NoText         = "no text in it"
	Empty          = "holds no document"
	BadRecord      = "a record that could not be read"
	RepeatedID     = "an id that came before replaced"
	Windows1252    = "not UTF-8, read as Windows-1252"
	Guessed        = "not UTF-8, encoding guessed"
	// Doubled is of a text that was in UTF-8 twice. Detail says how much of it.
	Doubled = "UTF-8 within UTF-8 read as it was meant"
	// ForeignBytes is of single bytes of another encoding in UTF-8. Detail says which.
	ForeignBytes = "bytes that are not UTF-8 read by another encoding"
	BadUTF8      = "bytes that are not UTF-8 replaced"
	BadUTF16     = "characters that are not UTF-16 replaced"
	// BadCharacters is as BadUTF8 and BadUTF16, for other encodings.
	BadCharacters = "characters that the encoding does not have replaced"
	// Broken is of a document of which what could be read was read. Detail says the rest.
	Broken   = "broken inside, and read as far as it goes"
	Controls = "control characters replaced by blanks"
	// Of files that a pattern leaves out. Path is the pattern, or those to include. What is in a folder
	// that was left out is not looked at, and so not counted.
	Excluded       = "left out by a pattern"
	ExcludedFolder = "left out by a pattern, with all in it"
	NotIncluded    = "matches none of the patterns to include"
	// Of documents left out as duplicates. Detail names the earlier one.
	Duplicate     = "repeats an earlier document word for word"
	NearDuplicate = "nearly repeats an earlier document"
	// Boilerplate is of lines and sentences that many documents share. Path is the first of the
	// documents, Files their number, and Detail the line.
	Boilerplate        = "line that many documents share"
	BoilerplateDropped = "line that many documents share left out"
	// Of notes.
	IdlePattern = "pattern that matched nothing"
	OffPattern  = "path does not match the pattern for metadata"
	NoDate      = "date not understood"
	// PageLines is of documents whose pages have lines at their heads and feet that repeat.
	// Detail says which.
	PageLines = "lines that repeat on every page left out"
	// RunTogether is of documents that have lost the blanks between words. Detail is the beginning
	// of one place.
	RunTogether = "words that run together"
	// LeftMarkup is of plain texts with tags or entities of HTML. Detail is the first one.
	LeftMarkup = "tags and entities of HTML left out of a plain text"
	// Taken is a table that was read: Detail says what was taken for what, Files how many
	// documents it gave.
	Taken = "read as a table"
	// MostlyUnread is a table with more faulty rows than others.
	MostlyUnread = "most rows could not be read"
	// AboveTable is a sheet with rows above its table, such as a title.
	AboveTable = "rows above a table left out"
	// ManyAlike is of a file of XML that may hold many documents. Detail says how many elements, and
	// which.
	ManyAlike = "many alike elements read as one document"
	// BadLines is of CoNLL-U. Detail is their number, and what is wrong with the first.
	BadLines = "lines that are no CoNLL-U left out"
	// AsLemmas is of CoNLL-U. Detail is the number of words.
	AsLemmas = "read as CoNLL-U, by its lemmas"
	// Of texts that begin with the header of a mail, where most do. Detail is the number of
	// documents.
	AsMails     = "begins as a mail, and is read with its header"
	Attachments = "mails with attachments or pictures, which are not read"
)

// Ledger lists what was skipped or repaired: first what was passed over in looking for
// files, then, in the order of the corpus, what was found in reading them, and at the
// end the notes and all else that stands for many.
type Ledger []Entry

// Action is what became of the file: "skipped", "repaired" or "note".
func (e Entry) Action() string {
	switch {
	case e.Note:
		return "note"
	case e.Repaired:
		return "repaired"
	}
	return "skipped"
}

// number is how many things an entry stands for.
func (e Entry) number() int { return max(1, e.Files) }

// Count is how often one reason occurs.
type Count struct {
	Reason   string
	Repaired bool
	Note     bool
	Files    int
}

// Counts adds the entries up by reason, the most frequent first.
func (l Ledger) Counts() []Count {
	var counts []Count
	for _, e := range l {
		i := slices.IndexFunc(counts, func(c Count) bool {
			return c.Reason == e.Reason && c.Repaired == e.Repaired && c.Note == e.Note
		})
		if i < 0 {
			i = len(counts)
			counts = append(counts, Count{Reason: e.Reason, Repaired: e.Repaired, Note: e.Note})
		}
		counts[i].Files += e.number()
	}
	slices.SortStableFunc(counts, func(a, b Count) int { return cmp.Compare(b.Files, a.Files) })
	return counts
}
