package main

import (
	"bytes"
	"context"
	"path/filepath"
	"strings"
	"testing"

	"klew/cmd/klew/internal/print"
)

// The hand-made model of TestGolden, with a value that is hard to print, and groups of one
// and of no counted document.
func TestGoldenTrends(t *testing.T) {
	model := filepath.Join(t.TempDir(), "m.klew")
	if err := handMade().Save(model); err != nil {
		t.Fatal(err)
	}
	for _, format := range print.Formats {
		t.Run(format, func(t *testing.T) {
			golden(t, "trends."+format, output(t, "trends", model, "--by", "folder", "--format", format))
		})
	}
	golden(t, "help-trends.txt", output(t, "help", "trends"))
}

// More values than a page has room for are a mistake, and not a picture of ten pages.
func TestPlotTooManyValues(t *testing.T) {
	dir := t.TempDir()
	text, model := filepath.Join(dir, "lines.txt"), filepath.Join(dir, "m.klew")
	var lines strings.Builder
	for range 70 {
		lines.WriteString("boat sail\nbread oven\n")
	}
	write(t, text, []byte(lines.String()))
	output(t, "fit", text, "--input", "lines", "-k", "2", "--max-df", "1.0", "-o", model, "-q", "--segment", "words:1")
	var out, said bytes.Buffer
	p := &print.Console{In: strings.NewReader(""), Out: &out, Err: &said}
	code := run(context.Background(), []string{"trends", model, "--by", "parent", "--plot", filepath.Join(dir, "x.svg")}, p)
	if code != exitUsage || !strings.Contains(said.String(), "parent has 140 values, and a picture has room for 60") {
		t.Errorf("exit code %d: %s", code, said.String())
	}
}
