package coherence

import (
	"math"
	"os"
	"strconv"
	"strings"
	"testing"
)

// The values are gensim's; testdata/make.py is how they were made.
func TestGensim(t *testing.T) {
	for _, name := range []string{"mixed1", "mixed2", "mixed3", "short", "bursts", "extremes"} {
		t.Run(name, func(t *testing.T) {
			numbers := map[string]int32{}
			texts := tokensOf(t, name+".texts", numbers)
			topics := tokensOf(t, name+".topics", numbers)
			c := New(topics)
			for _, text := range texts {
				c.Add(text)
			}
			compare(t, c, lines(t, name+".values"))
		})
	}
}

// compare checks each topic against a line of values.
func compare(t *testing.T, c *Counter, want []string) {
	t.Helper()
	for topic, line := range want {
		for m, value := range strings.Split(line, "\t") {
			x, err := strconv.ParseFloat(value, 64)
			if err != nil {
				t.Fatal(err)
			}
			got := c.Topic([]Measure{UMass, UCI, NPMI, CV}[m], topic)
			if math.IsNaN(x) != math.IsNaN(got) || math.Abs(got-x) > 1e-9 {
				t.Errorf("topic %d: %s %.12f, gensim has %s", topic+1, []string{"u_mass", "c_uci", "c_npmi", "c_v"}[m], got, value)
			}
		}
	}
}

// tokensOf reads a line of words as numbers, in the order in which words are first met.
func tokensOf(t *testing.T, file string, numbers map[string]int32) (all [][]int32) {
	t.Helper()
	for _, line := range lines(t, file) {
		var tokens []int32
		for _, word := range strings.Fields(line) {
			if _, known := numbers[word]; !known {
				numbers[word] = int32(len(numbers))
			}
			tokens = append(tokens, numbers[word])
		}
		all = append(all, tokens)
	}
	return all
}

func lines(t *testing.T, file string) []string {
	t.Helper()
	text, err := os.ReadFile("testdata/" + file)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSuffix(string(text), "\n"), "\n")
}
