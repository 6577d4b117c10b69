package main

import (
	"path/filepath"
	"strings"
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

// Lines that the shell has cut into words are put together again.
func TestLines(t *testing.T) {
	for given, want := range map[string]string{
		"drop 5":                  "drop 5",
		"drop|5":                  "drop 5",
		"drop|5|merge|3|7":        "drop 5; merge 3 7",
		"drop 5|ban edu|pin x 3":  "drop 5; ban edu; pin x 3",
		"ban|edu|com":             "ban edu com",
		"ban edu com":             "ban edu com",
		"ban|drop|drop|5":         "ban drop; drop 5",
		"rename|3|space|flight":   `rename 3 "space flight"`,
		"rename|3|space flight":   `rename 3 "space flight"`,
		"rename|3|sea|ban|a":      `rename 3 "sea"; ban a`,
		"rename|3|drop shipping":  `rename 3 "drop shipping"`,
		"ban|edu|drop 5|pin|x|3":  "ban edu; drop 5; pin x 3",
		"ban|new york|edu":        `ban "new york" edu`,
		`rename 3 "space flight"`: `rename 3 "space flight"`,
		`ban "new york"`:          `ban "new york"`,
		"ban|new york":            `ban "new york"`,
		"nonsense":                "nonsense",
		"drop":                    "drop",
	} {
		if got := strings.Join(asLines(strings.Split(given, "|")), "; "); got != want {
			t.Errorf("%s: %s, want %s", given, got, want)
		}
	}
}
