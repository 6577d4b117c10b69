package main

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"klew/topics/streaming"
)

// A streamed fit that is killed goes on from its last pass by the same command, to the same bytes,
// and leaves nothing beside its output.
func TestKilledFitGoesOn(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	corpus := filepath.Join(dir, "c.kcorpus")
	ctx, stop := context.WithTimeout(context.Background(), 2*time.Minute)
	defer stop()
	klew := func(args ...string) *exec.Cmd { return exec.CommandContext(ctx, "klew", args...) }
	if out, err := klew("import", "../../examples/demo", "-o", corpus, "--shards", "7").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	fit := func(output string) *exec.Cmd {
		return klew("fit", corpus, "-k", "12", "--memory", "1KB", "-q", "-o", filepath.Join(dir, output))
	}
	if out, err := fit("whole.klew").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	killed := 0
	for range 3 { // killed when there is something to go on from, and then let run a little longer each time
		c := fit("killed.klew")
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		ended := make(chan error, 1)
		go func() { ended <- c.Wait() }()
		if killedWhen(c, ended, filepath.Join(dir, "killed.klew.state"), time.Duration(killed)*20*time.Millisecond) {
			killed++
		}
	}
	if out, err := fit("killed.klew").CombinedOutput(); err != nil {
		t.Fatalf("after %d kills: %v\n%s", killed, err, out)
	}
	want, err := os.ReadFile(filepath.Join(dir, "whole.klew"))
	if err != nil {
		t.Fatal(err)
	}
	if got, err := os.ReadFile(filepath.Join(dir, "killed.klew")); err != nil || !bytes.Equal(got, want) {
		t.Errorf("after %d kills the model is another (%v)", killed, err)
	}
	if left, _ := os.ReadDir(dir); len(left) != 3 && runtime.GOOS != "windows" || killed == 0 {
		t.Errorf("after %d kills, left behind: %v", killed, left)
	}
}

// killedWhen kills a command once a state is there, and some time has gone by; it reports false if the
// command ended before.
func killedWhen(c *exec.Cmd, ended <-chan error, state string, later time.Duration) bool {
	for {
		select {
		case <-ended:
			return false
		case <-time.After(time.Millisecond):
		}
		if streaming.IsState(state) {
			time.Sleep(later)
			c.Process.Kill()
			<-ended
			return true
		}
	}
}
