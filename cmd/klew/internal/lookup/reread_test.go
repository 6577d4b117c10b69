package lookup

import (
	"slices"
	"testing"

	"klew/corpus"
	"klew/vectorize"
)

// A model finds its texts again by whatever rule their rows were named when it was made.
func TestFinderKnowsRowsByOtherNames(t *testing.T) {
	texts := []string{"a boat", "bread", "a boat", "honey"}
	numbered, placed := []string{"17", "18", "19", "20"}, []string{"t.csv:1", "t.csv:2", "t.csv:3", "t.csv:4"}
	for _, c := range []struct {
		name      string
		was, are  []string
		now, want []int // rows, and the documents that they are
	}{
		{"by the same rule", numbered, numbered, []int{0, 1, 2, 3}, []int{0, 1, 2, 3}},
		{"by place, now by number", placed, numbered, []int{0, 1, 2, 3}, []int{0, 1, 2, 3}},
		{"by number, now by place", numbered, placed, []int{0, 1, 2, 3}, []int{0, 1, 2, 3}},
		{"by another column", []string{"a", "b", "c", "d"}, numbered, []int{0, 1, 2, 3}, []int{0, 1, 2, 3}},
		{"rows are gone", numbered, placed, []int{1, 3}, []int{1, 3}},
	} {
		var documents []vectorize.Document
		for i, text := range texts {
			documents = append(documents, vectorize.Document{ID: c.was[i], Checksum: vectorize.Checksum(text)})
		}
		f := newFinder(documents)
		var got []int
		for _, row := range c.now {
			if j, ok := f.find(&corpus.Document{ID: c.are[row], Place: placed[row], Text: texts[row]}); ok {
				got = append(got, j)
			}
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: found %v, want %v", c.name, got, c.want)
		}
	}
}

// A row of which the text has changed is not found, nor a file with another name.
func TestFinderKnowsWhatChanged(t *testing.T) {
	f := newFinder([]vectorize.Document{{ID: "17", Checksum: vectorize.Checksum("a boat")}, {ID: "a.txt", Checksum: vectorize.Checksum("bread")}})
	for _, d := range []corpus.Document{{ID: "17", Place: "t.csv:1", Text: "a ship"}, {ID: "b.txt", Text: "bread"}} {
		if j, ok := f.find(&d); ok {
			t.Errorf("%s is taken for %d", d.ID, j)
		}
	}
}
