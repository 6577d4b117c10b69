package topics

import (
	"math"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestSentences(t *testing.T) {
	long := strings.Repeat("word ", 100)
	for _, test := range []struct {
		name, text string
		want       []string
	}{
		{"nothing", "", nil},
		{"white space", " \n\t\n", nil},
		{"two", "It rains. It pours!", []string{"It rains.", "It pours!"}},
		{"broken into lines", "The old man\nis snoring. He\r\n  bumped his head", []string{"The old man is snoring.", "He bumped his head"}},
		{"an empty line", "Weather\n\nIt rains", []string{"Weather", "It rains"}},
		{"a full stop that ends none", "Pi is 3.14 here. Yes.", []string{"Pi is 3.14 here.", "Yes."}},
		{"other scripts", "雨が降る。風も吹く。", []string{"雨が降る。", "風も吹く。"}},
		{"a list", long, []string{strings.TrimSpace(long[:400]), strings.TrimSpace(long[400:])}},
	} {
		if got := slices.Collect(Sentences(test.text)); !slices.Equal(got, test.want) {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}

// Nothing of a text is lost or said twice, whatever it is, and no piece is too long.
func FuzzSentences(f *testing.F) {
	for _, text := range []string{"", "a. b", "Mr. Fox\n\nruns", strings.Repeat("界", 300), "\u2028x\u0085y"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) {
			t.Skip("documents are UTF-8")
		}
		var got strings.Builder
		for s := range Sentences(text) {
			if s == "" || len(s) > longestSentence || !utf8.ValidString(s) {
				t.Fatalf("sentence %q", s)
			}
			got.WriteString(strings.Join(strings.Fields(s), ""))
		}
		if want := strings.Join(strings.Fields(text), ""); got.String() != want {
			t.Fatalf("%q, want %q", got.String(), want)
		}
	})
}

// The sentence that is quoted for a topic is one that has its words, even in a document
// with two topics, and what says nothing for it is not quoted.
func TestQuotes(t *testing.T) {
	m := fitted(t, nil)
	q, err := NewQuoter(m)
	if err != nil {
		t.Fatal(err)
	}
	const both = 4
	sea, oven := m.First(0), m.First(2)
	text := "Flour and dough make bread in the oven. Nothing is said here.\nThe boats sail the sea from the harbour. Nothing is said here."
	for k, want := range map[int]string{sea: "The boats sail the sea from the harbour.", oven: "Flour and dough make bread in the oven."} {
		quotes := q.Quotes(k, both, text, 3)
		if len(quotes) == 0 || quotes[0].Text != want {
			t.Errorf("topic %d: %v, want %q first", k, quotes, want)
		}
		for i, s := range quotes {
			if !(s.Score > 0 && s.Score <= 1+1e-9) || i > 0 && s.Score > quotes[i-1].Score || strings.HasPrefix(s.Text, "Nothing") {
				t.Errorf("topic %d: %+v", k, quotes)
			}
		}
	}
	if got := q.Quotes(sea, 0, "The boat sails. The boat sails. The boat sails.", 3); len(got) != 1 {
		t.Errorf("said once: %v", got)
	}
	if got := q.Quotes(sea, len(texts)-1, text, 3); len(got) != 0 {
		t.Errorf("a document without tokens says %v", got)
	}
}

// A word alone is no sentence that carries a topic, though it is all of the topic.
func TestASingleWordSaysLittle(t *testing.T) {
	m := fitted(t, nil)
	q, err := NewQuoter(m)
	if err != nil {
		t.Fatal(err)
	}
	const want = "Somebody wrote that boats anchored somewhere near the harbour."
	quotes := q.Quotes(m.First(0), 0, "Boats? "+want, 2)
	if len(quotes) != 2 || quotes[0].Text != want {
		t.Errorf("%+v, want %q first", quotes, want)
	}
}

// In a merged topic a token speaks for it with what it has of all that was merged: by the
// factors as they were fitted, which those of the view do not tell.
func TestQuotesOfAMergedTopic(t *testing.T) {
	m := ofFour(t)
	for i := range m.W.Items() { // each word is in all topics, more or less
		for k := range m.W.Item(i) {
			m.W.Item(i)[k] = float32(1 + (i*7+k*5)%11)
		}
	}
	m.W.Normalize()
	for k := range m.H.Item(4) {
		m.H.Item(4)[k] = float32(1 + 3*k)
	}
	view := viewOf(t, m, "merge 1 2")
	q, err := NewQuoter(view)
	if err != nil {
		t.Fatal(err)
	}
	j := 4 // of both subjects
	for _, sentence := range []string{"Flour and dough make bread in the oven.", "The boats sail the sea from the harbour.", "Bread on a boat: flour at sea."} {
		for k := range view.Topics() {
			want, taken := 0.0, map[int32]bool{}
			rows := q.cutter.Rows(sentence)
			for _, row := range rows {
				if row < 0 || taken[row] {
					continue
				}
				taken[row] = true
				shares := make([]float64, m.Topics())
				TokenShares(shares, m.W, int(row), &m.DocumentTopics, j)
				want += view.Folded(shares)[k] * q.telling(int(row), k)
			}
			want /= q.norm[k] * math.Sqrt(float64(max(leastTokens, len(rows))))
			if got := q.score(k, j, sentence); math.Abs(got-want) > 1e-12 {
				t.Errorf("%q, topic %d: score %v, want %v", sentence, view.Number(k), got, want)
			}
		}
	}
}
