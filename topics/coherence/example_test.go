package coherence_test

import (
	"fmt"

	"klew/topics/coherence"
)

// Boats and sails stand together in these texts, boats and bread do not.
func Example() {
	const boat, sail, bread, other = 0, 1, 2, -1
	c := coherence.New([][]int32{{boat, sail}, {boat, bread}})
	for _, tokens := range [][]int32{
		{boat, other, sail},
		{sail, boat, boat},
		{bread, other},
		{other, bread, bread, other},
	} {
		c.Add(tokens)
	}
	fmt.Printf("%.2f %.2f\n", c.Topic(coherence.NPMI, 0), c.Topic(coherence.NPMI, 1))
	// Output:
	// 1.00 -0.95
}
