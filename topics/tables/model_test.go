package tables

import (
	"strings"

	"klew/corpus"
	"klew/nmf"
	"klew/topics"
	"klew/vectorize"

	"pgregory.net/rapid"
)

// awkward are pieces of texts that some format has a meaning of its own for.
var awkward = []string{
	"a", "word", " ", ",", `"`, `""`, "'", "\n", "\r", "\r\n", "\t", ";", `\`, `\n`, `\.`, "=1+1", "=", "+", "-2", "@x", "007",
	"1e5", "3/4", "TRUE", "null", "NaN", "🐝", "é", "e\u0301", "\u200b", "\u2028", "\ufeff", "日本", "\x01", "\x0b", "\x1b[31m", "\x7f",
	"\u0085", "\ufffe", "\uffff", "\ufffd", "\xff", "<&>", "]]>", "<!--", "&amp;", "_x0041_", "_x005F_", "_x", "%20", "#", "?", "{", "$1", "DROP TABLE",
}

func awkwardText() *rapid.Generator[string] {
	return rapid.Map(rapid.SliceOfN(rapid.SampledFrom(awkward), 0, 4), func(parts []string) string { return strings.Join(parts, "") })
}

// randomModel is a small model with awkward names, empty documents and empty topics.
func randomModel(t *rapid.T) *topics.Model {
	terms, documents, k := rapid.IntRange(1, 5).Draw(t, "terms"), rapid.IntRange(1, 5).Draw(t, "documents"), rapid.IntRange(1, 12).Draw(t, "topics")
	table := &vectorize.Table{Vocabulary: &vectorize.Vocabulary{Documents: documents}}
	for range terms {
		term := vectorize.Term{Stem: awkwardText().Draw(t, "stem"), DF: rapid.IntRange(1, 9).Draw(t, "df"), Count: rapid.IntRange(1, 99).Draw(t, "count")}
		if rapid.Bool().Draw(t, "has forms") {
			term.Forms = []vectorize.Form{{Text: awkwardText().Draw(t, "form"), Count: term.Count}}
		}
		table.Vocabulary.Terms = append(table.Vocabulary.Terms, term)
	}
	names := rapid.OneOf(rapid.SampledFrom([]string{"folder", "title", "Title", "tokens", "TOPIC_1", "id", "ID", "document"}), awkwardText())
	for range documents {
		d := vectorize.Document{ID: awkwardText().Draw(t, "id"), Tokens: rapid.IntRange(0, 1<<30).Draw(t, "tokens")}
		for range rapid.IntRange(0, 3).Draw(t, "fields") {
			d.Meta = append(d.Meta, corpus.Field{Name: names.Draw(t, "name"), Value: awkwardText().Draw(t, "value")})
		}
		table.Documents = append(table.Documents, d)
	}
	return topics.New(table, &nmf.Result{
		W: nmf.NewW(terms, k, weights(t, terms*k)),
		H: nmf.NewH(k, documents, weights(t, documents*k)),
	}, topics.Origin{Counting: vectorize.Defaults(), Fitting: nmf.Defaults()})
}

func weights(t *rapid.T, n int) []float32 {
	weight := rapid.OneOf(rapid.Just(float32(0)), rapid.Float32Range(1e-6, 1), rapid.Float32Range(1, 1e6))
	return rapid.SliceOfN(weight, n, n).Draw(t, "weights")
}

// smallModel has two topics, three terms and three documents, one of them empty and one
// with a title of a million characters.
func smallModel() *topics.Model {
	table := &vectorize.Table{
		Documents: []vectorize.Document{
			{ID: "sea/a.txt", Meta: []corpus.Field{{Name: "folder", Value: "sea"}, {Name: "title", Value: longTitle()}}, Tokens: 4},
			{ID: "bread, \"dough\"\n🐝.txt", Meta: []corpus.Field{{Name: "folder", Value: ""}, {Name: "title", Value: "=1+1"}}, Tokens: 8},
			{ID: "empty.txt", Meta: []corpus.Field{{Name: "folder", Value: "sea"}}},
		},
		Vocabulary: &vectorize.Vocabulary{Documents: 3, Terms: []vectorize.Term{
			{Stem: "boat", DF: 2, Count: 8, Forms: []vectorize.Form{{Text: "boats", Count: 5}, {Text: "boat", Count: 3}}},
			{Stem: "bread", DF: 2, Count: 4, Forms: []vectorize.Form{{Text: "bread", Count: 4}}},
			{Stem: "sail", DF: 1, Count: 2, Forms: []vectorize.Form{{Text: "sailing", Count: 2}}},
		}},
	}
	return topics.New(table, &nmf.Result{
		W: nmf.NewW(3, 2, []float32{0, 3, 1, 0, 1, 1}),
		H: nmf.NewH(2, 3, []float32{0, 1, 1, 1.5, 0, 0}),
	}, topics.Origin{Counting: vectorize.Defaults(), Fitting: nmf.Defaults()})
}

// longTitle has a million characters, some of two units of UTF-16 and some that XLSX
// escapes, so that pieces end everywhere.
func longTitle() string {
	return string([]rune(strings.Repeat("A long title, \"quoted\"\n🐝\x01_x0041_ ", 40_000))[:1_000_000])
}
