package main

import (
	"fmt"
	"os"
	"path/filepath"
)

func Example() {
	folder, err := os.MkdirTemp("", "klew")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(folder)
	if err := show(os.Stdout, filepath.Join(folder, "rank.png")); err != nil {
		fmt.Println(err)
	}
	// Output:
	// squares, a = 0.40  rank 3, non-negative rank at least 3 by rank, at most 3
	// squares, a = 0.43  rank 3, non-negative rank at least 4 by nested polygons, at most 4
	// polygon, 3 corners rank 3, non-negative rank at least 3 by rank, at most 3
	// polygon, 4 corners rank 3, non-negative rank at least 4 by fooling set, at most 4
	// polygon, 5 corners rank 3, non-negative rank at least 5 by fooling set, at most 5
	// polygon, 6 corners rank 3, non-negative rank at least 5 by rectangle cover, at most 5
	// polygon, 7 corners rank 3, non-negative rank at least 6 by rectangle cover, at most 6
	// polygon, 8 corners rank 3, non-negative rank at least 6 by rectangle cover, at most 6
}
