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
	// 1 (14 %) eruption ash volcano crater rock
	// 2 (13 %) bread dough flour bake loaf
	// 3 (13 %) pawn move king chess square
	// 4 (12 %) bicycle rider wheel chain pedals
	// 5 (12 %) star night telescope sky moon
	// 6 (12 %) hive bees colony queen comb
	// 7 (12 %) violin orchestra conductor hall rehearsal
	// 8 (12 %) boat wind deck sea crew
}
