package picture_test

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"image"
	"image/png"
	"io"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"klew/topics/picture"
	"pgregory.net/rapid"
)

// sample is a figure with everything: two lines with a gap and a legend, a mark, names
// sideways, ticks that must be thinned out.
func sample() *picture.Figure {
	var mean, least, years []picture.Point
	for k := 2; k <= 12; k++ {
		x := float64(k)
		y := 0.95 - 0.04*math.Abs(x-5)
		mean = append(mean, picture.Point{X: x, Y: y, Low: y - 0.05, High: y + 0.03})
		least = append(least, picture.Point{X: x, Y: y - 0.2, Low: math.NaN(), High: math.NaN()})
	}
	least[4].Y = math.NaN()
	var ticks []picture.Tick
	for n := range 60 {
		x := float64(n)
		ticks = append(ticks, picture.Tick{At: x, Label: fmt.Sprintf("%d-%02d", 1999+n/12, 1+n%12)})
		y := 12 + 6*math.Sin(x/7)
		if n > 20 && n < 26 && n != 23 {
			y = math.NaN()
		}
		years = append(years, picture.Point{X: x, Y: y, Low: y - 2, High: y + 3})
	}
	names := picture.Panel{
		Title: "2 bread dough flour bake loaf oven crust water baker cut knead yeast", Sideways: true,
		Y: picture.Axis{Label: "share, %", Zero: true},
		X: picture.Axis{Ticks: []picture.Tick{{At: 0, Label: "bees & honey"}, {At: 1, Label: "a name that is so long that there is no room for it at all"}, {At: 2, Label: "пчёлы"}}},
		Lines: []picture.Line{{Points: []picture.Point{
			{X: 0, Y: 4, Low: 3, High: 6}, {X: 1, Y: 70, Low: 61, High: 77}, {X: 2, Y: 0.5, Low: math.NaN(), High: math.NaN()}}}},
	}
	return &picture.Figure{Panels: []picture.Panel{
		{Title: "Stability (higher is better)", X: picture.Axis{Label: "topics"}, Y: picture.Axis{Label: "agreement, 0 to 1"},
			Lines: []picture.Line{{Name: "mean of topics", Points: mean}, {Name: "least stable topic", Points: least}}, Marks: []float64{5}},
		{Title: "1 eruption ash volcano <&>", X: picture.Axis{Label: "month", Ticks: ticks}, Y: picture.Axis{Label: "share, %", Zero: true},
			Lines: []picture.Line{{Points: years}}},
		names,
	}}
}

func drawn(t testing.TB, f *picture.Figure, format string) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := f.Write(&b, format); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// A picture is well formed, of the size said, and the same bytes each time. With
// KLEW_PICTURES naming a folder it is put there, to be looked at.
func TestWrite(t *testing.T) {
	for _, format := range picture.Formats() {
		first := drawn(t, sample(), format)
		if !bytes.Equal(first, drawn(t, sample(), format)) {
			t.Errorf("%s: twice drawn, other bytes", format)
		}
		if to := os.Getenv("KLEW_PICTURES"); to != "" {
			if err := os.WriteFile(filepath.Join(to, "sample."+format), first, 0o666); err != nil {
				t.Error(err)
			}
		}
	}
	decoded, err := png.Decode(bytes.NewReader(drawn(t, sample(), "png")))
	if err != nil {
		t.Fatal(err)
	}
	if got, want := decoded.Bounds().Dx(), 2033; got < want-2 || got > want+2 {
		t.Errorf("%d dots wide, want %d: 170 mm and twice 3 points, at 300 dpi", got, want)
	}
}

// What the labels say stands in the SVG as text, that programs find and people edit.
func TestSVG(t *testing.T) {
	svg := drawn(t, sample(), "svg")
	texts := textsOf(t, svg)
	for _, want := range []string{"Stability (higher is better)", "mean of topics", "least stable topic", "agreement, 0 to 1",
		"topics", "1 eruption ash volcano <&>", "1999-01", "bees & honey", "пчёлы", "share, %"} {
		if !strings.Contains(texts, "\n"+want+"\n") {
			t.Errorf("no text %q in\n%s", want, texts)
		}
	}
	for _, not := range []string{"a name that is so long that there is no room", "1999-02", "NaN"} {
		if strings.Contains(texts, not) {
			t.Errorf("there is a text %q", not)
		}
	}
	if !bytes.Contains(svg, []byte("Liberation Sans,Arial,Helvetica,sans-serif")) {
		t.Error("no other font is named where there is no Liberation Sans")
	}
}

