package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"klew/cmd/klew/internal/print"
	"klew/nmf"
	"klew/topics"
)

// An interrupt while fitting saves what was reached, says so, and exits with 130.
func TestInterruptSaves(t *testing.T) {
	t.Parallel() // it waits for seconds
	model, steps := filepath.Join(t.TempDir(), "m.klew"), filepath.Join(t.TempDir(), "t.tsv")
	// It would run for hours.
	c := exec.Command("klew", "fit", "../../examples/demo", "-k", "8", "-o", model, "--trace", steps, "--max-iter", "1000000000", "--tol", "0")
	said, code := interruptWhen(t, c, "klew: fitting:") // the first line of progress
	if code != exitInterrupted {
		t.Errorf("exit code %d\n%s", code, said)
	}
	for _, want := range []string{"interrupted", "saved the model to " + model, "saved the trace to " + steps} {
		if !strings.Contains(said, want) {
			t.Errorf("no word of %q in:\n%s", want, said)
		}
	}
	m, err := topics.Load(model)
	if err != nil {
		t.Fatal(err)
	}
	if m.Outcome.Status != nmf.Interrupted || m.Topics() != 8 {
		t.Errorf("%d topics, status %s", m.Topics(), m.Outcome.Status)
	}
	if o := m.Outcome; o.Iterations < 1 || o.Divergence >= o.Trace[0] {
		t.Errorf("%d iterations, divergence %g from %g: nothing was reached", o.Iterations, o.Divergence, o.Trace[0])
	}
	text, err := os.ReadFile(steps)
	if lines := bytes.Count(text, []byte("\n")); err != nil || !bytes.HasPrefix(text, []byte("iteration\tseconds\t")) || lines < 3 {
		t.Errorf("a trace of %d lines (%v)", lines, err)
	}
}

// interruptWhen runs a command and interrupts it once it has said something.
func interruptWhen(t *testing.T, c *exec.Cmd, cue string) (said string, code int) {
	t.Helper()
	stderr, err := c.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	var all bytes.Buffer
	for lines := bufio.NewScanner(stderr); lines.Scan(); {
		all.WriteString(lines.Text() + "\n")
		if strings.Contains(lines.Text(), cue) {
			if err := c.Process.Signal(os.Interrupt); err != nil {
				t.Fatal(err)
			}
			cue = "\x00" // once
		}
	}
	return all.String(), exitCode(t, c.Wait())
}

func exitCode(t *testing.T, err error) int {
	t.Helper()
	var exit *exec.ExitError
	switch {
	case err == nil:
		return 0
	case errors.As(err, &exit):
		return exit.ExitCode()
	}
	t.Fatal(err)
	return 0
}

// A second interrupt ends the program at once, whatever it does.
func TestSecondInterrupt(t *testing.T) {
	c := exec.Command("hang")
	stdout, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	stderr, err := c.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	waitFor(t, stdout, "ready")
	c.Process.Signal(syscall.SIGINT)
	waitFor(t, stderr, "interrupt again to stop at once")
	c.Process.Signal(syscall.SIGINT)
	if code := exitCode(t, c.Wait()); code != exitInterrupted {
		t.Errorf("exit code %d", code)
	}
}

func waitFor(t *testing.T, from interface{ Read([]byte) (int, error) }, cue string) {
	t.Helper()
	for lines := bufio.NewScanner(from); lines.Scan(); {
		if strings.Contains(lines.Text(), cue) {
			return
		}
	}
	t.Fatalf("%q never came", cue)
}

// Interrupted while it waits for standard input, klew has nothing to keep, and does
// not wait for the end of the input.
func TestInterruptWhileReading(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	model := filepath.Join(t.TempDir(), "m.klew")
	var out, said bytes.Buffer
	p := &print.Console{In: endless{cancel}, Out: &out, Err: &said}
	if code := run(ctx, []string{"fit", "-", "-o", model}, p); code != exitInterrupted {
		t.Errorf("exit code %d\n%s", code, said.String())
	}
	if !strings.Contains(said.String(), "before there was anything to keep") {
		t.Errorf("said %q", said.String())
	}
	if _, err := os.Stat(model); err == nil {
		t.Error("a model was saved")
	}
}

// endless is an input that never says another word: the user gives up.
type endless struct{ giveUp context.CancelFunc }

func (e endless) Read([]byte) (int, error) {
	e.giveUp()
	select {}
}

// Interrupted before the first iteration there is nothing worth replacing a model for.
func TestInterruptBeforeTheFirstIteration(t *testing.T) {
	model := filepath.Join(t.TempDir(), "m.klew")
	if err := handMade().Save(model); err != nil {
		t.Fatal(err)
	}
	before, _ := os.ReadFile(model)
	ctx, cancel := context.WithCancel(context.Background())
	said := &cue{on: "read 136 documents", do: cancel}
	p := &print.Console{In: strings.NewReader(""), Out: io.Discard, Err: said}
	if code := run(ctx, []string{"fit", "../../examples/demo", "-k", "8", "-o", model}, p); code != exitInterrupted {
		t.Errorf("exit code %d\n%s", code, said.String())
	}
	if !strings.Contains(said.String(), "nothing is saved") {
		t.Errorf("said %q", said.String())
	}
	if after, _ := os.ReadFile(model); !bytes.Equal(before, after) {
		t.Error("the model that was there is gone")
	}
}

// cue does something once it has been told something.
type cue struct {
	bytes.Buffer
	on string
	do func()
}

func (c *cue) Write(text []byte) (int, error) {
	if strings.Contains(string(text), c.on) {
		c.do()
	}
	return c.Buffer.Write(text)
}

// Who closes the pipe that klew talks into loses the talk, not the model.
func TestClosedPipe(t *testing.T) {
	model := filepath.Join(t.TempDir(), "m.klew")
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	r.Close()
	c := exec.Command("klew", "fit", "../../examples/demo", "-k", "8", "-o", model)
	c.Stdout, c.Stderr = w, w
	if code := exitCode(t, c.Run()); code != exitDone {
		t.Errorf("exit code %d", code)
	}
	if _, err := topics.Load(model); err != nil {
		t.Error(err)
	}
}
