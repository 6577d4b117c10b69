// Command peers times klew beside scikit-learn and the C++ prototype: all by
// multiplicative updates, on the same counts, in the same run. Machines differ, and the
// same one from hour to hour; ratios of such runs are what can be told.
//
// It is run from the folder of klew by make bench-peers, and needs there
//
//	python3 with scikit-learn
//	g++, and a processor with AVX-512 for what it builds
//	../shared/data/newsgroups.mtx.gz      documents × terms
//	../shared/bench/sklearn_nmf.py        matrix FILE K ITERATIONS
//	../shared/prototype/klnmf.cpp         FILE K ITERATIONS WARM-UP THREADS
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

func main() {
	// An interrupt ends the program at work; what is temporary goes all the same.
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "peers:", err)
		os.Exit(1)
	}
}

// comparison is what is to be run.
type comparison struct {
	shared, python, data string
	topics               string
	iterations, repeats  int
	dir                  string // temporary, for all that is built and unpacked
}

func run(ctx context.Context, args []string, out io.Writer) error {
	var c comparison
	flags := flag.NewFlagSet("peers", flag.ExitOnError)
	flags.StringVar(&c.shared, "shared", "../shared", "the `folder` of data, bench and prototype")
	flags.StringVar(&c.python, "python", "python3", "a Python that has scikit-learn")
	flags.StringVar(&c.data, "data", "newsgroups", "the `name` of the matrix in shared/data")
	flags.StringVar(&c.topics, "k", "20,64,100", "numbers of topics")
	flags.IntVar(&c.iterations, "iterations", 20, "iterations, 1 or a multiple of 10: then the prototype tells the time")
	flags.IntVar(&c.repeats, "repeats", 3, "runs of klew and the prototype, of which the median counts")
	flags.Parse(args)
	topics, err := c.check(ctx)
	if err != nil {
		return err
	}
	if c.dir, err = os.MkdirTemp("", "klew-peers-"); err != nil {
		return err
	}
	defer os.RemoveAll(c.dir)
	if err := c.build(ctx); err != nil {
		return err
	}
	fmt.Fprintf(out, "%s, %d multiplicative updates, seconds\n\n", c.data, c.iterations)
	fmt.Fprintf(out, "| k | klew | prototype | scikit-learn | scikit-learn / klew | klew / prototype |\n")
	fmt.Fprintf(out, "| --- | --- | --- | --- | --- | --- |\n")
	for _, k := range topics {
		s, err := c.measure(ctx, k)
		if err != nil {
			return err
		}
		fmt.Fprintf(out, "| %d | %.3f | %.3f | %.2f | %.1f | %.2f |\n",
			k, s.klew, s.prototype, s.sklearn, s.sklearn/s.klew, s.klew/s.prototype)
	}
	return nil
}

// check reports everything that is missing or wrong together.
func (c *comparison) check(ctx context.Context) (topics []int, err error) {
	var faults []error
	for _, k := range strings.Split(c.topics, ",") {
		n, err := strconv.Atoi(k)
		if err != nil || n < 1 {
			faults = append(faults, fmt.Errorf("-k %s: %q is no number of topics", c.topics, k))
		}
		topics = append(topics, n)
	}
	if c.iterations != 1 && (c.iterations < 10 || c.iterations%10 != 0) {
		faults = append(faults, fmt.Errorf("-iterations %d: must be 1 or a multiple of 10", c.iterations))
	}
	if c.repeats < 1 {
		faults = append(faults, fmt.Errorf("-repeats %d: must be at least 1", c.repeats))
	}
	for _, path := range []string{c.packed(), c.script(), c.source()} {
		if _, err := os.Stat(path); err != nil {
			faults = append(faults, fmt.Errorf("%w; -shared (make: SHARED) names the folder", err))
		}
	}
	if _, err := exec.LookPath("g++"); err != nil {
		faults = append(faults, fmt.Errorf("no g++ to build the prototype: %w", err))
	}
	if _, err := output(ctx, c.python, "-c", "import sklearn, scipy"); err != nil {
		faults = append(faults, fmt.Errorf("no scikit-learn; -python (make: PEERS_PYTHON) names a Python that has it: %w", err))
	}
	return topics, errors.Join(faults...)
}

func (c *comparison) packed() string { return filepath.Join(c.shared, "data", c.data+".mtx.gz") }
func (c *comparison) script() string { return filepath.Join(c.shared, "bench", "sklearn_nmf.py") }
func (c *comparison) source() string { return filepath.Join(c.shared, "prototype", "klnmf.cpp") }

func (c *comparison) matrix() string    { return filepath.Join(c.dir, "counts.mtx") }
func (c *comparison) klew() string      { return filepath.Join(c.dir, "klew") }
func (c *comparison) prototype() string { return filepath.Join(c.dir, "klnmf") }

// build makes the two programs and unpacks the counts, for all to read the same file.
func (c *comparison) build(ctx context.Context) error {
	if _, err := output(ctx, "go", "build", "-o", c.klew(), "klew/cmd/klew"); err != nil {
		return fmt.Errorf("building klew: %w", err)
	}
	if _, err := output(ctx, "g++", "-O3", "-march=native", "-o", c.prototype(), c.source(), "-lpthread"); err != nil {
		return fmt.Errorf("building the prototype, which needs a processor with AVX-512: %w", err)
	}
	if err := unzip(c.packed(), c.matrix()); err != nil {
		return fmt.Errorf("unpacking the counts: %w", err)
	}
	return nil
}

// seconds is what the iterations took each program.
type seconds struct{ klew, prototype, sklearn float64 }

// measure lets klew and the prototype run in turns: each takes about a second, and the
// machine may be slow for one.
func (c *comparison) measure(ctx context.Context, k int) (s seconds, err error) {
	var klew, prototype []float64
	for range c.repeats {
		own, err := c.timeKlew(ctx, k)
		if err != nil {
			return s, fmt.Errorf("klew: %w", err)
		}
		other, err := c.timePrototype(ctx, k)
		if err != nil {
			return s, fmt.Errorf("the prototype: %w", err)
		}
		klew, prototype = append(klew, own), append(prototype, other)
	}
	s.klew, s.prototype = median(klew), median(prototype)
	if s.sklearn, err = c.timeSklearn(ctx, k); err != nil {
		return s, fmt.Errorf("scikit-learn: %w", err)
	}
	return s, nil
}

func median(x []float64) float64 {
	slices.Sort(x)
	return (x[(len(x)-1)/2] + x[len(x)/2]) / 2
}

// output runs a program to its end. An error has the last that the program said.
func output(ctx context.Context, name string, args ...string) (string, error) {
	out, err := exec.CommandContext(ctx, name, args...).Output()
	var failed *exec.ExitError
	if errors.As(err, &failed) {
		said := strings.Split(strings.TrimSpace(string(failed.Stderr)), "\n")
		err = fmt.Errorf("%s: %w: %s", name, err, strings.Join(said[max(0, len(said)-5):], "\n"))
	}
	return string(out), err
}
