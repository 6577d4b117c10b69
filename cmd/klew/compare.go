package main

import (
	"context"
	"fmt"
	"strings"

	"klew/cmd/klew/internal/lookup"
	"klew/cmd/klew/internal/print"
	"klew/cmd/klew/internal/usage"
	"klew/nmf"
	"klew/topics"
	"klew/topics/comparison"
	"klew/topics/tables"

	"github.com/spf13/cobra"
)

// compareCommand is the command compare.
type compareCommand struct {
	*print.Console
	words   int
	threads int
	format  print.Format
}

func newCompare(p *print.Console) *cobra.Command {
	c := &compareCommand{Console: p, words: lookup.DefaultWords, threads: nmf.Defaults().Threads}
	command := &cobra.Command{
		Use:   "compare A B",
		Short: "Print what became of the topics of one model in another",
		Long: fmt.Sprintf(`Print what became of the topics of model A in model B, which may be of other texts, another
year, other options or another number of topics. Terms are the same if their stems are.
Documents that both have count as well, if they are at least half of one model's.

A topic is

  same      one topic of B is the same, but for little (likeness from %v)
  changed   one topic of B is recognisably it (likeness from %v)
  split     it is a mixture of topics of B, each of which is for the most part it
  merged    with others it has become one topic of B
  gone      no topic of B is like it
  new       of B, and like none of A

The overlap of two topics is the sum over all terms (and half and half over documents) of the
smaller of the two weights: 1 for the same topic, 0 for nothing in common. Likeness is the
overlap beyond what either has in common with the other's corpus as a whole, from 0 to 1:
two topics of frequent words overlap, and need not be alike. If the texts are others, it is a
part of what a topic has in common with itself in other texts, which have other words of it.

One line for each topic of A, in their order, and then for each new one; a topic that was
split, or several that were merged, have a line for each part. Columns: change, topic (of A),
in_b (the topic of B), label and label_in_b, likeness (of the two; for gone and new that to the
most similar topic), share and share_in_b of the corpus, came (those of the first keywords in B
that are not among twice as many in A), went (the reverse; both for topics that are same or
changed), keywords (of B; of A for topics that were merged, or are gone).`, comparison.SameFrom, comparison.LikeFrom),
		Example: `  klew compare old.klew new.klew
  klew compare 2023.klew 2024.klew --format csv > changes.csv
  klew compare k20.klew k30.klew --format json | jq '.[] | select(.change == "split")'
  klew fit notes -k 20 --align-to old.klew -o new.klew        give topics their old numbers`,
		Args: usage.Args("A", "B"),
		RunE: func(command *cobra.Command, args []string) error { return c.run(command.Context(), args[0], args[1]) },
	}
	usage.Listed(command, &c.words, "words", "n", 1, "keywords to print for each topic, and to look at for what came and went")
	usage.Threads(command, &c.threads)
	c.format.AddFlags(command)
	return command
}

func (c *compareCommand) run(ctx context.Context, was, is string) error {
	a, err := lookup.Model(was)
	if err != nil {
		return err
	}
	b, err := lookup.Model(is)
	if err != nil {
		return err
	}
	compared, err := comparison.Compare(ctx, a, b, c.threads)
	if err != nil {
		return err
	}
	if err := c.print(a, b, compared); err != nil {
		return err
	}
	c.tell(a, b, compared)
	return nil
}

func (c *compareCommand) print(a, b *topics.Model, compared *comparison.Comparison) error {
	return print.Table(c.Console, c.format, tables.Comparison(a, b, compared, c.words))
}

// tell says in words what the table has in lines.
func (c *compareCommand) tell(a, b *topics.Model, compared *comparison.Comparison) {
	by := fmt.Sprintf("%s that both have (of %s and %s)", print.Count(compared.Terms, "term"),
		print.Grouped(len(a.Vocabulary.Terms)), print.Grouped(len(b.Vocabulary.Terms)))
	if compared.Documents > 0 {
		by += fmt.Sprintf(", and %s", print.Count(compared.Documents, "document"))
	}
	c.Say("klew: compared by %s", by)
	if text := changesInWords(a, b, compared.Relations); text != "" {
		c.Say("klew: %s", text)
	} else {
		c.Say("klew: no topic of the one is like a topic of the other")
	}
}

// changesInWords tells what became of the topics; nothing if there is nothing in common.
func changesInWords(a, b *topics.Model, relations []comparison.Relation) string {
	var same, changed, gone, appeared []string
	var parts, joined []string
	for _, r := range relations {
		was, is := lookup.Numbers(a, r.Old), lookup.Numbers(b, r.New)
		switch r.Change {
		case comparison.Same:
			same = append(same, renumbered(was[0], is[0]))
		case comparison.Changed:
			changed = append(changed, renumbered(was[0], is[0]))
		case comparison.Split:
			parts = append(parts, fmt.Sprintf("topic %s was split into %s", topics.Listed(was), topics.Listed(is)))
		case comparison.Merged:
			joined = append(joined, fmt.Sprintf("topics %s were merged into %s", topics.Listed(was), topics.Listed(is)))
		case comparison.Gone:
			gone = append(gone, topics.Listed(was))
		case comparison.New:
			appeared = append(appeared, topics.Listed(is))
		}
	}
	if len(gone)+len(appeared) == len(relations) {
		return ""
	}
	var all []string
	for _, kind := range []struct {
		what   string
		topics []string
	}{{"the same", same}, {"changed", changed}, {"gone", gone}, {"new", appeared}} {
		if len(kind.topics) > 0 {
			all = append(all, kind.what+": "+strings.Join(kind.topics, ", "))
		}
	}
	return strings.Join(append(all, append(parts, joined...)...), "; ")
}

// renumbered names a topic by its number, and by the new one if that is another.
func renumbered(was, is int) string {
	if was == is {
		return fmt.Sprint(was)
	}
	return fmt.Sprintf("%d (now %d)", was, is)
}
