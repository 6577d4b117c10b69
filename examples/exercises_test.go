package examples_test

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat/distuv"
	"klew/nmf"
	"klew/nmf/nnrank"
)

// matrix reads a matrix of testdata: a row a line. A first field that is no number is the name
// of the row, and ? stands for an unknown entry, which is NaN.
func matrix(name string) (m *mat.Dense, names []string) {
	text, err := os.ReadFile(filepath.Join("testdata", name+".txt"))
	if err != nil {
		panic(err)
	}
	var all []float64
	lines := strings.Split(strings.TrimSpace(string(text)), "\n")
	for _, line := range lines {
		for n, field := range strings.Fields(line) {
			x, err := strconv.ParseFloat(strings.ReplaceAll(field, "?", "NaN"), 64)
			if err != nil && n == 0 {
				names = append(names, field)
				continue
			}
			all = append(all, x)
		}
	}
	return mat.NewDense(len(lines), len(all)/len(lines), all), names
}

func fit(v mat.Matrix, change func(o *nmf.Options)) *nmf.Result {
	o := nmf.Defaults()
	change(&o)
	r, err := nmf.Fit(context.Background(), v, o)
	if err != nil {
		panic(err)
	}
	return r
}

func find(m mat.Matrix) *nnrank.Result {
	r, err := nnrank.Find(m, nnrank.Options{})
	if err != nil {
		panic(err)
	}
	return r
}

// The non-negative rank of the identity: two entries, neither of which can stand in a rectangle
// with the other, prove that it is 2.
func Example_exercise1() {
	m, _ := matrix("identity")
	r := find(m)
	fmt.Printf("rank %d, non-negative rank from %d to %d\n", r.Rank, r.Lower.Value, r.Upper)
	// Output: rank 2, non-negative rank from 2 to 2
}

// Basis vectors of SVD have both signs, and are orthogonal; those of NMF have neither property.
func Example_exercise2() {
	m, _ := matrix("words")
	var svd mat.SVD
	svd.Factorize(m, mat.SVDThin)
	var u mat.Dense
	svd.UTo(&u)
	w := fit(m, func(o *nmf.Options) { o.Topics = 2 }).W
	fmt.Printf("SVD: below 0 %v, orthogonal %v\n", mat.Min(&u) < -0.1, math.Abs(dot(&u, 0, 1)) < 1e-9)
	fmt.Printf("NMF: below 0 %v, orthogonal %v\n", mat.Min(w) < 0, math.Abs(dot(w, 0, 1)) < 1e-9)
	// Output:
	// SVD: below 0 true, orthogonal true
	// NMF: below 0 false, orthogonal false
}

func dot(m mat.Matrix, k, l int) (sum float64) {
	rows, _ := m.Dims()
	for i := range rows {
		sum += m.At(i, k) * m.At(i, l)
	}
	return sum
}

// A matrix of rank 1 is one column times one row, both non-negative.
func Example_exercise3() {
	m, _ := matrix("ones")
	r := find(m)
	fmt.Printf("non-negative rank %d\n%.2g\n times\n%.2g\n", r.Upper, mat.Formatted(r.W), mat.Formatted(r.H))
	// Output:
	// non-negative rank 1
	// ⎡1⎤
	// ⎣1⎦
	//  times
	// [1  1]
}

// Not every matrix has an exact NMF with as many columns as its rank: these two have rank 3, and
// need 4 and 5.
func Example_exercise4() {
	for _, name := range []string{"thomas", "distances"} {
		m, _ := matrix(name)
		r := find(m)
		fmt.Printf("%s: rank %d, non-negative rank at least %d by %s, at most %d\n", name, r.Rank, r.Lower.Value, r.Lower.By, r.Upper)
	}
	// Output:
	// thomas: rank 3, non-negative rank at least 4 by fooling set, at most 4
	// distances: rank 3, non-negative rank at least 5 by nested polygons, at most 5
}

// Where entries are counts, with Poisson noise, the factors that the Kullback-Leibler divergence
// finds are nearer to those that the counts were drawn from than those of squared errors.
func Example_exercise5() {
	random := rand.New(rand.NewPCG(1, 1))
	draw := func(rows, columns int) *mat.Dense {
		m := mat.NewDense(rows, columns, nil)
		m.Apply(func(int, int, float64) float64 { return math.Pow(random.ExpFloat64(), 3) }, m)
		return m
	}
	var truth, counts mat.Dense
	truth.Mul(draw(60, 3), draw(3, 80))
	counts.Apply(func(_, _ int, mean float64) float64 { return distuv.Poisson{Lambda: mean, Src: random}.Rand() }, &truth)
	off := map[nmf.Loss]float64{}
	for _, loss := range nmf.Losses {
		r := fit(&counts, func(o *nmf.Options) { o.Topics, o.Loss, o.Refine = 3, loss, nmf.RefineOff })
		for i := range 60 {
			for j := range 80 {
				off[loss] += math.Abs(r.Predict(i, j) - truth.At(i, j))
			}
		}
	}
	fmt.Println("nearer:", off[nmf.KullbackLeibler] < off[nmf.Frobenius])
	// Output: nearer: true
}

