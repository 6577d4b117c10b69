package lookup

import (
	"testing"

	"klew/vectorize"
)

func TestFate(t *testing.T) {
	term := vectorize.Fate{Token: "boats", Stem: "boat"}
	stop := vectorize.Fate{Token: "the", Reason: vectorize.StopWord}
	for _, c := range []struct {
		fates, freely []vectorize.Fate
		status, stem  string
	}{
		{[]vectorize.Fate{term}, nil, UnknownWord, "boat"},
		{[]vectorize.Fate{term, stop}, nil, UnknownWord, "boat"},
		{[]vectorize.Fate{term, term}, nil, SeveralWords, ""},
		{[]vectorize.Fate{stop}, nil, vectorize.StopWord, ""},
		{nil, []vectorize.Fate{term}, vectorize.TooShort, ""},
		{nil, nil, NoWord, ""},
	} {
		if status, stem := fate(c.fates, c.freely); status != c.status || stem != c.stem {
			t.Errorf("%v: %q, %q; want %q, %q", c.fates, status, stem, c.status, c.stem)
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
