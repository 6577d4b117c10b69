package tables

import (
	"strings"
	"testing"

	"klew/corpus"
)

// A line is an entry of the ledger, whatever a file is called.
func TestLedger(t *testing.T) {
	ledger := Ledger(corpus.Ledger{
		{Path: "a\tb\nc\\d\r.png", Reason: corpus.Binary, Detail: "image/png"},
		{Path: "é", Repaired: true, Reason: corpus.Windows1252},
		{Path: "*.log", Reason: corpus.Excluded, Files: 1234},
		{Path: "x", Note: true, Reason: corpus.Duplicate, Detail: "y", Files: 2},
	})
	want := Heading(ledger) + "\n" +
		`a\tb\nc\\d\r.png` + "\tskipped\tnot text\timage/png\t1\n" +
		"é\trepaired\tnot UTF-8, read as Windows-1252\t\t1\n" +
		"*.log\tskipped\tleft out by a pattern\t\t1234\n" +
		"x\tnote\trepeats an earlier document word for word\ty\t2\n"
	var b strings.Builder
	if err := Write(&b, TSV, ledger); err != nil || b.String() != want {
		t.Errorf("error %v, and\n%s\nwant\n%s", err, b.String(), want)
	}
	if Heading(ledger) != "path\taction\treason\tdetail\tfiles" {
		t.Errorf("the heading is %s", Heading(ledger))
	}
}
