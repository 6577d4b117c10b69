package corpus

import (
	"fmt"
	"strconv"
	"strings"

	"klew/corpus/internal/date"
	"klew/corpus/internal/records"
)

// table is a file of records, as far as they have been yielded.
type table struct {
	path         string
	taken        *records.Taken
	read, faulty int
	fault        Entry // the first
}

// end is the last batch of a table.
func (t *table) end() batch { return batch{table: t, ends: true} }

// tally counts what was read and what could not be, and tells of a table when it ends.
func (c *Corpus) tally(b *batch) {
	for _, e := range b.entries {
		if e.isUnreadable() {
			c.blame(e)
		}
	}
	t := b.table
	if t == nil {
		c.good += len(b.documents)
		return
	}
	t.add(b)
	if !b.ends || t.read+t.faulty == 0 {
		return
	}
	if t.taken != nil && t.read > 0 {
		taken := *t.taken
		if !c.stages.dates.Auto() {
			taken.Order = date.Unknown // which the user has said
		}
		c.enter(Entry{Path: t.path, Note: true, Reason: Taken, Detail: taken.String(), Files: t.read})
	}
	if t.faulty <= t.read {
		c.good++
		return
	}
	e := Entry{Path: t.path, Note: true, Reason: MostlyUnread, Detail: t.complaint()}
	c.blame(e)
	c.enter(e)
}

// blame counts what could not be read, and keeps the first.
func (c *Corpus) blame(e Entry) {
	if c.bad++; c.bad == 1 {
		c.worst = e
	}
}

// isUnreadable is true of a file that was taken for a text, and could not be read.
func (e *Entry) isUnreadable() bool {
	return e.Action() == "skipped" && (e.Reason == Unreadable || e.Reason == Encrypted || e.Reason == OverLimit)
}

func (t *table) add(b *batch) {
	if t.taken == nil {
		t.taken = b.taken
	}
	t.read += len(b.documents)
	for _, e := range b.entries {
		if e.Reason == BadRecord {
			if t.faulty++; t.faulty == 1 {
				t.fault = e
			}
		}
	}
}

// complaint says that most of a table could not be read, and what may help.
func (t *table) complaint() string {
	said := fmt.Sprintf("%d of %d rows could not be read, the first since: %s", t.faulty, t.faulty+t.read, t.fault.Detail)
	if t.taken == nil || t.taken.Form == "records" {
		return said
	}
	return said + "; --delimiter names what parts the columns (it was read as " + t.taken.Form + ")"
}

// AsTable says of an entry of a table that was read how many rows it has, and what was taken
// for what: answers.csv: 3,000 rows by ";"; text from comment.
func (e Entry) AsTable() string {
	number, detail := strconv.Itoa(e.number()), e.Detail
	if number == "1" {
		detail = strings.NewReplacer("rows", "row", "records", "record", "messages", "message", "elements", "element").Replace(detail)
	}
	for at := len(number) - 3; at > 0; at -= 3 {
		number = number[:at] + "," + number[at:]
	}
	return e.Path + ": " + number + " " + detail
}

// Err tells, when Documents has come to the end, that most of the input could not be read: of
// the files that were taken for texts, and tables of which most rows are faulty, more than of
// others. What is no text, and was not taken for one, does not count.
func (c *Corpus) Err() error {
	if c.bad <= c.good {
		return nil
	}
	if c.bad == 1 {
		return fmt.Errorf("most of the input could not be read: %s: %s", c.worst.Path, c.worst.Detail)
	}
	return fmt.Errorf("most of the input could not be read: %d files and tables, and %d could be; the first is %s: %s", c.bad, c.good, c.worst.Path, c.worst.Detail)
}
