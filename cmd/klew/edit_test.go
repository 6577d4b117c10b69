package main

import (
	"path/filepath"
	"testing"

	"klew/cmd/klew/internal/print"
	"klew/topics"
)

// The hand-made model with a journal, printed by each command that lists topics.
func TestEditGolden(t *testing.T) {
	model := filepath.Join(t.TempDir(), "m.klew")
	m := handMade()
	edits, err := topics.ParseJournal("rename 2 \"bread, \\\"cake\\\" & <more>\"\nban sailing\npin boat 2\n")
	if err != nil {
		t.Fatal(err)
	}
	must(t, m.Amend(edits))
	must(t, m.Save(model))
	merged := filepath.Join(t.TempDir(), "merged.klew")
	output(t, "edit", model, "merge 2 1", "-o", merged, "-q")
	for name, args := range map[string][]string{
		"edit-list":        {"edit", model, "--list"},
		"edit-topics":      {"topics", model},
		"edit-merged":      {"topics", merged, "--long"},
		"edit-merged-docs": {"docs", merged},
	} {
		for _, format := range print.Formats {
			t.Run(name+"/"+format, func(t *testing.T) {
				golden(t, name+"."+format, output(t, append(args, "--format", format)...))
			})
		}
	}
	golden(t, "edit-export.txt", output(t, "edit", model, "--export"))
	golden(t, "help-edit.txt", output(t, "help", "edit"))
}
