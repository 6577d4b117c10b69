package corpus

import (
	"context"
	"fmt"
	"io/fs"
	"reflect"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"testing/synctest"
	"time"
)

// Most tests here run in a bubble of testing/synctest. Its clock stands still while
// anything can run, so that a slow file costs no time; and it fails a test that leaves
// a goroutine behind. They pass context.Background, since the context of a test ends
// with it, and would sweep such a goroutine away.

// slowFiles are files in memory that take a while to read.
type slowFiles struct {
	fstest.MapFS
	delay func(name string) time.Duration
	began atomic.Int64 // reads
	now   atomic.Int64 // reads under way
	most  atomic.Int64 // of those
}

func (f *slowFiles) Open(name string) (fs.File, error) {
	f.began.Add(1)
	now := f.now.Add(1)
	defer f.now.Add(-1)
	for most := f.most.Load(); now > most && !f.most.CompareAndSwap(most, now); {
		most = f.most.Load()
	}
	time.Sleep(f.delay(name))
	return f.MapFS.Open(name)
}

// manyFiles are n files below the folder r, of which every tenth is Latin-1 and every
// fifteenth is no text. The first take longest to read, so that with many threads they
// are ready last.
func manyFiles(n int) *slowFiles {
	files := &slowFiles{MapFS: fstest.MapFS{}}
	for i := range n {
		data := fmt.Sprintf("text %d", i)
		if i%10 == 3 {
			data += " caf\xe9"
		}
		if i%15 == 7 {
			data = "\x00\x01\x02\x03"
		}
		files.MapFS[fmt.Sprintf("r/%04d", i)] = &fstest.MapFile{Data: []byte(data)}
	}
	files.delay = func(name string) time.Duration {
		var i int
		fmt.Sscanf(name, "r/%d", &i)
		return time.Duration(n-i) * time.Millisecond
	}
	return files
}

// readWith reads r and 300 lines of standard input.
func readWith(t *testing.T, threads, n int) ([]Document, Ledger) {
	t.Helper()
	stdin := strings.NewReader(strings.Repeat("naïve\ncaf\xe9\n\x01\x02\n", 100))
	c := open(t, Options{Files: manyFiles(n), Stdin: stdin, Threads: threads}, "r", "-")
	return gather(c), c.Ledger()
}

// The number of threads changes neither the documents nor the ledger.
func TestThreadsAgree(t *testing.T) {
	const n = 300
	synctest.Test(t, func(t *testing.T) {
		documents, ledger := readWith(t, 1, n)
		if len(documents) != n-n/15+200 || len(ledger) != n/10+n/15+200+1 { // with a note on repeated lines
			t.Fatalf("%d documents and %d entries came of one thread", len(documents), len(ledger))
		}
		for _, threads := range []int{0, 2, 3, 8, 1000} {
			more, moreLedger := readWith(t, threads, n)
			if !reflect.DeepEqual(more, documents) {
				t.Errorf("other documents with %d threads", threads)
			}
			if !slices.Equal(moreLedger, ledger) {
				t.Errorf("another ledger with %d threads", threads)
			}
		}
	})
}

// Threads is the number of files that are read at the same time.
func TestThreadsOverlap(t *testing.T) {
	for _, threads := range []int{1, 2, 8} {
		synctest.Test(t, func(t *testing.T) {
			files := manyFiles(100)
			gather(open(t, Options{Files: files, Threads: threads}, "r"))
			if most := files.most.Load(); most != int64(threads) {
				t.Errorf("%d files were read at a time with %d threads", most, threads)
			}
		})
	}
}

// Reading ahead goes a few files far, and many if they are small: a corpus need not fit
// into memory.
func TestReadAheadIsShort(t *testing.T) {
	const threads = 4
	for _, test := range []struct {
		text        string
		least, most int64
	}{
		{"small\n", manyAhead * threads, (manyAhead + fewAhead) * threads},
		{strings.Repeat("large\n", roomAhead/6/4), fewAhead * threads, 4 * threads},
	} {
		synctest.Test(t, func(t *testing.T) {
			files := manyFiles(1000)
			file := &fstest.MapFile{Data: []byte(test.text)}
			for path := range files.MapFS {
				files.MapFS[path] = file
			}
			for range open(t, Options{Files: files, Threads: threads}, "r").Documents(context.Background()) {
				time.Sleep(time.Hour) // for the workers to go as far as they will
				break
			}
			if began := files.began.Load(); began < test.least || began > test.most {
				t.Errorf("%d files of %d bytes were read for the first document", began, len(test.text))
			}
		})
	}
}

