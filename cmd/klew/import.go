package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"runtime/debug"

	"github.com/spf13/cobra"
	"klew/cmd/klew/internal/manual"
	"klew/cmd/klew/internal/print"
	"klew/cmd/klew/internal/source"
	"klew/cmd/klew/internal/usage"
	"klew/topics/wholefile"
	"klew/vectorize"
)

// importCommand is the command import.
type importCommand struct {
	*print.Console
	source.Words
	texts   source.Texts
	output  string
	memory  usage.Memory
	limited bool // the user says how much memory
	threads int
	shards  int
}

func newImport(p *print.Console) *cobra.Command {
	i := &importCommand{Console: p, memory: vectorize.DefaultMemory, shards: -1}
	i.Counting = vectorize.Defaults()
	c := &cobra.Command{
		Use:   "import PATH... -o CORPUS",
		Short: "Count texts once, for many fits",
		Long: `Count texts and keep the counts in a file, which klew fit takes in place of the texts:
the texts are then read once for many fits. A PATH is one as with klew fit.

klew help reading and klew help counting tell of the options.

How text is cut into terms is decided here. Which terms are kept, and how they are
weighted, is decided by each fit: the file holds all terms. The topics are the same as
those of klew fit with the texts and the same options.

The texts may be larger than memory. Counts for which there is no room are kept in
temporary files in the folder of CORPUS, which are gone when klew ends, however it ends.
The vocabulary and the list of documents stay in memory, also where --memory is less than
they need; counting is slower then.

Counts that take more than 64 MB in memory are written in shards of about that size, so that klew
fit --memory can go through them without having them all. --shards N says how many; 0 means none.
Documents are in the shards in a shuffled order, always the same.`,
		Example: `  klew import notes -o notes.kcorpus
  klew fit notes.kcorpus -k 20                  find 20 topics
  klew fit notes.kcorpus -k 40 --min-df 10      and 40 of fewer terms
  klew import mail --language de --ngram-range 1,2 -o mail.kcorpus
  klew import articles --shards 32 -o articles.kcorpus
  klew info notes.kcorpus                       what is in it`,
		Args: i.texts.PathArgs(),
		RunE: func(c *cobra.Command, paths []string) error {
			i.limited = c.Flags().Changed("memory")
			return i.run(c.Context(), paths)
		},
	}
	c.Flags().StringVarP(&i.output, "output", "o", "", "keep the counts in this `file`")
	c.Flags().Var(&i.memory, "memory", "how much memory to use, about, such as 500MB or 4GB; the rest goes to temporary files")
	usage.Count(c, &i.shards, "shards", "", -1, 1_000_000, "number of shards for klew fit --memory; 0 is none, -1 one for each 64 MB of counts if there is more than one")
	usage.Threads(c, &i.threads)
	manual.Section(c, "Reading (klew help reading)", func() { i.texts.Add(c) })
	manual.Section(c, "Words (klew help counting)", func() { i.AddWords(c) })
	return c
}

func (i *importCommand) run(ctx context.Context, paths []string) error {
	if err := errors.Join(i.prepare(), i.texts.Check(paths)); err != nil {
		return err
	}
	c, err := i.texts.Open(i.Console, paths, i.threads)
	if err != nil {
		return err
	}
	if i.limited {
		defer debug.SetMemoryLimit(debug.SetMemoryLimit(int64(i.memory)))
	}
	reading := i.Begin("counting", c.Len())
	counted, err := vectorize.CountAll(ctx, source.Shown(c.Documents(ctx), reading), i.Counting, i.room())
	took := reading.End()
	if err := cmp.Or(i.texts.Account(i.Console, c), err); err != nil {
		return err
	}
	i.Say("klew: counted %s in %.1f s: %s, %s", print.Count(len(counted.Documents), "document"), took.Seconds(),
		print.Count(len(counted.Terms), "term"), print.Count(counted.Tokens(), "token"))
	counted.Program, counted.Paths, counted.Reading = "klew "+manual.Version, paths, i.texts.Options
	counted.Ledger = c.Ledger()
	if err = i.shuffle(ctx, counted); err == nil {
		err = i.save(ctx, counted)
	}
	return errors.Join(err, counted.Close())
}

// shuffle puts the counts in shards, if they are many or it was asked for.
func (i *importCommand) shuffle(ctx context.Context, c *vectorize.Counted) error {
	shards := i.shards
	if shards < 0 {
		if shards = c.UsualShards(); shards == 1 {
			return nil
		}
	}
	if shards == 0 {
		return nil
	}
	shuffling := i.Begin("shuffling", 0)
	err := c.Shuffle(ctx, shards, i.room())
	took := shuffling.End()
	if err == nil {
		i.Say("klew: shuffled the documents into %s in %.1f s", print.Count(c.Shards, "shard"), took.Seconds())
	}
	return err
}

// room leaves half of the memory for all else.
func (i *importCommand) room() vectorize.Room {
	return vectorize.Room{Memory: max(int64(i.memory)/2, 1), Folder: filepath.Dir(i.output)}
}

func (i *importCommand) prepare() error {
	switch {
	case i.output == "":
		return usage.Mistake(errors.New("-o is missing: it names the file for the counts, such as notes.kcorpus"))
	case i.output == "-":
		return usage.Mistake(errors.New("--output -: counts cannot go to standard output; name a file"))
	}
	if err := i.PrepareTerms(i.threads); err != nil {
		return err
	}
	return wholefile.Check(i.output, "counted corpus", vectorize.IsCounted)
}

func (i *importCommand) save(ctx context.Context, c *vectorize.Counted) error {
	err := wholefile.Write(i.output, func(to io.Writer) error { return c.Write(ctx, to) })
	if err != nil {
		return fmt.Errorf("saving the counted corpus to %s: %w", i.output, err)
	}
	i.Say("klew: saved the counted corpus to %s", i.output)
	return nil
}
