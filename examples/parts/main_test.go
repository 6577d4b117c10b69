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
	if err := compare(os.Stdout, swimmers(), side, true, limbs, 0.001, filepath.Join(folder, "parts.png")); err != nil {
		fmt.Println(err)
	}
	// Output:
	// SVD: 0.4 of the entries that are not zero are negative
	// NMF, penalty 0: D is 0.000 of a sum of 9216, 0 of 16 limbs are clean
	// NMF, penalty 0.001: D is 0.839 of a sum of 9216, 12 of 16 limbs are clean
}
