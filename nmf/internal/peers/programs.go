package main

import (
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
)

// timeKlew fits with a trace. It has one iteration more than is counted, since the first
// line of a trace comes in the middle of the first iteration, and has the start in it.
func (c *comparison) timeKlew(ctx context.Context, k int) (float64, error) {
	trace := filepath.Join(c.dir, "trace.tsv")
	_, err := output(ctx, c.klew(), "fit", c.matrix(), "-k", strconv.Itoa(k), "--solver", "mu", "--init", "random",
		"--max-iter", strconv.Itoa(c.iterations+1), "--tol", "0", "--trace", trace, "--quiet")
	if err != nil {
		return 0, err
	}
	text, err := os.ReadFile(trace)
	if err != nil {
		return 0, err
	}
	return traced(string(text), c.iterations)
}

// traced is the seconds of so many iterations in a trace: between the line of iteration
// 0 and that of the last.
func traced(text string, iterations int) (float64, error) {
	var begin, end float64
	lines := strings.Split(strings.TrimSpace(text), "\n")[1:]
	for _, at := range []struct {
		iteration int
		seconds   *float64
	}{{0, &begin}, {iterations, &end}} {
		if at.iteration >= len(lines) {
			return 0, fmt.Errorf("the trace has %d lines, not one for iteration %d", len(lines), at.iteration)
		}
		var n int
		if _, err := fmt.Sscan(lines[at.iteration], &n, at.seconds); err != nil || n != at.iteration {
			return 0, fmt.Errorf("the trace has %q for iteration %d", lines[at.iteration], at.iteration)
		}
	}
	return end - begin, nil
}

// timePrototype runs its warm-up only, which is multiplicative updates.
func (c *comparison) timePrototype(ctx context.Context, k int) (float64, error) {
	n := strconv.Itoa(c.iterations)
	out, err := output(ctx, c.prototype(), c.matrix(), strconv.Itoa(k), n, n, strconv.Itoa(runtime.NumCPU()))
	if err != nil {
		return 0, err
	}
	return reported(out, c.iterations)
}

// reported is the second column of the last line, where the first must be iterations.
func reported(out string, iterations int) (seconds float64, err error) {
	lines := strings.Split(strings.TrimSpace(out), "\n")
	last := lines[len(lines)-1]
	var n int
	if _, err := fmt.Sscan(last, &n, &seconds); err != nil || n != iterations {
		return 0, fmt.Errorf("its last line is %q, not that of iteration %d", last, iterations)
	}
	return seconds, nil
}

// timeSklearn has the time as the script tells it: of the fit, without reading.
func (c *comparison) timeSklearn(ctx context.Context, k int) (float64, error) {
	out, err := output(ctx, c.python, c.script(), "matrix", c.matrix(), strconv.Itoa(k), strconv.Itoa(c.iterations))
	if err != nil {
		return 0, err
	}
	return told(out, c.iterations)
}

// told reads "20.31 s for 20 iterations, divergence …".
func told(out string, iterations int) (seconds float64, err error) {
	var n int
	if _, err := fmt.Sscanf(out, "%f s for %d iterations", &seconds, &n); err != nil || n != iterations {
		return 0, fmt.Errorf("it said %q, not what %d iterations took", strings.TrimSpace(out), iterations)
	}
	return seconds, nil
}

func unzip(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	r, err := gzip.NewReader(in)
	if err != nil {
		return fmt.Errorf("%s: %w", from, err)
	}
	out, err := os.Create(to)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, r)
	if closing := out.Close(); err == nil {
		err = closing
	}
	return err
}
