package main

import (
	"path/filepath"
	"runtime"
	"testing"

	"klew/cmd/klew/internal/print"
)

func TestLabelGolden(t *testing.T) {
	golden(t, "help-label.txt", output(t, "help", "label"))
	if runtime.GOOS == "windows" {
		t.Skip("needs sh")
	}
	model := filepath.Join(t.TempDir(), "m.klew")
	must(t, handMade().Save(model))
	for _, format := range print.Formats {
		golden(t, "label."+format, output(t, "label", model, "--with", "echo A name", "--topic", "1", "-q", "--format", format))
	}
}
