package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"klew/cmd/klew/internal/lookup"
	"klew/cmd/klew/internal/print"
	"klew/cmd/klew/internal/usage"
	"klew/topics"
	"klew/topics/tables"
	"klew/topics/wholefile"

	"github.com/spf13/cobra"
	"golang.org/x/term"
)

// labelCommand is the command label: topics named by another program.
type labelCommand struct {
	*print.Console
	program   string
	only      lookup.TopicList
	words     int
	sentences int
	noTexts   bool
	timeout   time.Duration
	keep      bool
	output    string
	format    print.Format
}

func newLabel(p *print.Console) *cobra.Command {
	l := &labelCommand{Console: p, words: lookup.DefaultWords, sentences: 3, timeout: 2 * time.Minute}
	c := &cobra.Command{
		Use:   "label MODEL",
		Short: "Have another program name the topics",
		Long: `Have another program name the topics, such as the command line of a language model: klew
itself never uses the network. The command of --with is run by the system's shell once for
each topic. It reads one JSON object from standard input:

  {"topic": 3, "label": "star telescope sky", "share": 0.117, "keywords": ["star", ...],
   "sentences": ["The comet was seen ...", ...], "taken": ["Bread and baking", ...]}

and prints the topic's name: its first line that is not empty, without quotation marks
around it. taken are the names that other topics have got by then. Sentences are those
that carry the topic; they are left out if the texts are not there any more.

The names are printed with the columns topic, was, label, keywords. On a terminal you are
asked whether to keep them; elsewhere they are kept with --yes only. Each is a line "rename"
in the journal of the model: klew edit --list shows it, and --undo takes it back. Topics that
have been named by a person or program keep their names, unless --topic asks for them. A
topic for which the program fails, or prints nothing, keeps its label, and that is said.`,
		Example: `  klew label notes.klew --with 'llm "Name this topic of a corpus in two to four words."'
  klew label notes.klew --with ./name-topic.py --yes
  klew label notes.klew --with ./name-topic.py --topic 3,7 -o named.klew
  klew label notes.klew --with 'tee /dev/stderr | head -c 0'    look at what a program gets`,
		Args: usage.Args("MODEL"),
		RunE: func(c *cobra.Command, args []string) error { return l.run(c.Context(), args[0]) },
	}
	flags := c.Flags()
	flags.StringVar(&l.program, "with", "", "the `command` that names a topic")
	l.only.AddFlags(c)
	usage.Listed(c, &l.words, "words", "n", 1, "keywords of each topic to hand over")
	usage.Listed(c, &l.sentences, "sentences", "", 0, "sentences of each topic to hand over")
	flags.BoolVar(&l.noTexts, "no-texts", false, "do not read the texts again: no sentences")
	flags.DurationVar(&l.timeout, "timeout", l.timeout, "stop the command when it takes longer for a topic")
	flags.BoolVarP(&l.keep, "yes", "y", false, "keep the names without asking")
	flags.StringVarP(&l.output, "output", "o", "", "save the model with its names to this `file`, and leave MODEL as it is")
	l.format.AddFlags(c)
	return c
}

func (l *labelCommand) run(ctx context.Context, path string) error {
	switch {
	case strings.TrimSpace(l.program) == "":
		return usage.Mistake(errors.New("--with is missing: it names the program to run, for example --with ./name-topic.py"))
	case l.timeout <= 0:
		return usage.Mistakef("--timeout %v: must be above 0, for example 30s", l.timeout)
	}
	m, file, err := lookup.ModelFile(path)
	if err != nil {
		return err
	}
	save := func() error { return m.Save(l.output) }
	if l.output == "" {
		l.output, save = path, func() error { return file.SaveJournal(m) }
	}
	if err := wholefile.Check(l.output, "model", topics.IsModel); err != nil {
		return err
	}
	view, err := m.Edited()
	if err != nil {
		return fmt.Errorf("reading %s: %w", path, err)
	}
	chosen, err := l.chosen(view)
	if err != nil {
		return err
	}
	named, failed, err := l.ask(ctx, view, chosen)
	if err != nil {
		return err
	}
	if err := print.Table(l.Console, l.format, tables.Named(view, named, l.words)); err != nil {
		return err
	}
	return errors.Join(l.settle(m, view, named, save), failed)
}

// chosen are the topics to name: those that are asked for, or all without a name of their own.
func (l *labelCommand) chosen(m *topics.Model) (chosen []int, err error) {
	if len(l.only) > 0 {
		return l.only.Of(m)
	}
	var kept []int
	for k := range m.Topics() {
		if m.OwnLabel(k) == "" {
			chosen = append(chosen, k)
		} else {
			kept = append(kept, m.Number(k))
		}
	}
	if len(kept) > 0 {
		l.Say("klew: topics that have a name keep it: %s (--topic names them anew)", topics.Listed(kept))
	}
	return chosen, nil
}

// settle keeps the names, if that is wanted.
func (l *labelCommand) settle(m, view *topics.Model, named []tables.Naming, save func() error) error {
	if len(named) == 0 {
		return nil
	}
	if !l.keep && !l.agreed() {
		l.Say("klew: %s is as it was; --yes keeps the names", l.output)
		return nil
	}
	var edits []topics.Edit
	for _, n := range named {
		edits = append(edits, topics.Edit{Verb: topics.RenameTopic, Topic: view.Number(n.Topic) - 1, Text: n.Label})
	}
	if err := m.Amend(edits); err != nil {
		return err
	}
	if err := save(); err != nil {
		return err
	}
	l.Say("klew: saved %s to %s", print.Count(len(named), "name"), l.output)
	return nil
}

// agreed asks at a terminal whether to keep the names; elsewhere nobody can be asked.
func (l *labelCommand) agreed() bool {
	f, ok := l.In.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return false
	}
	fmt.Fprintf(l.Err, "Keep these names? [y/N] ")
	answer, _ := bufio.NewReader(f).ReadString('\n')
	return strings.HasPrefix(strings.ToLower(strings.TrimSpace(answer)), "y")
}
