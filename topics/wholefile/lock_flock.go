//go:build darwin || dragonfly || freebsd || linux || netbsd || openbsd

package wholefile

import (
	"errors"
	"os"
	"syscall"

	"klew/corpus"
)

// tryLock locks the file itself, by flock. Who has waited for a file that is not at the path any
// more has locked nothing. Where a file system has no locks, none is needed by all others either.
func tryLock(path string) (unlock func(), err error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, corpus.Cause(err)
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); errors.Is(err, syscall.EWOULDBLOCK) || errors.Is(err, syscall.EINTR) {
		f.Close()
		return nil, errBusy
	}
	locked, err := f.Stat()
	if now, there := os.Stat(path); err == nil && there == nil && !os.SameFile(locked, now) {
		f.Close()
		return nil, errBusy
	}
	return func() { f.Close() }, nil
}
