package vectorize_test

import (
	"context"
	"reflect"
	"slices"
	"testing"

	"klew/corpus"
	"klew/vectorize"
)

// The words of a background are counted like those of the documents, and it is known which
// documents are the background's.
func TestCountBeside(t *testing.T) {
	titles := []corpus.Document{{ID: "t1", Text: "kelp lantern"}, {ID: "t2", Text: ""}}
	articles := []corpus.Document{{ID: "a1", Text: "kelp and foam"}, {ID: "a2", Text: "lantern and foam, kelp"}, {ID: "a3", Text: ""}}
	o := vectorize.Defaults()
	if err := o.MinDF.Set("1"); err != nil {
		t.Fatal(err)
	}
	got, err := vectorize.CountBeside(context.Background(), slices.Values(titles), slices.Values(articles), o)
	if err != nil {
		t.Fatal(err)
	}
	want, err := vectorize.Count(context.Background(), slices.Values(slices.Concat(titles, articles)), o)
	if err != nil {
		t.Fatal(err)
	}
	if got.Background != 3 {
		t.Errorf("%d documents of the background, want 3", got.Background)
	}
	got.Background = 0
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want what counting all gives, %v", got, want)
	}
	alone, err := vectorize.CountBeside(context.Background(), slices.Values(titles), slices.Values([]corpus.Document{}), o)
	if err != nil {
		t.Fatal(err)
	}
	if want, _ := vectorize.Count(context.Background(), slices.Values(titles), o); !reflect.DeepEqual(alone, want) {
		t.Errorf("an empty background makes a difference: %v, want %v", alone, want)
	}
	if _, err := vectorize.CountBeside(context.Background(), slices.Values([]corpus.Document{}), slices.Values(articles), o); err == nil {
		t.Error("a background alone was counted")
	}
}
