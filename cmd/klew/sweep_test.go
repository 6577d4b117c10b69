package main

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"klew/cmd/klew/internal/print"
)

func TestHelpGoldenSweep(t *testing.T) {
	golden(t, "help-sweep.txt", output(t, "help", "sweep"))
}

// An interrupt prints what is complete, says how to go on, and the same command does.
func TestSweepInterrupted(t *testing.T) {
	folder := t.TempDir()
	args := []string{"sweep", "../../examples/demo", "-k", "3,4", "--seeds", "1", "-o", folder, "--format", "csv"}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	var out, said bytes.Buffer
	if code := run(ctx, args, &print.Console{In: strings.NewReader(""), Out: &out, Err: &said}); code != exitInterrupted {
		t.Errorf("exit code %d: %s", code, said.String())
	}
	out.Reset()
	said.Reset()
	if code := run(context.Background(), args, &print.Console{In: strings.NewReader(""), Out: &out, Err: &said}); code != exitDone {
		t.Errorf("exit code %d: %s", code, said.String())
	}
	if lines := strings.Count(out.String(), "\n"); lines != 3 {
		t.Errorf("%d lines:\n%s", lines, out.String())
	}
}
