package lookup

import (
	"fmt"

	"klew/cmd/klew/internal/print"
	"klew/topics"
)

// KeepsEdits refuses to replace a model in which someone has corrected topics. how tells what
// else there is to do, as the end of the sentence.
func KeepsEdits(path, how string) error {
	if !topics.IsModel(path) {
		return nil
	}
	old, err := topics.Load(path)
	if err != nil || len(old.Corrections()) == 0 {
		return nil // there is nothing that could be lost
	}
	return fmt.Errorf("%s holds %s made by klew edit, which the new model would not: %s", path, print.Count(len(old.Corrections()), "correction"), how)
}
