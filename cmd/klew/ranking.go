package main

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"klew/cmd/klew/internal/usage"
	"klew/topics"
)

// ranking is the options on the order of a topic's terms.
type ranking struct {
	by            topics.Ranking
	lambda, omega float64
}

func newRanking() ranking {
	return ranking{topics.Probability, topics.DefaultLambda, topics.DefaultOmega}
}

const rankingHelp = `--by says which terms come first:
  probability  p(term | topic); general words, which many topics have, are well ahead
  relevance    λ log p(term | topic) + (1-λ) log(p(term | topic) / p(term)), in nats
               (Sievert & Shirley 2014)
  lift         p(term | topic) / p(term): words that no other topic has come first, of
               equals the most probable (Taddy 2012)
  frex         harmonic mean of the term's rank by probability and by exclusiveness, as
               parts of the topic's terms; the exclusiveness of a rare term is shrunk
               (Bischof & Airoldi 2012)
p(term) is the sum over topics of share × p(term | topic).`

func (r *ranking) add(c *cobra.Command) {
	c.Flags().StringVar((*string)(&r.by), "by", string(r.by), "order of the keywords: "+rankingNames())
	c.Flags().Float64Var(&r.lambda, "lambda", r.lambda, "of relevance: 1 is probability, 0 is the logarithm of lift")
	c.Flags().Float64Var(&r.omega, "omega", r.omega, "of frex: 1 is exclusiveness alone, 0 probability alone")
}

// weight is λ or ω, whichever is that of a ranking.
func (r *ranking) weight(by topics.Ranking) float64 {
	if by == topics.FREX {
		return r.omega
	}
	return r.lambda
}

func (r *ranking) check() error {
	if !slices.Contains(topics.Rankings, r.by) {
		return usage.Mistakef("--by %s: must be one of %s", r.by, rankingNames())
	}
	if topics.Relevance.Check(r.lambda) != nil {
		return usage.Mistakef("--lambda %v: must lie between 0 and 1", r.lambda)
	}
	if topics.FREX.Check(r.omega) != nil {
		return usage.Mistakef("--omega %v: must lie between 0 and 1", r.omega)
	}
	return nil
}

func rankingNames() string {
	var names []string
	for _, by := range topics.Rankings {
		names = append(names, string(by))
	}
	return strings.Join(names, ", ")
}

// top returns the n terms of a topic that come first.
func (r *ranking) top(of *topics.Ranker, k, n int) []topics.Ranked {
	return of.Top(k, n, r.by, r.weight(r.by))
}
