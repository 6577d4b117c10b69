package main

import (
	"compress/gzip"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestMain makes the test binary serve as klew itself when a script or a test runs it
// by that name.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"klew": main, "hang": hang})
}

// hang waits for interrupts as klew does, and does nothing else.
func hang() {
	untilInterrupt(os.Stderr)
	fmt.Println("ready")
	select {}
}

// TestScripts runs whole commands as a user would.
func TestScripts(t *testing.T) {
	demo, err := filepath.Abs("../../examples/demo")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		Setup: func(e *testscript.Env) error {
			e.Setenv("DEMO", demo)
			return nil
		},
		Condition: func(name string) (bool, error) {
			if name == "root" {
				return os.Geteuid() == 0, nil
			}
			return false, fmt.Errorf("unknown condition %q", name)
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"input": writeInput, "bytes": writeBytes, "gzip": writeZipped},
	})
}

// writeBytes is the script command "bytes FILE TEXT", where TEXT may hold Go's escapes
// for bytes that a script cannot.
func writeBytes(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: bytes FILE TEXT")
	}
	text, err := strconv.Unquote(`"` + args[1] + `"`)
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(text), 0o666))
}

// writeZipped is the script command "gzip FROM TO".
func writeZipped(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: gzip FROM TO")
	}
	f, err := os.Create(ts.MkAbs(args[1]))
	ts.Check(err)
	w := gzip.NewWriter(f)
	_, err = io.WriteString(w, ts.ReadFile(args[0]))
	ts.Check(errors.Join(err, w.Close(), f.Close()))
}

// What klew takes is bounded while little is in use, and beyond that there is room for garbage.
func TestMemoryFor(t *testing.T) {
	for live, want := range map[uint64]int64{0: usualMemory, 340 << 20: usualMemory, 400 << 20: 500 << 20, 4 << 30: 5 << 30} {
		if got := memoryFor(live); got != want {
			t.Errorf("%d MB in use: a limit of %d MB, want %d", live>>20, got>>20, want>>20)
		}
	}
}
