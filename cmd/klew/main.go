// Klew finds the topics in a collection of texts. Run "klew help", or "klew demo".
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
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
	if debug.SetMemoryLimit(-1) == math.MaxInt64 { // unless GOMEMLIMIT says another
		debug.SetMemoryLimit(usualMemory)
		boundMemory(usualMemory)
	}
	ctx := untilInterrupt(os.Stderr)
	os.Exit(run(ctx, os.Args[1:], &print.Console{In: os.Stdin, Out: os.Stdout, Err: os.Stderr}))
}

// mostGarbage is the percentage of what is in use that garbage may grow to. Texts come and go by the
// megabyte, while little stays: collecting half as often as Go does takes some 7 % off the time of
// reading.
const mostGarbage = 200

// usualMemory is what klew takes at most while that is enough: the collector sees to it by collecting
// more often when there is little room left. A table of a million rows, of which 300 MB are in use,
// took 800 MB without it, and with it 6 % more time.
const usualMemory = 440 << 20

// boundMemory goes on from the limit that is set, and after each collection sets it anew. What
// somebody else has set meanwhile stays.
func boundMemory(set int64) {
	runtime.SetFinalizer(new([64]byte), func(*[64]byte) { // which the next collection calls
		use := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
		metrics.Read(use)
		next := memoryFor(use[0].Value.Uint64())
		if old := debug.SetMemoryLimit(next); old != set {
			debug.SetMemoryLimit(old)
			next = set
		}
		boundMemory(next)
	})
}

// memoryFor is the limit for so many bytes in use. With less room than a quarter of them the collector
// would hardly ever rest.
func memoryFor(live uint64) int64 { return int64(max(usualMemory, live+live/4)) }

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
