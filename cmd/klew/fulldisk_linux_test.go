package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"klew/cmd/klew/internal/print"
)

// A disk that is full is found before the work; one that fills up costs the new model,
// neither the topics nor the model that was there.
func TestFullDisk(t *testing.T) {
	dir := t.TempDir()
	if err := syscall.Mount("none", dir, "tmpfs", 0, "size=100k"); err != nil {
		t.Skip("no small disk can be had here:", err)
	}
	defer syscall.Unmount(dir, 0)
	model, was := filepath.Join(dir, "m.klew"), "KLEW\r\n\x1a\nthe model of yesterday"
	if err := os.WriteFile(model, []byte(was), 0o666); err != nil {
		t.Fatal(err)
	}
	topics, said := failedFit(t, model)
	if !strings.Contains(said, "saving the model to "+model+": no space left on device") || !strings.Contains(topics, "hive") {
		t.Errorf("printed %q, said %q", topics, said)
	}
	if err := os.WriteFile(filepath.Join(dir, "filler"), make([]byte, 90_000), 0o666); err != nil {
		t.Fatal(err)
	}
	topics, said = failedFit(t, model)
	if !strings.Contains(said, "cannot save a model to "+model+": no space left on device") || topics != "" {
		t.Errorf("printed %q, said %q", topics, said)
	}
	if data, err := os.ReadFile(model); string(data) != was {
		t.Errorf("the file holds %d bytes (%v)", len(data), err)
	}
	if entries, _ := os.ReadDir(dir); len(entries) != 2 {
		t.Errorf("left behind: %v", entries)
	}
}

func failedFit(t *testing.T, model string) (printed, said string) {
	t.Helper()
	var out, err bytes.Buffer
	p := &print.Console{In: strings.NewReader(""), Out: &out, Err: &err}
	// With a hundred topics the model is larger than the disk.
	code := run(context.Background(), []string{"fit", "../../examples/demo", "-k", "100", "--max-iter", "2", "-o", model}, p)
	if code != exitFailed {
		t.Errorf("exit code %d", code)
	}
	return out.String(), err.String()
}
