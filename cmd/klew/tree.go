package main

import (
	"klew/cmd/klew/internal/lookup"
	"klew/cmd/klew/internal/print"
	"klew/cmd/klew/internal/usage"
	"klew/topics"
	"klew/topics/relations"
	"klew/topics/tables"

	"github.com/spf13/cobra"
)

// treeCommand is the command tree.
type treeCommand struct {
	*print.Console
	linkage relations.Linkage
	groups  int
	words   int
	merges  bool
	pairs   bool
	plot    string
	format  print.Format
}

func newTree(p *print.Console) *cobra.Command {
	t := &treeCommand{Console: p, linkage: relations.Ward, words: 6}
	c := &cobra.Command{
		Use:   "tree MODEL [--groups N]",
		Short: "Print which topics belong together",
		Long: `Print the topics in groups of those whose words are alike. Columns:

  group        its number, in the order of the tree
  topic        the topic's number
  label        its label
  share        its part of the corpus
  distance     at which it was joined to another topic or group
  with         the topic with whose share of documents its own rises most
  correlation  how far it does, from -1 to 1
  keywords     its first words

Topics that are joined early stand side by side. The distance of two topics is that of
Jensen and Shannon, from 0 (the same words) to 1 (no word in both). --linkage says what
that of two groups is: ward, how much joining them adds to the spread within groups, which
makes groups of about one size (Ward 1963); average, the mean over pairs of their topics.

--merges prints the steps in which topics were joined, the nearest first: step, first and
second (the topics in its two parts), distance, topics (how many it joins).

--pairs prints all pairs of topics: topic, label, other, other_label, distance, and
correlation, of the two topics' proportions in the documents: above 0 for topics that come
together. Two topics may have few words in common and often stand in one text.

The picture of --plot has the tree, its groups in colours, and beside it the correlations of
all topics in the same order: blue above 0, red below.`,
		Example: `  klew tree news.klew                         groups of topics: about the root of their number
  klew tree news.klew --groups 5
  klew tree news.klew --plot tree.svg         and as a picture (.svg or .png)
  klew tree news.klew --merges --format json
  klew tree news.klew --pairs --format csv > pairs.csv`,
		Args: usage.Args("MODEL"),
		RunE: func(c *cobra.Command, args []string) error { return t.run(args[0]) },
	}
	usage.Listed(c, &t.groups, "groups", "", 0, "cut the tree into so many groups (0: about the root of the number of topics)")
	usage.Choose(c, &t.linkage, "linkage", "", relations.Linkages(), "what the distance of two groups is")
	usage.Listed(c, &t.words, "words", "n", 0, "keywords to print for each topic (0: none)")
	c.Flags().BoolVar(&t.merges, "merges", false, "print the steps in which topics were joined")
	c.Flags().BoolVar(&t.pairs, "pairs", false, "print the distance and the correlation of each two topics")
	c.Flags().StringVar(&t.plot, "plot", "", "draw the tree to this `file`, .svg or .png")
	usage.Either(c, "merges", "pairs")
	t.format.AddFlags(c)
	return c
}

func (t *treeCommand) run(path string) error {
	if err := print.CheckPicture(t.plot); err != nil {
		return err
	}
	m, err := lookup.Model(path)
	if err != nil {
		return err
	}
	distances, correlations := relations.Distances(m), m.Correlations()
	tree, err := relations.NewTree(distances, t.linkage)
	if err != nil {
		return err
	}
	if t.plot != "" {
		if err := print.SavePicture(t.Console, t.figure(m, tree, correlations), t.plot); err != nil {
			return err
		}
	}
	if t.pairs {
		return print.Table(t.Console, t.format, tables.Pairs(m, distances, correlations))
	}
	if t.merges {
		return print.Table(t.Console, t.format, tables.Merges(m, tree))
	}
	return print.Table(t.Console, t.format, tables.Groups(m, tree, tree.Cut(t.count(m)), correlations, t.words))
}

// count is how many groups are wanted.
func (t *treeCommand) count(m *topics.Model) int {
	if t.groups > 0 {
		return t.groups
	}
	n := 1
	for n*n < m.Topics() {
		n++
	}
	return n
}
