package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"klew/cmd/klew/internal/lookup"
	"klew/cmd/klew/internal/manual"
	"klew/cmd/klew/internal/print"
	"klew/cmd/klew/internal/source"
	"klew/cmd/klew/internal/usage"
	"klew/corpus"
	"klew/corpus/spelling"
	"klew/topics"
	"klew/topics/evaluation"
	"klew/topics/tables"

	"github.com/spf13/cobra"
)

// evaluateCommand is the command evaluate.
type evaluateCommand struct {
	*print.Console
	words      int
	byTopic    bool
	names      []string // of the measures wanted; none: all
	reference  []string
	heldOut    []string
	reading    source.Texts // of the others
	given      func(option string) bool
	onTraining bool
	seed       uint64
	labels     string
	table      string
	intrusion  string
	long       bool
	threads    int
	format     print.Format

	measures []evaluation.Measure
}

func newEvaluate(p *print.Console) *cobra.Command {
	e := &evaluateCommand{Console: p, words: lookup.DefaultWords, seed: 1}
	c := &cobra.Command{
		Use:   "evaluate MODEL",
		Short: "Print how good a model and its topics are",
		Long: `Print how good a model and its topics are, by measures that have been published.

Columns: measure, value, better (which values are: higher, lower, or empty if neither), and
on, what it was measured on: model, texts (the model's own, read again), a PATH, or a field
of the metadata. Where a measure is one of topics, the value is its mean over topics. With
--by-topic there is a line a topic: topic, label, a column for each such measure, after
purity most_frequent, the label that most documents have of which the topic is the first,
and keywords, the first three. A cell is empty where there is nothing to measure.

Coherence needs texts. They are those of the model, if they are still where they were, or
others with --reference. What needs no text is printed in any case. Of texts it sees what
klew counts: without stop words, stems in the place of words; tokens that were pruned from
the vocabulary keep their places in the windows. u_mass, c_uci, c_npmi and c_v are those
of gensim, with ε = 1e-12; of a topic with fewer than two words in the texts there is none.

--held-out and --reference read a PATH as klew infer does, with --mail, columns of tables
and the pattern for --meta-path as for the model's own texts. --held-out also takes over
--input and --segment, so that documents are as long as those that the model has seen. The
options on reading here are for both. For perplexity, --held-out should be texts that the
model has not seen. Half of the tokens of each, drawn from a seed, tell its topics; the
other half is predicted. The corpus's distribution of terms counts as some tokens of each
document, as many as predict best (Dirichlet priors: Zhai and Lafferty 2004): two words say
little of what else is in a text, and a single token that is impossible would make
perplexity infinite. A model that has been edited is measured as it was fitted here; all
else is of the topics as they are now.

--labels names the field that is the label; by default it is the folder, if there are
several. --table labels prints how many documents of each label have a topic as their
first: columns topic, label (of the topic), and the labels of documents, or with --long a line
for each two that meet: topic, label, value (the documents' label), documents, share (of the
documents with this value).

--intrusion SHEET.csv asks people (Chang et al. 2009). If there is no such file, klew writes it:
a question a row, for each topic which of six words does not belong with the others, and for up
to 20 documents which of some topics is not in the text. --seed draws the questions. With letters
in its column answer (a question may be there several times, for several people) the same command
scores the sheet: model_precision, the share of answers that found the intruder, and
topic_log_odds, the mean of log (share of the intruder / share of the topic chosen), shares with
a token more, spread evenly; at best 0.

The top words are the keywords of klew topics, as many as --words says. Measures:

` + measuresHelp(),
		Example: `  klew evaluate notes.klew
  klew evaluate notes.klew --by-topic --format csv > topics.csv
  klew evaluate notes.klew --by-topic --measure c_npmi,exclusivity,tokens
  klew evaluate notes.klew --held-out later              how well does it predict other texts?
  klew evaluate titles.klew --held-out more.txt --input lines
  klew evaluate notes.klew --reference encyclopedia      do the words belong together there?
  klew evaluate notes.klew --table labels                topics by folder
  klew evaluate notes.klew --intrusion questions.csv     ask people; and, once answered, score`,
		Args: usage.Args("MODEL"),
		RunE: func(c *cobra.Command, args []string) error {
			e.given = c.Flags().Changed
			return e.run(c.Context(), args[0])
		},
	}
	flags := c.Flags()
	usage.Listed(c, &e.words, "words", "n", 1, "top words of a topic that count")
	flags.BoolVar(&e.byTopic, "by-topic", false, "print one line a topic")
	flags.StringSliceVar(&e.names, "measure", nil, "only these `measures`, with commas between them; what they do not need is not read")
	flags.StringArrayVar(&e.reference, "reference", nil, "measure coherence on the texts at this `path` (may be given several times)")
	flags.StringArrayVar(&e.heldOut, "held-out", nil, "predict half of the tokens of the texts at this `path` (may be given several times)")
	flags.BoolVar(&e.onTraining, "on-training", false, "predict half of the tokens of the model's own texts, too, though they are not held out")
	flags.Uint64Var(&e.seed, "seed", e.seed, "seed of the random numbers that halve texts")
	flags.StringVar(&e.labels, "labels", "", "the `field` of the metadata with which topics are compared (default folder, if there are several)")
	lookup.CompleteFields[string](c, "labels")
	usage.Choose(c, &e.table, "table", "", []string{"labels"}, "print this table and nothing else")
	flags.StringVar(&e.intrusion, "intrusion", "", "write questions for people to this `file`, or score their answers if it is there")
	usage.Either(c, "intrusion", "table")
	for _, measured := range []string{"held-out", "reference", "on-training", "measure"} {
		usage.Either(c, "intrusion", measured)
		usage.Either(c, "table", measured)
	}
	usage.Either(c, "table", "by-topic")
	flags.BoolVar(&e.long, "long", false, "with --table: print one line a topic and label")
	e.format.AddFlags(c)
	usage.Threads(c, &e.threads)
	manual.Section(c, "Reading other texts (klew help reading)", func() { e.reading.AddLike(c) })
	return c
}