// textsOf returns the texts of an SVG, a line each.
func textsOf(t testing.TB, svg []byte) string {
	t.Helper()
	d := xml.NewDecoder(bytes.NewReader(svg))
	var texts strings.Builder
	texts.WriteByte('\n')
	for {
		token, err := d.Token()
		if err == io.EOF {
			return texts.String()
		}
		if err != nil {
			t.Fatal(err)
		}
		if text, ok := token.(xml.CharData); ok && strings.TrimSpace(string(text)) != "" {
			texts.WriteString(strings.TrimSpace(string(text)) + "\n")
		}
	}
}

// Whatever the numbers and labels are, a picture comes of it.
func TestWriteAnything(t *testing.T) {
	number := rapid.OneOf(rapid.Float64(), rapid.Float64Range(-1, 1), rapid.SampledFrom([]float64{0, 1, math.NaN(), math.Inf(1), math.Inf(-1), math.MaxFloat64}))
	point := rapid.Custom(func(t *rapid.T) picture.Point {
		return picture.Point{X: number.Draw(t, "x"), Y: number.Draw(t, "y"), Low: number.Draw(t, "low"), High: number.Draw(t, "high")}
	})
	axis := rapid.Custom(func(t *rapid.T) picture.Axis {
		ticks := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) picture.Tick {
			return picture.Tick{At: number.Draw(t, "at"), Label: rapid.String().Draw(t, "label")}
		}), 0, 5).Draw(t, "ticks")
		return picture.Axis{Label: rapid.String().Draw(t, "axis"), Zero: rapid.Bool().Draw(t, "zero"), Ticks: ticks}
	})
	panel := rapid.Custom(func(t *rapid.T) picture.Panel {
		lines := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) picture.Line {
			return picture.Line{Name: rapid.String().Draw(t, "name"), Points: rapid.SliceOfN(point, 0, 6).Draw(t, "points")}
		}), 0, 3).Draw(t, "lines")
		return picture.Panel{Title: rapid.String().Draw(t, "title"), X: axis.Draw(t, "X"), Y: axis.Draw(t, "Y"), Lines: lines,
			Marks: rapid.SliceOfN(number, 0, 2).Draw(t, "marks"), Sideways: rapid.Bool().Draw(t, "sideways")}
	})
	rapid.Check(t, func(t *rapid.T) {
		f := &picture.Figure{Panels: rapid.SliceOfN(panel, 0, 3).Draw(t, "panels")}
		var b bytes.Buffer
		if err := f.Write(&b, "svg"); err != nil {
			t.Fatal(err)
		}
		if err := xml.Unmarshal(b.Bytes(), new(struct{})); err != nil {
			t.Fatal(err)
		}
		if strings.Contains(b.String(), "NaN") && !strings.Contains(fmt.Sprint(f), "NaN") {
			t.Fatal("NaN among the coordinates")
		}
	})
}

func TestFormatOf(t *testing.T) {
	for path, want := range map[string]string{"a.svg": "svg", "b/C.PNG": "png", "a.pdf": "", "svg": "", "": "", "a.svg.gz": ""} {
		got, err := picture.FormatOf(path)
		if got != want || (err == nil) != (want != "") {
			t.Errorf("%q: %q, %v; want %q", path, got, err, want)
		}
	}
	if err := sample().Write(io.Discard, "gif"); err == nil {
		t.Error("drew a gif")
	}
}

// A picture says that klew drew it, and others do not.
func TestIsPicture(t *testing.T) {
	other := image.NewGray(image.Rect(0, 0, 9, 9))
	var theirs bytes.Buffer
	if err := png.Encode(&theirs, other); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		data []byte
		want bool
	}{
		"svg": {drawn(t, sample(), "svg"), true}, "png": {drawn(t, sample(), "png"), true},
		"theirs": {theirs.Bytes(), false}, "text": {[]byte("Dear all"), false}, "empty": {nil, false},
	} {
		path := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(path, c.data, 0o600); err != nil {
			t.Fatal(err)
		}
		if picture.IsPicture(path) != c.want {
			t.Errorf("%s: %v", name, !c.want)
		}
	}
	if picture.IsPicture(filepath.Join(t.TempDir(), "none")) {
		t.Error("a picture that is not there")
	}
}
