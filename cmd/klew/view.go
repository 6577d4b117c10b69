package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"math"

	"klew/cmd/klew/internal/lookup"
	"klew/cmd/klew/internal/print"
	"klew/cmd/klew/internal/source"
	"klew/cmd/klew/internal/usage"
	"klew/corpus"
	"klew/topics/page"
	"klew/topics/wholefile"

	"github.com/spf13/cobra"
)

// viewCommand is the command view: the page to explore a model.
type viewCommand struct {
	*print.Console
	output  string
	name    string
	older   string
	sweep   string
	maxSize usage.Memory
	options page.Options
	threads int
}

func newView(p *print.Console) *cobra.Command {
	v := &viewCommand{Console: p, options: page.Defaults()}
	v.maxSize = usage.Memory(v.options.MaxSize)
	c := &cobra.Command{
		Use:   "view MODEL -o FILE.html",
		Short: "Make a page to explore the topics, in one file",
		Long: `Make a page to explore a model in a browser: its topics, their words, the documents, and each
text with the topic that each word speaks for. It is one HTML file, which opens from where
it lies, needs no network and no program beside the browser, and can be mailed.

The numbers are those that klew topics, topic, docs, words and explain print. Each place in
the page has an address, so that a link leads to a topic, a document or a word. The key / goes
to the search, [ and ] to the topic or document before and after. Every table can be saved as
CSV, every picture as SVG.

For the texts, they are read again from where they were. --texts says which the page holds:

  auto      all, if the file keeps to --max-size with them (1MB is 1024 × 1024 bytes), and else
            excerpts
  all       all, whatever its size
  excerpts  the beginnings of texts, and those that are most typical of a topic as a whole
  none      none, and no sentences: topics, words and proportions, names and metadata remain

With --compare the page also shows what became of the topics of another model in this one, as
klew compare does, and with --sweep what klew sweep -o has found in that folder. What klew
evaluate measures of the model is in the page; for coherence the texts are read once more.

Whoever has the page can read the texts in it. Without texts, or where they are gone, all
else is there, and the page says why.`,
		Example: `  klew view notes.klew -o notes.html
  klew view notes.klew -o notes.html --texts none       to publish without the texts
  klew view news.klew -o news.html --max-size 20MB
  klew view new.klew -o new.html --compare old.klew     what became of the old topics
  klew view notes.klew -o notes.html --sweep notes.sweep   why so many topics`,
		Args: usage.Args("MODEL"),
		RunE: func(c *cobra.Command, args []string) error { return v.run(c.Context(), args[0]) },
	}
	flags := c.Flags()
	flags.StringVarP(&v.output, "output", "o", "", "write the page to this `file`")
	usage.Choose(c, &v.options.Texts, "texts", "", page.TextModes, "which texts the page holds")
	flags.Var(&v.maxSize, "max-size", "with --texts auto, the largest size of a page with all texts")
	usage.Count(c, &v.options.Documents, "documents", "", 0, math.MaxInt32, "list so many documents at most: of more, typical ones and an even sample of the others (0: all)")
	flags.StringVar(&v.name, "name", "", "call the page by this `name` (default that of the model's file)")
	flags.StringVar(&v.sweep, "sweep", "", "show what klew sweep has found, too, in this `folder`")
	flags.StringVar(&v.older, "compare", "", "show what became of the topics of this other `model`, too")
	usage.Threads(c, &v.threads)
	return c
}

func (v *viewCommand) run(ctx context.Context, model string) error {
	if err := v.check(); err != nil {
		return err
	}
	m, err := lookup.Model(model)
	if err != nil {
		return err
	}
	v.options.MaxSize = int64(v.maxSize)
	p := page.Page{Model: m, Name: v.name, Options: v.options}
	if p.Name == "" {
		p.Name = lookup.NameOf(model)
	}
	if p.Older, p.OlderName, err = lookup.Older(v.older); err != nil {
		return err
	}
	if err := v.addSweep(&p); err != nil {
		return err
	}
	if err := v.evaluate(ctx, &p); err != nil {
		return err
	}
	reading := v.Begin("reading the texts again", len(m.Documents))
	texts := v.addTexts(ctx, &p, reading)
	var report page.Report
	err = wholefile.Write(v.output, func(to io.Writer) (err error) {
		report, err = p.Write(ctx, to)
		return err
	})
	reading.End()
	if err != nil {
		return err
	}
	if texts != nil && ctx.Err() == nil {
		texts.SayMissing(v.Console)
	}
	v.say(report)
	return nil
}

