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

func TestSlips(t *testing.T) {
	for _, test := range []struct {
		id, typed string
		want      int
	}{
		{"bbc/tech/001.txt", "001.txt", 0},
		{"bbc/tech/001.txt", "01.txt", 0},
		{"bbc/tech/001.txt", "tehc/001.txt", 2},
		{"bbc/tech/001.txt", "tech/001.text", 1},
		{"bbc/tech/001.txt", "", 0},
		{"", "abc", 3},
	} {
		if got := slipsBefore(test.id, test.typed); got != test.want {
			t.Errorf("%q is %d slips from an end of %q, want %d", test.typed, got, test.id, test.want)
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
