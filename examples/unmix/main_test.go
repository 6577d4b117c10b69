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
	if err := unmix(os.Stdout, filepath.Join(folder, "unmix.png")); err != nil {
		fmt.Println(err)
	}
	// Output:
	// noise 0: mean angle 0.000, RMSE of the shares 0.000
	// noise 0.01: mean angle 0.004, RMSE of the shares 0.004
}
