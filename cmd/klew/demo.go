package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"klew/cmd/klew/internal/fitting"
	"klew/cmd/klew/internal/manual"
	"klew/cmd/klew/internal/print"
	"klew/cmd/klew/internal/source"
	"klew/cmd/klew/internal/usage"
	"klew/corpus"
	"klew/examples"
	"klew/nmf"
	"klew/topics"
	"klew/topics/page"
	"klew/topics/tables"
	"klew/topics/wholefile"
	"klew/vectorize"

	"github.com/spf13/cobra"
)

func newDemo(p *print.Console) *cobra.Command {
	var file string
	c := &cobra.Command{
		Use:   "demo",
		Short: "Show what klew does, on sample texts",
		Long: `Find the topics of the sample texts that are part of this program: little texts on eight
themes, a folder each. Print the topics, three of the documents with theirs, and the
commands to try next. With --page also make the page to explore them, as klew view does.`,
		Example: `  klew demo
  klew demo --page demo.html`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return demo(c.Context(), p, file) },
	}
	c.Flags().StringVar(&file, "page", "", "write the page to explore the topics to this `file`")
	return c
}

// demoTopics is the number of themes of the sample texts.
const demoTopics = 8

func demo(ctx context.Context, p *print.Console, file string) error {
	if file != "" {
		if err := wholefile.Check(file, "page", page.IsPage); err != nil {
			return err
		}
	}
	in := source.Input{Console: p, Words: source.Words{Counting: vectorize.Defaults()}}
	fit := fitting.Fitting{Console: p, Options: nmf.Defaults()}
	fit.Options.Topics = demoTopics
	if err := in.PrepareTerms(0); err != nil {
		return err
	}
	c, err := corpus.Open([]string{"demo"}, corpus.Options{Files: examples.Demo})
	if err != nil {
		return err
	}
	table, origin, err := in.CountTexts(ctx, c, []string{"demo"})
	if err != nil {
		return err
	}
	origin.Program, origin.Counting = "klew "+manual.Version, in.Counting
	m, err := fit.Factorise(ctx, table, origin)
	if err != nil {
		return err
	}
	if m.Outcome.Status == nmf.Interrupted {
		return usage.ErrInterrupted
	}
	fmt.Fprintf(p.Out, "The topics of %s:\n\n", print.Count(len(m.Documents), "sample text"))
	if err := print.Table(p, "table", tables.Topics(m, tables.TopicOptions{Keywords: firstWords(m)})); err != nil {
		return err
	}
	fmt.Fprint(p.Out, "\nThe topics of three of them, from the purest to the most mixed:\n")
	for _, j := range threeDocuments(&m.DocumentTopics) {
		printDocument(p, m, j)
	}
	fmt.Fprint(p.Out, demoNext)
	if file == "" {
		return nil
	}
	return writeDemo(ctx, p, m, c, file)
}

// writeDemo writes the page of the demo, whose texts are in the order of the documents.
func writeDemo(ctx context.Context, p *print.Console, m *topics.Model, c *corpus.Corpus, file string) error {
	x := page.Page{Model: m, Name: "demo", Options: page.Defaults(), Texts: func(yield func(int, string) bool) {
		j := 0
		for d := range c.Documents(ctx) {
			if !yield(j, d.Text) {
				return
			}
			j++
		}
	}}
	if err := x.Evaluate(ctx, c.Documents(ctx), 0); err != nil {
		return err
	}
	err := wholefile.Write(file, func(to io.Writer) error {
		_, err := x.Write(ctx, to)
		return err
	})
	if err == nil {
		p.Say("klew: wrote %s; open it in a browser", file)
	}
	return err
}

// firstWords are the eight first keywords of each topic.
func firstWords(m *topics.Model) tables.Ranked {
	r := topics.NewRanker(m)
	return func(k int) []topics.Ranked { return r.Top(k, 8, topics.Divergence, 0) }
}

// threeDocuments picks the document with the smallest, the middle and the largest
// proportion of a second topic.
func threeDocuments(d *topics.DocumentTopics) []int {
	order := make([]int, len(d.Documents))
	second := make([]float64, len(d.Documents))
	for j := range order {
		order[j] = j
		p := d.Proportions(j)
		slices.Sort(p)
		second[j] = p[len(p)-2]
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(second[a], second[b]) })
	return []int{order[0], order[len(order)/2], order[len(order)-1]}
}

// printDocument prints the topics of at least a tenth of a document.
func printDocument(p *print.Console, m *topics.Model, j int) {
	fmt.Fprintf(p.Out, "\n%s\n", m.Documents[j].ID)
	proportions, r := m.Proportions(j), topics.NewRanker(m)
	for _, k := range tables.MainTopics(proportions, 0.1) {
		words := strings.Join(tables.Keywords(r, k, 4), " ")
		fmt.Fprintf(p.Out, "  %3.0f %%  topic %d: %s\n", 100*proportions[k], m.Number(k), words)
	}
}

const demoNext = `
Now with texts of your own:

  klew fit FOLDER -k 10 -o my.klew        find 10 topics and keep the model
  klew view my.klew -o my.html            a page to explore them; of these texts:
                                          klew demo --page demo.html
  klew topics my.klew --words 20          more keywords
  klew docs my.klew --long --top 3        the main topics of each document
  klew docs my.klew > documents.tsv       all of them, for a spreadsheet or R
  klew infer my.klew OTHER-FOLDER         the topics of texts that come later
  klew help fit                           all that can be chosen
`
