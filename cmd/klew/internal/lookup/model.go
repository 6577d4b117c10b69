package lookup

import (
	"errors"
	"fmt"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"

	"klew/cmd/klew/internal/usage"
	"klew/topics"
	"klew/topics/tables"
)

// Model reads a model as its journal wants it. others are the arguments that stand behind it:
// if one of them is the model, the user has swapped them.
func Model(path string, others ...string) (*topics.Model, error) {
	if i := slices.IndexFunc(others, topics.IsModel); i >= 0 && !topics.IsModel(path) {
		return nil, usage.Mistakef("%s is a model, and %s is none: the model comes first", others[i], path)
	}
	m, err := FittedModel(path)
	if err != nil {
		return nil, err
	}
	edited, err := m.Edited()
	if err != nil {
		return nil, fmt.Errorf("reading the model %s: %w; to take the line back: klew edit %s --undo LINE", path, err, path)
	}
	return edited, nil
}

// largeGCPercent is how large garbage may grow, in parts of what is in use, with a model of very many
// documents in memory.
const largeGCPercent = 25

// FittedModel reads a model as it was fitted, with a hint where it was made of what is not
// one.
func FittedModel(path string) (*topics.Model, error) {
	m, _, err := ModelFile(path)
	return m, err
}

// ModelFile is FittedModel, with the file as it was, for who writes the model back.
func ModelFile(path string) (*topics.Model, *topics.File, error) {
	m, file, err := topics.LoadFile(path)
	if errors.Is(err, topics.ErrNotModel) {
		return nil, nil, fmt.Errorf("%w; to make one of texts: klew fit %s -o %s", err, path, ModelName(path))
	}
	if err == nil && m.H.Compact() {
		// Else the collector lets garbage grow to as much as the model takes.
		debug.SetGCPercent(largeGCPercent)
	}
	return m, file, err
}

// CheckOutput refuses names under which a command must not save a model: standard output, and
// files that by their endings are tables.
func CheckOutput(output, command string) error {
	switch model := ModelName(output); {
	case output == "-":
		return errors.New("--output -: a model cannot go to standard output; name a file")
	case tables.FormatOf(output) != "":
		return fmt.Errorf("--output %s: %s saves a model; to write its tables: %s ... -o %s, and then klew export %s -o %s", output, command, command, model, model, output)
	}
	return nil
}

// ModelName is the name that a model of the texts at path might have.
func ModelName(path string) string { return NameOf(path) + ".klew" }

// NameOf is what a model, or a folder of texts, is called by its path: without folders and ending.
func NameOf(path string) string {
	base := filepath.Base(filepath.Clean(path))
	return strings.TrimSuffix(base, filepath.Ext(base))
}
