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
	// 1 (14 %) eruption ash volcano crater
	// 2 (13 %) bread dough flour bake
	// 3 (13 %) pawn move king chess
	// 4 (13 %) hive bees colony queen
	// 5 (12 %) bicycle rider wheel chain
	// 6 (12 %) star telescope sky night
	// 7 (12 %) violin orchestra conductor hall
	// 8 (12 %) boat wind deck sea
}
