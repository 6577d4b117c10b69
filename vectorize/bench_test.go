package vectorize

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"klew/vectorize/matrixfile"
)

// prose generates texts of about the given size together. The words are as unevenly
// frequent as in a language, and most documents have some hundred of them.
func prose(bytes int) []string {
	random := rand.New(rand.NewPCG(4, 4))
	all := strings.Fields(strings.Join(babble(random, 2000, 30000), " "))
	frequent := rand.NewZipf(random, 1.2, 10, uint64(len(all)-1))
	var texts []string
	for bytes > 0 {
		var text strings.Builder
		for range 50 + random.IntN(400) {
			text.WriteString(all[frequent.Uint64()])
			text.WriteByte(" \n"[random.IntN(20)/19])
		}
		texts = append(texts, text.String())
		bytes -= text.Len()
	}
	return texts
}

func size(texts []string) (bytes int64) {
	for _, text := range texts {
		bytes += int64(len(text))
	}
	return bytes
}

// cyrillic writes a text in letters of two bytes.
func cyrillic(text string) string {
	return strings.Map(func(r rune) rune {
		if 'a' <= r && r <= 'z' {
			return r - 'a' + 'а'
		}
		return r
	}, text)
}

func BenchmarkTokenize(b *testing.B) {
	latin := strings.Join(prose(1<<20), "\n")
	for _, bench := range []struct{ name, pattern, text string }{
		{"ascii/1MB", "", latin},
		{"accents/1MB", "", strings.ReplaceAll(latin, "a", "á")},
		{"cyrillic/2MB", "", cyrillic(latin)},
		{"chinese/1MB", "", strings.Repeat("向导凌晨三点叫醒登山队。在冰川上，队员系着绳索前进。", 13000)},
		{"pattern/1MB", `\b\w\w+\b`, latin},
	} {
		b.Run(bench.name, func(b *testing.B) {
			tokenizer := cutter(bench.pattern, 0, 0)
			b.SetBytes(int64(len(bench.text)))
			b.ReportAllocs()
			for b.Loop() {
				tokenizer.cut(bench.text, func([]byte) {})
			}
		})
	}
}

func BenchmarkCount(b *testing.B) {
	for _, bench := range []struct {
		megabytes, threads int
		ngrams             Range
	}{
		{1, 1, Range{1, 1}},
		{8, 1, Range{1, 1}},
		{8, 0, Range{1, 1}},
		{2, 1, Range{1, 2}},
		{2, 0, Range{1, 2}},
	} {
		texts := prose(bench.megabytes << 20)
		b.Run(fmt.Sprintf("%dMB/ngrams=%s/threads=%d", bench.megabytes, bench.ngrams, bench.threads), func(b *testing.B) {
			o := Defaults()
			o.NGrams, o.Threads = bench.ngrams, bench.threads
			b.SetBytes(size(texts))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := Count(context.Background(), documents(texts...), o); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// What finding out the language of each document costs, where none is in the main one.
func BenchmarkLanguage(b *testing.B) {
	texts := prose(1 << 20)
	d := newDetector(&Options{Language: Auto, Rules: CurrentRules}, newLists(&Options{}).byStopWord)
	d.language(texts[0], "en")
	b.SetBytes(size(texts))
	b.ReportAllocs()
	for b.Loop() {
		for _, text := range texts {
			d.language(text, "en")
		}
	}
}

func BenchmarkPhrases(b *testing.B) {
	texts := prose(8 << 20)
	o := Defaults()
	o.Phrases = true
	b.SetBytes(size(texts))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Count(context.Background(), documents(texts...), o); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkStem(b *testing.B) {
	for _, code := range knownLanguages() {
		words := strings.Fields(stemmed[code])
		if len(words) == 0 {
			continue
		}
		b.Run(code, func(b *testing.B) {
			for i := 0; b.Loop(); i++ {
				stemToken(words[i%len(words)], code)
			}
		})
	}
}

// matrixText writes a matrix of documents by terms with about 100 entries a document.
func matrixText(field string, documents, terms int) string {
	random := rand.New(rand.NewPCG(6, 6))
	var text strings.Builder
	fmt.Fprintf(&text, "%%%%MatrixMarket matrix coordinate %s general\n%d %d %d\n", field, documents, terms, 100*documents)
	for e := range 100 * documents {
		fmt.Fprintf(&text, "%d %d", e/100+1, random.IntN(terms)+1)
		switch field {
		case "integer":
			fmt.Fprintf(&text, " %d", 1+random.IntN(20))
		case "real":
			fmt.Fprintf(&text, " %.17g", random.Float64())
		}
		text.WriteByte('\n')
	}
	return text.String()
}

func BenchmarkReadMatrixMarket(b *testing.B) {
	for _, field := range []string{"pattern", "integer", "real"} {
		for _, documents := range []int{100, 10000} {
			text := matrixText(field, documents, 5*documents)
			b.Run(fmt.Sprintf("%s/entries=%d", field, 100*documents), func(b *testing.B) {
				b.SetBytes(int64(len(text)))
				b.ReportAllocs()
				for b.Loop() {
					if _, err := matrixfile.Read(strings.NewReader(text), matrixfile.Options{}); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}
