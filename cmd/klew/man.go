package main

import (
	"fmt"

	"github.com/spf13/cobra"
	"klew/cmd/klew/internal/manual"
	"klew/cmd/klew/internal/print"
	"klew/cmd/klew/internal/usage"
)

// newMan is for those who pack klew, and not listed.
func newMan(p *print.Console) *cobra.Command {
	return &cobra.Command{
		Use:    "man FOLDER",
		Short:  "Write man pages of all commands and topics of help",
		Hidden: true,
		Args:   usage.Args("FOLDER"),
		RunE: func(c *cobra.Command, args []string) error {
			if err := manual.WriteMan(c.Root(), args[0]); err != nil {
				return fmt.Errorf("writing man pages to %s: %w", args[0], err)
			}
			p.Say("klew: wrote man pages to %s", args[0])
			return nil
		},
	}
}
