package lookup

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"klew/cmd/klew/internal/usage"
	"klew/topics"

	"github.com/spf13/cobra"
)

// TopicArgument finds the topic that a user means: by its number, by words of its label, or by
// words that are among its first ten keywords.
func TopicArgument(m *topics.Model, labels, words []string) (int, error) {
	if n, err := strconv.Atoi(words[0]); err == nil && len(words) == 1 {
		k, err := m.Topic(n)
		if err != nil {
			return 0, usage.Mistake(err)
		}
		return k, nil
	}
	wanted := strings.Fields(strings.ToLower(strings.Join(words, " ")))
	var fits []int
	for k, label := range labels {
		if allAmong(wanted, strings.Fields(strings.ToLower(label))) {
			fits = append(fits, k)
		}
	}
	r := topics.NewRanker(m)
	for k := 0; k < m.Topics() && len(wanted) > 0 && len(fits) == 0; k++ {
		var terms []string
		for _, w := range r.Keywords(k, DefaultWords) {
			terms = append(terms, append(strings.Split(w.Term, "_"), w.Term)...)
		}
		if allAmong(wanted, terms) {
			fits = append(fits, k)
		}
	}
	if len(fits) == 1 {
		return fits[0], nil
	}
	return 0, usage.Mistake(unclear(m, strings.Join(words, " "), labels, fits))
}

func allAmong(wanted, words []string) bool {
	for _, w := range wanted {
		if !slices.Contains(words, w) {
			return false
		}
	}
	return len(wanted) > 0
}

// unclear says what topics there would be.
func unclear(m *topics.Model, words string, labels []string, fits []int) error {
	if len(fits) == 0 {
		return fmt.Errorf("no topic has %q in its label or its keywords: give the number of one of klew topics --details", words)
	}
	var list []string
	for _, k := range fits {
		list = append(list, fmt.Sprintf("%d (%s)", m.Number(k), labels[k]))
	}
	return fmt.Errorf("%q fits several topics: %s; give the number of one", words, strings.Join(list, ", "))
}

// TopicList is a list of topics, as numbered for users; empty for all.
type TopicList []int

func (l *TopicList) String() string {
	var parts []string
	for _, n := range *l {
		parts = append(parts, strconv.Itoa(n))
	}
	return strings.Join(parts, ",")
}

func (l *TopicList) Type() string { return "list" }

// mostTopics is far above the number of topics that anybody fits.
const mostTopics = 100_000

func (l *TopicList) Set(text string) error {
	*l = nil
	for part := range strings.SplitSeq(text, ",") {
		first, last, isRange := strings.Cut(strings.TrimSpace(part), "-")
		from, err := strconv.Atoi(first)
		to := from
		if isRange && err == nil {
			to, err = strconv.Atoi(last)
		}
		if err != nil || from < 1 || to < from || to > mostTopics {
			return errors.New("must be numbers of topics, such as 1,4,7 or 1-5")
		}
		for n := from; n <= to; n++ {
			if !slices.Contains(*l, n) {
				*l = append(*l, n)
			}
		}
	}
	return nil
}

// AddFlags binds the option --topic.
func (l *TopicList) AddFlags(c *cobra.Command) {
	c.Flags().Var(l, "topic", "only these topics, such as 1,4,7 or 1-5")
	CompleteTopics(c, "topic")
}

// Named is the places of the topics in a model, nil if the list is empty.
func (l TopicList) Named(m *topics.Model) ([]int, error) {
	if len(l) == 0 {
		return nil, nil
	}
	return l.Of(m)
}

// Of is the places of the topics in a model, all if the list is empty.
func (l TopicList) Of(m *topics.Model) ([]int, error) {
	var chosen []int
	for _, n := range l {
		k, err := m.Topic(n)
		if err != nil {
			return nil, usage.Mistakef("--topic %d: %w", n, err)
		}
		if !slices.Contains(chosen, k) { // one that was merged into another is that
			chosen = append(chosen, k)
		}
	}
	if len(l) == 0 {
		for k := range m.Topics() {
			chosen = append(chosen, k)
		}
	}
	return chosen, nil
}

// OneTopic is the place of the topic with a number, or -1 for the number 0.
func OneTopic(m *topics.Model, number int) (int, error) {
	if number == 0 {
		return -1, nil
	}
	k, err := m.Topic(number)
	if err != nil {
		return -1, usage.Mistakef("--topic: %w", err)
	}
	return k, nil
}
