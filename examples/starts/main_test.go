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
	if err := compare(os.Stdout, filepath.Join(folder, "starts.png")); err != nil {
		fmt.Println(err)
	}
	// Output:
	// of 10 random starts the highest ends 3.6 % above the lowest
	// the race ends at 0.993 of the lowest; above any of them: false
	// the race, split and merged ends at 0.977 of the lowest; above any of them: false
}
