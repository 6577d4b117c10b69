package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"klew/cmd/klew/internal/lookup"
	"klew/cmd/klew/internal/print"
	"klew/cmd/klew/internal/usage"
	"klew/topics"
)

// finding is the command similar.
type finding struct {
	lookup.DocumentArgument
	number int
	long   bool
	format formatFlag

	words map[int]string // the keywords of topics that have been asked for
}

// defaultNeighbours is how many documents klew similar lists.
const defaultNeighbours = 10

func newSimilar(p *print.Console) *cobra.Command {
	f := &finding{DocumentArgument: lookup.DocumentArgument{Console: p}, number: defaultNeighbours, words: map[int]string{}}
	c := &cobra.Command{
		Use:   "similar MODEL DOC",
		Short: "Print the documents that are nearest to one by their topics",
		Long: `Print the model's documents whose topics are most like those of one, the nearest first.

` + lookup.DocumentHelp + `

The distance is that of Hellinger between the topic proportions p and q,
√(1 − Σ √(p q)): 0 if they are the same, 1 if the documents have no topic in common. What
they have in common is the sum. Columns: document, its metadata (folder first), tokens,
distance, and shared: the topics that make up at least a tenth of the sum, the largest part
first, separated by blanks.

With --long, one line for each of the topics that are shared: document, metadata, tokens,
distance, topic, affinity (the topic's √(p q)), label (if klew edit has given any),
keywords. Documents of which nothing was
counted have no topics, and are near to none.`,
		Example: `  klew similar notes.klew notes/bees/swarm.txt
  klew similar notes.klew swarm.txt -n 3 --long
  klew similar notes.klew letter.txt --format json       a text that is new
  echo "bees and honey" | klew similar notes.klew -`,
		Args: usage.Args("MODEL and DOC", 2, 2),
		RunE: func(c *cobra.Command, args []string) error { return f.run(c.Context(), args[0], args[1]) },
	}
	c.Flags().IntVarP(&f.number, "number", "n", f.number, "documents to print")
	c.Flags().BoolVar(&f.long, "long", false, "print one line a document and topic that is shared")
	f.DocumentArgument.AddFlags(c)
	addQuiet(c, p)
	f.format.add(c)
	return c
}

func (f *finding) run(ctx context.Context, model, name string) error {
	if err := usage.AtLeastOne(f.number, "number"); err != nil {
		return err
	}
	m, err := lookup.Model(model)
	if err != nil {
		return err
	}
	if err := f.Find(ctx, m, name); err != nil {
		return err
	}
	if why := f.NoTopics(); why != "" {
		return errors.New(why + ", and so it is near to no document")
	}
	proportions, except := f.Proportions(), f.At
	if f.IsNew {
		except = -1
	}
	f.sayTopics(proportions)
	return f.print(proportions, m.Similar(proportions, f.number, except))
}

// sayTopics tells what the document is about, as a key to the numbers of topics.
func (f *finding) sayTopics(proportions []float64) {
	var parts []string
	labels := f.Model.Labels()
	for _, k := range mainTopics(proportions, 0.1) {
		parts = append(parts, fmt.Sprintf("%.2f of topic %d (%s)", proportions[k], f.Model.Number(k), labels[k]))
	}
	f.Say("klew: %s is %s", f.Document().ID, strings.Join(parts, ", "))
}

// mainTopics are the topics that have at least a part of what all have, the largest
// first, and the largest in any case.
func mainTopics(values []float64, part float64) []int {
	var all []int
	sum, largest := 0.0, 0.0
	for k, x := range values {
		sum += x
		largest = max(largest, x)
		if x > 0 {
			all = append(all, k)
		}
	}
	all = slices.DeleteFunc(all, func(k int) bool { return values[k] < part*sum && values[k] < largest })
	slices.SortStableFunc(all, func(a, b int) int { return cmp.Compare(values[b], values[a]) })
	return all
}

// firstWords are the first keywords of a topic.
func firstWords(m *topics.Model, k, n int) (terms []string) {
	for _, w := range m.Keywords(k, n) {
		terms = append(terms, w.Term)
	}
	return terms
}

func (f *finding) print(proportions []float64, near []topics.SimilarDocument) error {
	m := f.Model
	fields := metadata(m.Documents)
	ours := []string{"document", "tokens", "distance", "shared"}
	if f.long {
		ours = slices.Concat([]string{"document", "tokens", "distance", "topic", "affinity"}, topicsHeader(m)[2:])
	}
	to := f.format.newPrinter(f.Out, headerOf(fields, ours))
	affinity := make([]float64, m.Topics())
	for _, n := range near {
		about := append(describe(&m.Documents[n.Document], fields), n.Distance)
		topics.Affinity(affinity, proportions, m.Proportions(n.Document))
		for _, cells := range f.shared(affinity) {
			if err := to.row(append(slices.Clone(about), cells...)...); err != nil {
				return err
			}
		}
	}
	return to.close()
}

// shared are the cells of what two documents share: one line of them, or one a topic. Even
// documents that share nothing have one.
func (f *finding) shared(affinity []float64) (lines [][]any) {
	var numbers []string
	for _, k := range mainTopics(affinity, 0.1) {
		number := f.Model.Number(k)
		numbers = append(numbers, strconv.Itoa(number))
		line := []any{number, affinity[k]}
		if labelled(f.Model) {
			line = append(line, f.Model.OwnLabel(k))
		}
		lines = append(lines, append(line, f.keywords(k)))
	}
	switch {
	case !f.long:
		return [][]any{{strings.Join(numbers, " ")}}
	case lines == nil:
		return [][]any{append([]any{nil, nil}, make([]any, len(topicsHeader(f.Model))-2)...)}
	}
	return lines
}

// keywords are a topic's, put together once: most neighbours share the same few topics.
func (f *finding) keywords(k int) string {
	if _, known := f.words[k]; !known {
		f.words[k] = strings.Join(firstWords(f.Model, k, defaultWords), " ")
	}
	return f.words[k]
}
