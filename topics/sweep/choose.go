package sweep

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"

	"github.com/james-bowman/sparse"
	"klew/nmf"
	"klew/vectorize"
)

// Choice is a number of topics that was chosen for a table, and why.
type Choice struct {
	Topics int
	// Reason is a sentence without a full stop.
	Reason string
	// Looks are what is known of each number that was looked at, rising from 1; nil if there
	// were too few documents to look.
	Looks []Look
}

// Look is a quick look at a number of topics.
type Look struct {
	Topics int
	// Stability is that of each topic of one half of the documents in the other half
	// (nmf.Stability).
	Stability []float64
	// Perplexity is that of each half with the topics of the other (evaluation.HeldOut), the
	// geometric mean; 0 if it cannot be measured.
	Perplexity float64
}

const (
	// choiceEntries is about how many entries of V a half has at most: of larger tables a
	// part of the documents is looked at.
	choiceEntries = 250_000
	// mostChosen is the largest number looked at, and farthest that looked at if topics are still
	// steadier the more there are; documentsEach is how many documents of a half there are for
	// each topic at least: with fewer, noise has topics that look stable.
	mostChosen, farthest, documentsEach = 30, 60, 6
	// tokensEach is how many tokens of a half there are for each topic of short texts at least: of 2,225
	// titles 60 topics, each hardly more than one word, predicted best, and 36 were found again.
	tokensEach = 200
	// foundAgain is the stability from which a topic of one half counts as found in the other.
	// Both are fitted to half of the documents, and neither to all, so that it is less than
	// nmf.Stable. In noise no topic has as much as noise.
	foundAgain, noise = 0.5, 0.1
	// nearEnough is the least mean stability with which a number is chosen, where prediction
	// tells nothing, though some of its topics are not found again.
	nearEnough = 0.35
	// enoughGain is the part of what the best number saves in held-out prediction, in nats a
	// token, that a number must save: fewer topics are stable for being coarse. With 0.5 the posts of 20
	// Newsgroups had 4 topics. coarseGain is enough where by prediction fewer than leastFound of the topics would be
	// found again: of 500 Portuguese articles in five sections 1 of 10. mostGain is the
	// part that is as good as all. Where the best saves less than leastGain, prediction tells
	// nothing.
	enoughGain, coarseGain, mostGain, leastGain = 0.6, 0.5, 0.95, 0.02
	// choicePrior is the part of a document's given tokens, in the mean, that the background counts as in
	// prediction of long texts.
	choicePrior = 0.01
	// leastShortGain is the same for short texts. In noise of 300 documents of 4 tokens the best number
	// saves 0.0013, in more noise nothing; of texts drawn from 40 topics it saves 0.005. Prediction
	// tells a number if the most topics looked at save less than moreIsWorse of what the best saves,
	// or else if leastFound of the topics are found again: of 2,225 titles and of 7,600 others it gets better
	// and better up to 60, slowly, and of 35 topics 3 are found again.
	leastShortGain, moreIsWorse = 0.003, 0.9
	leastFound                  = 0.3
)

// Choose chooses a number of topics for a table, in about the time of two to four fits. Each
// of two halves of the documents has its topics merged from 30 to 1 (nmf.Merged), and the halves
// are compared: whether each topic of one is found in the other, and how well each predicts the
// other. With too few topics, some that the texts have are joined, and prediction is poor; with
// too many, some are torn, in another way in each half. If 30 are steadier than any fewer, and predict better
// than one, or of short texts if more than 20 are needed, it looks again from 60. What is chosen is the first of
//
//  1. the largest number at which all topics are found again, of 20 or more all but one in 20,
//     and the mean stability is at most 0.05 below the highest with which that is so. Numbers do
//     not count below the first that saves three fifths of what the best saves in prediction, or half
//     where the next rule would choose topics of which fewer than three in ten are found again;
//  2. of the numbers that save 95 % of what the best saves in prediction, that with the highest
//     mean stability, if the best saves 0.02 nats a token or more, that mean is at least 0.1, and any of
//     its topics is found again; where fewer than three in ten are, the number with the largest product of mean
//     stability and saving;
//  3. where prediction tells nothing, as of few short documents, the number with the highest mean
//     stability, if that is at least 0.35;
//  4. Guess.
//
// Prediction changes little from seed to seed. Which of several minima a half ends in does, and
// with it the stability of topics that are not clear-cut: by the mean stability in place of 2, 20
// Newsgroups had 3 to 16 topics, and with heads and quotes left out 5 or 6.
//
// Of short texts, whose topics a fit refines (nmf.Refinement), the halves' are refined as well, and
// the choice is the smallest number that saves 95 % of what the best saves in prediction, each at the
// prior with which it predicts best, if the best saves 0.003 nats a token, and many more topics predict worse
// or three in ten of those chosen are found again; or else Guess. Their stability rises with their number, also in noise, where a topic is hardly more than one
// frequent word, and says nothing of how many there are.
//
// Of documents drawn from 5, 12, 20, 35 and 50 topics, 100 for each of 40 to 120 tokens, it chose
// 5, 12, 20 and 35 from each of two seeds, and 50 and 45; of BBC News with its five sections 5. Of short texts
// see nmf/BENCHMARKS.md. A look takes about as long as
// a fit, and one from 60 topics two and a half times as long.
//
// Of the options, those of the fit that is to follow, Seed and Threads count, and what says whether
// short texts are refined. The same seed gives the same choice, with any number of threads. report, if
// set, is called with the number of iterations so far.
func Choose(ctx context.Context, t *vectorize.Table, options nmf.Options, report func(iterations int)) (*Choice, error) {
	p := Plan{Fitting: nmf.Options{Seed: options.Seed, Threads: options.Threads}}
	c := &chooser{options: nmf.Defaults(), threads: p.threads(), report: report}
	c.options.Seed = options.Seed
	c.part(t.V)
	c.short = c.shortTexts(options)
	most := c.most()
	if most < 2 {
		return c.guess(t, "the documents are too few to compare halves of them"), nil
	}
	if alike(t.V) {
		return &Choice{Topics: 1, Reason: "all documents have the same words in the same proportions"}, nil
	}
	looks, err := c.look(ctx, min(most, mostChosen))
	if err == nil && most > mostChosen && c.unfinished(looks) {
		looks, err = c.look(ctx, most)
	}
	if err != nil {
		return nil, fmt.Errorf("choosing the number of topics: %w", err)
	}
	return c.choose(t, looks), nil
}

