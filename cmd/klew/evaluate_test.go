package main

import (
	"path/filepath"
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
