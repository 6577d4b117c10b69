// Package sheet lays out the pictures of the examples: matrices as images beside plots, in rows,
// in one PNG.
package sheet

import (
	"fmt"
	"image"
	"image/color"
	"math"
	"os"
	"strconv"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgimg"
)

// An image is drawn with so many pixels a side or more, before it is scaled, which blurs the edges
// of cells.
const pixels = 480

// Image shows a matrix as it is printed: the larger an entry, the darker. What is below 0 is red.
// NaN, an unknown cell, is pale yellow.
func Image(title string, m mat.Matrix) *plot.Plot {
	rows, columns := m.Dims()
	most, cell := largest(m), pixels/max(rows, columns)+1
	picture := image.NewRGBA(image.Rect(0, 0, cell*columns, cell*rows))
	for y := range cell * rows {
		for x := range cell * columns {
			picture.Set(x, y, shade(m.At(y/cell, x/cell)/most))
		}
	}
	p := Plot(title, "", "")
	p.HideAxes()
	w, h := float64(columns), float64(rows)
	p.Add(plotter.NewImage(picture, 0, 0, w, h))
	p.Add(&plotter.Line{XYs: plotter.XYs{{X: 0, Y: 0}, {X: w, Y: 0}, {X: w, Y: h}, {X: 0, Y: h}, {X: 0, Y: 0}}, LineStyle: draw.LineStyle{Color: color.Gray{180}, Width: vg.Points(0.5)}})
	return p
}

// Plot is an empty plot in the sheet's type. The lines that are added look as Line has them.
func Plot(title, x, y string) *plot.Plot {
	p := plot.New()
	p.Title.Text, p.X.Label.Text, p.Y.Label.Text = title, x, y
	p.Title.Padding = vg.Points(4)
	for _, style := range []*draw.TextStyle{&p.Title.TextStyle, &p.X.Label.TextStyle, &p.Y.Label.TextStyle, &p.X.Tick.Label, &p.Y.Tick.Label, &p.Legend.TextStyle} {
		style.Font.Variant, style.Font.Size = "Sans", vg.Points(8)
	}
	p.X.Tick.Marker, p.Y.Tick.Marker = plot.TickerFunc(ticks), plot.TickerFunc(ticks)
	return p
}

// ticks are gonum's, with 25 in place of 25.00.
func ticks(low, high float64) []plot.Tick {
	all := plot.DefaultTicks{}.Ticks(low, high)
	for n, tick := range all {
		if tick.Label != "" {
			all[n].Label = strconv.FormatFloat(tick.Value, 'g', 6, 64)
		}
	}
	return all
}

// Line is a line of a plot, in one of the colours of Okabe & Ito.
func Line(points plotter.XYs, colour int) *plotter.Line {
	of := []color.RGBA{{0, 114, 178, 255}, {213, 94, 0, 255}, {0, 158, 115, 255}, {204, 121, 167, 255}, {0, 0, 0, 255}}
	return &plotter.Line{XYs: points, LineStyle: draw.LineStyle{Color: of[colour%len(of)], Width: vg.Points(1.2)}}
}

// Column shows a column of a matrix as an image of a width.
func Column(title string, m mat.Matrix, column, width int) *plot.Plot {
	values := mat.Col(nil, column, m)
	return Image(title, mat.NewDense(len(values)/width, width, values))
}

// Columns shows up to most columns of a matrix, spread over all; title has %d for the number.
func Columns(title string, m mat.Matrix, width, most int) (pictures []*plot.Plot) {
	_, columns := m.Dims()
	for n := range min(most, columns) {
		column := n * columns / min(most, columns)
		pictures = append(pictures, Column(fmt.Sprintf(title, column+1), m, column, width))
	}
	return pictures
}

// Row shows a row of a matrix as an image of a width.
func Row(title string, m mat.Matrix, row, width int) *plot.Plot {
	return Column(title, m.T(), row, width)
}

func largest(m mat.Matrix) float64 {
	rows, columns := m.Dims()
	most := math.SmallestNonzeroFloat64
	for i := range rows {
		for j := range columns {
			if x := math.Abs(m.At(i, j)); x > most {
				most = x
			}
		}
	}
	return most
}

// shade is the colour of a number from −1 to 1.
func shade(x float64) color.Color {
	switch light := uint8(255 - 255*min(math.Abs(x), 1)); {
	case math.IsNaN(x):
		return color.RGBA{255, 250, 205, 255}
	case x < 0:
		return color.RGBA{255 - (255-light)/5, light, light, 255}
	default:
		return color.RGBA{light, light, light, 255}
	}
}

// Save writes rows of pictures, each of a width and height in points, to a PNG file. A nil is a
// gap.
func Save(path string, width, height float64, rows ...[]*plot.Plot) error {
	columns := 0
	for _, row := range rows {
		columns = max(columns, len(row))
	}
	gap := vg.Points(8)
	tiles := draw.Tiles{Rows: len(rows), Cols: columns, PadX: gap, PadY: gap, PadTop: gap, PadBottom: gap, PadLeft: gap, PadRight: gap}
	size := func(n int, of float64) vg.Length { return vg.Length(n)*(vg.Points(of)+gap) + gap }
	canvas := vgimg.NewWith(vgimg.UseWH(size(columns, width), size(len(rows), height)), vgimg.UseDPI(144))
	for y, row := range rows {
		for x, p := range row {
			if p != nil {
				p.Draw(tiles.At(draw.New(canvas), x, y))
			}
		}
	}
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	if _, err := (vgimg.PngCanvas{Canvas: canvas}).WriteTo(f); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}
