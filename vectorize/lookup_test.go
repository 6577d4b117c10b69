package vectorize

import (
	"reflect"
	"testing"
)

func TestFates(t *testing.T) {
	o := Defaults()
	o.MinLength, o.MinDF, o.MaxDF = 3, frequency("1"), frequency("1.0")
	table := counted(t, o, "boats sail", "boats sail and sink", "bread")
	c, err := NewCutter(table.Vocabulary, o)
	if err != nil {
		t.Fatal(err)
	}
	want := []Outcome{{"sailing", "sail", ""}, {"submarines", "submarin", ""}, {"the", "", StopWord}}
	if got := c.Outcomes("Sailing the 7 submarines"); !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, want %+v", got, want)
	}
	if got := c.Outcomes("42 ox …"); got != nil {
		t.Errorf("no word that is long enough, and %+v", got)
	}
}

// spelt is a vocabulary of forms with their counts.
func spelt() *Vocabulary {
	return &Vocabulary{Terms: []Term{
		{Stem: "boat", Count: 8, Forms: []Form{{"boats", 5}, {"boat", 3}}},
		{Stem: "bost", Count: 1, Forms: []Form{{"bost", 1}}},
		{Stem: "new_york", Count: 9, Forms: []Form{{"new_york", 9}}},
		{Stem: "program", Count: 20, Forms: []Form{{"program", 12}, {"boats", 1}}},
		{Stem: "überall", Count: 2, Forms: []Form{{"überall", 2}}},
	}}
}

func TestFindForm(t *testing.T) {
	for text, want := range map[string]int{"boat": 0, "Boats": 0, "New  York": 2, "new_york": 2, "ÜBERALL": 4, "U\u0308berall": 4} {
		if row, ok := spelt().FindForm(text); !ok || row != want {
			t.Errorf("%q is in row %d, %v, want %d", text, row, ok, want)
		}
	}
	for _, text := range []string{"", "york", "boa", "new_"} {
		if row, ok := spelt().FindForm(text); ok {
			t.Errorf("%q is in row %d", text, row)
		}
	}
}

func TestNear(t *testing.T) {
	for text, want := range map[string][]int{
		"baot": {0}, "boast": {0, 1, 3}, "porgram": {3}, "programme": {3}, "newyork": {2}, "uberall": {4}, "": nil, "zebra": nil,
	} {
		if got := spelt().Near(text, 9); !reflect.DeepEqual(got, want) {
			t.Errorf("%q is near %v, want %v", text, got, want)
		}
	}
	if got := spelt().Near("boat", 1); !reflect.DeepEqual(got, []int{0}) {
		t.Errorf("one: %v", got)
	}
}
