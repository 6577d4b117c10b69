package topics

import (
	"bytes"
	"encoding/json"
	"math"
	"strings"
	"testing"

	"klew/nmf"
	"klew/vectorize"
)

func refined(t *testing.T) *Model {
	return fitted(t, func(_ *vectorize.Options, o *nmf.Options) { o.Refine = nmf.RefineOn })
}

// What is said of a refinement comes back from the file, and each topic has its own
// pseudo-counts, whatever its number becomes.
func TestARefinementComesBack(t *testing.T) {
	m := refined(t)
	r := m.Outcome.Refinement
	if r == nil || !r.Done || len(r.Alpha) != 2 || r.Divergence == m.Outcome.Divergence || m.Origin.Fitting.Refine != nmf.RefineOn {
		t.Fatalf("refined: %+v, D %v", r, m.Outcome.Divergence)
	}
	r.Alpha = []float64{0.25, 0.5}
	m.Renumber([]int{1, 0})
	if a := m.Outcome.Refinement.Alpha; a[0] != 0.5 || a[1] != 0.25 {
		t.Errorf("topics changed places, and their pseudo-counts are %v", a)
	}
	got, err := Read(bytes.NewReader(encoded(t, m)))
	if err != nil {
		t.Fatal(err)
	}
	sameModel(t, got, m)
}

// Inference solves the problem of the fit, a topic sums to 1, and a document to its tokens,
// also in a model that was refined.
func TestARefinedModelInfers(t *testing.T) {
	m := refined(t)
	if n, difference := inferredAgain(t, m); n != len(texts)-1 || difference > 1e-3 {
		t.Errorf("%d documents, mean difference %g", n, difference)
	}
	for k, sum := range m.W.Sums() {
		if math.Abs(sum-1) > 1e-5 {
			t.Errorf("topic %d sums to %v", k, sum)
		}
	}
	for j, d := range m.Documents {
		sum := 0.0
		for _, x := range m.Weights(j) {
			sum += x
		}
		if math.Abs(sum-float64(d.Tokens)) > 1e-3*float64(d.Tokens) {
			t.Errorf("document %s of %d tokens has weights of %g", d.ID, d.Tokens, sum)
		}
	}
}

// A file that is older than refinements was made without one; pseudo-counts that cannot be
// are said.
func TestRefinementsInFiles(t *testing.T) {
	about, err := json.Marshal(refined(t).info())
	if err != nil {
		t.Fatal(err)
	}
	old := bytes.Replace(about, []byte(`"refine":"on",`), nil, 1)
	m, err := Read(bytes.NewReader(with(t, map[string][]byte{tagInfo: old})))
	if err != nil || m.Origin.Fitting.Refine != nmf.RefineOff {
		t.Errorf("an older file: refine %q, error %v", m.Origin.Fitting.Refine, err)
	}
	for _, c := range []struct{ from, to, want string }{
		{`"refine":"on"`, `"refine":"perhaps"`, `refine "perhaps"`},
		{`"alpha":[`, `"alpha":[1,`, "pseudo-counts of 3 topics for 2"},
		{`"eta":`, `"eta":-`, "a pseudo-count of -"},
		{`"done":true`, `"done":false`, "pseudo-counts of 2 topics for 2"},
	} {
		bad := bytes.Replace(about, []byte(c.from), []byte(c.to), 1)
		if _, err := Read(bytes.NewReader(with(t, map[string][]byte{tagInfo: bad}))); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s in place of %s: error %v, want one with %q", c.to, c.from, err, c.want)
		}
	}
}
