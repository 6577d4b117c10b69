package topics

import (
	"fmt"
	"slices"
	"strings"

	"klew/corpus"
	"klew/vectorize"
)

// Fields names the metadata of documents: the folder first, others in the order in which
// they first occur.
func Fields(documents []vectorize.Document) []string {
	fields := []string{corpus.Folder}
	seen := map[string]bool{corpus.Folder: true}
	for _, d := range documents {
		for _, f := range d.Meta {
			if !seen[f.Name] {
				seen[f.Name] = true
				fields = append(fields, f.Name)
			}
		}
	}
	return fields
}

// FindField is the field of the metadata of documents that is called so, or else the first that
// is but for case. The error lists those that there are.
func FindField(documents []vectorize.Document, name string) (string, error) {
	all := Fields(documents)
	i := slices.Index(all, name)
	if i < 0 {
		i = slices.IndexFunc(all, func(field string) bool { return strings.EqualFold(field, name) })
	}
	if i < 0 {
		return "", fmt.Errorf("no document has the field %q; there are: %s", name, strings.Join(all, ", "))
	}
	return all[i], nil
}
