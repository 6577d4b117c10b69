package wholefile

import (
	"errors"
	"fmt"
	"os"
	"strconv"
	"sync"
	"testing"
)

// Of writers that read a number, add one, and write the file anew, none undoes what another has
// done if all lock the file.
func TestLock(t *testing.T) {
	path := in(t, "number", "0")
	var all sync.WaitGroup
	const writers, times = 8, 10
	for range writers {
		all.Go(func() {
			for range times {
				if err := addOne(path); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	all.Wait()
	holds(t, path, strconv.Itoa(writers*times))
}

func addOne(path string) error {
	unlock, err := Lock(path)
	if err != nil {
		return err
	}
	defer unlock()
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	n, err := strconv.Atoi(string(text))
	if err != nil {
		return err
	}
	return Write(path, put(fmt.Sprint(n+1)))
}

// A file is locked by one at a time, through links too; one that is not there cannot be locked.
func TestTryLock(t *testing.T) {
	path := in(t, "a", "text")
	unlock, err := tryLock(path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tryLock(path); !errors.Is(err, errBusy) {
		t.Errorf("a second lock is answered with %v", err)
	}
	unlock()
	again, err := tryLock(path)
	if err != nil {
		t.Fatal(err)
	}
	again()
	holds(t, path, "text")
	if _, err := Lock(path + "x"); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("no file: %v", err)
	}
}
