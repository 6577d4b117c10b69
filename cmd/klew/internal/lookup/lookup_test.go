package lookup

import (
	"testing"

	"klew/vectorize"
)

func TestFate(t *testing.T) {
	term := vectorize.Outcome{Token: "boats", Stem: "boat"}
	stop := vectorize.Outcome{Token: "the", Reason: vectorize.StopWord}
	for _, c := range []struct {
		outcomes, freely []vectorize.Outcome
		status, stem     string
	}{
		{[]vectorize.Outcome{term}, nil, UnknownWord, "boat"},
		{[]vectorize.Outcome{term, stop}, nil, UnknownWord, "boat"},
		{[]vectorize.Outcome{term, term}, nil, SeveralWords, ""},
		{[]vectorize.Outcome{stop}, nil, vectorize.StopWord, ""},
		{nil, []vectorize.Outcome{term}, vectorize.TooShort, ""},
		{nil, nil, NoWord, ""},
	} {
		if status, stem := statusOf(c.outcomes, c.freely); status != c.status || stem != c.stem {
			t.Errorf("%v: %q, %q; want %q, %q", c.outcomes, status, stem, c.status, c.stem)
		}
	}
}

func TestTopicList(t *testing.T) {
	for text, want := range map[string]string{"1,4,7": "1,4,7", " 2 , 1": "2,1", "3-5,4": "3,4,5", "": "error", "0": "error",
		"2-1": "error", "1-": "error", "-1": "error", "1,,2": "error", "1-999999999": "error", "x": "error"} {
		var l TopicList
		got := "error"
		if err := l.Set(text); err == nil {
			got = l.String()
		}
		if got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
}
