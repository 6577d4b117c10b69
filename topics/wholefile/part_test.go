package wholefile

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
)

// TestMain lets the tests' own binary be a program that writes a file in two halves, the second when it
// is told to.
func TestMain(m *testing.M) {
	if path := os.Getenv("WHOLEFILE_TEST_WRITES"); path != "" {
		os.Exit(writeInHalves(path))
	}
	os.Exit(m.Run())
}

func writeInHalves(path string) int {
	err := Write(path, func(to io.Writer) error {
		fmt.Fprint(to, "first half, ")
		fmt.Println("written")
		if _, err := bufio.NewReader(os.Stdin).ReadString('\n'); err != nil {
			return err
		}
		_, err := fmt.Fprint(to, "second half")
		return err
	})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

// halfway is another process that has written half of a file.
func halfway(t *testing.T, path string) (c *exec.Cmd, goOn io.Writer) {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("here nothing that is left can be removed")
	}
	c = exec.Command(os.Args[0])
	c.Env, c.Stderr = append(os.Environ(), "WHOLEFILE_TEST_WRITES="+path), os.Stderr
	goOn, err := c.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	said, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Skip("no other process can be had here:", err)
	}
	t.Cleanup(func() { c.Process.Kill() })
	if line, err := bufio.NewReader(said).ReadString('\n'); line != "written\n" {
		t.Fatalf("it said %q (%v)", line, err)
	}
	return c, goOn
}

func parts(t *testing.T, path string) []string {
	t.Helper()
	names, err := filepath.Glob(path + ".*.part")
	if err != nil {
		t.Fatal(err)
	}
	return names
}

// What a program leaves that is killed while it writes is gone when the file is written next, or is
// only looked at for that.
func TestPartOfKilledIsRemoved(t *testing.T) {
	for name, next := range map[string]func(path string) error{
		"Write": func(path string) error { return Write(path, put("new")) },
		"Check": func(path string) error { return Check(path, "text", func(string) bool { return true }) },
	} {
		path := in(t, "a [1]", "old")
		c, _ := halfway(t, path)
		c.Process.Kill()
		c.Wait()
		if left, _ := filepath.Glob(filepath.Join(filepath.Dir(path), "*.part")); len(left) != 1 {
			t.Fatalf("left by the killed program: %v", left)
		}
		if err := next(path); err != nil {
			t.Error(err)
		}
		holds(t, path, map[string]string{"Write": "new", "Check": "old"}[name])
	}
}

// The part of a program that is at work stays, and takes its place in the end; that of this process as
// well, which writes the same file twice at once.
func TestPartOfRunningStays(t *testing.T) {
	path := in(t, "a", "old")
	c, goOn := halfway(t, path)
	err := Write(path, func(to io.Writer) error {
		put("outer")(to)
		return Write(path, put("inner"))
	})
	if err != nil {
		t.Fatal(err)
	}
	if text, _ := os.ReadFile(path); string(text) != "outer" {
		t.Errorf("the file holds %q", text)
	}
	if left := parts(t, path); len(left) != 1 {
		t.Fatalf("of the running program there is %v", left)
	}
	fmt.Fprintln(goOn)
	if err := c.Wait(); err != nil {
		t.Fatal(err)
	}
	holds(t, path, "first half, second half")
}

// A part that is locked stays, also if no process of its number can be seen; so does what only looks like
// a part, and the part of another machine or of another file.
func TestOnlyLeftPartsAreRemoved(t *testing.T) {
	path := in(t, "a", "old")
	const gone = 1 << 30 // more than any system counts to
	locked := partName(path, gone, 0)
	stay := []string{
		locked, path + ".00000000-1073741824-0.part", path + ".part", path + ".1073741824-0.part", partName(path, gone, 0) + "x",
		partName(path+"b", gone, 0), strings.Replace(partName(path, gone, 0), "-0.part", "-00.part", 1), partName(path, os.Getppid(), 0),
	}
	for _, name := range append(stay, partName(path, gone, 1), partName(path, os.Getpid(), 7)) {
		if err := os.WriteFile(name, []byte("half"), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	free, ok := hold(locked)
	if !ok {
		t.Fatal("it cannot be locked")
	}
	defer free()
	if err := Write(path, put("new")); err != nil {
		t.Fatal(err)
	}
	for _, name := range stay {
		if _, err := os.Stat(name); err != nil {
			t.Error(err)
		}
	}
	entries, err := os.ReadDir(filepath.Dir(path))
	if want := len(stay) + 1; runtime.GOOS != "windows" && (err != nil || len(entries) != want) {
		t.Errorf("%d files are there, want %d (%v): %v", len(entries), want, err, entries)
	}
}

// Programs that write the same file at once do not take each other's parts: each comes to its end.
func TestManyWritersAtOnce(t *testing.T) {
	path := in(t, "a", "old")
	ended := make(chan error)
	const writers = 8
	for n := range writers {
		go func() {
			for range 50 {
				if err := Write(path, put(strings.Repeat(fmt.Sprint(n), 10))); err != nil {
					ended <- err
					return
				}
			}
			ended <- nil
		}()
	}
	for range writers {
		select {
		case err := <-ended:
			if err != nil {
				t.Error(err)
			}
		case <-time.After(time.Minute):
			t.Fatal("they have not come to their end")
		}
	}
	if left := parts(t, path); len(left) > 0 {
		t.Errorf("left: %v", left)
	}
}
