package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"strings"

	"klew/cmd/klew/internal/lookup"
	"klew/cmd/klew/internal/print"
	"klew/cmd/klew/internal/source"
	"klew/corpus"
	"klew/topics"
	"klew/topics/evaluation"
	"klew/topics/tables"
	"klew/topics/wholefile"
	"klew/vectorize"
)

// evaluate measures a model by what is asked for, on the texts that this needs.
func (e *evaluateCommand) evaluate(ctx context.Context, m *topics.Model, labels string, on map[evaluation.Need]string) (*evaluation.Evaluation, error) {
	o := evaluation.Options{Words: e.words, Labels: labels, Seed: e.seed, Threads: e.threads}
	var faults []error // of texts, when they were read
	var err error
	if e.wants(evaluation.TheTexts) {
		if o.Texts, err = e.texts(ctx, m, on, &faults); err != nil {
			return nil, err
		}
	}
	seen := newOverlap(m)
	if len(e.heldOut) > 0 && e.wants(evaluation.HeldOutTexts) {
		on[evaluation.HeldOutTexts] = strings.Join(e.heldOut, " ")
		others, err := e.others(ctx, e.likeOwn(m), e.heldOut, &faults)
		if err != nil {
			return nil, err
		}
		o.HeldOut = seen.watch(others)
	}
	if e.onTraining && e.wants(evaluation.OwnTexts) {
		on[evaluation.OwnTexts] = "texts"
		if o.Own, err = e.own(ctx, m); err != nil {
			return nil, err
		}
	}
	v, err := evaluation.Evaluate(ctx, m, o)
	if err := errors.Join(append(faults, err)...); err != nil {
		return nil, err
	}
	e.say(v, o, seen)
	return v, nil
}

// texts are those in which top words shall stand together: of --reference or the model's
// own. If these cannot be read it says so, and returns nil.
func (e *evaluateCommand) texts(ctx context.Context, m *topics.Model, on map[evaluation.Need]string, faults *[]error) (iter.Seq[corpus.Document], error) {
	if len(e.reference) > 0 {
		on[evaluation.TheTexts] = strings.Join(e.reference, " ")
		return e.others(ctx, e.likeOthers(m), e.reference, faults)
	}
	on[evaluation.TheTexts] = "texts"
	documents, err := e.own(ctx, m)
	if err != nil && ctx.Err() == nil {
		e.Say("klew: without coherence: %v; --reference PATH measures it on other texts", err)
		return nil, nil
	}
	return documents, err
}

// say tells which topics have no coherence, how many tokens were predicted, and whether texts that
// should be held out are the model's own.
func (e *evaluateCommand) say(v *evaluation.Evaluation, o evaluation.Options, seen *overlap) {
	switch {
	case o.Texts != nil && v.Read == 0:
		e.Say("klew: without coherence, which needs texts; --reference PATH measures it on others")
	case v.Poor != nil:
		var numbers []string
		for _, k := range v.Poor {
			numbers = append(numbers, fmt.Sprint(v.Of.Number(k)))
		}
		e.Say("klew: no coherence for %s: fewer than two of the top words are in the texts", ofTopics(numbers))
	}
	for _, c := range []*evaluation.Completion{v.HeldOut, v.Own} {
		if c != nil {
			e.sayCompletion(c)
		}
	}
	seen.say(e.Console)
}

func ofTopics(numbers []string) string {
	if len(numbers) == 1 {
		return "topic " + numbers[0]
	}
	return "topics " + strings.Join(numbers, ", ")
}

// own are the model's own texts, as far as they are still there.
func (e *evaluateCommand) own(ctx context.Context, m *topics.Model) (iter.Seq[corpus.Document], error) {
	r, err := lookup.Reread(m, e.threads)
	if err != nil {
		return nil, err
	}
	return e.shown("reading the texts again", r.Corpus.Len(), r.Documents(ctx), func() {
		if ctx.Err() == nil {
			r.SayMissing(e.Console)
		}
	}), nil
}

// shown are documents that, while they are read, are a stage of the work; after the last of
// them something is to be done.
func (e *evaluateCommand) shown(what string, n int, documents iter.Seq[corpus.Document], after func()) iter.Seq[corpus.Document] {
	return func(yield func(corpus.Document) bool) {
		stage := e.Begin(what, n)
		source.Shown(documents, stage)(yield)
		stage.End()
		after()
	}
}

// likeOthers is how texts are read that are not of the model's kind.
func (e *evaluateCommand) likeOthers(m *topics.Model) *source.Texts {
	r := e.reading
	r.LikeThoseOf(m.Origin.Reading.ForOthers(), e.given)
	return &r
}

// likeOwn is how texts are read that were held out, and tells what it takes over from the model
// that might be unexpected.
func (e *evaluateCommand) likeOwn(m *topics.Model) *source.Texts {
	r := e.reading
	r.CutLikeThoseOf(m.Origin.Reading.ForHeldOut(), e.given)
	var taken, other []string
	if !e.given("input") && r.Format != "" && r.Format != corpus.Auto {
		taken, other = append(taken, "--input "+r.Format), append(other, "--input auto")
	}
	if !e.given("segment") && r.Segment != "" {
		taken, other = append(taken, "--segment "+r.Segment), append(other, "--segment ''")
	}
	if taken != nil {
		e.Say("klew: reading %s with %s, as the model's own texts were; for other texts: %s",
			strings.Join(e.heldOut, " "), strings.Join(taken, " "), strings.Join(other, " "))
	}
	return &r
}

