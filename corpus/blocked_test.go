package corpus

import (
	"context"
	"io"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
	"testing/synctest"
)

// silence is a reader that says nothing until it is closed, like a terminal at which
// nobody types.
type silence chan struct{}

func (s silence) Read([]byte) (int, error) {
	<-s
	return 0, io.EOF
}

// gatherUntilStill lists the IDs that come, and cancels when nothing more does.
func gatherUntilStill(c *Corpus) []string {
	ctx, cancel := context.WithCancel(context.Background())
	go func() {
		synctest.Wait() // until every goroutine waits for another, or for silence
		cancel()
	}()
	var got []string
	for d := range c.Documents(ctx) {
		got = append(got, d.ID)
	}
	return got
}

// Cancelling must be felt although nothing can wake a goroutine that waits for standard
// input. That one is left behind, and ends when the input does.
func TestCancelSilentStdin(t *testing.T) {
	tests := []struct {
		name, before string // standard input
		paths, want  []string
	}{
		{name: "at once", paths: []string{"-"}},
		{name: "after the files before it", paths: []string{"b", "-", "a"}, want: []string{"b/x", "b/y"}},
		{
			name: "after some lines", paths: []string{"-"},
			before: numbered(2 * someLines),
			want:   ids(gather(open(t, Options{Stdin: strings.NewReader(numbered(2 * someLines))}, "-"))),
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				input := make(silence)
				stdin := io.MultiReader(strings.NewReader(test.before), input)
				files := texts("a/x", "b/x", "b/y")
				c := open(t, Options{Files: files, Stdin: stdin, Threads: 4}, test.paths...)
				equal(t, "documents", gatherUntilStill(c), test.want)
				close(input)
			})
		})
	}
}

// stuckFiles are files in memory of which one cannot be read until it is released, as
// on a network disk that went away.
type stuckFiles struct {
	fstest.MapFS
	stuck    string
	released chan struct{}
}

func (f stuckFiles) Open(name string) (fs.File, error) {
	if name == f.stuck {
		<-f.released
	}
	return f.MapFS.Open(name)
}

// A file that cannot be read to its end holds up those after it, but not the user.
func TestCancelStuckFile(t *testing.T) {
	for _, threads := range []int{1, 4} {
		synctest.Test(t, func(t *testing.T) {
			files := stuckFiles{texts("r/a", "r/b", "r/c", "r/d"), "r/c", make(chan struct{})}
			c := open(t, Options{Files: files, Threads: threads}, "r")
			equal(t, "documents", gatherUntilStill(c), []string{"r/a", "r/b"})
			close(files.released)
		})
	}
}
