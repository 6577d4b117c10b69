package vectorize

import (
	"context"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

// babble makes texts of words that are drawn from a vocabulary of the given size, the
// first of it more often. It has stop words, endings, possessives and numbers too.
func babble(random *rand.Rand, documents, vocabulary int) []string {
	words := []string{"the", "and", "of", "it's", "1999"}
	endings := []string{"", "", "s", "ing", "ed", "'s"}
	for len(words) < vocabulary {
		word := ""
		for range 2 + random.IntN(3) {
			word += string("bdfgklmnprstvz"[random.IntN(14)]) + string("aeiou"[random.IntN(5)])
		}
		words = append(words, word)
	}
	texts := make([]string, documents)
	for i := range texts {
		var text strings.Builder
		for range random.IntN(120) {
			word := words[min(random.IntN(vocabulary), random.IntN(vocabulary))]
			text.WriteString(word + endings[random.IntN(len(endings))] + " ")
		}
		texts[i] = text.String()
	}
	return texts
}

// How documents are shared out among goroutines differs from run to run. Nothing of it
// may show, last of all in sums of fractions.
func TestThreadsAgree(t *testing.T) {
	texts := babble(rand.New(rand.NewPCG(2, 2)), 300, 2000)
	o := Defaults()
	o.NGrams, o.MaxFeatures, o.Weighting, o.Threads = Range{1, 2}, 1500, TFIDFWeighting, 1
	want := counted(t, o, texts...)
	wantWith := countedWith(t, want.Vocabulary, o, texts[:100]...)
	for _, threads := range []int{8, 8, 8, 3, 0} {
		o.Threads = threads
		if !reflect.DeepEqual(counted(t, o, texts...), want) {
			t.Errorf("%d threads do not give what one gives", threads)
		}
		if !reflect.DeepEqual(countedWith(t, want.Vocabulary, o, texts[:100]...), wantWith) {
			t.Errorf("by a vocabulary %d threads do not give what one gives", threads)
		}
	}
}

// slowCount counts without any cleverness: a map for each document. It yields the
// terms' counts document by document, before pruning.
func slowCount(o Options, texts []string) []map[string]int {
	list := o.StopWords
	if list == nil {
		list = StopWords(o.Language)
	}
	stop := map[string]bool{}
	for _, word := range list {
		stop[word] = true
	}
	counts := make([]map[string]int, len(texts))
	for i, text := range texts {
		var left []string
		for _, token := range slowTokens(text) {
			mended := mendToken(token, o.Language)
			if stop[token] || stop[mended] || utf8.RuneCountInString(mended) < defaultMinLength {
				continue
			}
			if o.Stem {
				mended = stemToken(mended, o.Language)
			}
			left = append(left, mended)
		}
		counts[i] = map[string]int{}
		for n := o.NGrams.From; n <= o.NGrams.To; n++ {
			for from := 0; from+n <= len(left); from++ {
				counts[i][strings.Join(left[from:from+n], "_")]++
			}
		}
	}
	return counts
}

// checkAgainst compares a table with slow counts: every term of the table has its
// count in every document, and no other term the right to be there.
func checkAgainst(t rapid.TB, table *Table, counts []map[string]int, o Options) {
	t.Helper()
	df := map[string]int{}
	for j, count := range counts {
		all, known := 0, 0
		for stem, n := range count {
			df[stem]++
			all += n
			if row, ok := table.Vocabulary.Find(stem); ok {
				known += n
				if got := table.V.At(row, j); got != float64(n) {
					t.Fatalf("%q is counted %v times in document %d, want %d", stem, got, j, n)
				}
			}
		}
		if d := table.Documents[j]; d.Tokens != known || d.Unknown != all-known {
			t.Fatalf("document %d has %d tokens and %d unknown, want %d and %d", j, d.Tokens, d.Unknown, known, all-known)
		}
	}
	for stem, n := range df {
		inside := float64(n) >= o.MinDF.of(len(counts)) && float64(n) <= o.MaxDF.of(len(counts))
		if _, ok := table.Vocabulary.Find(stem); ok != inside && o.MaxFeatures == 0 {
			t.Fatalf("%q, in %d documents, is in the vocabulary: %v", stem, n, ok)
		}
	}
	for _, term := range table.Vocabulary.Terms {
		if df[term.Stem] != term.DF {
			t.Fatalf("%q is said to be in %d documents, and is in %d", term.Stem, term.DF, df[term.Stem])
		}
	}
}

// So many words that every short cut is taken, and missed.
func TestCountAgainstSlowCount(t *testing.T) {
	texts := babble(rand.New(rand.NewPCG(3, 3)), 200, 20000)
	o := loose()
	o.NGrams, o.Threads = Range{1, 2}, 2
	checkAgainst(t, counted(t, o, texts...), slowCount(o, texts), o)
}

// word draws words of all kinds, few enough to meet again.
var word = rapid.SampledFrom([]string{
	"the", "of", "don't", "whale", "Whales", "whale's", "whaling", "WHALE’S", "sea", "seas", "Café", "ship",
	"shipping", "B's", "c's", "x", "3rd", "mp3", "snake_case", "x-ray", "Ёлка", "елка", "so\u00ADft", "soft",
})

// text draws a text of them.
var text = rapid.Custom(func(t *rapid.T) string {
	return strings.Join(rapid.SliceOfN(word, 0, 12).Draw(t, "words"), rapid.SampledFrom([]string{" ", ", ", "\n", "--"}).Draw(t, "between"))
})

// options draws options that differ in all that matters to counting.
var options = rapid.Custom(func(t *rapid.T) Options {
	o := Defaults()
	o.Language = rapid.SampledFrom(append(knownLanguages(), NoLanguage)).Draw(t, "language")
	o.Stem = rapid.Bool().Draw(t, "stem")
	o.MinDF = rapid.SampledFrom([]Frequency{frequency("1"), frequency("1"), frequency("2"), frequency("0.3")}).Draw(t, "min-df")
	o.MaxDF = rapid.SampledFrom([]Frequency{frequency("1.0"), frequency("1.0"), frequency("0.75"), frequency("3")}).Draw(t, "max-df")
	o.MaxFeatures = rapid.SampledFrom([]int{0, 0, 1, 3}).Draw(t, "max-features")
	o.NGrams = rapid.SampledFrom([]Range{{1, 1}, {1, 1}, {1, 2}, {2, 3}}).Draw(t, "ngrams")
	o.Threads = rapid.IntRange(1, 4).Draw(t, "threads")
	return o
})

// checkTables calls check with random tables. Texts of which no term is left are
// drawn again; rapid complains if there are too many.
func checkTables(t *testing.T, check func(t *rapid.T, texts []string, o Options, table *Table)) {
	t.Helper()
	rapid.Check(t, func(t *rapid.T) {
		texts := rapid.SliceOfN(text, 1, 8).Draw(t, "texts")
		o := options.Draw(t, "options")
		table, err := Count(context.Background(), documents(texts...), o)
		if err != nil && strings.HasPrefix(err.Error(), "no term is left") {
			t.Skip(err)
		} else if err != nil {
			t.Fatal(err)
		}
		check(t, texts, o, table)
	})
}

// V is well made, and agrees with what is said of its rows and columns.
func TestTableAddsUp(t *testing.T) {
	checkTables(t, func(t *rapid.T, texts []string, o Options, table *Table) {
		sums, nonZeros := make([]int, len(table.Vocabulary.Terms)), make([]int, len(table.Vocabulary.Terms))
		m := table.V.RawMatrix()
		for j, d := range table.Documents {
			rows, counts := m.Ind[m.Indptr[j]:m.Indptr[j+1]], m.Data[m.Indptr[j]:m.Indptr[j+1]]
			sum := 0
			for e, row := range rows {
				if e > 0 && rows[e-1] >= row {
					t.Fatalf("rows of column %d do not rise: %v", j, rows)
				}
				sum += int(counts[e])
				sums[row] += int(counts[e])
				nonZeros[row]++
			}
			if sum != d.Tokens {
				t.Fatalf("column %d sums to %d, but its document has %d tokens", j, sum, d.Tokens)
			}
		}
		for i, term := range table.Vocabulary.Terms {
			forms := 0
			for _, f := range term.Forms {
				forms += f.Count
			}
			if sums[i] != term.Count || nonZeros[i] != term.DF || forms != term.Count {
				t.Fatalf("%+v: V has %d in %d documents, the forms have %d", term, sums[i], nonZeros[i], forms)
			}
			if i > 0 && table.Vocabulary.Terms[i-1].Stem >= term.Stem {
				t.Fatalf("terms are not in order: %q", stems(table))
			}
		}
	})
}

// No token gets lost: it is counted, or unknown, or dropped for a reason.
func TestEveryTokenIsAccountedFor(t *testing.T) {
	checkTables(t, func(t *rapid.T, texts []string, o Options, table *Table) {
		if o.NGrams != (Range{1, 1}) {
			return // an n-gram is not a token
		}
		emitted, known, unknown := 0, 0, 0
		for i, text := range texts {
			emitted += len(slowTokens(text))
			known += table.Documents[i].Tokens
			unknown += table.Documents[i].Unknown
		}
		never := dropped(table, StopWord).Tokens + dropped(table, TooShort).Tokens
		if known+unknown+never != emitted {
			t.Fatalf("%d tokens are known, %d unknown and %d dropped, of %d", known, unknown, never, emitted)
		}
		pruned := dropped(table, TooRare).Tokens + dropped(table, TooCommon).Tokens + dropped(table, TooMany).Tokens
		if pruned != unknown {
			t.Fatalf("%d tokens were pruned, but %d are unknown", pruned, unknown)
		}
	})
}

func TestRandomTablesAgainstSlowCount(t *testing.T) {
	checkTables(t, func(t *rapid.T, texts []string, o Options, table *Table) {
		checkAgainst(t, table, slowCount(o, texts), o)
	})
}

// By its own vocabulary a corpus is counted as it was, and the order of documents
// decides nothing but the order of columns.
func TestRandomTablesAgain(t *testing.T) {
	checkTables(t, func(t *rapid.T, texts []string, o Options, table *Table) {
		if again := countedWith(t, table.Vocabulary, o, texts...); !reflect.DeepEqual(again.V, table.V) {
			t.Fatal("counting again by the vocabulary gives another V")
		}
		backward := slices.Clone(texts)
		slices.Reverse(backward)
		if reversed := counted(t, o, backward...); !reflect.DeepEqual(reversed.Vocabulary, table.Vocabulary) {
			t.Fatal("documents in reverse order have another vocabulary")
		}
	})
}
