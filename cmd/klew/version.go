package main

import (
	"fmt"
	"runtime"

	"github.com/spf13/cobra"
	"klew/cmd/klew/internal/manual"
	"klew/cmd/klew/internal/print"
)

func newVersion(p *print.Console) *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the version of klew",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			_, err := fmt.Fprintf(p.Out, "klew %s (%s, %s/%s)\n", manual.Version, runtime.Version(), runtime.GOOS, runtime.GOARCH)
			return err
		},
	}
}
