package evaluation_test

import (
	"context"
	"fmt"

	"github.com/james-bowman/sparse"
	"klew/nmf"
	"klew/topics/evaluation"
)

// How many topics has a table? Fit some of its documents, and see how well the others are
// predicted: here there are two, of two terms each.
func ExampleHeldOut() {
	ctx := context.Background()
	start, index, value := []int{0}, []int{}, []float64{}
	for document := range 40 {
		first := 2 * (document % 2)
		index, value = append(index, first, first+1), append(value, 10, 10)
		start = append(start, len(index))
	}
	table := sparse.NewCSC(4, 40, start, index, value)

	training, heldOut, _ := evaluation.HoldOut(table, 0.25, 1)
	for _, k := range []int{1, 2} {
		fitting := nmf.Defaults()
		fitting.Topics = k
		result, err := nmf.Fit(ctx, training, fitting)
		if err != nil {
			fmt.Println(err)
			return
		}
		c, err := evaluation.HeldOut(ctx, result.W, heldOut, evaluation.HeldOutOptions{
			Seed: 1, Background: evaluation.BackgroundOf(training), Fitting: fitting,
		})
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Printf("%d topics: perplexity %.0f\n", k, c.Perplexity)
	}
	// Output:
	// 1 topics: perplexity 4
	// 2 topics: perplexity 2
}
