package topics

import (
	"slices"
	"strings"
	"testing"

	"klew/corpus"
	"klew/vectorize"
)

// withFields are documents with a value each of a field; the empty one is missing.
func withFields(name string, values ...string) (documents []vectorize.Document) {
	for _, v := range values {
		d := vectorize.Document{ID: "id of " + v}
		if v != "" {
			d.Meta = []corpus.Field{{Name: "other", Value: "x"}, {Name: name, Value: v}}
		}
		documents = append(documents, d)
	}
	return documents
}

func TestSelect(t *testing.T) {
	for _, test := range []struct {
		conditions string
		values     []string // of the field f
		met        []string
	}{
		{"f=north", []string{"north", "North", "northern", ""}, []string{"north"}},
		{"F = north", []string{"north", "south"}, []string{"north"}},
		{"f!=north", []string{"north", "south", ""}, []string{"south"}},
		{"f~ORTH", []string{"north", "North", "south", ""}, []string{"north", "North"}},
		{"f~\"ÉT\"", []string{"l'été", "hiver"}, []string{"l'été"}},
		{"f>9", []string{"8", "9", "10", "9.5", "1e3", "many", ""}, []string{"10", "9.5", "1e3"}},
		{"f<=-2", []string{"-3", "-2.0", "-1", "0x1"}, []string{"-3", "-2.0"}},
		{"f=3", []string{"3", "3.0", "03", "30"}, []string{"3", "3.0", "03"}},
		{"f!=3", []string{"3.0", "4", "three"}, []string{"4", "three"}},
		{"f>=2020", []string{"2019-12-31", "2020", "2020-01-01", "2021-05", "2020-01-01T10:00:00Z"}, []string{"2020", "2020-01-01", "2021-05", "2020-01-01T10:00:00Z"}},
		{"f<=2020", []string{"2019-12-31", "2020-12-31", "2021"}, []string{"2019-12-31", "2020-12-31"}},
		{"f=2020-03", []string{"2020-03-01", "2020-03", "2020-04-01", "2020"}, []string{"2020-03-01", "2020-03"}},
		{"f>2020-03", []string{"2020-03-31", "2020-04-01", "2020"}, []string{"2020-04-01"}},
		{"f<2020-03-02", []string{"2020-03-01T23:59:59Z", "2020-03-02 00:00", "2020-13-01"}, []string{"2020-03-01T23:59:59Z"}},
		{"f<m", []string{"apple", "pear", "7"}, []string{"apple", "7"}},
		{"f>=b AND f<d", []string{"a", "b", "c", "d"}, []string{"b", "c"}},
		{`f="bread and butter"`, []string{"bread", "bread and butter"}, []string{"bread and butter"}},
		{`f='say "so"'`, []string{`say "so"`, "so"}, []string{`say "so"`}},
		{`f="a \" b \\"`, []string{`a " b \`}, []string{`a " b \`}},
		{"document~south", []string{"north", "south"}, []string{"south"}},
		{"tokens=0 and f=a", []string{"a", "b"}, []string{"a"}},
	} {
		s, err := ParseSelection(test.conditions)
		if err != nil {
			t.Errorf("%s: %v", test.conditions, err)
			continue
		}
		members, _, err := s.Select(withFields("f", test.values...))
		var met []string
		for _, j := range members {
			met = append(met, test.values[j])
		}
		if err != nil || !slices.Equal(met, test.met) {
			t.Errorf("%s: met by %q, %v; want %q", test.conditions, met, err, test.met)
		}
	}
}

// A wrong condition says what is wrong, and where.
func TestParseSelectionFaults(t *testing.T) {
	for text, want := range map[string]string{
		"":                     "the name of a field is missing",
		"year":                 "at its end: a field is followed by one of",
		"year 2020":            `at "2020" (character 6): a field is followed by`,
		"year==2020":           `at "==2020" (character 5): a field is followed by`,
		"year=>2020":           `at "=>2020" (character 5)`,
		"year=":                "at its end: a value is missing",
		`""=3`:                 `at "\"\"=3" (character 1): the name of a field is empty`,
		`year=""`:              `at "\"\"" (character 6): the value is empty`,
		"ü=1 or b=2":           `at "or b=2" (character 5): conditions are joined by "and"`,
		"a=1 and":              "at its end: the name of a field is missing",
		"a=1 and and=2":        `(character 9): the name of a field is missing, or it is "and"`,
		"a=bread and butter":   `if "and butter" belongs to the value before, that stands in quotation marks: a="bread and butter"`,
		`a="never closed`:      `at "\"never closed" (character 3): the quotation mark is never closed`,
		"=3":                   `at "=3" (character 1): the name of a field is missing`,
		"region=north east":    `at "east" (character 14): conditions are joined by "and", and a value with blanks`,
		"a=1, b=2":             `conditions are joined by "and"`,
		"a=1 and b=2 and c ==": "a field is followed by",
	} {
		if s, err := ParseSelection(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, %v; want %s", text, s, err, want)
		}
	}
}

// What is left out, and why none is left, is told.
func TestSelectTells(t *testing.T) {
	documents := withFields("f", "3", "many", "", "5")
	for text, want := range map[string]string{
		"f>3":         "",
		"f>7":         "no document meets f>7: the values are 3, many, 5",
		"f=5 and f=3": "no document meets f=3: the values are 5",
		"g=3":         `no document has the field "g"; there are: folder, other, f`,
	} {
		s, err := ParseSelection(text)
		if err != nil {
			t.Fatal(err)
		}
		_, notes, err := s.Select(documents)
		if want == "" {
			if err != nil || !slices.Equal(notes, []string{"f>3: 1 document without f left out", "f>3: 1 document left out, whose f cannot be compared with it"}) {
				t.Errorf("%s: %q, %v", text, notes, err)
			}
		} else if err == nil || err.Error() != want {
			t.Errorf("%s: %v, want %s", text, err, want)
		}
	}
}

// Conditions as they are written are read as the same.
func FuzzParseSelection(f *testing.F) {
	for _, text := range []string{"a=1", `b!="x and y" and c~'z'`, `"f g"<=2 AND d>"\\\""`, "\xff=\xfe", "a=1 and"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		s, err := ParseSelection(text)
		if err != nil {
			return
		}
		again, err := ParseSelection(s.String())
		if err != nil || !slices.Equal(again.Conditions, s.Conditions) {
			t.Errorf("%q: %v, and as written %v: %v", text, s.Conditions, again, err)
		}
	})
}
