package lookup

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"klew/cmd/klew/internal/usage"
	"klew/topics"
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

// FittedModel reads a model as it was fitted, with a hint where it was made of what is not
// one.
func FittedModel(path string) (*topics.Model, error) {
	m, err := topics.Load(path)
	if errors.Is(err, topics.ErrNotModel) {
		return nil, fmt.Errorf("%w; to make one of texts: klew fit %s -o %s", err, path, ModelName(path))
	}
	return m, err
}

// ModelName is the name that a model of the texts at path might have.
func ModelName(path string) string {
	base := filepath.Base(filepath.Clean(path))
	return strings.TrimSuffix(base, filepath.Ext(base)) + ".klew"
}
