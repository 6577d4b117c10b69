package main

import (
	"runtime/debug"

	"klew/cmd/klew/internal/manual"
	"klew/cmd/klew/internal/print"
	"klew/nmf/shard/remote"
	"klew/topics/spark"

	"github.com/spf13/cobra"
)

// newWorker is for programs, such as the driver that klew spark writes, and not listed.
func newWorker(p *print.Console) *cobra.Command {
	return &cobra.Command{
		Use:   "worker",
		Short: "Do one task of another program, in frames on standard input and output",
		Long: `Do one task of another program: it writes frames to standard input and reads frames from
standard output. The packages klew/nmf/shard/remote and klew/topics/spark say what the frames
are. klew spark writes a program that works in this way on a cluster.`,
		Hidden: true,
		Args:   cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			// Many of these share a machine: garbage may grow to a quarter of what other commands allow.
			debug.SetGCPercent(50)
			program := "klew " + manual.Version
			return remote.Run(c.Context(), p.In, p.Out, program, spark.Tasks(program))
		},
	}
}
