package vectorize

import (
	"slices"
	"testing"
	"unsafe"

	"klew/corpus"
)

// Documents with the same metadata have one list of it, and the others their own.
func TestSharedFields(t *testing.T) {
	s := newSharedFields()
	of := func(date, place string) []corpus.Field {
		return s.of(&corpus.Document{Date: date, Meta: []corpus.Field{{Name: "folder", Value: "log"}, {Name: "place", Value: place}}})
	}
	first, same, other := of("2024", "north"), of("2024", "north"), of("2024", "south")
	if unsafe.SliceData(first) != unsafe.SliceData(same) {
		t.Error("two lists of the same metadata")
	}
	want := []corpus.Field{{Name: "folder", Value: "log"}, {Name: "place", Value: "south"}, {Name: "date", Value: "2024"}}
	if !slices.Equal(other, want) || first[1].Value != "north" {
		t.Errorf("the lists are %v and %v", first, other)
	}
	named := s.of(&corpus.Document{Meta: []corpus.Field{{Name: "folder", Value: "log"}, {Name: "town", Value: "north"}}, Date: "2024"})
	if named[1].Name != "town" {
		t.Errorf("values of other names are taken for the same: %v", named)
	}
	if got := s.of(&corpus.Document{}); got != nil {
		t.Errorf("no metadata is %v", got)
	}
}
