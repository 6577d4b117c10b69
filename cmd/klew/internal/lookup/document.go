// Package lookup finds what the user names by a word: a model, and in it a topic, a document or
// a word; and it reads the texts of a model again, of which a model keeps none.
package lookup

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"klew/cmd/klew/internal/print"
	"klew/corpus/spelling"
	"klew/topics"
	"klew/vectorize"

	"github.com/spf13/cobra"
)

// DocumentHelp tells what DOC may be.
const DocumentHelp = `DOC is a document of the model by its id, as klew docs prints it, or by the end of that
where only one document's id ends so (001.txt); or else a file, or - for standard input, with
one text that is new to the model. A new text is read as the model's own were (--mail,
columns of tables), and its topics are inferred. --new takes a file as new that is a
document of the model.`

// DocumentArgument is a document that the user named: one of the model's, or one that is new to it.
type DocumentArgument struct {
	*print.Console
	asNew bool

	Model *topics.Model
	// Topics and At say where its topics are, as fitted: among those of the model's
	// documents, or inferred.
	Topics *topics.DocumentTopics
	At     int
	Text   string // of a new one; of the model's own only once it has been read again
	IsNew  bool
}

// AddFlags binds the option that takes it for new.
func (n *DocumentArgument) AddFlags(c *cobra.Command) {
	c.Flags().BoolVar(&n.asNew, "new", false, "take DOC for a new text, though it may be a document of the model")
}

// Find finds the document and its topics.
func (n *DocumentArgument) Find(ctx context.Context, m *topics.Model, name string) error {
	n.Model, n.Topics = m, &m.Fitted().DocumentTopics
	if name != "-" && !n.asNew {
		if n.At = withID(m, name); n.At >= 0 {
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
func (n *DocumentArgument) byEnding(name string) error {
	for _, end := range []string{"/" + strings.TrimPrefix(name, "/"), name} {
		found := n.documents(func(id string) bool { return strings.HasSuffix(id, end) })
		switch {
		case len(found) == 1:
			n.At = found[0]
			n.Say("klew: %s is %s", name, n.Model.Documents[n.At].ID)
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

func (n *DocumentArgument) documents(where func(id string) bool) (found []int) {
	for j := range n.Model.Documents {
		if where(n.Model.Documents[j].ID) {
			found = append(found, j)
		}
	}
	return found
}

// fullyListed is how many of several documents are named.
const fullyListed = 5

func (n *DocumentArgument) listed(found []int) string {
	var ids []string
	for _, j := range found[:min(len(found), fullyListed)] {
		ids = append(ids, print.Printable(n.Model.Documents[j].ID))
	}
	if more := len(found) - len(ids); more > 0 {
		ids = append(ids, "and "+print.Grouped(more)+" more")
	}
	return strings.Join(ids, ", ")
}

// near are documents whose ids hold what the user typed, or else those that end so but for
// a few slips of the hand.
func (n *DocumentArgument) near(name string) []int {
	typed := strings.ToLower(name)
	if found := n.documents(func(id string) bool { return strings.Contains(strings.ToLower(id), typed) }); len(found) > 0 {
		return found
	}
	slips := map[int]int{}
	for j := range n.Model.Documents {
		if s := spelling.DistanceToEnd(strings.ToLower(n.Model.Documents[j].ID), typed); 3*s < len(typed) {
			slips[j] = s
		}
	}
	found := slices.Sorted(maps.Keys(slips))
	slices.SortStableFunc(found, func(a, b int) int { return cmp.Compare(slips[a], slips[b]) })
	return found[:min(len(found), fullyListed)]
}

// Document is the document itself: its id, its metadata and how many tokens it has.
func (n *DocumentArgument) Document() *vectorize.Document { return &n.Topics.Documents[n.At] }

// Weights are the document's, of the topics that there are after all edits.
func (n *DocumentArgument) Weights() []float64 { return n.Model.Folded(n.Topics.Weights(n.At)) }

// Proportions are the weights divided by their sum.
func (n *DocumentArgument) Proportions() []float64 { return topics.Proportions(n.Weights()) }

// NoTopics says of a document that it has none, and why; it is empty for one that has.
func (n *DocumentArgument) NoTopics() string {
	d := n.Document()
	switch {
	case slices.ContainsFunc(n.Weights(), func(x float64) bool { return x > 0 }):
		return ""
	case n.Topics.First(n.At) >= 0:
		return d.ID + " has no topic: those that it had have been dropped"
	case d.Tokens > 0:
		return d.ID + " has no topic: none has any of its words"
	case d.Unknown > 0:
		return d.ID + " has no topic: the vocabulary holds none of its words"
	}
	return d.ID + " has no topic: it has no word beside stop words"
}
