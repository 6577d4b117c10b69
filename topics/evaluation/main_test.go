package evaluation

import (
	"context"
	"flag"
	"slices"
	"testing"

	"klew/corpus"
	"klew/nmf"
	"klew/topics"
	"klew/vectorize"
)

// TestMain gives the property tests a fixed seed, so that each run tries the same
// cases. "go test -rapid.seed=0" tries others.
func TestMain(m *testing.M) {
	if err := flag.Set("rapid.seed", "1"); err != nil {
		panic(err)
	}
	m.Run()
}

// texts are of two subjects, one of both, and one has no word.
var texts = []corpus.Document{
	{ID: "a", Meta: []corpus.Field{{Name: "folder", Value: "sea"}}, Text: "Boats sail. The boat sails the sea; a harbour, a boat, a sea."},
	{ID: "b", Meta: []corpus.Field{{Name: "folder", Value: "sea"}}, Text: "Sailing: boats leave the harbour for the sea, boats and sails."},
	{ID: "c", Meta: []corpus.Field{{Name: "folder", Value: "oven"}}, Text: "Dough and flour make bread. Bread, dough, oven! Flour."},
	{ID: "d", Meta: []corpus.Field{{Name: "folder", Value: "oven"}}, Text: "An oven bakes bread of flour and dough; the oven, the flour."},
	{ID: "e", Text: "Bread on a boat: flour at sea, dough and sails, oven in the harbour."},
	{ID: "f", Text: "…"},
}

func documents(list []corpus.Document) func(func(corpus.Document) bool) { return slices.Values(list) }

// fitted is a model of texts.
func fitted(t testing.TB, change func(*vectorize.Options, *nmf.Options)) *topics.Model {
	t.Helper()
	counting, fitting := vectorize.Defaults(), nmf.Defaults()
	counting.MinDF.Set("1")
	counting.MaxDF.Set("1.0")
	fitting.Topics = 2
	if change != nil {
		change(&counting, &fitting)
	}
	ctx := context.Background()
	table, err := vectorize.Count(ctx, documents(texts), counting)
	if err != nil {
		t.Fatal(err)
	}
	result, err := nmf.Fit(ctx, table.V, fitting)
	if err != nil {
		t.Fatal(err)
	}
	return topics.New(table, result, topics.Origin{Counting: counting, Fitting: fitting})
}
