//go:build unix

package corpus

import (
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
