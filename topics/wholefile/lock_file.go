//go:build !(darwin || dragonfly || freebsd || linux || netbsd || openbsd)

package wholefile

import (
	"errors"
	"io/fs"
	"os"

	"klew/corpus"
)

// tryLock makes a file beside the one that is locked, and keeps it open. Windows removes no file
// that is open, so that one that can be removed is of a program that has ended.
func tryLock(path string) (unlock func(), err error) {
	if _, err := os.Stat(path); err != nil {
		return nil, corpus.Cause(err)
	}
	name := path + ".lock"
	os.Remove(name)
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	switch {
	case errors.Is(err, fs.ErrExist):
		return nil, errBusy
	case err != nil:
		return nil, corpus.Cause(err)
	}
	return func() {
		f.Close()
		os.Remove(name)
	}, nil
}
