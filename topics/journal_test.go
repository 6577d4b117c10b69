package topics

import (
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestParseEdit(t *testing.T) {
	for line, want := range map[string]Edit{
		`rename 3 "space flight"`:      {Verb: RenameTopic, Topic: 2, Text: "space flight"},
		`rename 3 space flight`:        {Verb: RenameTopic, Topic: 2, Text: "space flight"},
		`rename 3 ""`:                  {Verb: RenameTopic, Topic: 2},
		`  rename	03  "C# \"and\" C" `: {Verb: RenameTopic, Topic: 2, Text: `C# "and" C`},
		`rename 1 "two\nlines"`:        {Verb: RenameTopic, Text: "two lines"},
		`rename 1 the "best" ones`:     {Verb: RenameTopic, Text: `the "best" ones`},
		`rename 1 宇宙`:                  {Verb: RenameTopic, Text: "宇宙"},
		`merge 3 7`:                    {Verb: MergeTopics, Topic: 2, From: 6},
		"drop 5\r\n":                   {Verb: DropTopic, Topic: 4},
		`ban edu`:                      {Verb: BanWord, Text: "edu"},
		`ban "the sea"`:                {Verb: BanWord, Text: "the sea"},
		`ban #whales`:                  {Verb: BanWord, Text: "#whales"},
		`pin new_york 12`:              {Verb: PinWord, Topic: 11, Text: "new_york"},
		`pin "the sea" 12`:             {Verb: PinWord, Topic: 11, Text: "the sea"},
		`pin 12 12`:                    {Verb: PinWord, Topic: 11, Text: "12"},
		"pin\u00a0\"a\u0007\"\u20031":  {Verb: PinWord, Text: "a\u0007"},
	} {
		if got, err := ParseEdit(line); err != nil || got != want {
			t.Errorf("%s is %+v (%v), want %+v", line, got, err, want)
		}
	}
}

// A line may do the same to several; what it says is kept as a line for each.
func TestParseEdits(t *testing.T) {
	for line, want := range map[string]string{
		"drop 5":                  "drop 5",
		"drop 5 6 7":              "drop 5; drop 6; drop 7",
		"merge 1 4 6":             "merge 1 4; merge 1 6",
		`ban edu "the sea" com`:   `ban edu; ban "the sea"; ban com`,
		"pin orbit comet 3":       "pin orbit 3; pin comet 3",
		"pin 3 3":                 "pin 3 3",
		"rename 3 space flight":   `rename 3 "space flight"`,
		`rename 3 "drop 1" "2"`:   "",
		"drop 5 x":                "",
		"merge 1":                 "",
		`ban edu "the sea`:        "",
		"pin orbit comet harbour": "",
		"":                        "",
	} {
		edits, err := ParseEdits(line)
		var got []string
		for _, e := range edits {
			got = append(got, e.String())
		}
		if strings.Join(got, "; ") != want || (err == nil) != (want != "") {
			t.Errorf("%s is %q (%v), want %s", line, got, err, want)
		}
	}
}

func TestWhatIsNoEdit(t *testing.T) {
	for line, want := range map[string]string{
		"":                          "edits nothing",
		"drpo 3":                    `"drpo" (did you mean drop?); there are`,
		"rebrand 3 x":               `there is no edit "rebrand"; there are rename, merge`,
		"Drop 5":                    `there is no edit "Drop" (did you mean drop?)`,
		"drop":                      "the number of a topic is missing; it is written like this: drop 5",
		"drop x":                    `"x" is not the number of a topic`,
		"drop 0":                    `"0" is not the number of a topic`,
		"drop -1":                   `"-1" is not the number of a topic`,
		"drop 5.0":                  `"5.0" is not the number of a topic`,
		"drop 99999999999999999999": "is not the number of a topic",
		"drop 5 6":                  `"6" is too much`,
		"merge 3":                   "missing; it is written like this: merge 3 7",
		"merge 3 7 8":               `"8" is too much`,
		"rename 3":                  "the label is missing",
		`rename 3 "space`:           "quotation mark is not closed",
		`rename 3 "a" b`:            "quotation mark is not closed",
		"ban":                       "the word is missing",
		`ban "  "`:                  "the word is missing",
		"ban the sea":               `"sea" is too much`,
		`ban "the sea`:              "never closed",
		"pin orbit":                 "the number of a topic is missing; it is written like this: pin word 3",
		"pin 3 orbit":               `"orbit" is not the number of a topic`,
		"ban \xff":                  "not UTF-8",
		"drop \x1b[2J":              `"drop \x1b[2J": "\x1b[2J" is not the number`,
	} {
		if e, err := ParseEdit(line); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q is %+v with the error %v, want one with %q", line, e, err, want)
		}
	}
}

