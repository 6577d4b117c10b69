package picture

import (
	"math"
	"strconv"

	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

const (
	tickLength = vg.Length(3)
	padding    = vg.Length(3) // between an axis and the data
	labelGap   = vg.Length(5) // between the label of an axis and its numbers
)

// scale is an axis with its range and what is written along it.
type scale struct {
	label     string
	low, high float64
	inverted  bool // begins at the far end: names go downwards
	ticks     []Tick
}

// part is the place of x between the ends of the axis, from 0 to 1.
func (s *scale) part(x float64) float64 {
	if s.inverted {
		return (s.high - x) / (s.high - s.low)
	}
	return (x - s.low) / (s.high - s.low)
}

// shown are the ticks within the range.
func (s *scale) shown() []Tick {
	var shown []Tick
	for _, t := range s.ticks {
		if t.At >= s.low && t.At <= s.high {
			shown = append(shown, t)
		}
	}
	return shown
}

// height is what the axis takes below the data.
func (s *scale) height() vg.Length {
	h := padding + tickLength + lines(1)
	if s.label != "" {
		h += lines(1) + 2
	}
	return h
}

// width is what the axis takes at the left of the data.
func (s *scale) width() vg.Length {
	w := padding + tickLength + 2
	letters, widest := textStyle(textSize, false), vg.Length(0)
	for _, t := range s.shown() {
		widest = max(widest, letters.Width(t.Label))
	}
	if s.label != "" {
		w += lines(1) + labelGap
	}
	return w + widest
}

// overhang is how far the last name stands out at the right of data that are so wide.
func (s *scale) overhang(width vg.Length) vg.Length {
	letters, most := textStyle(textSize, false), vg.Length(0)
	for _, t := range s.shown() {
		most = max(most, letters.Width(t.Label)/2-vg.Length(1-s.part(t.At))*width)
	}
	return most
}

// lines is the height of lines of text.
func lines(n int) vg.Length { return vg.Length(n) * (textSize + 1) }

// drawAcross draws the axis below data that stand in c.
func (s *scale) drawAcross(c draw.Canvas) {
	y := c.Min.Y - padding
	c.StrokeLine2(axisLine(), c.Min.X, y, c.Max.X, y)
	names := aligned(draw.XCenter, draw.YTop)
	for _, t := range s.shown() {
		x := c.X(s.part(t.At))
		c.StrokeLine2(axisLine(), x, y, x, y-tickLength)
		c.FillText(names, vg.Point{X: x, Y: y - tickLength}, t.Label)
	}
	c.FillText(names, vg.Point{X: c.Center().X, Y: y - tickLength - lines(1) - 2}, s.label)
}

// drawUp draws the axis at the left of data that stand in c.
func (s *scale) drawUp(c draw.Canvas) {
	x := c.Min.X - padding
	c.StrokeLine2(axisLine(), x, c.Min.Y, x, c.Max.Y)
	names := aligned(draw.XRight, draw.YCenter)
	for _, t := range s.shown() {
		y := c.Y(s.part(t.At))
		c.StrokeLine2(axisLine(), x, y, x-tickLength, y)
		c.FillText(names, vg.Point{X: x - tickLength - 2, Y: y + 0.7}, t.Label) // middle of a digit, not of a letter with a tail
	}
	label := aligned(draw.XCenter, draw.YTop)
	label.Rotation = math.Pi / 2
	c.FillText(label, vg.Point{X: c.Min.X - s.width(), Y: c.Center().Y}, s.label)
}

// aligned is small text with its place in relation to a point.
func aligned(x text.XAlignment, y text.YAlignment) text.Style {
	s := textStyle(textSize, false)
	s.XAlign, s.YAlign = x, y
	return s
}

// roundTicks are ticks at round numbers, four to eight.
func roundTicks(low, high float64) []Tick {
	step := math.Pow(10, math.Floor(math.Log10((high-low)/4)))
	for _, by := range []float64{5, 2} {
		if (high-low)/(step*by) >= 3 {
			step *= by
			break
		}
	}
	format, decimals := byte('f'), max(0, int(-math.Floor(math.Log10(step)+1e-9)))
	if decimals > 6 || max(math.Abs(low), math.Abs(high)) >= 1e8 {
		format, decimals = 'g', 4
	}
	var ticks []Tick
	first := math.Ceil(low/step - 1e-9)
	for n := range 10 {
		x := (first + float64(n)) * step
		if x == 0 {
			x = 0 // not -0
		}
		if x <= high+step*1e-9 {
			ticks = append(ticks, Tick{x, strconv.FormatFloat(x, format, decimals, 64)})
		}
	}
	return ticks
}
