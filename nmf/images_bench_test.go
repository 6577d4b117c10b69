package nmf

import (
	"compress/gzip"
	"encoding/binary"
	"io"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
)

// array reads an array of NumPy's from the data beside the project; it skips if there is none.
func array(b *testing.B, name string) *mat.Dense {
	b.Helper()
	folder := os.Getenv("SHARED")
	if folder == "" {
		folder = filepath.Join("..", "..", "shared")
	}
	f, err := os.Open(filepath.Join(folder, "data", name+".npy.gz"))
	if err != nil {
		b.Skip(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		b.Fatal(err)
	}
	raw, err := io.ReadAll(z)
	if err != nil {
		b.Fatal(err)
	}
	start := 10 + int(binary.LittleEndian.Uint16(raw[8:]))
	return decode(b, string(raw[10:start]), raw[start:])
}

var shape = regexp.MustCompile(`\((\d+), (\d+)\)`)

// decode makes a matrix of an array's header and numbers.
func decode(b *testing.B, header string, numbers []byte) *mat.Dense {
	b.Helper()
	dims := shape.FindStringSubmatch(header)
	rows, _ := strconv.Atoi(dims[1])
	columns, _ := strconv.Atoi(dims[2])
	at := func(int) float64 { b.Fatal(header); return 0 }
	switch {
	case strings.Contains(header, "u1"):
		at = func(n int) float64 { return float64(numbers[n]) }
	case strings.Contains(header, "<u2"):
		at = func(n int) float64 { return float64(binary.LittleEndian.Uint16(numbers[2*n:])) }
	case strings.Contains(header, "<f4"):
		at = func(n int) float64 {
			return float64(math.Float32frombits(binary.LittleEndian.Uint32(numbers[4*n:])))
		}
	}
	m := mat.NewDense(rows, columns, nil)
	m.Apply(func(i, j int, _ float64) float64 {
		if strings.Contains(header, "'fortran_order': True") {
			return at(j*rows + i)
		}
		return at(i*columns + j)
	}, m)
	return m
}

// BenchmarkSamson unmixes an image of three materials with what Vertices has for 0, and reports
// the mean angle between the spectra and the true ones, and the root mean square of what the
// shares of the pixels are off.
func BenchmarkSamson(b *testing.B) {
	y, spectra, shares := array(b, "samson_Y_u16"), array(b, "samson_M_f32"), array(b, "samson_A_f32")
	for b.Loop() {
		w, _, err := Vertices(y, 3, 0)
		if err != nil {
			b.Fatal(err)
		}
		largest := make([]float64, 3)
		for k := range largest {
			largest[k] = 1 / floats.Max(mat.Col(nil, k, w))
		}
		w.Scale(largest)
		h, err := Transform(b.Context(), w, y, Options{Loss: Frobenius})
		if err != nil {
			b.Fatal(err)
		}
		mean, off := unmixed(w, h, spectra, shares)
		b.ReportMetric(mean, "angle")
		b.ReportMetric(off, "rmse")
	}
}

// unmixed matches the materials, and says how far they are off.
func unmixed(w, h *Factor, spectra, shares mat.Matrix) (mean, off float64) {
	for k := range w.topics {
		least, like := math.Inf(1), 0
		for l := range w.topics {
			if a := angle(w, spectra, k, l); a < least {
				least, like = a, l
			}
		}
		mean += least / float64(w.topics)
		for j := range h.items {
			total := 0.0
			for _, x := range h.Item(j) {
				total += float64(x)
			}
			off += math.Pow(float64(h.Item(j)[k])/total-shares.At(like, j), 2)
		}
	}
	return mean, math.Sqrt(off / float64(w.topics*h.items))
}

// BenchmarkFaces fits 49 parts to 2,429 faces with either loss, and reports ‖V − WH‖/‖V‖.
func BenchmarkFaces(b *testing.B) {
	v := array(b, "cbcl_u8")
	v.Scale(1./255, v)
	for _, loss := range Losses {
		b.Run(string(loss), func(b *testing.B) {
			o := Defaults()
			o.Topics, o.Loss = 49, loss
			for b.Loop() {
				r, err := Fit(b.Context(), v, o)
				if err != nil {
					b.Fatal(err)
				}
				var y mat.Dense
				y.Mul(r.W, r.H)
				y.Sub(v, &y)
				b.ReportMetric(mat.Norm(&y, 2)/mat.Norm(v, 2), "error")
				b.ReportMetric(r.Divergence, "D")
				b.ReportMetric(float64(r.Iterations), "iterations")
			}
		})
	}
}
