package evaluation

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"testing"

	"klew/topics"
	"pgregory.net/rapid"
)

// The values are scikit-learn's; testdata/labels.py is how they were made.
func TestLabelsAgainstScikitLearn(t *testing.T) {
	data, err := os.ReadFile("testdata/labels.json")
	if err != nil {
		t.Fatal(err)
	}
	var cases []struct {
		A                []int
		B                []string
		NMI, ARI, Purity float64
	}
	if err := json.Unmarshal(data, &cases); err != nil {
		t.Fatal(err)
	}
	for n, c := range cases {
		for _, x := range []struct {
			name      string
			got, want float64
		}{{"NMI", NMI(c.A, c.B), c.NMI}, {"ARI", ARI(c.A, c.B), c.ARI}, {"purity", Purity(c.A, c.B), c.Purity}} {
			if math.Abs(x.got-x.want) > 1e-9 {
				t.Errorf("case %d: %s %.12f, want %.12f", n+1, x.name, x.got, x.want)
			}
		}
	}
}

// Names and the order of items do not matter; which labelling is first matters for purity
// alone; a labelling agrees with itself.
func TestLabelsLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 60).Draw(t, "items")
		a := rapid.SliceOfN(rapid.IntRange(0, 4), n, n).Draw(t, "a")
		b := rapid.SliceOfN(rapid.IntRange(0, 4), n, n).Draw(t, "b")
		random := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0))
		names, order := random.Perm(5), random.Perm(n)
		c, d := make([]int, n), make([]int, n)
		for i, from := range order {
			c[i], d[i] = names[a[from]], b[from]
		}
		same := func(what string, x, y float64) {
			if math.Abs(x-y) > 1e-9 {
				t.Errorf("%s: %v and %v", what, x, y)
			}
		}
		same("NMI", NMI(a, b), NMI(c, d))
		same("ARI", ARI(a, b), ARI(c, d))
		same("purity", Purity(a, b), Purity(c, d))
		same("NMI turned round", NMI(a, b), NMI(b, a))
		same("ARI turned round", ARI(a, b), ARI(b, a))
		for what, x := range map[string]float64{"NMI": NMI(a, a), "ARI": ARI(a, a), "purity": Purity(a, a)} {
			same(what+" with itself", x, 1)
		}
		if x := NMI(a, b); x < 0 || x > 1+1e-9 {
			t.Errorf("NMI %v", x)
		}
		if x := ARI(a, b); x < -0.5-1e-9 || x > 1+1e-9 {
			t.Errorf("ARI %v", x)
		}
		if x := Purity(a, b); x < 1/float64(n) || x > 1 {
			t.Errorf("purity %v", x)
		}
	})
}

// Independent labellings have an ARI about 0, whatever their sizes; purity does not.
func TestARIIsAdjusted(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 1))
	a, b := make([]int, 20000), make([]int, 20000)
	for i := range a {
		a[i], b[i] = random.IntN(20), random.IntN(3)
	}
	if x := ARI(a, b); math.Abs(x) > 0.002 {
		t.Errorf("ARI %v of labels that know nothing of each other", x)
	}
	if x := Purity(a, b); x < 0.33 {
		t.Errorf("purity %v", x)
	}
}

func TestLabelsOfNothing(t *testing.T) {
	if NMI([]int{}, []int{}) != 1 || ARI([]int{}, []int{}) != 1 || !math.IsNaN(Purity([]int{}, []int{})) {
		t.Errorf("NMI %v, ARI %v, purity %v", NMI([]int{}, []int{}), ARI([]int{}, []int{}), Purity([]int{}, []int{}))
	}
	defer func() {
		if recover() == nil {
			t.Error("labellings of different lengths do not panic")
		}
	}()
	ARI([]int{1}, []int{1, 2})
}

// Documents are counted in the table by first topic and label, if they have both.
func TestClasses(t *testing.T) {
	m := fitted(t, nil)
	c := Classify(m, "folder")
	if !slices.Equal(c.Labels(), []string{"oven", "sea"}) || c.Unlabelled != 2 || c.Topicless != 0 {
		t.Errorf("labels %v, %d without, %d without a topic", c.Labels(), c.Unlabelled, c.Topicless)
	}
	sea := m.First(0)
	table := c.Table(m.Topics())
	if !slices.Equal(table[sea], []int{0, 2}) || !slices.Equal(table[1-sea], []int{2, 0}) {
		t.Errorf("%v, of which topic %d is the sea", table, sea)
	}
	if NMI(c.First, c.Label) != 1 {
		t.Error("they do not agree")
	}
	if c := Classify(m, "colour"); len(c.First) != 0 || c.Unlabelled != len(texts) || len(c.Labels()) != 0 {
		t.Errorf("a field that is not there: %+v", c)
	}
	m.Documents[5].Meta = m.Documents[0].Meta // the empty document
	if c := Classify(m, "folder"); c.Uncounted != 1 || c.Dropped != 0 || c.Topicless != 0 {
		t.Errorf("of the empty document: %+v", c)
	}
	if err := m.Amend([]topics.Edit{{Verb: topics.DropTopic, Topic: sea}}); err != nil {
		t.Fatal(err)
	}
	edited, err := m.Edited()
	if err != nil {
		t.Fatal(err)
	}
	if c := Classify(edited, "folder"); c.Uncounted != 1 || c.Dropped != 2 || c.Topicless != 0 {
		t.Errorf("of documents whose topic is dropped: %+v", c)
	}
}

func TestNMI(t *testing.T) {
	for _, c := range []struct {
		a    []int
		b    []string
		want float64
	}{
		{[]int{0, 0, 1, 1}, []string{"x", "x", "y", "y"}, 1},
		{[]int{0, 0, 1, 1}, []string{"y", "y", "x", "x"}, 1},
		{[]int{0, 0, 1, 1}, []string{"x", "y", "x", "y"}, 0},
		{[]int{0, 0, 1, 1, 2, 2}, []string{"x", "x", "x", "y", "y", "y"}, 0.5158037430},
		{[]int{0, 0, 0}, []string{"x", "x", "x"}, 1},
		{[]int{0, 0, 0}, []string{"x", "y", "z"}, 0},
		{nil, nil, 1},
	} {
		if got := NMI(c.a, c.b); math.Abs(got-c.want) > 1e-9 {
			t.Errorf("NMI of %v and %v: %.10f, want %.10f", c.a, c.b, got, c.want)
		}
	}
}
