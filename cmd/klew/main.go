// Klew finds the topics in a collection of texts. Run "klew help", or "klew demo".
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
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
	// Texts come and go by the megabyte, while little stays: collecting half as often
	// takes some 7 % off the time of reading.
	debug.SetGCPercent(200)
	ctx := untilInterrupt(os.Stderr)
	os.Exit(run(ctx, os.Args[1:], &print.Console{In: os.Stdin, Out: os.Stdout, Err: os.Stderr}))
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