// check finds fault with the options.
func (e *evaluateCommand) check() (err error) {
	switch {
	case e.long && e.table == "":
		return usage.Mistake(errors.New("--long is for --table labels"))
	case slices.Contains(slices.Concat(e.reference, e.heldOut), "-"):
		return usage.Mistake(errors.New("-: standard input cannot be read here; name a file"))
	}
	if len(e.reference)+len(e.heldOut) == 0 {
		if err := source.NoneGiven(e.given, "--held-out and --reference"); err != nil {
			return usage.Mistake(err)
		}
	}
	if err := e.reading.Check(slices.Concat(e.heldOut, e.reference)); err != nil {
		return err
	}
	if e.measures, err = measuresNamed(e.names); err != nil {
		return usage.Mistake(err)
	}
	return nil
}

func (e *evaluateCommand) run(ctx context.Context, path string) error {
	if err := e.check(); err != nil {
		return err
	}
	m, err := lookup.Model(path)
	if err != nil {
		return err
	}
	if e.intrusion != "" {
		return e.ofPeople(ctx, m)
	}
	classes, field, err := e.classes(m)
	if err != nil {
		return err
	}
	if e.table != "" {
		return e.printLabels(m, classes)
	}
	on := map[evaluation.Need]string{evaluation.TheModel: "model", evaluation.OtherFits: "model", evaluation.TheLabels: field}
	if classes == nil {
		field = ""
	}
	v, err := e.evaluate(ctx, m, field, on)
	if err != nil {
		return err
	}
	if e.byTopic {
		return e.printTopics(v)
	}
	return e.printModel(v, on)
}

// wants says whether a measure that needs this is to be printed.
func (e *evaluateCommand) wants(n evaluation.Need) bool {
	return slices.ContainsFunc(e.measures, func(m evaluation.Measure) bool {
		return m.Needs == n && !(e.byTopic && m.Scope == evaluation.ModelOnly) && !(!e.byTopic && m.Scope == evaluation.TopicOnly)
	})
}

// classes are the documents by label, or nil if there is nothing to compare with them.
func (e *evaluateCommand) classes(m *topics.Model) (*evaluation.Classes, string, error) {
	field := e.labels
	if field == "" {
		field = corpus.Folder
	}
	c := evaluation.Classify(m, field)
	found := len(c.Labels())
	switch fields := strings.Join(topics.Fields(m.Documents), ", "); {
	case e.labels != "" && found == 0:
		return nil, "", fmt.Errorf("--labels %s: no document has a topic and this field; there are: %s", field, fields)
	case e.table != "" && found == 0:
		return nil, "", fmt.Errorf("--table labels: the documents have no folder; name a field with --labels: there are %s", fields)
	case e.table == "" && (!e.wants(evaluation.TheLabels) || e.labels == "" && found < 2):
		if e.wants(evaluation.TheLabels) && len(e.names) > 0 && found > 0 {
			e.sayLeftOut(c, field, len(m.Documents))
		}
		return nil, "", nil
	}
	e.sayLeftOut(c, field, len(m.Documents))
	return c, field, nil
}

