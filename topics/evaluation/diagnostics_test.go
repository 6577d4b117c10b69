package evaluation

import (
	"encoding/json"
	"math"
	"os"
	"reflect"
	"testing"

	"klew/nmf"
	"klew/topics"
	"klew/vectorize"
)

// diagnosed is testdata/diagnostics.json, made by the script beside it.
type diagnosed struct {
	Top               int
	Words             []string
	Count, DF, Tokens []int
	W, H              [][]float64
	Topics            []Diagnostics
	DiversityOf4      float64
}

func (d *diagnosed) model() *topics.Model {
	table := &vectorize.Table{Vocabulary: &vectorize.Vocabulary{Documents: len(d.Tokens)}}
	for i, word := range d.Words {
		table.Vocabulary.Terms = append(table.Vocabulary.Terms, vectorize.Term{
			Stem: word, DF: d.DF[i], Count: d.Count[i], Forms: []vectorize.Form{{Text: word, Count: d.Count[i]}},
		})
	}
	for _, n := range d.Tokens {
		table.Documents = append(table.Documents, vectorize.Document{Tokens: n})
	}
	k := len(d.Topics)
	return topics.New(table, &nmf.Result{W: nmf.NewW(len(d.W), k, flat(d.W)), H: nmf.NewH(k, len(d.H), flat(d.H))}, topics.Origin{})
}

// mostProbable are the top words that MALLET takes.
func mostProbable(m *topics.Model, n int) (words [][]int32) {
	for k := range m.Topics() {
		words = append(words, topics.MostProbable(m.W, k, n))
	}
	return words
}

func flat(rows [][]float64) (all []float32) {
	for _, row := range rows {
		for _, x := range row {
			all = append(all, float32(x))
		}
	}
	return all
}

func readDiagnosed(t *testing.T) *diagnosed {
	t.Helper()
	data, err := os.ReadFile("testdata/diagnostics.json")
	if err != nil {
		t.Fatal(err)
	}
	var d diagnosed
	if err := json.Unmarshal(data, &d); err != nil {
		t.Fatal(err)
	}
	return &d
}

// The values are computed from the definitions by a script; weights are in single precision
// here, which leaves six digits.
func TestDiagnosticsAreMALLETs(t *testing.T) {
	want := readDiagnosed(t)
	m := want.model()
	for k, got := range Diagnose(m, mostProbable(m, want.Top)) {
		have, wants := reflect.ValueOf(got), reflect.ValueOf(want.Topics[k])
		for f := range have.NumField() {
			x, y := have.Field(f).Float(), wants.Field(f).Float()
			if math.Abs(x-y) > 1e-5*max(1, math.Abs(y)) {
				t.Errorf("topic %d: %s %.9f, want %.9f", k+1, have.Type().Field(f).Name, x, y)
			}
		}
	}
	if got := Diversity(mostProbable(m, 4)); math.Abs(got-want.DiversityOf4) > 1e-12 {
		t.Errorf("diversity %v, want %v", got, want.DiversityOf4)
	}
}

// Bounds that hold for any model, and an empty topic, of which nothing can be said.
func TestDiagnosticsOfAnEmptyTopic(t *testing.T) {
	d := readDiagnosed(t)
	for i := range d.W {
		d.W[i][2] = 0
	}
	for j := range d.H {
		d.H[j][2] = 0
	}
	all := Diagnose(d.model(), mostProbable(d.model(), d.Top))
	empty := reflect.ValueOf(all[2])
	for f := range empty.NumField() {
		if name := empty.Type().Field(f).Name; name != "Tokens" && !math.IsNaN(empty.Field(f).Float()) {
			t.Errorf("%s of an empty topic is %v", name, empty.Field(f).Float())
		}
	}
	for k, x := range all[:2] {
		if x.UniformDist < 0 || x.CorpusDist < 0 || x.EffNumWords < 1 || x.EffNumWords > 20 || x.TokenDocDiff < 0 ||
			x.TokenDocDiff > math.Ln2 || x.Exclusivity <= 0 || x.Exclusivity > 1 || x.Rank1Docs > 1 {
			t.Errorf("topic %d: %+v", k+1, x)
		}
	}
}

// Topics that share no word are diverse and exclusive, copies of one are neither.
func TestDiversityAndExclusivity(t *testing.T) {
	for _, c := range []struct {
		w                      [][]float64
		diversity, exclusivity float64
	}{
		{[][]float64{{1, 0}, {1, 0}, {0, 1}, {0, 1}}, 1, 1},
		{[][]float64{{1, 1}, {1, 1}, {1, 1}, {1, 1}}, 0.5, 0.5},
	} {
		d := &diagnosed{Words: []string{"a", "b", "c", "d"}, Count: []int{1, 1, 1, 1}, DF: []int{1, 1, 1, 1},
			Tokens: []int{2, 2}, W: c.w, H: [][]float64{{2, 0}, {0, 2}}, Topics: make([]Diagnostics, 2)}
		m := d.model()
		if got := Diversity(mostProbable(m, DiversityWords)); got != c.diversity {
			t.Errorf("diversity %v, want %v", got, c.diversity)
		}
		for _, x := range Diagnose(m, mostProbable(m, 10)) {
			if math.Abs(x.Exclusivity-c.exclusivity) > 1e-6 {
				t.Errorf("exclusivity %v, want %v", x.Exclusivity, c.exclusivity)
			}
		}
	}
}
