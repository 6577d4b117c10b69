package tables

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"klew/topics/relations"
	"math"
	"slices"
)

// LDAvis (Sievert & Shirley 2014) draws topics on a page of the web, from one object of
// JSON, as R's createJSON and Python's pyLDAvis.prepare make it:
//
//	mdsDat       where each topic is drawn: the first two principal coordinates of the
//	             Jensen-Shannon divergences between topics, and its share in per cent
//	tinfo        the terms of the bars: for no topic ("Default") the most salient (Chuang,
//	             Manning & Heer 2012), and for each ("Topic1") those that are most relevant
//	             under any λ; how often they are expected in it and in the corpus, and the
//	             logarithms of which relevance is the weighted mean
//	token.table  the topics of each of these terms
//	klew         the numbers and labels by which people know the topics
//
// LDAvis needs topics numbered from 1 without gaps; after klew edit these numbers are others
// than those that people know, and the list klew.topics has for each the other. The bars of
// no topic are the counts of the terms. Other frequencies are expected ones, W times the sum of
// the topic's row of H; terms without weight in a topic, which other models do not have, are none
// of its terms. What is computed is what pyLDAvis 3.4 computes, but for the signs of coordinates,
// which there are what the eigenvectors have: here each axis points to where its farthest
// topic is.

const (
	// barsShown is R, the number of bars, and lambdaStep the steps in which λ is moved.
	barsShown  = 30
	lambdaStep = 0.01
	// ldavisHead is how the file begins.
	ldavisHead = `{"mdsDat":`
)

// prepared is the object.
type prepared struct {
	Map    topicMap   `json:"mdsDat"`
	Bars   bars       `json:"tinfo"`
	Tokens tokenTable `json:"token.table"`
	R      int        `json:"R"`
	Step   float64    `json:"lambda.step"`
	Plot   plotNames  `json:"plot.opts"`
	Order  []int      `json:"topic.order"`
	Known  userNames  `json:"klew"`
}

// userNames are what people know the topics by.
type userNames struct {
	Topics []int    `json:"topics"`
	Labels []string `json:"labels"`
}

type topicMap struct {
	X       []float64 `json:"x"`
	Y       []float64 `json:"y"`
	Topics  []int     `json:"topics"`
	Cluster []int     `json:"cluster"`
	Percent []float64 `json:"Freq"`
}

type bars struct {
	Term     []string  `json:"Term"`
	Freq     []float64 `json:"Freq"`
	Total    []float64 `json:"Total"`
	Category []string  `json:"Category"`
	LogProb  []float64 `json:"logprob"`
	LogLift  []float64 `json:"loglift"`
}

func (b *bars) add(term string, freq, total float64, category string, logProb, logLift float64) {
	b.Term, b.Freq, b.Total = append(b.Term, term), append(b.Freq, freq), append(b.Total, total)
	b.Category, b.LogProb, b.LogLift = append(b.Category, category), append(b.LogProb, logProb), append(b.LogLift, logLift)
}

type tokenTable struct {
	Topic []int     `json:"Topic"`
	Freq  []float64 `json:"Freq"`
	Term  []string  `json:"Term"`
}

type plotNames struct {
	X string `json:"xlab"`
	Y string `json:"ylab"`
}

// preparing holds what the parts are computed from.
type preparing struct {
	*Export
	words  []string
	mass   []float64 // of each topic
	shares []float64 // of each topic
	total  []float64 // of each term, expected
	sum    float64   // of all terms
	shown  map[int]bool
	result prepared
}

func (e *Export) ldavis(ctx context.Context, to io.Writer) error {
	m := e.Model
	p := &preparing{Export: e, words: distinctWords(m.Vocabulary), mass: m.H.Sums(), shares: m.Shares(),
		total: make([]float64, m.W.Items()), shown: make(map[int]bool)}
	for i := range p.total {
		for k, x := range m.W.Item(i) {
			p.total[i] += float64(x) * p.mass[k]
		}
		p.sum += p.total[i]
	}
	p.result.R, p.result.Step, p.result.Plot = min(barsShown, len(p.words)), lambdaStep, plotNames{"PC1", "PC2"}
	if err := p.place(ctx); err != nil {
		return err
	}
	p.salient()
	for k := range p.mass {
		if err := ctx.Err(); err != nil {
			return err
		}
		p.relevant(k)
	}
	p.tokens()
	return json.NewEncoder(to).Encode(p.result)
}

