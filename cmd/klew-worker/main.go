// Klew-worker fits topics for a program on a cluster, and does nothing else: klew without texts,
// for executors of another processor than the driver's. It speaks the frames of package remote on
// standard input and output.
package main

import (
	"context"
	"fmt"
	"os"
	"runtime/debug"

	"klew/nmf/shard/remote"
)

func main() {
	debug.SetGCPercent(50) // little garbage, since many of these share a machine
	if err := remote.Run(context.Background(), os.Stdin, os.Stdout, "klew-worker", remote.Tasks()); err != nil {
		fmt.Fprintln(os.Stderr, "klew-worker:", err)
		os.Exit(1)
	}
}
