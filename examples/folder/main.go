// Folder fits the texts of a folder and prints their topics.
//
//	go run ./examples/folder FOLDER TOPICS
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"strconv"

	"klew/corpus"
	"klew/nmf"
	"klew/topics"
	"klew/vectorize"
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: folder FOLDER TOPICS")
		os.Exit(2)
	}
	k, err := strconv.Atoi(os.Args[2])
	if err == nil {
		err = printTopics(context.Background(), os.Stdout, os.Args[1], k)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "folder:", err)
		os.Exit(1)
	}
}

func printTopics(ctx context.Context, out io.Writer, folder string, k int) error {
	c, err := corpus.Open([]string{folder}, corpus.Options{})
	if err != nil {
		return err
	}
	counting := vectorize.Defaults()
	table, err := vectorize.Count(ctx, c.Documents(ctx), counting)
	if err != nil {
		return err
	}
	fitting := nmf.Defaults()
	fitting.Topics = k
	result, err := nmf.Fit(ctx, table.V, fitting)
	if err != nil {
		return err
	}
	model := topics.New(table, result, topics.Origin{Counting: counting, Fitting: fitting, Ledger: c.Ledger()})
	for k, share := range model.Shares() {
		fmt.Fprintf(out, "%d (%.0f %%)", k+1, 100*share)
		for _, word := range model.Keywords(k, 4) {
			fmt.Fprintf(out, " %s", word.Term)
		}
		fmt.Fprintln(out)
	}
	return nil
}