// place draws the map.
func (p *preparing) place(ctx context.Context) error {
	distances, err := relations.Divergences(ctx, p.Model.W)
	if err != nil {
		return err
	}
	to := &p.result.Map
	if to.X, to.Y, err = relations.Principal(distances); err != nil {
		return err
	}
	for k, share := range p.shares {
		to.Topics, to.Cluster = append(to.Topics, k+1), append(to.Cluster, 1)
		to.Percent = append(to.Percent, 100*share)
		p.result.Order = append(p.result.Order, k+1)
		p.result.Known.Topics = append(p.result.Known.Topics, p.Model.Number(k))
	}
	for _, label := range p.Model.Labels() {
		p.result.Known.Labels = append(p.result.Known.Labels, clean(label))
	}
	if p.renumbered() {
		p.note("LDAvis numbers topics from 1 without gaps: the list klew.topics in the file says which topic each of these is")
	}
	return nil
}

// salient finds the bars of no topic. Saliency is p(w) Σ p(k|w) log(p(k|w)/p(k)), where both
// programs take p(k|w) as if all topics were equally frequent.
func (p *preparing) salient() {
	saliency := make([]float64, len(p.total))
	for i, total := range p.total {
		weights, sum := p.Model.W.Item(i), 0.0
		for _, x := range weights {
			sum += float64(x)
		}
		for k, x := range weights {
			if x > 0 && p.shares[k] > 0 {
				given := float64(x) / sum
				saliency[i] += total / p.sum * given * math.Log(given/p.shares[k])
			}
		}
	}
	for rank, i := range largest(len(saliency), p.result.R, func(i int) float64 { return saliency[i] }) {
		p.shown[i] = true
		place := float64(p.result.R - rank)
		count := float64(p.Model.Vocabulary.Terms[i].Count)
		p.result.Bars.add(p.words[i], count, count, "Default", place, place)
	}
}

// relevant finds the bars of a topic: the most relevant terms under each λ, without
// repetition. Terms that no other topic has are all lifted alike, but for the last digits,
// which are therefore rounded off: of those the most probable come first.
func (p *preparing) relevant(k int) {
	var rows []int32
	var prob, lift []float64
	for _, i := range allTerms(p.Model, k) {
		if x := float64(p.Model.W.Item(int(i))[k]); p.mass[k] > 0 {
			rows, prob = append(rows, i), append(prob, math.Log(x))
			lift = append(lift, math.Round(math.Log(x*p.sum/p.total[i])*1e9)/1e9)
		}
	}
	seen := make(map[int]bool)
	for step := range int(1/lambdaStep) + 1 {
		lambda := float64(step) * lambdaStep
		for _, n := range largest(len(rows), p.result.R, func(n int) float64 { return lambda*prob[n] + (1-lambda)*lift[n] }) {
			if seen[n] {
				continue
			}
			seen[n] = true
			i := int(rows[n])
			p.shown[i] = true
			p.result.Bars.add(p.words[i], float64(p.Model.W.Item(i)[k])*p.mass[k], p.total[i], fmt.Sprintf("Topic%d", k+1), fourDigits(prob[n]), fourDigits(lift[n]))
		}
	}
}

// fourDigits rounds as numpy does, to which the numbers are compared.
func fourDigits(x float64) float64 { return math.RoundToEven(x*1e4) / 1e4 }

// tokens finds the topics of each term that is a bar: those in which half a token or more
// is expected.
func (p *preparing) tokens() {
	rows := make([]int, 0, len(p.shown))
	for i := range p.words {
		if p.shown[i] {
			rows = append(rows, i)
		}
	}
	slices.SortFunc(rows, func(a, b int) int { return cmp.Compare(p.words[a], p.words[b]) })
	to := &p.result.Tokens
	for _, i := range rows {
		for k, x := range p.Model.W.Item(i) {
			if freq := float64(x) * p.mass[k]; freq >= 0.5 {
				to.Topic, to.Term = append(to.Topic, k+1), append(to.Term, p.words[i])
				to.Freq = append(to.Freq, math.RoundToEven(freq)/p.total[i])
			}
		}
	}
}

// largest are the most numbers from 0 to n-1 with the largest scores, the largest first, and
// of equal ones the first. It passes once over all, which costs what sorting them costs in
// its first step: λ has a hundred values.
func largest(n, most int, score func(int) float64) []int {
	var best []int
	var scores []float64
	for i := range n {
		s := score(i)
		if len(best) == most && (most == 0 || s <= scores[most-1]) {
			continue
		}
		at := len(best)
		for at > 0 && scores[at-1] < s {
			at--
		}
		best, scores = slices.Insert(best, at, i), slices.Insert(scores, at, s)
		best, scores = best[:min(most, len(best))], scores[:min(most, len(scores))]
	}
	return best
}
