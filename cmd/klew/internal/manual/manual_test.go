package manual

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/spf13/cobra"
)

// example is a command with a group, a topic, and options in sections.
func example() (root, fit *cobra.Command) {
	run := func(*cobra.Command, []string) error { return nil }
	root = &cobra.Command{Use: "klew COMMAND", Short: "Find topics", Long: "klew finds topics.", RunE: run, Version: "1"}
	root.PersistentFlags().BoolP("quiet", "q", false, "print results and errors only")
	root.AddGroup(&cobra.Group{ID: "make", Title: "Make a model:"})
	fit = &cobra.Command{Use: "fit PATH", Short: "Find the topics of texts", Long: ".dots and \\slashes\n'quotes", Example: "  klew fit notes", RunE: run, GroupID: "make", DisableFlagsInUseLine: true}
	fit.Flags().SortFlags = false
	fit.Flags().IntP("topics", "k", 10, "number of topics")
	Section(fit, "Reading", func() { fit.Flags().String("input", "auto", "what `files` are") })
	fit.Flags().String("output", "", "where to")
	root.AddCommand(fit, topic("reading", "How texts are read", "Each file is looked at."))
	return root, fit
}

func help(t *testing.T, c *cobra.Command) string {
	t.Helper()
	var b strings.Builder
	if err := Help(c, &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// Examples come first, options of no section before the others, and those of all commands
// last.
func TestHelp(t *testing.T) {
	_, fit := example()
	got := help(t, fit)
	at := -1
	for _, want := range []string{"Examples:\n  klew fit notes\n", ".dots", "Usage: klew fit PATH\n", "\nOptions:\n  -k, --topics N", "--output string",
		"\nReading:\n      --input files   what files are (default \"auto\")", "\nOptions of all commands:\n  -q, --quiet"} {
		next := strings.Index(got, want)
		if next <= at {
			t.Errorf("%q is missing, or not where it should be, in\n%s", want, got)
		}
		at = next
	}
}

// Commands stand in their groups, and topics below them; a topic is its prose alone.
func TestHelpOfAll(t *testing.T) {
	root, _ := example()
	got := help(t, root)
	for _, want := range []string{"\nMake a model:\n  fit ", "\nMore to read, by klew help TOPIC:\n  reading "} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is missing in\n%s", want, got)
		}
	}
	topic, _, err := root.Find([]string{"reading"})
	if err != nil {
		t.Fatal(err)
	}
	if got := help(t, topic); got != "Each file is looked at.\n" {
		t.Error(got)
	}
}

// A man page holds what help holds, and no line of it is taken for a command of troff.
func TestMan(t *testing.T) {
	root, _ := example()
	folder := t.TempDir()
	if err := WriteMan(root, folder); err != nil {
		t.Fatal(err)
	}
	page, err := os.ReadFile(filepath.Join(folder, "klew-fit.1"))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{".TH KLEW\\-FIT 1", ".SH EXAMPLES\n.nf\n  klew fit notes\n", "\\&.dots and \\eslashes\n\\&'quotes\n", ".TP\n\\-k, \\-\\-topics N\nnumber of topics (default 10)\n"} {
		if !strings.Contains(string(page), want) {
			t.Errorf("%q is missing in\n%s", want, page)
		}
	}
	for _, name := range []string{"klew.1", "klew-reading.1"} {
		if _, err := os.Stat(filepath.Join(folder, name)); err != nil {
			t.Error(err)
		}
	}
}

// Each page says in its first line what it is about, and none is wider than help is.
func TestPages(t *testing.T) {
	for _, page := range Topics() {
		if page.Short == "" || page.Long == "" || page.Runnable() {
			t.Errorf("the page %s: %q, %q", page.Name(), page.Short, page.Long)
		}
		for line := range strings.Lines(page.Long) {
			if n := len([]rune(strings.TrimRight(line, "\n"))); n > 100 {
				t.Errorf("the page %s has a line of %d characters: %s", page.Name(), n, line)
			}
		}
	}
}