// most is the largest number of topics that halves have documents for, and tokens if they are short.
func (c *chooser) most() int {
	most := farthest
	for _, half := range c.halves {
		if most = min(most, filled(half)/documentsEach); c.short {
			most = min(most, int(tokensOf(half))/tokensEach)
		}
	}
	return most
}

// Guess is a number of topics for a table of which nothing is known: 10, or of fewer than 50
// documents that have tokens one for every five, at least 2; and never more than documents
// or terms can tell apart.
func Guess(t *vectorize.Table) int {
	documents := 0
	for _, d := range t.Documents {
		if d.Tokens > 0 {
			documents++
		}
	}
	guess := min(max(2, documents/5), nmf.Defaults().Topics)
	return max(1, min(guess, documents, len(t.Vocabulary.Terms)))
}

// choose applies the rule to looks, which rise from 1.
func (c *chooser) choose(t *vectorize.Table, looks []Look) *Choice {
	if c.short {
		return c.chooseShort(t, looks)
	}
	chosen := &Choice{Looks: looks}
	numbers := looks[coarse(looks, enoughGain):]
	all, enough := allFound(numbers), enoughOf(looks)
	few := enough != nil && float64(enough.found()) < leastFound*float64(enough.Topics)
	if all == nil && (enough == nil || few) {
		numbers = looks[coarse(looks, coarseGain):]
		all = allFound(numbers)
	}
	switch steadiest := steadiestOf(numbers); {
	case all != nil:
		chosen.Topics = all.Topics
		chosen.Reason = fmt.Sprintf("each is found in both halves of the documents, with a stability of %.2f on average", all.mean())
		if missing := all.Topics - all.found(); missing > 0 {
			chosen.Reason = fmt.Sprintf("all but %d are found in both halves of the documents", missing)
		}
	case few:
		enough = balanced(looks)
		chosen.Topics = enough.Topics
		chosen.Reason = fmt.Sprintf("few topics are found in both halves of the documents with any number, and this is the best compromise of steady topics and good prediction: %d of %d are", enough.found(), enough.Topics)
	case enough != nil:
		chosen.Topics = enough.Topics
		chosen.Reason = fmt.Sprintf("of the numbers with which halves of the documents predict each other about as well as they can, it has the steadiest topics: %d of %d are found in both", enough.found(), enough.Topics)
	case steadiest.mean() >= nearEnough:
		chosen.Topics = steadiest.Topics
		chosen.Reason = fmt.Sprintf("no number has all of its topics in both halves of the documents, and this comes nearest: mean stability %.2f, %d of %d found again",
			steadiest.mean(), steadiest.found(), steadiest.Topics)
	default:
		chosen = c.guess(t, "with no number have halves of the documents topics in common or predict each other best")
		chosen.Looks = looks
	}
	return chosen.ofMost(looks)
}

// ofMost says so where the number chosen is the largest of some looks.
func (c *Choice) ofMost(looks []Look) *Choice {
	if last := looks[len(looks)-1].Topics; c.Topics == last && last > 2 {
		c.Reason += fmt.Sprintf("; %d is the most that was looked at", last)
	}
	return c
}

