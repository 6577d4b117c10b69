package main

import (
	"context"
	"io"
	"strings"
	"testing"
)

// What the programs print, as they print it.
func TestSeconds(t *testing.T) {
	const trace = "iteration\tseconds\tdivergence\tresidual\n" +
		"0\t0.250000\t900.000000\t0\n1\t0.500000\t800.000000\t0.9\n2\t1.000000\t700.000000\t0.9\n"
	for _, read := range []struct {
		name string
		read func(text string, iterations int) (float64, error)
		text string
		n    int
		want float64 // 0 for an error
	}{
		{"trace", traced, trace, 2, 0.75},
		{"part of a trace", traced, trace, 1, 0.25},
		{"short trace", traced, trace, 3, 0},
		{"trace without a line", traced, "iteration\tseconds\n", 1, 0},
		{"empty trace", traced, "", 1, 0},
		{"prototype", reported, "1\t0.031\t12.5\t0.0\t0.0\n10\t0.310\t11.5\t0.0\t0.0\n", 10, 0.31},
		{"prototype without the last", reported, "1\t0.031\t12.5\t0.0\t0.0\n", 10, 0},
		{"silent prototype", reported, "", 10, 0},
		{"scikit-learn", told, "20.31 s for 20 iterations, divergence 9631045.0\n", 20, 20.31},
		{"other iterations", told, "20.31 s for 10 iterations, divergence 9631045.0\n", 20, 0},
		{"silent scikit-learn", told, "", 20, 0},
	} {
		got, err := read.read(read.text, read.n)
		if got != read.want || (err == nil) != (read.want > 0) {
			t.Errorf("%s: %v, %v, want %v", read.name, got, err, read.want)
		}
	}
}

func TestMedian(t *testing.T) {
	if odd, even := median([]float64{3, 1, 2}), median([]float64{4, 1, 3, 2}); odd != 2 || even != 2.5 {
		t.Errorf("%v and %v, want 2 and 2.5", odd, even)
	}
}

// All that is missing is told at once, and how to name it.
func TestMissing(t *testing.T) {
	err := run(context.Background(), []string{"-shared", "nowhere", "-python", "nopython", "-k", "20,x", "-iterations", "15"}, io.Discard)
	if err == nil {
		t.Fatal("no error")
	}
	for _, want := range []string{`"x"`, "15", "newsgroups.mtx.gz", "sklearn_nmf.py", "klnmf.cpp", "SHARED", "nopython", "PEERS_PYTHON"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%q is not named in\n%v", want, err)
		}
	}
}
