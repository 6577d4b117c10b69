package main

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"klew/cmd/klew/internal/print"
	"klew/topics"
	"klew/vectorize"
)

// namedHelp tells what DOC may be.
const namedHelp = `DOC is a document of the model by its id, as klew docs prints it, or by the end of that
where only one document's id ends so (001.txt); or else a file, or - for standard input, with
one text that is new to the model. A new text is read as the model's own were (--mail,
columns of tables), and its topics are inferred. --new takes a file as new that is a
document of the model.`

// naming is a document that the user named: one of the model's, or one that is new to it.
type naming struct {
	*program
	asNew bool

	model *topics.Model
	// topics and at say where its topics are, as fitted: among those of the model's
	// documents, or inferred.
	topics *topics.DocumentTopics
	at     int
	text   string // of a new one; of the model's own only once it has been read again
	isNew  bool
}

func (n *naming) add(c *cobra.Command) {
	c.Flags().BoolVar(&n.asNew, "new", false, "take DOC for a new text, though it may be a document of the model")
	n.addQuiet(c)
}

// find finds the document and its topics.
func (n *naming) find(ctx context.Context, m *topics.Model, name string) error {
	n.model, n.topics = m, &m.Fitted().DocumentTopics
	if name != "-" && !n.asNew {
		if n.at = withID(m, name); n.at >= 0 {
			return nil
		}
	}
	if name == "-" || n.asNew || isTextFile(name) {
		return n.infer(ctx, name)
	}
	return n.byEnding(name)
}

// withID is the document with an id, or -1.
func withID(m *topics.Model, name string) int {
	clean := filepath.ToSlash(filepath.Clean(name))
	for j := range m.Documents {
		if id := m.Documents[j].ID; id == name || id == clean {
			return j
		}
	}
	return -1
}

// isTextFile reports whether there is a file that may hold a text.
func isTextFile(name string) bool {
	info, err := os.Stat(name)
	return err == nil && !info.IsDir()
}

// byEnding finds the one document whose id ends as the user typed: in whole names of
// folders and files if there is any.
func (n *naming) byEnding(name string) error {
	for _, end := range []string{"/" + strings.TrimPrefix(name, "/"), name} {
		found := n.documents(func(id string) bool { return strings.HasSuffix(id, end) })
		switch {
		case len(found) == 1:
			n.at = found[0]
			n.Say("klew: %s is %s", name, n.model.Documents[n.at].ID)
			return nil
		case len(found) > 1:
			return fmt.Errorf("the ids of %s end in %q: %s; name one of them in full", print.Count(len(found), "document"), name, n.listed(found))
		}
	}
	if info, err := os.Stat(name); err == nil && info.IsDir() {
		return fmt.Errorf("%s is a folder: name one document", name)
	}
	hint := ""
	if near := n.near(name); len(near) > 0 {
		hint = "; near it come " + n.listed(near)
	}
	return fmt.Errorf("the model has no document %q, and there is no such file%s; klew docs lists all", name, hint)
}

func (n *naming) documents(where func(id string) bool) (found []int) {
	for j := range n.model.Documents {
		if where(n.model.Documents[j].ID) {
			found = append(found, j)
		}
	}
	return found
}

// fullyListed is how many of several documents are named.
const fullyListed = 5

func (n *naming) listed(found []int) string {
	var ids []string
	for _, j := range found[:min(len(found), fullyListed)] {
		ids = append(ids, print.Printable(n.model.Documents[j].ID))
	}
	if more := len(found) - len(ids); more > 0 {
		ids = append(ids, "and "+print.Grouped(more)+" more")
	}
	return strings.Join(ids, ", ")
}

// near are documents whose ids hold what the user typed, or else those that end so but for
// a few slips of the hand.
func (n *naming) near(name string) []int {
	typed := strings.ToLower(name)
	if found := n.documents(func(id string) bool { return strings.Contains(strings.ToLower(id), typed) }); len(found) > 0 {
		return found
	}
	slips := map[int]int{}
	for j := range n.model.Documents {
		if s := slipsBefore(strings.ToLower(n.model.Documents[j].ID), typed); 3*s < len(typed) {
			slips[j] = s
		}
	}
	found := slices.Sorted(maps.Keys(slips))
	slices.SortStableFunc(found, func(a, b int) int { return cmp.Compare(slips[a], slips[b]) })
	return found[:min(len(found), fullyListed)]
}

// slipsBefore is how many bytes must be put in, left out or replaced to make what was
// typed of an end of id: the distance of Levenshtein with any beginning of id for
// nothing (Sellers 1980), column by column of its table.
func slipsBefore(id, typed string) int {
	column := make([]int, len(typed)+1)
	for i := range column {
		column[i] = i
	}
	for i := range len(id) {
		before := column[0] // of what was typed nothing has come, at any place of id
		for k := range len(typed) {
			slips := before
			if id[i] != typed[k] {
				slips++
			}
			before = column[k+1]
			column[k+1] = min(slips, column[k]+1, before+1)
		}
	}
	return column[len(typed)]
}

func (n *naming) document() *vectorize.Document { return &n.topics.Documents[n.at] }

// weights are the document's, of the topics that there are after all edits.
func (n *naming) weights() []float64 { return n.model.Folded(n.topics.Weights(n.at)) }

// proportions are the weights divided by their sum.
func (n *naming) proportions() []float64 {
	all, sum := n.weights(), 0.0
	for _, x := range all {
		sum += x
	}
	if sum > 0 {
		for k := range all {
			all[k] /= sum
		}
	}
	return all
}

// noTopics says of a document that it has none, and why; it is empty for one that has.
func (n *naming) noTopics() string {
	d := n.document()
	switch {
	case slices.ContainsFunc(n.weights(), func(x float64) bool { return x > 0 }):
		return ""
	case n.topics.First(n.at) >= 0:
		return d.ID + " has no topic: those that it had have been dropped"
	case d.Tokens > 0:
		return d.ID + " has no topic: none has any of its words"
	case d.Unknown > 0:
		return d.ID + " has no topic: the vocabulary holds none of its words"
	}
	return d.ID + " has no topic: it has no word beside stop words"
}
