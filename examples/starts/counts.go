package main

import (
	"math"
	"math/rand/v2"

	"gonum.org/v1/gonum/mat"
)

// counts draws documents of 12 tokens: each of one or two topics, and each topic with words of
// its own, the rank of which says how often they occur.
func counts(terms, documents, topics int) *mat.Dense {
	random := rand.New(rand.NewPCG(3, 3))
	order := make([][]int, topics)
	for k := range order {
		order[k] = random.Perm(terms)
	}
	v := mat.NewDense(terms, documents, nil)
	for j := range documents {
		of := [2]int{random.IntN(topics), random.IntN(topics)}
		for range 12 {
			rank := int(math.Exp(random.Float64() * math.Log(float64(terms)))) // as 1/rank
			term := order[of[random.IntN(2)]][min(rank, terms)-1]
			v.Set(term, j, v.At(term, j)+1)
		}
	}
	return v
}
