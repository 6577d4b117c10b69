package picture

import (
	"image/color"
	"math"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// bracket draws the lines that join two places.
func (d *diagram) bracket(c draw.Canvas, b Bracket) {
	line := draw.LineStyle{Color: color.Gray{Y: 0x66}, Width: stroke}
	if b.Colour > 0 {
		line.Color = styleOf(b.Colour - 1).line.Color
	}
	c.StrokeLines(line, []vg.Point{d.at(c, b.A, b.FromA), d.at(c, b.A, b.At), d.at(c, b.B, b.At), d.at(c, b.B, b.FromB)})
}

// cells fills the matrix, each number in a colour that is the stronger the further it is from 0.
func (d *diagram) cells(c draw.Canvas) {
	for row, numbers := range d.Cells {
		for column, x := range numbers {
			if !finite(x) {
				continue
			}
			from, to := d.at(c, float64(row)-0.5, float64(column)-0.5), d.at(c, float64(row)+0.5, float64(column)+0.5)
			c.FillPolygon(shade(x), []vg.Point{from, {X: to.X, Y: from.Y}, to, {X: from.X, Y: to.Y}})
		}
	}
}

// shade is the colour of a number from -1 to 1, white at 0.
func shade(x float64) color.NRGBA {
	strong := colours()[0]
	if x < 0 {
		strong = colours()[1]
	}
	part := min(math.Abs(x), 1)
	mix := func(c uint8) uint8 { return uint8(255 - part*float64(255-c) + 0.5) }
	return color.NRGBA{mix(strong.R), mix(strong.G), mix(strong.B), 0xFF}
}