func TestParseJournal(t *testing.T) {
	edits, err := ParseJournal("\uFEFF# sea and oven\n\n  drop 2\r\n  # no more\nban sea")
	want := []Edit{{Verb: DropTopic, Topic: 1}, {Verb: BanWord, Text: "sea"}}
	if err != nil || !reflect.DeepEqual(edits, want) {
		t.Errorf("got %v (%v), want %v", edits, err, want)
	}
	_, err = ParseJournal("drop x\ndrop 1\nmerge 2\n")
	if err == nil || !strings.Contains(err.Error(), "line 1: drop x: ") || !strings.Contains(err.Error(), "\nline 3: merge 2: ") {
		t.Errorf("the error is %v, want one that names both lines", err)
	}
}

// anEdit draws any edit that a line can hold.
func anEdit() *rapid.Generator[Edit] {
	return rapid.Custom(func(t *rapid.T) Edit {
		e := Edit{Verb: rapid.SampledFrom(forms).Draw(t, "form").verb}
		if e.Verb != BanWord {
			e.Topic = rapid.IntRange(0, 1000).Draw(t, "topic")
		}
		switch e.Verb {
		case MergeTopics:
			e.From = rapid.IntRange(0, 1000).Draw(t, "from")
		case RenameTopic:
			e.Text = oneLine(rapid.String().Draw(t, "label"))
		case BanWord, PinWord:
			if e.Text = oneLine(rapid.String().Draw(t, "word")); e.Text == "" {
				e.Text = "word"
			}
		}
		return e
	})
}

// An edit that is written and read is the same, and so is a journal of several.
func TestEditsComeBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		edits := rapid.SliceOfN(anEdit(), 1, 5).Draw(t, "edits")
		text := ""
		for _, e := range edits {
			text += e.String() + "\n"
		}
		if got, err := ParseJournal(text); err != nil || !reflect.DeepEqual(got, edits) {
			t.Fatalf("%s\nis read as %+v (%v), want %+v", text, got, err, edits)
		}
	})
}

// FuzzParseEdit reads any line, and what it takes it for comes back.
func FuzzParseEdit(f *testing.F) {
	for _, form := range forms {
		f.Add(form.form)
	}
	f.Add("rename 1 \"\\xff\\u2028\"")
	f.Fuzz(func(t *testing.T, line string) {
		e, err := ParseEdit(line)
		if err != nil {
			return
		}
		if strings.ContainsAny(e.String(), "\n\r") {
			t.Errorf("%q is more than one line", e.String())
		}
		if again, err := ParseEdit(e.String()); err != nil || again != e {
			t.Errorf("%q is %+v, which as %q is %+v (%v)", line, e, e.String(), again, err)
		}
	})
}

// FuzzJournal applies what can be applied of any journal: the views keep their promises.
func FuzzJournal(f *testing.F) {
	m := ofFour(f)
	f.Add("merge 1 2\ndrop 3\nrename 1 sea\nban boat\npin sea 4")
	f.Add("drop 1\ndrop 2\ndrop 3\ndrop 4\n# no\n\nmerge 1 1")
	f.Fuzz(func(t *testing.T, text string) {
		m := *m
		for line := range strings.Lines(text) {
			if e, err := ParseEdit(line); err == nil {
				m.Amend([]Edit{e}) // one that does not hold is left out
			}
		}
		view, err := m.Edited()
		if err != nil {
			t.Fatal(err)
		}
		checkView(t, &m, view)
		m.Journal = strings.Split(text, "\n") // as a file may have it
		m.Edited()
	})
}
