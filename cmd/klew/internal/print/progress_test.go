package print

import (
	"bytes"
	"math"
	"strings"
	"testing"
	"time"
)

// Where there is no terminal, a stage says a line now and then, and nothing if quiet.
func TestProgressInLines(t *testing.T) {
	for _, c := range []struct {
		name  string
		quiet bool
		total int
		since time.Duration // the last line
		want  string
	}{
		{"after a while", false, 100, sayEvery, "klew: reading: 25 of 100 documents, at most"},
		{"of an unknown number", false, 0, sayEvery, "klew: reading: 25 documents\n"},
		{"too soon", false, 100, 0, ""},
		{"quiet", true, 100, sayEvery, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			var said bytes.Buffer
			s := (&Console{Err: &said, Quiet: c.quiet}).Begin("reading", c.total)
			s.said = s.said.Add(-c.since)
			s.Set(25, "documents")
			s.End()
			if got := said.String(); !strings.HasPrefix(got, c.want) || c.want == "" && got != "" {
				t.Errorf("said %q, want %q", got, c.want)
			}
		})
	}
}

// Many restarts of many iterations take longer than a time can be.
func TestProgressWithoutEnd(t *testing.T) {
	s := (&Console{Err: &bytes.Buffer{}}).Begin("fitting", math.MaxInt)
	s.begun = s.begun.Add(-1000 * time.Hour)
	if got := s.far(1, "iterations"); !strings.HasSuffix(got, " iterations") {
		t.Errorf("said %q", got)
	}
}
