package vectorize

import (
	"encoding/json"
	"math"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestFrequency(t *testing.T) {
	for _, test := range []struct {
		text, want string
		of         float64 // of 50 documents
	}{
		{"0", "0", 0},
		{"5", "5", 5},
		{"1", "1", 1}, // one document
		{"1000000", "1000000", 1000000},
		{"0.5", "0.5", 25},
		{"1.0", "1.0", 50}, // all documents
		{"0.0", "0.0", 0},
		{".5", "0.5", 25},
		{"1.", "1.0", 50},
		{"0.50", "0.5", 25},
		{"5e-1", "0.5", 25},
		{"007", "7", 7},
	} {
		t.Run(test.text, func(t *testing.T) {
			f, err := ParseFrequency(test.text)
			if err != nil {
				t.Fatal(err)
			}
			if got := f.String(); got != test.want {
				t.Errorf("is printed as %q, want %q", got, test.want)
			}
			if got := f.of(50); got != test.of {
				t.Errorf("is %v of 50 documents, want %v", got, test.of)
			}
		})
	}
}

func TestFrequencyRefuses(t *testing.T) {
	for _, text := range []string{"", " ", "-1", "-0.5", "1.5", "5.0", "50%", "half", "1,2", "0,5", "NaN", "Inf", "1e3", "0.5 "} {
		f := frequency("7")
		if err := f.Set(text); err == nil || !strings.Contains(err.Error(), `"`+text+`"`) {
			t.Errorf("%q is read as %v with the error %v", text, f, err)
		}
		if f != frequency("7") {
			t.Errorf("%q is refused, but changed the value to %v", text, f)
		}
	}
}

// What is printed is read as the same value: a model file keeps options as text.
func TestFrequencyRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := rapid.OneOf(
			rapid.Custom(func(t *rapid.T) Frequency {
				return Frequency{value: float64(rapid.IntRange(0, math.MaxInt32).Draw(t, "count"))}
			}),
			rapid.Custom(func(t *rapid.T) Frequency {
				return Frequency{value: rapid.Float64Range(0, 1).Draw(t, "share"), share: true}
			}),
		).Draw(t, "frequency")
		if again, err := ParseFrequency(f.String()); err != nil || again != f {
			t.Fatalf("%q is read as %v, %v", f, again, err)
		}
	})
}

func TestRange(t *testing.T) {
	for _, test := range []struct {
		text string
		want Range
	}{
		{"1,1", Range{1, 1}},
		{"1,2", Range{1, 2}},
		{"2,2", Range{2, 2}},
		{"3", Range{1, 3}},
		{"1", Range{1, 1}},
		{" 1 , 2 ", Range{1, 2}},
	} {
		var r Range
		if err := r.Set(test.text); err != nil || r != test.want {
			t.Errorf("%q is read as %v, %v, want %v", test.text, r, err, test.want)
		}
		var again Range
		if err := again.Set(r.String()); err != nil || again != r {
			t.Errorf("%v is printed as %q, and read as %v, %v", test.want, r, again, err)
		}
	}
}

func TestRangeRefuses(t *testing.T) {
	for _, text := range []string{"", ",", "0", "0,1", "2,1", "-1,1", "1,", ",2", "1,2,3", "1-2", "a,b", "1.0,2", "1,99999"} {
		r := Range{4, 5}
		if err := r.Set(text); err == nil || !strings.Contains(err.Error(), `"`+text+`"`) {
			t.Errorf("%q is read as %v with the error %v", text, r, err)
		}
		if r != (Range{4, 5}) {
			t.Errorf("%q is refused, but changed the value to %v", text, r)
		}
	}
}

func TestDefaultsAreValid(t *testing.T) {
	o := Defaults()
	if err := o.Validate(); err != nil {
		t.Error(err)
	}
	if o.MinDF.String() != "2" || o.MaxDF.String() != "0.5" {
		t.Errorf("document frequency is from %s to %s, want 2 to 0.5", o.MinDF, o.MaxDF)
	}
	for _, language := range Languages() {
		o.Language = language
		if err := o.Validate(); err != nil {
			t.Errorf("%s is one of Languages, but: %v", language, err)
		}
	}
}

// faults has one fault of each option, with what the error must say.
var faults = []struct {
	name string
	make func(*Options)
	want string
}{
	{"language", func(o *Options) { o.Language = "klingon" }, `language "klingon": must be one of ar, da, de`},
	{"no language", func(o *Options) { o.Language = "" }, `language "": must be one of`},
	{"terms", func(o *Options) { o.MaxFeatures = -1 }, "-1 terms"},
	{"n-grams of nothing", func(o *Options) { o.NGrams = Range{} }, "n-gram range 0,0"},
	{"n-grams falling", func(o *Options) { o.NGrams = Range{3, 2} }, "n-gram range 3,2"},
	{"weighting", func(o *Options) { o.Weighting = "bm26" }, `weighting "bm26": must be one of count, binary, log, tfidf, bm25`},
	{"pattern", func(o *Options) { o.TokenPattern = "(" }, "token pattern: "},
	{"threads", func(o *Options) { o.Threads = -2 }, "-2 threads"},
}

func TestValidate(t *testing.T) {
	for _, fault := range faults {
		t.Run(fault.name, func(t *testing.T) {
			o := Defaults()
			fault.make(&o)
			err := o.Validate()
			if err == nil || !strings.Contains(err.Error(), fault.want) {
				t.Fatalf("error is %q, and does not say %q", err, fault.want)
			}
			if strings.Contains(err.Error(), "\n") {
				t.Errorf("one fault is reported as several: %q", err)
			}
		})
	}
}

// Someone who got four things wrong should not have to try five times.
func TestValidateReportsAllFaults(t *testing.T) {
	o := Defaults()
	for _, fault := range faults {
		fault.make(&o)
	}
	err := o.Validate()
	for _, want := range []string{`language ""`, "-1 terms", "n-gram range 3,2", `weighting "bm26"`, "token pattern", "-2 threads"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error is %q, and does not say %q", err, want)
		}
	}
}

// The names in JSON are those of model files: they must not change.
func TestOptionsJSON(t *testing.T) {
	o := Options{
		Language: "sv", Stem: true, MinDF: frequency("3"), MaxDF: frequency("0.25"), MaxFeatures: 1000,
		NGrams: Range{1, 2}, TokenPattern: `\w+`, Weighting: TFIDFWeighting,
	}
	full := o // what is left out of JSON: how, not what, to count
	full.StopWords, full.Threads, full.Progress = []string{"och"}, 4, func(int) {}
	text, err := json.Marshal(full)
	if err != nil {
		t.Fatal(err)
	}
	want := `{"language":"sv","stem":true,"min_df":"3","max_df":"0.25","max_features":1000,` +
		`"ngram_range":"1,2","token_pattern":"\\w+","weighting":"tfidf"}`
	if string(text) != want {
		t.Errorf("options are written\n%s, want\n%s", text, want)
	}
	var again Options
	if err := json.Unmarshal(text, &again); err != nil || !reflect.DeepEqual(again, o) {
		t.Errorf("options are read as\n%+v, want\n%+v (error %v)", again, o, err)
	}
}

func TestOptionsJSONRefuses(t *testing.T) {
	for _, text := range []string{`{"min_df":"-1"}`, `{"max_df":"many"}`, `{"min_df":2}`, `{"ngram_range":"2,1"}`, `{"stem":"yes"}`} {
		var o Options
		if err := json.Unmarshal([]byte(text), &o); err == nil {
			t.Errorf("%s is read as %+v", text, o)
		}
	}
}
