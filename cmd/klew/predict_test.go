package main

import "testing"

func TestPredictGolden(t *testing.T) {
	golden(t, "help-predict.txt", output(t, "help", "predict"))
}
