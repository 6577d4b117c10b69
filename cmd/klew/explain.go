package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"
	"klew/cmd/klew/internal/lookup"
	"klew/cmd/klew/internal/print"
	"klew/cmd/klew/internal/usage"
	"klew/topics"
	"klew/topics/tables"
)

// explainCommand is the command explain.
type explainCommand struct {
	explained
	topic  int // the number of the one whose share is shown; 0: of each token the largest
	format print.Format
}

func newExplain(p *print.Console) *cobra.Command {
	e := &explainCommand{explained: explained{DocumentArgument: lookup.DocumentArgument{Console: p}, one: -1, words: lookup.DefaultWords}}
	c := &cobra.Command{
		Use:   "explain MODEL DOC",
		Short: "Print a text with the topic of each of its words",
		Long: `Print a document's topics, and for each of its words the topics that it speaks for.

` + lookup.DocumentHelp + `

The text of a document of the model is read again where it came from, and must be as it was.

The share of topic k in a word is p(topic | term, document), the term's weight in the topic
times the topic's in the document, as a part of what that is for all topics. A word's shares
sum to 1; summed over all words, with their weights, they are the topic's weight in the document
(with the Frobenius loss and with --alpha-h they are not, and klew says so). Stop words, words
that are not in the vocabulary, and those in no topic of the document have none.
What belongs to topics that klew edit has dropped is in no share; words that it has banned
keep theirs until the next fit, since the document's topics were found with them.

On a terminal, and with --format table, it is the text, under a key to its topics: in colour,
each word in that of its largest share, and underlined if that is less than half; elsewhere, or
if NO_COLOR is set, with the number of that topic behind it in brackets. With --topic N it is
the share of that topic that is shown, from five hundredths on: in darker colour, the larger
it is, or as a number. Where words overlap, as with n-grams and in Chinese, each piece of text
is shown by the sum of theirs.

With tsv and csv there is one row a word. Columns: from, to (the bytes of the text, as read,
between which it stands), text, term, weight (what the word adds to the counts, 1 unless they
are weighted), topic (that of the largest share, or N), label, share, and why a word has none.

With json it is one object: document, new (whether it is new to the model), metadata (an
object), tokens, unknown (words, stop words apart, that are not in the vocabulary), topics
(an array by falling weight of topic, proportion, weight, label, keywords), text, and spans
(an array of from, to, text, term, weight, shares, why; shares is an array by falling share of
topic and share). What does not apply is left out. jsonl is the same in one line.`,
		Example: `  klew explain notes.klew notes/bees/swarm.txt
  klew explain notes.klew swarm.txt --format table | less
  klew explain notes.klew swarm.txt --topic 3
  klew explain notes.klew letter.txt --format csv        a text that is new
  klew explain notes.klew - --format json < letter.txt`,
		Args: usage.Args("MODEL", "DOC"),
		RunE: func(c *cobra.Command, args []string) error { return e.run(c.Context(), args[0], args[1]) },
	}
	usage.Count(c, &e.topic, "topic", "", 0, usage.MostListed, "show the share of the topic with this `number` (0: of each word's largest)")
	lookup.CompleteTopics(c, "topic")
	usage.Listed(c, &e.words, "words", "n", 1, "keywords of each topic in the key")
	e.DocumentArgument.AddFlags(c)
	e.format.AddFlags(c)
	return c
}

func (e *explainCommand) run(ctx context.Context, model, name string) error {
	m, err := lookup.Model(model, name)
	if err != nil {
		return err
	}
	if e.one, err = lookup.OneTopic(m, e.topic); err != nil {
		return err
	}
	if err := e.Find(ctx, m, name); err != nil {
		return err
	}
	if err := e.Read(ctx); err != nil {
		return err
	}
	tokens, err := m.Explain(ctx, e.Text, e.Topics, e.At)
	if err != nil {
		return fmt.Errorf("explaining %s: %w", e.Document().ID, err)
	}
	if why := e.NoTopics(); why != "" {
		e.Say("klew: %s", why)
	}
	if !m.SharesAddUp() {
		e.Say("klew: summed over words, the shares are not the topics' weights: they are with Kullback-Leibler and without --alpha-h")
	}
	return e.print(e.format, tokens)
}

// explained is a document with the topics of its words.
type explained struct {
	lookup.DocumentArgument
	one   int // the place in the model of the topic whose share is shown; -1: of each word the largest
	words int // keywords of each topic in the key
}

// print prints the document in a format: as a text for the eye, as an object, or as rows.
func (e *explained) print(form print.Format, tokens []topics.ExplainedToken) error {
	switch format, _ := form.InForce(e.Out); format {
	case "json", "jsonl":
		return e.explanation(tokens).Write(e.Out, format == "jsonl")
	case "table":
		w := bufio.NewWriter(e.Out)
		newPainting(e, tokens).write(w)
		return w.Flush()
	}
	return print.Table(e.Console, form, tables.Tokens(e.Model, e.Text, tokens, e.one))
}

func (e *explained) explanation(tokens []topics.ExplainedToken) *tables.Explanation {
	return &tables.Explanation{Model: e.Model, Document: e.Document(), New: e.IsNew, Weights: e.Weights(), Proportions: e.Proportions(),
		Text: e.Text, Tokens: tokens, One: e.one, Keywords: e.words}
}

// inColour says whether to paint: on a terminal that can, unless the user does not want
// it (no-color.org).
func inColour(out io.Writer) bool {
	return print.Width(out) > 0 && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
}
