package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"

	"github.com/spf13/cobra"
	"klew/cmd/klew/internal/manual"
	"klew/cmd/klew/internal/print"
	"klew/cmd/klew/internal/usage"
	"klew/topics"
	"klew/topics/streaming"
	"klew/topics/wholefile"
	"klew/vectorize"
)

// addMemory adds the options of a corpus that is larger than memory.
func (f *fitCommand) addMemory(c *cobra.Command) {
	c.Flags().Var(&f.memory, "memory", "stream counts that need more (klew help memory)")
	usage.Count(c, &f.shards, "shards", "", 0, 1_000_000, "with --memory: parts of the counts (0: as in the file)")
}

// checkMemory refuses these options where they would do nothing.
func (f *fitCommand) checkMemory() error {
	switch {
	case f.memory != 0 && !f.IsCounted():
		return errors.New("--memory is for a file of klew import: count the texts first with klew import PATH... -o CORPUS, and fit CORPUS")
	case f.shards != 0 && f.memory == 0:
		return errors.New("--shards is for counts that are streamed: give --memory, too")
	}
	return nil
}

// streamed fits a corpus whose counts stay in the file; it returns no model if they fit into memory.
func (f *fitCommand) streamed(ctx context.Context, path string, enough func(int) error) (*topics.Model, error) {
	c, origin, err := f.OpenCounted(path, enough)
	if err != nil {
		return nil, err
	}
	defer func() { c.Close() }()
	counting := f.Counting
	counting.Weighting = vectorize.CountWeighting // others are refused where they would be streamed
	table, _, err := c.Outline(counting)
	if err != nil {
		return nil, nil // as a table it says so
	}
	size := streaming.SizeOf(table, f.fit.Options.Topics, c.Shards)
	need := size.InMemory()
	switch have := streaming.Machine(); {
	case f.memory == 0 && have > 0 && need > have:
		return nil, fmt.Errorf("%s: to fit it in memory takes about %s, and there are %s: give --memory, such as --memory %s, to stream it from the file",
			path, amount(need), amount(have), amount(have/2))
	case f.memory == 0:
		return nil, nil
	case need <= int64(f.memory):
		debug.SetMemoryLimit(max(int64(f.memory), streaming.Smallest)) // or garbage comes to three times as much
		return nil, nil
	}
	if err := f.streamable(need); err != nil {
		return nil, usage.Mistake(err)
	}
	size.Shards = f.shardsOf(c)
	room := max(int64(f.memory), streaming.Smallest)
	if least := size.Least(); least > room {
		return nil, fmt.Errorf("%s: --memory %s is too little: to stream its counts in %s takes at least %s; fewer topics (-k) or terms (--min-df), or more shards (--shards), need less",
			path, f.memory.String(), print.Count(size.Shards, "shard"), amount(least))
	}
	if err := f.shuffle(ctx, c); err != nil {
		return nil, err
	}
	f.Say("klew: to fit %s in memory takes about %s: its counts are streamed, in %s", path, amount(need), print.Count(c.Shards, "shard"))
	// The collector lets garbage grow to twice what is in use, unless there is a limit.
	defer debug.SetMemoryLimit(debug.SetMemoryLimit(room))
	m, err := f.stream(ctx, c, origin)
	if err != nil && err != usage.ErrInterrupted {
		err = fmt.Errorf("fitting %s: %w", path, err)
	}
	return m, err
}

// amount is an amount of memory in whole megabytes.
func amount(bytes int64) string {
	whole := usage.Memory(max(1, (bytes+1<<19)>>20) << 20)
	return whole.String()
}

// streamable refuses what needs all counts in memory, and says how much memory that takes.
func (f *fitCommand) streamable(need int64) error {
	why := streaming.Refusal(f.Counting, f.fit.Options)
	switch {
	case f.decides():
		why = "the number of topics must be known: give one with -k"
	case f.fit.Guide != "":
		why = "a guide is for counts in memory: guide the topics of a part of the texts, and begin with that model by --edits"
	case f.traceTo != "":
		why = "there are no iterations for --trace, which is to be left out: klew info shows the divergence that was reached"
	}
	if why == "" {
		return nil
	}
	return fmt.Errorf("--memory %s: the counts, which take about %s in memory, would be streamed, and then %s; or give --memory %[2]s",
		f.memory.String(), amount(need+1<<19), why)
}

// shardsOf is in how many shards the counts are to be: those of the file, unless others are wanted.
func (f *fitCommand) shardsOf(c *vectorize.Counted) int {
	switch {
	case f.shards > 0:
		return min(f.shards, len(c.Documents))
	case c.Shards > 0:
		return c.Shards
	}
	return c.UsualShards()
}

// shuffle puts counts in shards, in a temporary file, unless they are in as many in their own.
func (f *fitCommand) shuffle(ctx context.Context, c *vectorize.Counted) error {
	shards := f.shardsOf(c)
	if shards == c.Shards {
		return nil
	}
	room := vectorize.Room{Memory: int64(f.memory) / 2}
	if f.output != "" {
		room.Folder = filepath.Dir(f.output)
	}
	shuffling := f.Begin("shuffling", 0)
	err := c.Shuffle(ctx, shards, room)
	took := shuffling.End()
	if err == nil {
		f.Say("klew: shuffled the documents into %s in %.1f s", print.Count(c.Shards, "shard"), took.Seconds())
	}
	return err
}

// stream finds the topics, and shows how far it has come. What it reaches is kept beside the output.
func (f *fitCommand) stream(ctx context.Context, c *vectorize.Counted, origin topics.Origin) (*topics.Model, error) {
	origin.Program = "klew " + manual.Version
	o := streaming.Options{Counting: f.Counting, Fitting: f.fit.Options, Memory: int64(f.memory), State: f.state()}
	if o.State != "" {
		if err := wholefile.Check(o.State, "state of a fit", streaming.IsState); err != nil {
			return nil, err
		}
		if streaming.IsState(o.State) {
			f.Say("klew: going on from what %s has of a fit that did not come to its end", o.State)
		}
	}
	m, err := f.fit.Streamed(ctx, c, o, origin)
	if errors.Is(err, context.Canceled) && streaming.IsState(o.State) {
		f.Say("klew: interrupted: the same command goes on from %s", o.State)
	}
	if errors.Is(err, context.Canceled) {
		return nil, usage.ErrInterrupted
	}
	return m, err
}

// state is the file for what a fit that is streamed has reached, empty if nothing is to be saved.
func (f *fitCommand) state() string {
	if f.output == "" {
		return ""
	}
	return f.output + ".state"
}

// dropState removes that file once the model is saved.
func (f *fitCommand) dropState(m *topics.Model) error {
	if m.Origin.Streamed == nil || !streaming.IsState(f.state()) {
		return nil
	}
	return os.Remove(f.state())
}
