package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"klew/cmd/klew/internal/print"
	"klew/corpus"
	"klew/topics"

	"github.com/jedib0t/go-pretty/v6/text"
	"golang.org/x/sys/unix"
)

// terminalOf is a pseudo-terminal of some width, and what has been written to it once it is
// closed.
func terminalOf(t *testing.T, width uint16) (screen *os.File, written func() string) {
	t.Helper()
	master, err := os.OpenFile("/dev/ptmx", os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Skip("no pseudo-terminals here: ", err)
	}
	must(t, unix.IoctlSetPointerInt(int(master.Fd()), unix.TIOCSPTLCK, 0))
	n, err := unix.IoctlGetUint32(int(master.Fd()), unix.TIOCGPTN)
	must(t, err)
	screen, err = os.OpenFile(fmt.Sprintf("/dev/pts/%d", n), os.O_RDWR|unix.O_NOCTTY, 0)
	must(t, err)
	resize(t, screen, width)
	var out bytes.Buffer
	done := make(chan bool)
	go func() {
		io.Copy(&out, master) // until the screen is closed, which is an error
		close(done)
	}()
	return screen, func() string {
		screen.Close()
		<-done
		master.Close()
		return strings.ReplaceAll(out.String(), "\r\n", "\n")
	}
}

func resize(t *testing.T, screen *os.File, width uint16) {
	t.Helper()
	must(t, unix.IoctlSetWinsize(int(screen.Fd()), unix.TIOCSWINSZ, &unix.Winsize{Row: 50, Col: width}))
}

// At any width the answer is there: the topic, its label and its proportion, whole, and no line
// is wider than the terminal, also with letters of two columns.
func TestTerminal(t *testing.T) {
	t.Chdir(t.TempDir())
	m := handMade()
	m.Documents[0].ID = "a/long/way/down/into/the/folders/of/somebody/地図と海図.txt"
	m.Documents[0].Meta = append(m.Documents[0].Meta, corpus.Field{Name: "title", Value: strings.Repeat("A title that goes on. ", 9)})
	must(t, m.Amend([]topics.Edit{{Verb: topics.RenameTopic, Topic: 1, Text: "パンと帆 of the bakers"}}))
	must(t, m.Save("m.klew"))
	for _, width := range []uint16{30, 60, 100} {
		screen, written := terminalOf(t, width)
		for _, args := range [][]string{
			{"docs", "m.klew"}, {"docs", "m.klew", "--fields", "YEAR"}, {"docs", "m.klew", "--long", "--top", "1"},
			{"infer", "m.klew", "-"}, {"similar", "m.klew", "empty.txt"}, {"similar", "m.klew", `with,comma "quoted".txt`},
			{"compare", "m.klew", "m.klew"}, {"trends", "m.klew", "--by", "folder"}, {"topics", "m.klew"},
		} {
			fmt.Fprintf(screen, "$ klew %s\n", strings.Join(args, " "))
			p := &print.Console{In: strings.NewReader("boats and bread\n"), Out: screen, Err: screen}
			run(context.Background(), args, p)
		}
		got := strings.ReplaceAll(written(), "\r\x1b[J", "") // of stages that were too short to be seen
		for line := range strings.Lines(got) {
			if n := text.StringWidth(strings.TrimRight(line, "\n")); n > int(width) && !strings.HasPrefix(line, "klew: ") && !strings.HasPrefix(line, "$ ") {
				t.Errorf("%d columns on a terminal of %d: %q", n, width, line)
			}
		}
		wd, err := os.Getwd()
		must(t, err)
		t.Chdir(home)
		golden(t, fmt.Sprintf("terminal-%d.txt", width), got)
		t.Chdir(wd)
	}
}

// home is where the golden files are below.
var home, _ = filepath.Abs(".")

// On a terminal klew fit says that the number of topics is a guess, unless it is given or chosen.
func TestNumberOfTopicsIsAGuess(t *testing.T) {
	const guess = "klew: 10 topics are a guess, as -k is not given: -k auto chooses a number, and klew sweep compares several"
	for _, c := range []struct {
		args []string
		says bool
	}{{nil, true}, {[]string{"-k", "10"}, false}, {[]string{"-k", "auto"}, false}} {
		screen, written := terminalOf(t, 100)
		args := append([]string{"fit", "../../examples/demo", "--max-iter", "5"}, c.args...)
		run(context.Background(), args, &print.Console{In: strings.NewReader(""), Out: io.Discard, Err: screen})
		if got := written(); strings.Contains(got, guess) != c.says {
			t.Errorf("%v:\n%s", args, got)
		}
	}
}

// The line of progress fits the terminal, and one that has become narrower.
func TestProgressFits(t *testing.T) {
	t.Setenv("TERM", "xterm")
	screen, written := terminalOf(t, 60)
	s := (&print.Console{Err: screen}).Begin("reading 大きな見出しの言葉です", 1000)
	for _, width := range []uint16{60, 20} {
		resize(t, screen, width)
		s.Due()
		s.Set(500, "documents of a corpus that is large")
	}
	s.End()
	got := written()
	parts := strings.Split(got, "\r\x1b[J")
	if len(parts) != 4 {
		t.Fatalf("%q", got)
	}
	for i, most := range map[int]int{1: 59, 2: 19} {
		line := strings.TrimSuffix(parts[i], "\x1b[2A")
		if n := text.StringWidth(line); n > most || n < most-1 {
			t.Errorf("%q is %d columns wide, and there are %d", line, n, most)
		}
	}
	if !strings.HasSuffix(parts[1], "\x1b[2A") {
		t.Errorf("the line that the narrow terminal has broken in three is not taken away: %q", parts[1])
	}
}