// chooseShort applies the rule for short texts to looks.
func (c *chooser) chooseShort(t *vectorize.Table, looks []Look) *Choice {
	fewest, last := fewestOf(looks), looks[len(looks)-1]
	most := saved(looks, slices.MinFunc(looks, byPrediction))
	told := saved(looks, last) < moreIsWorse*most || float64(fewest.found()) >= leastFound*float64(fewest.Topics)
	if most < leastShortGain || !told {
		guess := c.guess(t, "halves of these short texts have too little in common to tell a number")
		guess.Looks = looks
		return guess
	}
	chosen := &Choice{Topics: fewest.Topics, Looks: looks, Reason: fmt.Sprintf(
		"it is the smallest number with which halves of the documents predict each other about as well as they can; %d of %d topics are found in both", fewest.found(), fewest.Topics)}
	return chosen.ofMost(looks)
}

// alike says whether one topic explains a table, to rounding: there is nothing to tell apart, and
// topics of halves are the same whatever their number.
func alike(v *sparse.CSC) bool {
	tokens := 0.0
	v.DoNonZero(func(_, _ int, x float64) { tokens += x })
	return unexplained(v, nmf.KullbackLeibler) <= 1e-9*tokens
}

func (c *chooser) guess(t *vectorize.Table, why string) *Choice {
	return &Choice{Topics: Guess(t), Reason: "a guess: " + why}
}

// coarse is how many of looks have too few topics for prediction, by the part of the best saving that is
// enough, the single topic among them.
func coarse(looks []Look, enough float64) int {
	most := saved(looks, slices.MinFunc(looks, byPrediction))
	for n, look := range looks[1:] {
		if most <= 0 || saved(looks, look) >= enough*most {
			return n + 1
		}
	}
	return len(looks) - 1
}

func byPrediction(a, b Look) int { return cmp.Compare(a.Perplexity, b.Perplexity) }

// allFound is the look with the most topics all of which are found again, and that are about as
// stable as with fewer; nil if there is none.
func allFound(looks []Look) *Look {
	var all *Look
	highest := math.Inf(-1)
	for n := range looks {
		if looks[n].unfound() == 0 {
			highest = max(highest, looks[n].mean())
		}
	}
	for n := range looks {
		if look := &looks[n]; look.unfound() == 0 && look.mean() >= highest-tolerance {
			all = look
		}
	}
	return all
}

func steadiestOf(looks []Look) *Look {
	best := &looks[0]
	for n := range looks {
		if looks[n].mean() > best.mean() {
			best = &looks[n]
		}
	}
	return best
}

// enoughOf is the steadiest look of those that predict about as well as any; nil if none predict
// much better than one topic, or if halves have no more in common than in noise, or none of its topics.
func enoughOf(looks []Look) *Look {
	most := saved(looks, slices.MinFunc(looks, byPrediction))
	if most < leastGain {
		return nil
	}
	var enough *Look
	for n := range looks {
		if look := &looks[n]; saved(looks, *look) >= mostGain*most && (enough == nil || look.mean() > enough.mean()) {
			enough = look
		}
	}
	if enough.mean() < noise || enough.found() == 0 {
		return nil
	}
	return enough
}

// balanced is the look with the largest product of mean stability and saving.
func balanced(looks []Look) *Look {
	best := &looks[0]
	for n := range looks {
		if look := &looks[n]; saved(looks, *look)*look.mean() > saved(looks, *best)*best.mean() {
			best = look
		}
	}
	return best
}

// saved is what a number saves in prediction against a single topic, in nats a token; 0 if that
// cannot be measured.
func saved(looks []Look, look Look) float64 {
	if look.Perplexity == 0 {
		return 0
	}
	return math.Log(looks[0].Perplexity / look.Perplexity)
}

// fewestOf is the look with the fewest topics that predicts about as well as any.
func fewestOf(looks []Look) Look {
	most := saved(looks, slices.MinFunc(looks, byPrediction))
	return looks[slices.IndexFunc(looks, func(l Look) bool { return saved(looks, l) >= mostGain*most })]
}

// unfinished reports whether more topics than were looked at may be better still.
func (c *chooser) unfinished(looks []Look) bool {
	last := looks[len(looks)-1]
	if c.short {
		return fewestOf(looks).Topics > mostChosen*2/3
	}
	return steadiestOf(looks).Topics == last.Topics && last.mean() >= noise && (last.Perplexity == 0 || saved(looks, last) > 0)
}

// mean is the mean stability, 0 for a single topic.
func (l *Look) mean() float64 {
	sum := 0.0
	for _, s := range l.Stability {
		sum += s
	}
	return sum / float64(max(1, len(l.Stability)))
}

// found is how many topics are found again.
func (l *Look) found() int {
	n := 0
	for _, s := range l.Stability {
		if s >= foundAgain {
			n++
		}
	}
	return n
}

// unfound is how many are not, beyond those that are forgiven.
func (l *Look) unfound() int {
	return max(0, l.Topics-l.found()-int(forgiven*float64(l.Topics)))
}
