package main

import (
	"context"
	"math"
	"math/rand/v2"

	"gonum.org/v1/gonum/mat"
	"klew/nmf"
)

const (
	people, films = 240, 160
	kinds         = 4 // of people, and of films
)

// table is what all people would say of all films, which of it is known, and which is held out.
// People of a kind like films of that kind; some people and films have higher ratings than
// others, and opinions differ. Some people see much more than others.
func table() (truth, known, heldOut *mat.Dense) {
	random := rand.New(rand.NewPCG(2, 2))
	truth, known, heldOut = mat.NewDense(people, films, nil), mat.NewDense(people, films, nil), mat.NewDense(people, films, nil)
	quality := normal(random, films, 0.5)
	kindness, eagerness := normal(random, people, 0.4), normal(random, people, 0.7)
	for i := range people {
		for j := range films {
			x := 2.9 + kindness[i] + quality[j] + 0.5*random.NormFloat64()
			if i*kinds/people == j*kinds/films {
				x += 1.8
			}
			truth.Set(i, j, math.Round(min(max(x, 1), 5)))
			switch {
			case random.Float64() > 0.1*math.Exp(eagerness[i]):
			case random.IntN(10) == 0:
				heldOut.Set(i, j, 1)
			default:
				known.Set(i, j, 1)
			}
		}
	}
	return truth, known, heldOut
}

func normal(random *rand.Rand, n int, spread float64) []float64 {
	all := make([]float64, n)
	for i := range all {
		all[i] = spread * random.NormFloat64()
	}
	return all
}

// zero and unknown stand in the table for what is not known.
var zero, unknown = 0.0, math.NaN()

// masked is the known cells of a table, and something else elsewhere.
func masked(truth, known *mat.Dense, elsewhere float64) *mat.Dense {
	var m mat.Dense
	m.Apply(func(i, j int, x float64) float64 {
		if known.At(i, j) == 0 {
			return elsewhere
		}
		return x
	}, truth)
	return &m
}

func constant(x float64) *mat.Dense {
	m := mat.NewDense(people, films, nil)
	m.Apply(func(int, int, float64) float64 { return x }, m)
	return m
}

// predictions is what a fit says of all cells, from 1 to 5.
func predictions(v *mat.Dense, options nmf.Options) (*mat.Dense, error) {
	result, err := nmf.Fit(context.Background(), v, options)
	if err != nil {
		return nil, err
	}
	m := mat.NewDense(people, films, nil)
	m.Apply(func(i, j int, _ float64) float64 { return min(max(result.Predict(i, j), 1), 5) }, m)
	return m, nil
}

// rmse is the root of the mean squared error of the cells that are held out.
func rmse(truth, prediction, heldOut mat.Matrix) float64 {
	var d mat.Dense
	d.Sub(truth, prediction)
	d.MulElem(&d, heldOut)
	return mat.Norm(&d, 2) / math.Sqrt(mat.Sum(heldOut))
}
