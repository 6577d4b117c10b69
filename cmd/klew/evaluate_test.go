package main

import (
	"path/filepath"
	"strings"
	"testing"

	"klew/cmd/klew/internal/print"
)

// What evaluate prints of a model made by hand, whose texts are not there.
func TestEvaluateGolden(t *testing.T) {
	model := filepath.Join(t.TempDir(), "m.klew")
	must(t, handMade().Save(model))
	for name, args := range map[string][]string{
		"evaluate":             {"evaluate", model},
		"evaluate-topics":      {"evaluate", model, "--by-topic"},
		"evaluate-words":       {"evaluate", model, "--by-topic", "--words", "1", "--measure", "exclusivity,word_length,purity"},
		"evaluate-labels":      {"evaluate", model, "--table", "labels"},
		"evaluate-labels-long": {"evaluate", model, "--table", "labels", "--long"},
	} {
		for _, format := range print.Formats {
			t.Run(name+"/"+format, func(t *testing.T) {
				golden(t, name+"."+format, output(t, append(args, "--format", format)...))
			})
		}
	}
	golden(t, "help-evaluate.txt", output(t, "help", "evaluate"))
}

// Each measure has a name of its own, a definition, and a direction or none.
func TestMeasures(t *testing.T) {
	seen := map[string]bool{}
	for _, m := range measures {
		if seen[m.name] {
			t.Errorf("two measures are called %s", m.name)
		}
		seen[m.name] = true
		for line := range strings.Lines(m.what) {
			if len([]rune(line)) > 80 {
				t.Errorf("%s: a line of the definition is too wide: %s", m.name, line)
			}
		}
		if m.what == "" || m.better != higher && m.better != lower && m.better != "" {
			t.Errorf("%s: direction %q, definition %q", m.name, m.better, m.what)
		}
	}
}