// sayLeftOut tells which documents are not compared.
func (e *evaluateCommand) sayLeftOut(c *evaluation.Classes, field string, documents int) {
	for _, left := range []struct {
		documents int
		lack      string
	}{
		{c.Unlabelled, field},
		{c.Uncounted, "topic, since nothing of them was counted"},
		{c.Dropped, "topic, since those that they had have been dropped"},
		{c.Topicless, "topic, since none has any of their words"},
	} {
		if left.documents > 0 {
			e.Say("klew: compared with %s without %s of %s, which have no %s", field,
				print.Grouped(left.documents), print.Count(documents, "document"), left.lack)
		}
	}
}

// printLabels prints the table of topics by label.
func (e *evaluateCommand) printLabels(m *topics.Model, c *evaluation.Classes) error {
	if e.long {
		return print.Table(e.Console, e.format, tables.ClassesLong(m, c))
	}
	return print.Table(e.Console, e.format, tables.Classes(m, c))
}

// printModel prints a row a measure.
func (e *evaluateCommand) printModel(v *evaluation.Evaluation, on map[evaluation.Need]string) error {
	t, lacking := tables.ModelMeasures(v, e.measures, on)
	e.sayUnmeasured(lacking)
	return print.Table(e.Console, e.format, t)
}

// lacks is what there must be for a measure, where that may be missing.
var lacks = map[evaluation.Need]string{
	evaluation.HeldOutTexts: "needs texts that the model has not seen: --held-out PATH",
	evaluation.OwnTexts:     "needs --on-training",
	evaluation.TheLabels:    "needs labels: two folders or more among the documents that have a topic, or a field of the metadata, --labels FIELD",
	evaluation.OtherFits:    "needs fits to halves of the documents: klew fit --halves",
}

// sayUnmeasured tells why measures are not printed that were asked for by name. What became of
// texts has been told.
func (e *evaluateCommand) sayUnmeasured(lacking []evaluation.Measure) {
	if len(e.names) == 0 {
		return
	}
	for _, m := range lacking {
		need, known := lacks[m.Needs]
		switch {
		case !e.byTopic && m.Scope == evaluation.TopicOnly:
			e.Say("klew: %s is of topics, and has no value for the model: --by-topic prints it", m.Name)
		case e.byTopic && m.Scope == evaluation.ModelOnly:
			e.Say("klew: %s is of the model, and has no value for a topic", m.Name)
		case known:
			e.Say("klew: %s is not measured: it %s", m.Name, need)
		}
	}
}

// printTopics prints a row a topic.
func (e *evaluateCommand) printTopics(v *evaluation.Evaluation) error {
	t, lacking := tables.TopicMeasures(v, e.measures)
	e.sayUnmeasured(lacking)
	return print.Table(e.Console, e.format, t)
}

// measuresHelp lists the measures with their definitions.
func measuresHelp() string {
	var b strings.Builder
	for _, m := range evaluation.Measures {
		direction := m.Better
		if direction == "" {
			direction = "neither"
		}
		fmt.Fprintf(&b, "  %s (%s)\n", m.Name, direction)
		for line := range strings.Lines(m.What) {
			fmt.Fprintf(&b, "      %s\n", strings.TrimSuffix(line, "\n"))
		}
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// measuresNamed are the measures with these names, or all if there is none.
func measuresNamed(names []string) ([]evaluation.Measure, error) {
	if len(names) == 0 {
		return evaluation.Measures, nil
	}
	var all []evaluation.Measure
	var known []string
	for _, m := range evaluation.Measures {
		known = append(known, m.Name)
		if slices.Contains(names, m.Name) {
			all = append(all, m)
		}
	}
	for _, name := range names {
		if !slices.Contains(known, name) {
			return nil, fmt.Errorf("--measure %w", spelling.OneOf(name, known))
		}
	}
	return all, nil
}