// others are other texts. When they have been read, it is added to faults if most of them could
// not be.
func (e *evaluateCommand) others(ctx context.Context, r *source.Texts, paths []string, faults *[]error) (iter.Seq[corpus.Document], error) {
	c, err := r.Open(e.Console, paths, e.threads)
	if err != nil {
		return nil, err
	}
	return e.shown("reading "+strings.Join(paths, " "), c.Len(), c.Documents(ctx), func() {
		*faults = append(*faults, r.Account(e.Console, c))
	}), nil
}

func (e *evaluateCommand) sayCompletion(c *evaluation.Completion) {
	short := ""
	if c.Short > 0 {
		short = fmt.Sprintf("; %s too short to be halved", print.Count(c.Short, "document"))
	}
	e.Say("klew: predicted %s of %s from their other halves, and %.3g tokens of the corpus%s",
		print.Count(c.Tokens, "token"), print.Count(c.Documents, "document"), c.Prior, short)
}

// overlap finds out how many texts the model was fitted to.
type overlap struct {
	known     map[uint32]bool
	seen, all int
}

func newOverlap(m *topics.Model) *overlap {
	o := &overlap{known: map[uint32]bool{}}
	for _, d := range m.Documents {
		if d.Tokens > 0 {
			o.known[d.Checksum] = true
		}
	}
	return o
}

func (o *overlap) watch(documents iter.Seq[corpus.Document]) iter.Seq[corpus.Document] {
	return func(yield func(corpus.Document) bool) {
		for d := range documents {
			o.all++
			if o.known[vectorize.Checksum(d.Text)] {
				o.seen++
			}
			if !yield(d) {
				return
			}
		}
	}
}

// say warns of texts that are not held out. One in a hundred may be so by chance: a
// repeated notice, or two texts with the same checksum.
func (o *overlap) say(p *print.Console) {
	if 100*o.seen > o.all {
		p.Say("klew: the model was fitted to %s of these %s as well: those are not held out", print.Grouped(o.seen), print.Count(o.all, "text"))
	}
}

// ofPeople writes a sheet of questions for people, or scores their answers.
func (e *evaluateCommand) ofPeople(ctx context.Context, m *topics.Model) error {
	asked := evaluation.Intrusions(m, e.seed)
	if len(asked) == 0 {
		return errors.New("there is nothing to ask about: no topic has five words, and another topic others")
	}
	sheet, err := os.Open(e.intrusion)
	if errors.Is(err, fs.ErrNotExist) {
		return e.writeSheet(ctx, m, asked)
	}
	if err != nil {
		return fmt.Errorf("reading the answers: %w", err)
	}
	defer sheet.Close()
	answered, err := evaluation.Score(m, asked, sheet)
	if err != nil {
		return fmt.Errorf("reading the answers in %s: %w", e.intrusion, err)
	}
	return e.printAnswered(m, answered)
}

func (e *evaluateCommand) writeSheet(ctx context.Context, m *topics.Model, asked []evaluation.Intrusion) error {
	var documents []int
	for _, q := range asked {
		if q.Document >= 0 {
			documents = append(documents, q.Document)
		}
	}
	texts, err := lookup.TextsOf(ctx, e.Console, m, documents)
	if err != nil {
		return err
	}
	t := tables.Intrusions(asked, texts)
	if err := wholefile.Write(e.intrusion, func(to io.Writer) error { return tables.Write(to, tables.CSV, t) }); err != nil {
		return fmt.Errorf("writing the questions to %s: %w", e.intrusion, err)
	}
	answerable := len(tables.Answerable(asked, texts))
	if n := len(asked) - answerable; n > 0 {
		e.Say("klew: left out %s about documents whose text is missing", print.Count(n, "question"))
	}
	e.Say("klew: wrote %s to %s; with letters in the column answer, the same command scores them", print.Count(answerable, "question"), e.intrusion)
	return nil
}

// printAnswered prints the scores, of the model or of each topic.
func (e *evaluateCommand) printAnswered(m *topics.Model, a *evaluation.Answered) error {
	if a.Words+a.Documents == 0 {
		return fmt.Errorf("%s has no answers yet: put letters into its column answer", e.intrusion)
	}
	if a.Open > 0 {
		e.Say("klew: %s without an answer", print.Count(a.Open, "question"))
	}
	if e.byTopic {
		all := []tables.TopicMeasure{{Name: "model_precision", Values: a.Precision}}
		return print.Table(e.Console, e.format, tables.MeasuresByTopic(m, all, nil))
	}
	return print.Table(e.Console, e.format, tables.Measures([]tables.Measured{
		{Name: "model_precision", Value: a.MeanPrecision(), Better: evaluation.Higher, On: print.Count(a.Words, "answer")},
		{Name: "topic_log_odds", Value: a.LogOdds, Better: evaluation.Higher, On: print.Count(a.Documents, "answer")},
	}))
}