// Whoever stops early gets the beginning of the whole, and the ledger of that.
func TestStopEarly(t *testing.T) {
	latin := fstest.MapFS{}
	for i := range 200 {
		latin[fmt.Sprintf("r/%03d", i)] = &fstest.MapFile{Data: fmt.Appendf(nil, "caf\xe9 %d", i)}
	}
	for _, threads := range []int{1, 8} {
		for _, stop := range []int{1, 2, 50, 199, 200} {
			synctest.Test(t, func(t *testing.T) {
				c := open(t, Options{Files: latin, Threads: threads}, "r")
				all := ids(gather(c))
				var got []string
				for d := range c.Documents(context.Background()) {
					if got = append(got, d.ID); len(got) == stop {
						break
					}
				}
				equal(t, "documents", got, all[:stop])
				if len(c.Ledger()) != stop {
					t.Errorf("after %d documents the ledger has %d entries", stop, len(c.Ledger()))
				}
			})
		}
	}
}

// Stopping inside standard input lets go of it, although there is more to come.
func TestStopInStdin(t *testing.T) {
	for _, stop := range []int{1, someLines, someLines + 1, 1000} {
		synctest.Test(t, func(t *testing.T) {
			c := open(t, Options{Stdin: strings.NewReader(numbered(10000)), Threads: 2}, "-")
			var got []Document
			for d := range c.Documents(context.Background()) {
				if got = append(got, d); len(got) == stop {
					break
				}
			}
			equal(t, "documents", lineList(got), numberedList(stop))
		})
	}
}

// A corpus of files can be read any number of times, also after it was left halfway,
// and its ledger does not grow with each.
func TestDocumentsTwice(t *testing.T) {
	files := texts("r/.hidden", "r/a", "r/b", "r/c")
	files["r/latin"] = &fstest.MapFile{Data: []byte("caf\xe9")}
	files["r/pipe"] = &fstest.MapFile{Mode: fs.ModeNamedPipe}
	synctest.Test(t, func(t *testing.T) {
		c := open(t, Options{Files: files}, "r")
		first, firstLedger := gather(c), c.Ledger()
		equal(t, "documents", ids(first), []string{"r/a", "r/b", "r/c", "r/latin"})
		equal(t, "ledger", skips(firstLedger), []string{"r/.hidden: " + Hidden, "r/pipe: " + Special, "r/latin: " + Windows1252})
		for range c.Documents(context.Background()) {
			break
		}
		if again := gather(c); !reflect.DeepEqual(again, first) {
			t.Errorf("the second time there came %v", ids(again))
		}
		equal(t, "second ledger", skips(c.Ledger()), skips(firstLedger))
	})
}

// When ctx is cancelled, the documents end before their time. Those that were ready may
// still come, but in order.
func TestCancel(t *testing.T) {
	const n = 300
	for _, threads := range []int{1, 8} {
		for _, after := range []int{0, 1, 100} {
			synctest.Test(t, func(t *testing.T) {
				c := open(t, Options{Files: manyFiles(n), Threads: threads}, "r")
				all := ids(gather(c))
				got := gatherCancelled(c, after)
				time.Sleep(time.Hour) // for the files that were being read
				if len(got) != after {
					t.Fatalf("%d documents of %d came, cancelled after %d", len(got), len(all), after)
				}
				equal(t, "documents", got, all[:len(got)])
			})
		}
	}
}

// gatherCancelled lists the IDs that come when ctx is cancelled after some of them.
func gatherCancelled(c *Corpus, after int) []string {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	var got []string
	if after == 0 {
		cancel()
	}
	for d := range c.Documents(ctx) {
		if got = append(got, d.ID); len(got) == after {
			cancel()
		}
	}
	return got
}
