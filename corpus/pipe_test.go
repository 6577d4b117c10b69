//go:build unix

package corpus

import (
	"context"
	"syscall"
	"testing"
)

// A named pipe that happens to lie in a folder would hang whoever opens it, since
// nobody writes to it. So would one behind a link.
func TestPipeInFolder(t *testing.T) {
	writeFiles(t, "r/x")
	must(t, syscall.Mkfifo("r/pipe", 0o600))
	writeLinks(t, [][2]string{{"r/to-pipe", "pipe"}})
	c := open(t, Options{}, "r")
	equal(t, "documents", ids(gather(c)), []string{"r/x"})
	equal(t, "ledger", skips(c.Ledger()), []string{"r/pipe: " + Special, "r/to-pipe: " + Special})
}

// A pipe that is named, and to which nobody writes, is waited for by the one that reads it alone: to
// count the documents opens none, and the end of the context ends the reading.
func TestPipeNobodyWritesTo(t *testing.T) {
	writeFiles(t, "x")
	must(t, syscall.Mkfifo("pipe", 0o600))
	c := open(t, Options{}, "pipe")
	if n := c.Len(); n != 1 {
		t.Errorf("%d documents", n)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	for d := range c.Documents(ctx) {
		t.Errorf("the document %s", d.ID)
	}
}
