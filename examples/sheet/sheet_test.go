package sheet_test

import (
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"io"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"klew/examples/sheet"
)

func write(t *testing.T, folder, name, content string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(folder, name), []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}

func encode(t *testing.T, folder, name string, encode func(w io.Writer, m image.Image) error) {
	t.Helper()
	m := image.NewGray(image.Rect(0, 0, 3, 2))
	for n := range m.Pix {
		m.Pix[n] = uint8(51 * n)
	}
	var b strings.Builder
	if err := encode(&b, m); err != nil {
		t.Fatal(err)
	}
	write(t, folder, name, b.String())
}

// Images of all formats become columns, in the order of their names; other files are left out.
func TestRead(t *testing.T) {
	folder := t.TempDir()
	write(t, folder, "a.pgm", "P5\n# three by two\n3 2\n255\n\x00\x33\x66\x99\xcc\xff")
	write(t, folder, "b.pgm", "P5 3 2 5 \x00\x01\x02\x03\x04\x05") // up to 5
	encode(t, folder, "c.png", png.Encode)
	encode(t, folder, "d.jpg", func(w io.Writer, m image.Image) error { return jpeg.Encode(w, m, &jpeg.Options{Quality: 100}) })
	write(t, folder, "notes.txt", "no image")
	if err := os.Mkdir(filepath.Join(folder, "more"), 0o755); err != nil {
		t.Fatal(err)
	}
	v, width, err := sheet.Read(folder)
	if err != nil {
		t.Fatal(err)
	}
	if rows, columns := v.Dims(); rows != 6 || columns != 4 || width != 3 {
		t.Fatalf("%d × %d, width %d", rows, columns, width)
	}
	for j := range 4 {
		for i := range 6 {
			if want := float64(i) / 5; math.Abs(v.At(i, j)-want) > 0.01 {
				t.Errorf("pixel %d of image %d is %g, want %g", i, j+1, v.At(i, j), want)
			}
		}
	}
}

func TestReadMistakes(t *testing.T) {
	for content, want := range map[string]string{
		"":                        "no PGM (P5), PNG or JPEG image",
		"text":                    "no PGM (P5), PNG or JPEG image",
		"P5 2 2 255\n\x00":        "the pixels of a PGM image",
		"P5 2 x":                  "the header of a PGM image",
		"P5 99999999 9 255\n":     "are read",
		"P5 2 2 65535\nabcdabcd":  "up to 255",
		"P5 2 1 255\nab":          "images of one size are needed",
		"\x89PNG\r\n\x1a\nbroken": "b.pgm",
	} {
		folder := t.TempDir()
		if strings.HasPrefix(content, "P5 2 1") {
			write(t, folder, "a.pgm", "P5 1 1 255\na")
		}
		write(t, folder, "b.pgm", content)
		if _, _, err := sheet.Read(folder); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v does not say %q", content, err, want)
		}
	}
}

// What is saved is a picture of the size that the rows need, with the darkest where the largest
// entry is.
func TestSave(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.png")
	p := sheet.Plot("plot", "x", "y")
	p.Add(sheet.Line(plotter.XYs{{X: 0, Y: 0}, {X: 1, Y: 1}}, 0))
	m := mat.NewDense(2, 2, []float64{1, 0, -1, math.NaN()})
	if err := sheet.Save(path, 100, 100, []*plot.Plot{sheet.Image("image", m), nil}, []*plot.Plot{p, sheet.Row("row", m, 0, 1)}); err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	got, err := png.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	if size := got.Bounds().Size(); size.X != 448 || size.Y != 448 {
		t.Errorf("%v pixels", size)
	}
	for at, want := range map[image.Point]color.RGBA{{66, 90}: {0, 0, 0, 255}, {166, 90}: {255, 255, 255, 255}, {66, 180}: {204, 0, 0, 255}, {166, 180}: {255, 250, 205, 255}} {
		if c := color.RGBAModel.Convert(got.At(at.X, at.Y)); c != want {
			t.Errorf("%v at %v, want %v", c, at, want)
		}
	}
}