// check finds out whether the page can be written, before the work.
func (v *viewCommand) check() error {
	switch v.output {
	case "":
		return usage.Mistake(errors.New("-o is missing: it names the file for the page, such as notes.html"))
	case "-":
		return usage.Mistake(errors.New("--output -: standard output is for what is listed; name a file, such as notes.html"))
	}
	return wholefile.Check(v.output, "page", page.IsPage)
}

// addSweep has the page show a sweep, if one is named.
func (v *viewCommand) addSweep(p *page.Page) (err error) {
	if v.sweep == "" {
		return nil
	}
	p.Sweep, err = page.ReadSweep(v.sweep)
	if n := len(p.Model.Documents); err == nil && p.Sweep.Documents() != n {
		v.Say("klew: the sweep in %s was of %s, the model is of %s", v.sweep, print.Count(p.Sweep.Documents(), "document"), print.Grouped(n))
	}
	return err
}

// evaluate has the page show what klew evaluate measures: with coherence, unless there are no
// texts, or none shall be read.
func (v *viewCommand) evaluate(ctx context.Context, p *page.Page) error {
	var texts iter.Seq[corpus.Document]
	if v.options.Texts != page.NoTexts {
		if again, err := lookup.Reread(p.Model, v.threads); err == nil {
			stage := v.Begin("reading the texts for coherence", again.Corpus.Len())
			defer stage.End()
			texts = source.Shown(again.Documents(ctx), stage)
		}
	}
	return p.Evaluate(ctx, texts, v.threads)
}

// addTexts reads the texts again, and has the page say why where that cannot be done.
func (v *viewCommand) addTexts(ctx context.Context, p *page.Page, reading *print.Stage) *lookup.Texts {
	if v.options.Texts == page.NoTexts {
		p.Why = "The page was made without texts."
		return nil
	}
	again, err := lookup.Reread(p.Model, v.threads)
	if err != nil {
		v.Say("klew: %v; the page will be without them", err)
		p.Why = "The texts were not there when the page was made."
		return nil
	}
	p.Texts = shownTexts(ctx, again, reading)
	return again
}

// shownTexts are the texts, with progress.
func shownTexts(ctx context.Context, again *lookup.Texts, reading *print.Stage) iter.Seq2[int, string] {
	return func(yield func(int, string) bool) {
		for j, d := range again.All(ctx) {
			reading.Set(again.Found, "documents")
			if !yield(j, d.Text) {
				return
			}
		}
	}
}

// say tells what the page holds.
func (v *viewCommand) say(r page.Report) {
	if r.Full > 0 {
		v.Say("klew: with all texts the page would have more than %s: it has excerpts; --texts all, or --max-size, for all", size(max(r.Full, int64(v.maxSize))))
	}
	if r.Held < r.Documents {
		v.Say("klew: the page lists %s of %s documents, those that are typical of topics and an even sample of the others (--documents); topics, words, trends and fields are of all",
			print.Grouped(r.Held), print.Grouped(r.Documents))
	}
	held := "no texts"
	switch {
	case r.Whole == r.Documents && r.Documents > 0:
		held = "all texts"
	case r.Whole+r.Brief > 0:
		held = fmt.Sprintf("%s, and the beginnings of %s others", print.Count(r.Whole, "text"), print.Grouped(r.Brief))
	}
	v.Say("klew: wrote %s, %s, with %s of %s", v.output, size(r.Size), held, print.Count(r.Documents, "document"))
}

// size is a number of bytes in megabytes.
func size(n int64) string { return fmt.Sprintf("%.1f MB", float64(n)/(1<<20)) }
