package main

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"math"
	"strings"

	"klew/cmd/klew/internal/lookup"
	"klew/cmd/klew/internal/print"
	"klew/cmd/klew/internal/source"
	"klew/corpus"
	"klew/topics"
	"klew/topics/coherence"
	"klew/vectorize"
)

// coherence measures whether the top words stand together in texts.
func (e *evaluating) coherence(ctx context.Context, v *verdict) error {
	if !e.wants(theTexts) {
		return nil
	}
	c, err := e.together(ctx, v)
	if err != nil || c == nil {
		return err
	}
	var poor []string
	for k := range v.of.Topics() {
		known := c.Known(k) >= 2
		if !known {
			poor = append(poor, fmt.Sprint(v.of.Number(k)))
		}
		for _, m := range coherence.Measures {
			value := math.NaN()
			if known {
				value = c.Topic(m, k)
			}
			v.add(string(m), value)
		}
		mallet := math.NaN()
		if known {
			mallet = c.Mallet(k)
		}
		v.add("coherence", mallet)
	}
	if poor != nil {
		e.Say("klew: no coherence for %s: fewer than two of the top words are in the texts", ofTopics(poor))
	}
	return nil
}

func ofTopics(numbers []string) string {
	if len(numbers) == 1 {
		return "topic " + numbers[0]
	}
	return "topics " + strings.Join(numbers, ", ")
}

// together counts which top words stand together, in the texts of --reference or in the
// model's own. If these are gone it says so, and returns nil.
func (e *evaluating) together(ctx context.Context, v *verdict) (*coherence.Counter, error) {
	if len(e.reference) > 0 {
		v.on[theTexts] = strings.Join(e.reference, " ")
		var c *coherence.Counter
		err := e.others(ctx, v.of, e.reference, func(documents iter.Seq[corpus.Document]) (err error) {
			c, err = e.count(ctx, v.of, documents)
			return err
		})
		return c, err
	}
	v.on[theTexts] = "texts"
	var c *coherence.Counter
	found, err := e.own(ctx, v.of, func(documents iter.Seq[corpus.Document]) (err error) {
		c, err = e.count(ctx, v.of, documents)
		return err
	})
	if err != nil && ctx.Err() == nil {
		e.Say("klew: without coherence: %v; --reference PATH measures it on other texts", err)
		return nil, nil
	}
	if err == nil && found == 0 {
		e.Say("klew: without coherence, which needs texts; --reference PATH measures it on others")
		return nil, nil
	}
	return c, err
}

func (e *evaluating) count(ctx context.Context, m *topics.Model, documents iter.Seq[corpus.Document]) (*coherence.Counter, error) {
	cutting := m.Origin.Counting
	cutting.Threads = e.threads
	return topics.CountTogether(ctx, m.Vocabulary, cutting, documents, topics.TopWords(m.W, e.words))
}

// own has something done with the model's own texts, and returns how many there still are.
func (e *evaluating) own(ctx context.Context, m *topics.Model, do func(iter.Seq[corpus.Document]) error) (found int, err error) {
	r, err := lookup.Reread(m, e.threads)
	if err != nil {
		return 0, err
	}
	stage := e.Begin("reading the texts again", r.Corpus.Len())
	err = do(source.Shown(documentsOf(r.All(ctx)), stage))
	stage.End()
	if ctx.Err() == nil {
		r.SayMissing(e.Console)
	}
	return r.Found, err
}

// documentsOf leaves out their numbers.
func documentsOf(numbered iter.Seq2[int, corpus.Document]) iter.Seq[corpus.Document] {
	return func(yield func(corpus.Document) bool) {
		for _, d := range numbered {
			if !yield(d) {
				return
			}
		}
	}
}

// others has something done with other texts, read as those of the model were.
func (e *evaluating) others(ctx context.Context, m *topics.Model, paths []string, do func(iter.Seq[corpus.Document]) error) error {
	r := &source.Texts{Options: m.Origin.Reading.ForOthers()}
	r.Format = corpus.Auto
	c, err := r.Open(e.Console, paths, e.threads)
	if err != nil {
		return err
	}
	stage := e.Begin("reading "+strings.Join(paths, " "), c.Len())
	err = do(source.Shown(c.Documents(ctx), stage))
	stage.End()
	return errors.Join(r.Account(e.Console, c.Ledger()), err)
}

// halves measures how well the model predicts halves of documents.
func (e *evaluating) halves(ctx context.Context, v *verdict) error {
	complete := func(into string) func(iter.Seq[corpus.Document]) error {
		return func(documents iter.Seq[corpus.Document]) error {
			c, err := v.of.Complete(ctx, documents, e.seed, e.threads)
			if err != nil {
				return err
			}
			v.whole[into+"perplexity"], v.whole[into+"kl"] = c.Perplexity, c.KL
			e.sayCompletion(c)
			return nil
		}
	}
	if len(e.heldOut) > 0 && e.wants(heldOut) {
		v.on[heldOut] = strings.Join(e.heldOut, " ")
		seen := newAcquaintance(v.of)
		err := e.others(ctx, v.of, e.heldOut, func(documents iter.Seq[corpus.Document]) error {
			return complete("")(seen.watch(documents))
		})
		if err != nil {
			return err
		}
		seen.say(e.Console)
	}
	if e.onTraining && e.wants(training) {
		v.on[training] = "texts"
		if _, err := e.own(ctx, v.of, complete("training_")); err != nil {
			return err
		}
	}
	return nil
}

func (e *evaluating) sayCompletion(c *topics.Completion) {
	short := ""
	if c.Short > 0 {
		short = fmt.Sprintf("; %s too short to be halved", print.Count(c.Short, "document"))
	}
	e.Say("klew: predicted %s of %s from their other halves%s", print.Count(c.Tokens, "token"), print.Count(c.Documents, "document"), short)
}

// acquaintance finds out how many texts the model was fitted to.
type acquaintance struct {
	known     map[uint32]bool
	seen, all int
}

func newAcquaintance(m *topics.Model) *acquaintance {
	a := &acquaintance{known: map[uint32]bool{}}
	for _, d := range m.Documents {
		if d.Tokens > 0 {
			a.known[d.Checksum] = true
		}
	}
	return a
}

func (a *acquaintance) watch(documents iter.Seq[corpus.Document]) iter.Seq[corpus.Document] {
	return func(yield func(corpus.Document) bool) {
		for d := range documents {
			a.all++
			if a.known[vectorize.Checksum(d.Text)] {
				a.seen++
			}
			if !yield(d) {
				return
			}
		}
	}
}

// say warns of texts that are not held out. One in a hundred may be so by chance: a
// repeated notice, or two texts with the same checksum.
func (a *acquaintance) say(p *print.Console) {
	if 100*a.seen > a.all {
		p.Say("klew: the model was fitted to %s of these %s as well: those are not held out", print.Grouped(a.seen), print.Count(a.all, "text"))
	}
}
