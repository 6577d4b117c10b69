package source

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"klew/cmd/klew/internal/print"
	"klew/corpus"
	"klew/topics/tables"
	"klew/topics/wholefile"
)

// Account tells what was skipped or repaired, and writes the ledger if it has a name, of a corpus
// that has been read and of those beside it. It is an error if most of the first could not be.
func (s *Texts) Account(to *print.Console, c *corpus.Corpus, beside ...*corpus.Corpus) error {
	ledger := slices.Clone(c.Ledger())
	for _, other := range beside {
		ledger = append(ledger, other.Ledger()...)
	}
	err := s.writeLedger(to, ledger)
	if tables := slices.ContainsFunc(ledger, func(e corpus.Entry) bool { return e.Reason == corpus.Taken }); !tables && len(s.TextColumns) > 0 && !s.columnsOfModel && c.Err() == nil {
		to.Say("klew: --text-column %s: there is no table among the texts, nor a list of records, and it chose nothing", strings.Join(s.TextColumns, ", "))
	}
	return errors.Join(err, c.Err())
}

func (s *Texts) writeLedger(to *print.Console, l corpus.Ledger) error {
	SayLedger(to, l)
	if s.LedgerTo == "" {
		return nil
	}
	if err := wholefile.Write(s.LedgerTo, func(w io.Writer) error { return tables.Write(w, tables.TSV, tables.Ledger(l)) }); err != nil {
		return fmt.Errorf("writing the ledger to %s: %w", s.LedgerTo, err)
	}
	to.Say("klew: wrote the ledger to %s: %s", s.LedgerTo, print.Count(len(l), "line"))
	return nil
}

// asked tells reasons for which the user asked from those that come as a surprise.
func asked(reason string) bool {
	switch reason {
	case corpus.Excluded, corpus.ExcludedFolder, corpus.NotIncluded, corpus.Duplicate, corpus.NearDuplicate, corpus.BoilerplateDropped:
		return true
	}
	return false
}

// Thing is what a reason is about.
func Thing(reason string) string {
	switch reason {
	case corpus.Duplicate, corpus.NearDuplicate, corpus.OffPattern, corpus.NoDate, corpus.Boilerplate, corpus.BoilerplateDropped, corpus.RunTogether, corpus.LeftMarkup:
		return "document"
	case corpus.Doubled, corpus.Controls, corpus.ForeignBytes, corpus.BadUTF8, corpus.BadUTF16, corpus.BadCharacters:
		return "text" // a file, or a line of one
	case corpus.ExcludedFolder:
		return "folder"
	case corpus.IdlePattern:
		return "pattern"
	case corpus.Attachments:
		return "mail"
	case corpus.BadRecord:
		return "record"
	}
	return "file"
}

// sayNote tells a note of the ledger.
func sayNote(to *print.Console, e corpus.Entry) {
	n := print.Count(max(1, e.Files), Thing(e.Reason))
	switch e.Reason {
	case corpus.Duplicate:
		verb := "repeat"
		if e.Files <= 1 {
			verb = "repeats"
		}
		to.Say("klew: %s %s an earlier one word for word: --dedupe exact leaves out what does", n, verb)
	case corpus.IdlePattern:
		to.Say("klew: the pattern %q of --include or --exclude matched nothing", e.Path)
	case corpus.OffPattern:
		to.Say("klew: the pattern of --meta-path does not fit the path of %s, the first of them %s", n, e.Path)
	case corpus.NoDate:
		to.Say("klew: the date of %s is none that klew understands, the first of them %q of %s", n, e.Detail, e.Path)
	case corpus.AsMails:
		total, _ := strconv.Atoi(e.Detail)
		to.Say("klew: %s of %s begin as mails: --mail leaves out headers, quotations and signatures", print.Grouped(max(1, e.Files)), print.Count(total, "file"))
	case corpus.Boilerplate:
		to.Say("klew: %s share the line %q: --boilerplate drop leaves out what many documents share", n, e.Detail)
	case corpus.RunTogether:
		to.Say("klew: in %s words run together, the first of them %s (%q): nothing can be counted there; take the text out of its source anew, or leave it out with --exclude", n, e.Path, e.Detail)
	case corpus.LeftMarkup:
		to.Say("klew: in %s tags and entities of HTML are not counted, the first of them %q of %s", n, e.Detail, e.Path)
	case corpus.ManyAlike:
		to.Say("klew: %s that has many elements of one kind is one document, such as %s (%s): --segment paragraphs or words:500 cuts it", n, e.Path, e.Detail)
	case corpus.Taken:
		to.Say("klew: %s", e.AsTable())
	case corpus.Attachments:
		to.Say("klew: attachments and pictures of %s are not read", n)
	default:
		to.Say("klew: %s: %s", e.Path, Because(e))
	}
}

// isQuiet tells reasons that are in the ledger, and are not told: nobody expects hidden files, or
// locks, to be read.
func isQuiet(reason string) bool { return reason == corpus.Hidden || reason == corpus.System }

// fullySaid is the number of skipped files that are named; the others are counted.
const fullySaid = 5

// SayLedger tells what was skipped, repaired or noted, but for what isQuiet names. Of what was left
// out since the user asked for it, only the number is told.
func SayLedger(to *print.Console, ledger corpus.Ledger) {
	named := 0
	for _, e := range ledger {
		if e.Action() != "skipped" || isQuiet(e.Reason) || asked(e.Reason) {
			continue
		}
		if named++; named <= fullySaid {
			to.Say("klew: reading %s: %s; skipped", e.Path, Because(e))
		}
	}
	if named > fullySaid {
		to.Say("klew: … and %d more skipped: %s", named-fullySaid, summary(ledger, "skipped", false))
	}
	if left := summary(ledger, "skipped", true); left != "" {
		to.Say("klew: left out: %s", left)
	}
	if repaired := summary(ledger, "repaired", false); repaired != "" {
		to.Say("klew: repaired: %s", repaired)
	}
	kinds, lines := 0, 0
	for _, e := range ledger {
		if e.Reason == corpus.Taken {
			if kinds++; kinds > fullySaid {
				continue
			}
		}
		if e.Reason == corpus.Boilerplate {
			if lines++; lines > 1 {
				continue // the most frequent says it
			}
		}
		if e.Note {
			sayNote(to, e)
		}
	}
	if kinds > fullySaid {
		to.Say("klew: … and %d more kinds of tables", kinds-fullySaid)
	}
}

// Because is the reason of an entry in full.
func Because(e corpus.Entry) string {
	switch {
	case e.Detail == "" || e.Detail == e.Reason:
		return e.Reason
	case e.Reason == corpus.Unreadable:
		return e.Detail
	}
	return e.Reason + " (" + e.Detail + ")"
}

// summary counts the skipped or the repaired by reason: those for which the user asked, or
// the others.
func summary(ledger corpus.Ledger, action string, wanted bool) string {
	var parts []string
	for _, c := range ledger.Counts() {
		e := corpus.Entry{Repaired: c.Repaired, Note: c.Note}
		if e.Action() == action && !isQuiet(c.Reason) && asked(c.Reason) == wanted {
			parts = append(parts, fmt.Sprintf("%s (%s)", print.Count(c.Files, Thing(c.Reason)), c.Reason))
		}
	}
	return strings.Join(parts, ", ")
}
