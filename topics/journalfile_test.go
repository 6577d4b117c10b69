package topics

import (
	"errors"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"klew/topics/wholefile"
)

// saved is a model in a file.
func saved(t *testing.T, m *Model) (string, *File) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "m.klew")
	if err := m.Save(path); err != nil {
		t.Fatal(err)
	}
	_, file, err := LoadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return path, file
}

// A journal that is written alone makes the file that the whole model would: with one where none
// was, another, and none.
func TestSaveJournal(t *testing.T) {
	m := ofFour(t)
	path, file := saved(t, m)
	whole := filepath.Join(filepath.Dir(path), "whole.klew")
	for _, lines := range [][]string{{"rename 1 sea"}, {"rename 1 sea", "merge 2 3"}, {"drop 4"}, nil} {
		m.Journal = lines
		if err := errors.Join(file.SaveJournal(m), m.Save(whole)); err != nil {
			t.Fatal(err)
		}
		got, _ := os.ReadFile(path)
		want, _ := os.ReadFile(whole)
		if string(got) != string(want) {
			t.Errorf("with the journal %q the file has %d bytes, and %d if written whole, or others", lines, len(got), len(want))
		}
	}
}

// A file of an earlier version is written as one of this.
func TestSaveJournalOfOldFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "old.klew")
	old, err := os.ReadFile(filepath.Join("..", "testdata", "version1.klew"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, old, 0o644); err != nil {
		t.Fatal(err)
	}
	m, file, err := LoadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	m.Journal = []string{"drop 1"}
	if err := file.SaveJournal(m); err != nil {
		t.Fatal(err)
	}
	if again, err := Load(path); err != nil || len(again.Journal) != 1 {
		t.Errorf("%v, with the journal %q", err, again.Journal)
	}
}

// Of many who have read a file and write to it at once one writes, and the others are told.
func TestSaveJournalAtOnce(t *testing.T) {
	path, _ := saved(t, ofFour(t))
	for range 20 {
		const writers = 6
		var begin, ended sync.WaitGroup
		begin.Add(1)
		errs := make([]error, writers)
		for n := range writers {
			m, file, err := LoadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			ended.Go(func() {
				begin.Wait()
				m.Journal = append(m.Journal, "ban x")
				errs[n] = file.SaveJournal(m)
			})
		}
		before, _ := Load(path)
		begin.Done()
		ended.Wait()
		after, err := Load(path)
		if err != nil {
			t.Fatal(err)
		}
		done := 0
		for _, err := range errs {
			if err == nil {
				done++
			} else if !errors.Is(err, ErrMeanwhile) {
				t.Error(err)
			}
		}
		if grown := len(after.Journal) - len(before.Journal); done != 1 || grown != 1 {
			t.Fatalf("%d of %d say that they have written, and the journal has %d lines more", done, writers, grown)
		}
	}
}

// Who comes while another has the file locked waits, and is told what that one has done.
func TestSaveJournalWaits(t *testing.T) {
	m := ofFour(t)
	path, file := saved(t, m)
	unlock, err := wholefile.Lock(path)
	if err != nil {
		t.Fatal(err)
	}
	ended := make(chan error)
	go func() { ended <- file.SaveJournal(m) }()
	select {
	case err := <-ended:
		t.Fatalf("a locked file was written to: %v", err)
	case <-time.After(50 * time.Millisecond): // a file that is not locked may take longer, which is no failure
	}
	other := amended(t, m, "drop 2")
	if err := other.Save(path); err != nil {
		t.Fatal(err)
	}
	unlock()
	if err := <-ended; !errors.Is(err, ErrMeanwhile) {
		t.Errorf("the other's file is replaced: %v", err)
	}
}

// What has been changed or removed is left as it is, and nothing is left behind.
func TestSaveJournalMeanwhile(t *testing.T) {
	m := ofFour(t)
	for what, change := range map[string]func(path string) error{
		"another": func(path string) error { return os.WriteFile(path, []byte("another's"), 0o644) },
		"removed": os.Remove,
	} {
		path, file := saved(t, m)
		if err := change(path); err != nil {
			t.Fatal(err)
		}
		before, _ := os.ReadFile(path)
		err := file.SaveJournal(m)
		after, _ := os.ReadFile(path)
		if !errors.Is(err, ErrMeanwhile) || string(before) != string(after) {
			t.Errorf("%s: %v, and the file has %.20q", what, err, after)
		}
		if entries, _ := os.ReadDir(filepath.Dir(path)); len(entries) > 1 {
			t.Errorf("%s: files are left: %v", what, entries)
		}
	}
}
