package topics

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Told tells in words what an edit does to the model as it was before. Of a banned word it tells
// the topics that had it among so many first keywords.
func (e Edit) Told(before *Model, words int) string {
	switch e.Verb {
	case RenameTopic:
		return fmt.Sprintf("topic %d%s is called %q", e.Topic+1, before.about(e.Topic), e.Text)
	case MergeTopics:
		return fmt.Sprintf("topic %d%s is part of topic %d%s", e.From+1, before.about(e.From), e.Topic+1, before.about(e.Topic))
	case DropTopic:
		return fmt.Sprintf("topic %d%s is left out", e.Topic+1, before.about(e.Topic))
	case BanWord:
		return fmt.Sprintf("%q is banned%s", e.Text, among(before.showing(e.Text, words), words))
	}
	return fmt.Sprintf("%q will be in topic %d%s when fitted again (klew fit --edits)", e.Text, e.Topic+1, before.about(e.Topic))
}

// about tells what a topic is about, by its place as fitted.
func (m *Model) about(fitted int) string {
	k, err := m.Topic(fitted + 1)
	if err != nil {
		return "" // merged by a line before
	}
	const enough = 4
	text := ""
	for _, w := range m.Keywords(k, enough) {
		text += " " + w.Term
	}
	if label := m.OwnLabel(k); label != "" {
		text = label + ":" + text
	}
	return " (" + strings.TrimSpace(text) + ")"
}

// among tells of which topics a word has been a keyword.
func among(numbers []int, words int) string {
	if len(numbers) == 0 {
		return fmt.Sprintf("; no topic has it among its first %d keywords", words)
	}
	text := make([]string, len(numbers))
	for n, number := range numbers {
		text[n] = strconv.Itoa(number)
	}
	if len(text) == 1 {
		return "; it was a keyword of topic " + text[0]
	}
	return "; it was a keyword of the topics " + strings.Join(text, ", ")
}

// Touched lists the topics that some edits change, by their places in now: the model in which the
// edits are made, or once they were taken back. To drop a topic changes the share of all. To ban a
// word changes the topics that have it among so many first keywords in without, the model in which
// the edits are not made: banned, the word has no weight.
func Touched(edits []Edit, without, now *Model, words int) []int {
	var numbers []int
	for _, e := range edits {
		switch e.Verb {
		case DropTopic:
			return now.all()
		case BanWord:
			numbers = append(numbers, without.showing(e.Text, words)...)
		case MergeTopics:
			numbers = append(numbers, e.Topic+1, e.From+1)
		default:
			numbers = append(numbers, e.Topic+1)
		}
	}
	return slices.DeleteFunc(now.all(), func(k int) bool { return !slices.Contains(numbers, now.Number(k)) })
}

// all lists the topics.
func (m *Model) all() []int {
	all := make([]int, m.Topics())
	for k := range all {
		all[k] = k
	}
	return all
}

// showing lists the numbers of the topics that have a word among so many keywords.
func (m *Model) showing(word string, words int) (numbers []int) {
	shown := map[string]bool{}
	for _, row := range m.Vocabulary.RowsOf([]string{word})[0] {
		shown[m.Vocabulary.Terms[row].Shown()] = true
	}
	r := NewRanker(m)
	for k := range m.Topics() {
		if slices.ContainsFunc(r.Keywords(k, words), func(w Keyword) bool { return shown[w.Term] }) {
			numbers = append(numbers, m.Number(k))
		}
	}
	return numbers
}
