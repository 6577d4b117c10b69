package streaming

import (
	"testing"
)

// What a fit needs at least grows with all that makes it larger, and more shards need less.
func TestLeast(t *testing.T) {
	s := Size{NonZeros: 1e7, Terms: 50_000, Documents: 75_000, Topics: 50, Shards: 8, Names: 10 << 20}
	least := s.Least()
	if least < 110<<20 || least > 190<<20 { // measured, with a sample that is twice as large: 130 MB
		t.Errorf("%d MB", least>>20)
	}
	for what, change := range map[string]func(*Size){
		"topics": func(s *Size) { s.Topics *= 2 }, "terms": func(s *Size) { s.Terms *= 2 }, "names": func(s *Size) { s.Names *= 2 },
		"documents": func(s *Size) { s.Documents *= 40 }, "non-zeros": func(s *Size) { s.NonZeros *= 2 }, "fewer shards": func(s *Size) { s.Shards /= 2 },
	} {
		more := s
		if change(&more); more.Least() <= least {
			t.Errorf("with more %s the least is %d, and was %d", what, more.Least(), least)
		}
	}
}

// Names are counted with all that belongs to them, and non-zeros by the terms that are kept.
func TestSizeOf(t *testing.T) {
	c := counted(t, 200, 4)
	table, _, err := c.Outline(options(c, 0).Counting)
	if err != nil {
		t.Fatal(err)
	}
	s := SizeOf(table, 5, 4)
	nonZeros := 0
	for _, term := range table.Vocabulary.Terms {
		nonZeros += term.DF
	}
	least := int64(200*64 + 2*40*len(table.Vocabulary.Terms))
	if s.NonZeros != nonZeros || s.Documents != 200 || s.Topics != 5 || s.Shards != 4 || s.Names < least || s.Names > 8*least {
		t.Errorf("%+v, names are to take at least %d", s, least)
	}
}
