// Infer finds the topics of a new text with a saved model.
//
//	go run ./cmd/klew fit examples/demo -k 8 -o demo.klew
//	echo "The bees left their hive" | go run ./examples/infer demo.klew
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"slices"

	"klew/corpus"
	"klew/topics"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: infer MODEL < TEXT")
		os.Exit(2)
	}
	text, err := io.ReadAll(os.Stdin)
	if err == nil {
		err = printTopics(context.Background(), os.Stdout, os.Args[1], string(text))
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "infer:", err)
		os.Exit(1)
	}
}

func printTopics(ctx context.Context, out io.Writer, path, text string) error {
	model, err := topics.Load(path)
	if err != nil {
		return err
	}
	document := corpus.Document{ID: "the text", Text: text}
	inferred, err := model.Infer(ctx, slices.Values([]corpus.Document{document}), 0)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "%.0f %% of the words are known\n", 100*inferred.Documents[0].Known())
	for k, p := range inferred.Proportions(0) {
		if p < 0.1 {
			continue
		}
		fmt.Fprintf(out, "%3.0f %%", 100*p)
		for _, word := range model.Keywords(k, 4) {
			fmt.Fprintf(out, " %s", word.Term)
		}
		fmt.Fprintln(out)
	}
	return nil
}
