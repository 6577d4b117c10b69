package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os/exec"
	"runtime"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"klew/cmd/klew/internal/lookup"
	"klew/cmd/klew/internal/print"
	"klew/topics"
	"klew/topics/tables"
)

// question is what a program reads of a topic.
type question struct {
	Topic     int      `json:"topic"`
	Label     string   `json:"label"`
	Share     float64  `json:"share"`
	Keywords  []string `json:"keywords"`
	Sentences []string `json:"sentences"`
	Taken     []string `json:"taken"`
}

// longestName is how many characters a name may have: more is an answer to another question.
const longestName = 100

// ask runs the program for each of the topics. failed says for which it did not give a name.
func (l *labelCommand) ask(ctx context.Context, m *topics.Model, chosen []int) (named []tables.Naming, failed, err error) {
	var quotes [][]tables.Quoted
	if !l.noTexts && l.sentences > 0 {
		if quotes, err = lookup.Quotes(ctx, l.Console, m, l.sentences); err != nil {
			return nil, nil, err
		}
	}
	taken := l.takenNames(m, chosen)
	labels, shares, ranker := m.Labels(), m.Shares(), topics.NewRanker(m)
	stage := l.Begin("naming topics", len(chosen))
	defer stage.End()
	var faults []error
	for i, k := range chosen {
		stage.Set(i, "")
		q := question{m.Number(k), labels[k], shares[k], tables.Keywords(ranker, k, l.words), []string{}, taken}
		if quotes != nil {
			for _, quote := range quotes[k] {
				q.Sentences = append(q.Sentences, quote.Text)
			}
		}
		name, err := l.name(ctx, q)
		if ctx.Err() != nil {
			return nil, nil, ctx.Err()
		}
		if err != nil {
			faults = append(faults, fmt.Errorf("naming topic %d: %w", q.Topic, err))
			continue
		}
		if slices.Contains(taken, name) {
			l.Say("klew: topic %d gets a name that another topic has, too: %s", q.Topic, name)
		}
		named, taken = append(named, tables.Naming{Topic: k, Label: name}), append(taken, name)
	}
	return named, errors.Join(faults...), nil
}

// takenNames are the names of topics that keep them.
func (l *labelCommand) takenNames(m *topics.Model, chosen []int) []string {
	asked := map[int]bool{}
	for _, k := range chosen {
		asked[k] = true
	}
	taken := []string{}
	for k := range m.Topics() {
		if name := m.OwnLabel(k); name != "" && !asked[k] {
			taken = append(taken, name)
		}
	}
	return taken
}

// name is the answer of the program to one question.
func (l *labelCommand) name(ctx context.Context, q question) (string, error) {
	asked, err := json.Marshal(q)
	if err != nil {
		return "", err
	}
	ctx, stop := context.WithTimeout(ctx, l.timeout)
	defer stop()
	shell := []string{"sh", "-c"}
	if runtime.GOOS == "windows" {
		shell = []string{"cmd", "/C"}
	}
	c := exec.CommandContext(ctx, shell[0], append(shell[1:], l.program)...)
	c.WaitDelay = time.Second // for what the shell has started and left behind
	var out, talk beginning
	c.Stdin, c.Stdout, c.Stderr = bytes.NewReader(append(asked, '\n')), &out, &talk
	err = c.Run()
	switch {
	case errors.Is(ctx.Err(), context.DeadlineExceeded):
		return "", fmt.Errorf("%s has not ended after %v; --timeout gives it longer", l.program, l.timeout)
	case err != nil && lastLineOf(talk.String()) != "":
		return "", fmt.Errorf("%s: %w: %s", l.program, err, lastLineOf(talk.String()))
	case err != nil:
		return "", fmt.Errorf("%s: %w", l.program, err)
	}
	return l.answer(q.Topic, out.String())
}

// answer is the first line that is not empty, without quotation marks around it.
func (l *labelCommand) answer(topic int, text string) (string, error) {
	lines := strings.FieldsFunc(strings.ToValidUTF8(text, "\uFFFD"), func(r rune) bool { return r == '\n' || r == '\r' })
	var said []string
	for _, line := range lines {
		if line = strings.TrimSpace(line); line != "" {
			said = append(said, line)
		}
	}
	if len(said) == 0 {
		return "", fmt.Errorf("%s printed nothing", l.program)
	}
	name := strings.TrimSpace(strings.Trim(said[0], "\"“”«»"))
	switch n := utf8.RuneCountInString(name); {
	case name == "":
		return "", fmt.Errorf("%s printed a name without a character: %s", l.program, said[0])
	case n > longestName:
		return "", fmt.Errorf("%s printed a line of %d characters, and a name has at most %d: %.60s…", l.program, n, longestName, name)
	case len(said) > 1:
		l.Say("klew: topic %d: of the %d lines that the program printed, the first is the name", topic, len(said))
	}
	return print.Printable(name), nil
}

// beginning keeps the beginning of what is written to it: a name is short, and a program that
// never stops must not fill the memory.
type beginning struct{ bytes.Buffer }

const beginningKept = 64 << 10

func (b *beginning) Write(p []byte) (int, error) {
	b.Buffer.Write(p[:min(len(p), max(0, beginningKept-b.Len()))])
	return len(p), nil
}

// lastLineOf is where programs say what is wrong.
func lastLineOf(text string) string {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	return print.Printable(strings.TrimSpace(lines[len(lines)-1]))
}
