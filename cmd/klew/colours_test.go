package main

import (
	"math"
	"slices"
	"strconv"
	"testing"
)

// linear is one of the 256 colours of terminals in linear RGB: 16 to 231 are a cube of six
// levels, the rest greys.
func linear(t *testing.T, code string) [3]float64 {
	n, err := strconv.Atoi(code)
	if err != nil || n < 16 {
		t.Fatalf("%q is none of the colours that are the same everywhere", code)
	}
	levels := []float64{0, 95, 135, 175, 215, 255}
	rgb := [3]float64{float64(8 + (n-232)*10), float64(8 + (n-232)*10), float64(8 + (n-232)*10)}
	if n < 232 {
		n -= 16
		rgb = [3]float64{levels[n/36], levels[n/6%6], levels[n%6]}
	}
	for i, c := range rgb {
		if c /= 255; c <= 0.04045 {
			rgb[i] = c / 12.92
		} else {
			rgb[i] = math.Pow((c+0.055)/1.055, 2.4)
		}
	}
	return rgb
}

// sights are what people see of linear RGB: as most do, and without red or green cones
// (Machado, Oliveira and Fernandes 2009, severity 1).
var sights = [][3][3]float64{
	{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
	{{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}},
	{{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}},
}

// lab is what is seen of a colour in CIELAB, where distances are those that people feel.
func lab(rgb [3]float64, sight [3][3]float64) [3]float64 {
	var seen [3]float64
	for i, row := range sight {
		seen[i] = min(max(row[0]*rgb[0]+row[1]*rgb[1]+row[2]*rgb[2], 0), 1)
	}
	f := func(x float64) float64 {
		if x > 0.008856 {
			return math.Cbrt(x)
		}
		return 7.787*x + 16.0/116
	}
	x := f((0.4124*seen[0] + 0.3576*seen[1] + 0.1805*seen[2]) / 0.9505)
	y := f(0.2126*seen[0] + 0.7152*seen[1] + 0.0722*seen[2])
	z := f((0.0193*seen[0] + 0.1192*seen[1] + 0.9505*seen[2]) / 1.089)
	return [3]float64{116*y - 16, 500 * (x - y), 200 * (y - z)}
}

// The colours are pale enough for black letters, and any two of them far enough apart;
// from 2.3 on, people see a difference side by side.
func TestColours(t *testing.T) {
	for _, palette := range [][]string{append(slices.Clone(hues), grey, "231"), append(slices.Clone(shades), "231")} {
		for i, a := range palette {
			rgb := linear(t, a)
			if contrast := (0.2126*rgb[0] + 0.7152*rgb[1] + 0.0722*rgb[2] + 0.05) / 0.05; contrast < 8 {
				t.Errorf("on %s black letters have a contrast of %.1f", a, contrast)
			}
			for _, b := range palette[:i] {
				for kind, sight := range sights {
					p, q := lab(rgb, sight), lab(linear(t, b), sight)
					if d := math.Hypot(math.Hypot(p[0]-q[0], p[1]-q[1]), p[2]-q[2]); d < 12 {
						t.Errorf("%s and %s are only %.1f apart (sight %d)", a, b, d, kind)
					}
				}
			}
		}
	}
}
