//go:build darwin || dragonfly || freebsd || linux || netbsd || openbsd

package wholefile

import (
	"errors"
	"os"
	"syscall"
)

// hold locks a part until free is called; it is not ok if another program has taken the part away. Where
// a file system has no locks, none removes what others have left.
func hold(name string) (free func(), ok bool) {
	f, err := os.OpenFile(name, os.O_RDWR, 0)
	if err != nil {
		return nil, false
	}
	if err := flock(f); errors.Is(err, syscall.EWOULDBLOCK) || !isAt(f, name) {
		f.Close()
		return nil, false
	}
	return func() { f.Close() }, true
}

// removeIfLeft removes a part whose process is not there and has no lock on it. This process may have the
// number of the one that left it, as in a container each is the first.
func removeIfLeft(name string, pid int) {
	if pid != os.Getpid() && !errors.Is(syscall.Kill(pid, 0), syscall.ESRCH) {
		return
	}
	f, err := os.OpenFile(name, os.O_RDWR, 0)
	if err != nil {
		return
	}
	defer f.Close()
	if flock(f) == nil && isAt(f, name) {
		os.Remove(name)
	}
}

// flock locks a file, if it can be at once.
func flock(f *os.File) error {
	for {
		err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
		if !errors.Is(err, syscall.EINTR) {
			return err
		}
	}
}

// isAt reports whether a name is still that of the open file.
func isAt(f *os.File, name string) bool {
	opened, err := f.Stat()
	now, there := os.Stat(name)
	return err == nil && there == nil && os.SameFile(opened, now)
}
