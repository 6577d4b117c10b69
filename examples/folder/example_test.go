package main

import (
	"context"
	"fmt"
	"os"
)

// The sample texts of "klew demo" are plain folders beside this one.
func Example() {
	if err := printTopics(context.Background(), os.Stdout, "../demo", 8); err != nil {
		fmt.Println(err)
	}
	// Output:
	// 1 (13 %) eruption ash volcano crater rock
	// 2 (13 %) bread dough flour bake loaf
	// 3 (13 %) hive bees colony queen comb
	// 4 (13 %) pawn move king chess square
	// 5 (12 %) bicycle rider wheel chain pedals
	// 6 (12 %) boat wind deck sea crew
	// 7 (12 %) star night telescope sky moon
	// 8 (11 %) violin orchestra conductor hall rehearsal
}
