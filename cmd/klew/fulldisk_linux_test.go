package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"klew/cmd/klew/internal/print"
	"klew/topics"
	"klew/topics/streaming"
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

// command runs klew within the test, and returns its exit code and what it said.
func command(args ...string) (code int, said string) {
	var out, err bytes.Buffer
	p := &print.Console{In: strings.NewReader(""), Out: &out, Err: &err}
	code = run(context.Background(), args, p)
	return code, err.String()
}

// A disk that fills up while counts are shuffled costs nothing but the work: nothing is left, and with
// more room the same command makes the file.
func TestFullDiskOfShards(t *testing.T) {
	dir := t.TempDir()
	if err := syscall.Mount("none", dir, "tmpfs", 0, "size=80k"); err != nil {
		t.Skip("no small disk can be had here:", err)
	}
	defer syscall.Unmount(dir, 0)
	corpus := filepath.Join(dir, "c.kcorpus")
	args := []string{"import", "../../examples/demo", "--shards", "5", "-o", corpus}
	if err := os.WriteFile(filepath.Join(dir, "filler"), make([]byte, 76<<10), 0o666); err != nil {
		t.Fatal(err)
	}
	code, said := command(args...)
	if code != exitFailed || !strings.Contains(said, dir) || !strings.Contains(said, "no space left on device") {
		t.Errorf("exit code %d, said %q", code, said)
	}
	if entries, _ := os.ReadDir(dir); len(entries) != 1 {
		t.Errorf("left behind: %v", entries)
	}
	if err := syscall.Mount("none", dir, "tmpfs", syscall.MS_REMOUNT, "size=1m"); err != nil {
		t.Fatal(err)
	}
	if code, said := command(args...); code != 0 {
		t.Errorf("with room: exit code %d, said %q", code, said)
	}
}

// A streamed fit whose disk fills up says so, keeps what it had reached, and with more room goes on
// from there to the bytes of a fit that had room.
func TestFullDiskOfStreamedFit(t *testing.T) {
	dir, small := t.TempDir(), t.TempDir()
	corpus, want := filepath.Join(dir, "c.kcorpus"), filepath.Join(dir, "whole.klew")
	if code, said := command("import", "../../examples/demo", "--shards", "5", "-o", corpus); code != 0 {
		t.Fatal(said)
	}
	fit := func(model string) (int, string) {
		return command("fit", corpus, "-k", "20", "--memory", "1KB", "-o", model)
	}
	if code, said := fit(want); code != 0 {
		t.Fatal(said)
	}
	m, err := topics.Load(want)
	if err != nil {
		t.Fatal(err)
	}
	// The state has W until the first pass over all, and twice as much after it. What was there stays
	// until the next is complete, so that here the first pass is one too many.
	w := 4 * m.W.Items() * m.Topics()
	if err := syscall.Mount("none", small, "tmpfs", 0, fmt.Sprintf("size=%d", w*5/2)); err != nil {
		t.Skip("no small disk can be had here:", err)
	}
	defer syscall.Unmount(small, 0)
	model := filepath.Join(small, "m.klew")
	code, said := fit(model)
	if code != exitFailed || !strings.Contains(said, "keeping what the fit has reached in "+model+".state: no space left on device") {
		t.Errorf("exit code %d, said %q", code, said)
	}
	if entries, _ := os.ReadDir(small); len(entries) != 1 || !streaming.IsState(model+".state") {
		t.Errorf("left behind: %v", entries)
	}
	if err := syscall.Mount("none", small, "tmpfs", syscall.MS_REMOUNT, fmt.Sprintf("size=%d", w*20)); err != nil {
		t.Fatal(err)
	}
	if code, said = fit(model); code != 0 || !strings.Contains(said, "going on from what "+model+".state has") {
		t.Errorf("with room: exit code %d, said %q", code, said)
	}
	whole, err := os.ReadFile(want)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := os.ReadFile(model); err != nil || !bytes.Equal(got, whole) {
		t.Errorf("with room it became another model (%v)", err)
	}
}
