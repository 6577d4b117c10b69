// Klew finds the topics in a collection of texts. Run "klew help", or "klew demo".
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"syscall"

	"klew/cmd/klew/internal/print"
	"klew/cmd/klew/internal/usage"
	_ "klew/corpus/documents"
)

// The exit codes.
const (
	exitDone        = 0
	exitFailed      = 1
	exitUsage       = 2
	exitInterrupted = 130
)

func main() {
	debug.SetGCPercent(mostGarbage)
	boundGarbage(mostGarbage)
	ctx := untilInterrupt(os.Stderr)
	os.Exit(run(ctx, os.Args[1:], &print.Console{In: os.Stdin, Out: os.Stdout, Err: os.Stderr}))
}

// mostGarbage is the percentage of what is in use that garbage may grow to. Texts come and go by the
// megabyte, while little stays: collecting half as often as Go does takes some 7 % off the time of
// reading.
const mostGarbage = 200

// boundGarbage goes on from the percentage that is set, and after each collection sets it anew: beside
// a document of 130 MB twice as much garbage came to 800 MB in all, and comes to less than 500 now.
// What somebody else has set meanwhile stays.
func boundGarbage(set int) {
	runtime.SetFinalizer(new([64]byte), func(*[64]byte) { // which the next collection calls
		use := []metrics.Sample{{Name: "/gc/heap/live:bytes"}, {Name: "/gc/scan/heap:bytes"}}
		metrics.Read(use)
		next := garbageFor(use[0].Value.Uint64(), use[1].Value.Uint64())
		if old := debug.SetGCPercent(next); old != set {
			debug.SetGCPercent(old)
			next = set
		}
		boundGarbage(next)
	})
}

// garbageFor is the percentage for so many bytes in use, of which some have to be looked through.
// Where these are few, as in large texts, collecting costs nothing. In a table of a million rows they
// are most: to collect as often would take 7 % more time.
func garbageFor(live, scanned uint64) int {
	const room = 160 << 20 // for garbage; and beyond that half of what is in use
	if scanned > live/4 {
		return mostGarbage
	}
	return int(min(mostGarbage, max(50, 100*room/max(1, live))))
}

// untilInterrupt returns a context that ends with the first interrupt. The second
// ends the program at once.
func untilInterrupt(stderr io.Writer) context.Context {
	ctx, cancel := context.WithCancel(context.Background())
	signals := make(chan os.Signal, 2)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	// A closed pipe is an error of the write, and must not cost a model.
	signal.Ignore(syscall.SIGPIPE)
	go func() {
		<-signals
		fmt.Fprintln(stderr, "\nklew: interrupted: stopping; interrupt again to stop at once")
		cancel()
		<-signals
		os.Exit(exitInterrupted)
	}()
	return ctx
}

// run runs the command line and returns the exit code.
func run(ctx context.Context, args []string, p *print.Console) int {
	root := newRoot(p)
	root.SetArgs(args)
	command, err := root.ExecuteContextC(ctx)
	switch {
	case err == nil:
		return exitDone
	case errors.Is(err, syscall.EPIPE):
		return exitDone // whoever read has read enough, and wants no talk
	case errors.Is(err, usage.ErrInterrupted):
		return exitInterrupted
	case ctx.Err() != nil && errors.Is(err, context.Canceled):
		fmt.Fprintln(p.Err, "klew: interrupted before there was anything to keep")
		return exitInterrupted
	case usage.IsMistake(err):
		fmt.Fprintf(p.Err, "klew: %v\nUsage: %s\nTry \"%s --help\".\n", err, command.UseLine(), command.CommandPath())
		return exitUsage
	}
	fmt.Fprintf(p.Err, "klew: %v\n", err)
	return exitFailed
}
