package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"klew/corpus"
	"klew/nmf"
	"klew/topics"
	"klew/vectorize"
)

func Example() {
	dir, err := os.MkdirTemp("", "klew")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "demo.klew")
	if err := saveModel(path); err != nil {
		fmt.Println(err)
		return
	}
	text := "The beekeeper baked a loaf with honey from the hive: flour, dough, rosemary, an oven, and bees all around."
	if err := printTopics(context.Background(), os.Stdout, path, text); err != nil {
		fmt.Println(err)
	}
	// Output:
	// 90 % of the words are known
	//  56 % bread dough flour bake
	//  44 % hive bees colony queen
}

// saveModel does what "klew fit ../demo -k 8 -o PATH" does.
func saveModel(path string) error {
	ctx := context.Background()
	c, err := corpus.Open([]string{"../demo"}, corpus.Options{})
	if err != nil {
		return err
	}
	counting, fitting := vectorize.Defaults(), nmf.Defaults()
	fitting.Topics = 8
	table, err := vectorize.Count(ctx, c.Documents(ctx), counting)
	if err != nil {
		return err
	}
	result, err := nmf.Fit(ctx, table.V, fitting)
	if err != nil {
		return err
	}
	return topics.New(table, result, topics.Origin{Counting: counting, Fitting: fitting}).Save(path)
}
