package lookup

import (
	"klew/cmd/klew/internal/usage"
	"klew/topics"

	"github.com/spf13/cobra"
)

// DefaultWords is how many keywords of a topic are printed unless the user says otherwise.
const DefaultWords = 10

// Order is the options on the order of a topic's terms.
type Order struct {
	By            topics.Ranking
	Lambda, Omega float64
}

// NewOrder is the order by divergence, which is the usual one.
func NewOrder() Order {
	return Order{topics.Divergence, topics.DefaultLambda, topics.DefaultOmega}
}

// OrderHelp tells of the options of the order.
const OrderHelp = `--order says which terms come first:
  divergence   what the topic has more of than all texts, weighed by how much it has:
               p(term | topic) log(p(term | topic) / p(term)), the term's share of the
               divergence of the topic from the corpus; a general word tells nothing of a
               topic, and a rare one little
  probability  p(term | topic); general words, which many topics have, are well ahead
  relevance    λ log p(term | topic) + (1-λ) log(p(term | topic) / p(term)), in nats
               (Sievert & Shirley 2014)
  lift         p(term | topic) / p(term): words that no other topic has come first, of
               equals the most probable (Taddy 2012)
  frex         harmonic mean of the term's rank by probability and by exclusiveness, as
               parts of the topic's terms; the exclusiveness of a rare term is shrunk
               (Bischof & Airoldi 2012)
p(term) is the sum over topics of share × p(term | topic).`

// AddFlags binds the options.
func (r *Order) AddFlags(c *cobra.Command) {
	usage.Choose(c, &r.By, "order", "", topics.Rankings, "order of the keywords")
	usage.Fraction(c, &r.Lambda, "lambda", "of relevance: 1 is probability, 0 is the logarithm of lift")
	usage.Fraction(c, &r.Omega, "omega", "of frex: 1 is exclusiveness alone, 0 probability alone")
}

// Weight is λ or ω, whichever is that of a ranking.
func (r *Order) Weight(by topics.Ranking) float64 {
	if by == topics.FREX {
		return r.Omega
	}
	return r.Lambda
}

// Top returns the n terms of a topic that come first.
func (r *Order) Top(of *topics.Ranker, k, n int) []topics.Ranked {
	return of.Top(k, n, r.By, r.Weight(r.By))
}