// Factors are not unique: a column of W times 2 and the row of H by 2 make the same product. And
// even apart from that there may be others: more than one triangle lies between two squares.
func Example_exercise6() {
	m := nnrank.Squares(0.3)
	var found []*mat.Dense
	for seed := range uint64(2) {
		w, h, ok, err := nnrank.Exact(m, 3, nnrank.Options{Seed: seed + 1})
		if err != nil {
			panic(err)
		}
		var product mat.Dense
		product.Mul(w, h)
		fmt.Println("exact:", ok && mat.EqualApprox(&product, m, 1e-5))
		found = append(found, sorted(w))
	}
	fmt.Println("the same but for scale and order:", mat.EqualApprox(found[0], found[1], 1e-2))
	// Output:
	// exact: true
	// exact: true
	// the same but for scale and order: false
}

// sorted is w with columns that sum to 1, in the order of their first entries.
func sorted(w *mat.Dense) *mat.Dense {
	rows, k := w.Dims()
	columns := make([][]float64, k)
	for a := range columns {
		columns[a] = mat.Col(nil, a, w)
		sum := 0.0
		for _, x := range columns[a] {
			sum += x
		}
		for i := range columns[a] {
			columns[a][i] /= sum
		}
	}
	slices.SortFunc(columns, slices.Compare)
	s := mat.NewDense(rows, k, nil)
	for a, c := range columns {
		s.SetCol(a, c)
	}
	return s
}

// A column of W is a topic: the words with the largest weights tell what it is about. A column
// of H says how much of each topic a document has.
func Example_exercise7() {
	m, words := matrix("words")
	r := fit(m, func(o *nmf.Options) { o.Topics = 2 })
	for k := range 2 {
		topic, heavy := mat.Col(nil, k, r.W), []string{}
		for i, weight := range topic {
			if weight > slices.Max(topic)/3 {
				heavy = append(heavy, words[i])
			}
		}
		fmt.Println(strings.Join(heavy, ", "))
	}
	// Unordered output:
	// flour, crust, oven
	// tide, keel, mast
}

// Zeros of the data make zeros in the factors: nothing could cancel a word that is not there.
func Example_exercise8() {
	m, _ := matrix("words")
	r := fit(m, func(o *nmf.Options) { o.Topics = 2 })
	fmt.Printf("zeros: %d of %d in V, %d of 12 in W, %d of 14 in H\n", zeros(m), 42, zeros(r.W), zeros(r.H))
	// Output: zeros: 19 of 42 in V, 5 of 12 in W, 6 of 14 in H
}

func zeros(m mat.Matrix) (count int) {
	rows, columns := m.Dims()
	for i := range rows {
		for j := range columns {
			if m.At(i, j) == 0 {
				count++
			}
		}
	}
	return count
}

// With W held, H is the only minimum; in both there are several, and the start decides.
func Example_exercise9() {
	m, _ := matrix("words")
	ends := map[string]bool{}
	for seed := range uint64(20) {
		r := fit(m, func(o *nmf.Options) {
			o.Topics, o.Seed, o.Init, o.SplitMerge, o.Refine, o.MaxIter, o.Tol = 3, seed+1, nmf.Random, 0, nmf.RefineOff, 5000, 1e-8
		})
		ends[fmt.Sprintf("%.1f", r.Divergence)] = true
	}
	fmt.Println("one minimum:", len(ends) == 1)
	// Output: one minimum: false
}

// Two kinds of people rate two kinds of films; what they have not seen is predicted.
func Example_exercise10() {
	v, _ := matrix("films")
	known := mat.NewDense(6, 6, nil)
	known.Apply(func(_, _ int, x float64) float64 {
		if math.IsNaN(x) {
			return 0
		}
		return 1
	}, v)
	o := nmf.DefaultsObserved(nmf.Frobenius, 3)
	o.Topics, o.Observed = 2, known
	var err error
	if o.Shrinkage, err = nmf.PredictiveShrinkage(context.Background(), v, o); err != nil {
		panic(err)
	}
	r := fit(v, func(all *nmf.Options) { *all = o })
	fmt.Printf("the first person and the third film: %.0f, the fourth and the fifth: %.0f, the second and the fifth: %.0f\n", r.Predict(0, 2), r.Predict(3, 4), r.Predict(1, 4))
	// Output: the first person and the third film: 5, the fourth and the fifth: 5, the second and the fifth: 1
}
