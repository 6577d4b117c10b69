package nmf

import (
	"context"
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/mat"
)

// ratings are drawn from known factors with noise, and in which cells.
func ratings(source *rand.Rand, rows, columns int, share, noise float64) (v, known, truth *mat.Dense) {
	truth = product(source, rows, columns, 2)
	truth.Scale(3/(mat.Sum(truth)/float64(rows*columns)), truth)
	v, known = mat.NewDense(rows, columns, nil), mat.NewDense(rows, columns, nil)
	known.Apply(func(int, int, float64) float64 { return math.Floor(source.Float64() + share) }, known)
	v.Apply(func(i, j int, _ float64) float64 {
		return known.At(i, j) * max(0, truth.At(i, j)+noise*source.NormFloat64())
	}, v)
	return v, known, truth
}

// The shrinkage that is found predicts the truth at least about as well as that of
// DefaultsObserved, where there are few cells or many, and with either loss. Of these tables,
// which have no biases, it is less, and predicts better.
func TestPredictiveShrinkage(t *testing.T) {
	ctx, err := context.Background(), error(nil)
	for _, loss := range Losses {
		for _, share := range []float64{0.08, 0.4} {
			v, known, truth := ratings(rand.New(rand.NewPCG(3, 3)), 150, 120, share, 0.8)
			rmse := func(o Options) float64 {
				r, total := fit(t, v, o), 0.0
				for i := range 150 {
					for j := range 120 {
						total += math.Pow(r.Predict(i, j)-truth.At(i, j), 2)
					}
				}
				return math.Sqrt(total / 150 / 120)
			}
			o := DefaultsObserved(loss, 3)
			o.Topics, o.Observed = 5, known
			usual := rmse(o)
			if o.Shrinkage, err = PredictiveShrinkage(ctx, v, o); err != nil {
				t.Fatal(err)
			}
			found := rmse(o)
			t.Logf("%s, %.0f %% known: RMSE %.3f with %.3g, %.3f with the usual shrinkage", loss, 100*share, found, o.Shrinkage, usual)
			if most := map[float64]float64{0.08: 1.01, 0.4: 0.9}[share]; found > most*usual {
				t.Errorf("%s, %.0f %% known: RMSE %.3f with %.3g, %.3f with the usual shrinkage", loss, 100*share, found, o.Shrinkage, usual)
			}
		}
	}
}

func TestPredictiveShrinkageOfLittle(t *testing.T) {
	v, known, _ := ratings(rand.New(rand.NewPCG(3, 3)), 8, 6, 0.9, 0.5)
	o := DefaultsObserved(Frobenius, 3)
	o.Topics, o.Observed = 2, known
	mean := mat.Sum(v) / mat.Sum(known)
	if found, err := PredictiveShrinkage(context.Background(), v, o); err != nil || math.Abs(found-observedShrinkage*mean) > 1e-5 {
		t.Errorf("%g of a few cells: %v", found, err)
	}
	o.Observed = constant(3, 3, 1)
	if _, err := PredictiveShrinkage(context.Background(), v, o); err == nil {
		t.Error("known cells of another size")
	}
}
