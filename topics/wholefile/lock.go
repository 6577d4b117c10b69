package wholefile

import (
	"errors"
	"fmt"
	"time"
)

// errBusy is returned by tryLock if another has locked a file.
var errBusy = errors.New("another program is writing it")

// lockIn is how long Lock waits, and lockEvery how often it looks meanwhile.
const (
	lockIn    = 10 * time.Second
	lockEvery = 20 * time.Millisecond
)

// Lock has others that lock the file at path wait until unlock is called, which is to be done
// also after another file has taken its place. It says nothing to those that do not lock. A lock
// ends with the program that has it.
func Lock(path string) (unlock func(), err error) {
	path = target(path)
	for begun := time.Now(); ; time.Sleep(lockEvery) {
		unlock, err = tryLock(path)
		if err == nil {
			return unlock, nil
		}
		if !errors.Is(err, errBusy) || time.Since(begun) > lockIn {
			return nil, fmt.Errorf("locking %s: %w", path, err)
		}
	}
}
