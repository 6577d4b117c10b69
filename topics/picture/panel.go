package picture

import (
	"math"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// diagram is the panel but for the title and the legend: its axes, and what stands between
// them.
type diagram struct {
	*Panel
	x, y scale
}

// diagram finds the ranges of the panel's axes, and what is written along them.
func (p *Panel) diagram() *diagram {
	d := &diagram{Panel: p}
	d.x = p.scale(p.X, p.Sideways, func(q Point) []float64 { return []float64{q.X} })
	d.y = p.scale(p.Y, false, func(q Point) []float64 { return []float64{q.Y, q.Low, q.High} })
	return d
}

// axes are the horizontal and the vertical axis.
func (d *diagram) axes() (across, up *scale) {
	if d.Sideways {
		return &d.y, &d.x
	}
	return &d.x, &d.y
}

// data is the part of c for the data, where the axes stand below and at the left.
func (d *diagram) data(c draw.Canvas) draw.Canvas {
	across, up := d.axes()
	c.Min.X += up.width()
	c.Min.Y += across.height()
	c.Max.X -= across.overhang(c.Max.X - c.Min.X)
	c.Max.Y -= textSize / 2 // the name of the highest tick
	return c
}

// at is where a point stands in the part of a canvas for the data.
func (d *diagram) at(c draw.Canvas, x, y float64) vg.Point {
	across, up := d.x.part(x), d.y.part(y)
	if d.Sideways {
		across, up = up, across
	}
	return vg.Point{X: c.X(across), Y: c.Y(up)}
}

// draw draws the diagram around and into the part of a canvas for the data.
func (d *diagram) draw(inner draw.Canvas) {
	across, up := d.axes()
	across.drawAcross(inner)
	up.drawUp(inner)
	d.grid(inner)
	for _, x := range d.Marks {
		d.mark(inner, x)
	}
	d.cells(inner)
	for _, b := range d.Brackets {
		d.bracket(inner, b)
	}
	for n, l := range d.Lines {
		d.line(inner, l.Points, styleOf(n))
	}
}

// scale is an axis with its range and its ticks.
func (p *Panel) scale(as Axis, downwards bool, values func(Point) []float64) scale {
	s := scale{label: printable(as.Label), ticks: as.Ticks}
	s.low, s.high = p.span(as, values)
	switch {
	case len(p.Cells) > 0 && !downwards:
		s.low, s.high = -0.5, float64(len(as.Ticks))-0.5
		s.ticks = labelled(s.apart(), panelWidth)
	case len(as.Ticks) == 0:
		s.ticks = roundTicks(s.low, s.high)
	case downwards:
		s.low, s.high, s.inverted = -0.5, float64(len(as.Ticks))-0.5, true
		s.ticks = labelled(as.Ticks, panelWidth*9/20)
	default:
		s.ticks = labelled(s.apart(), panelWidth)
	}
	return s
}

// span is the range of an axis: that of what is shown, and a twentieth more on each side,
// or on one if it begins at 0.
func (p *Panel) span(as Axis, values func(Point) []float64) (low, high float64) {
	low, high = math.Inf(1), math.Inf(-1)
	include := func(x float64) {
		if finite(x) {
			low, high = min(low, x), max(high, x)
		}
	}
	for _, l := range p.Lines {
		for _, q := range l.Points {
			for _, x := range values(q) {
				include(x)
			}
		}
	}
	for _, t := range as.Ticks {
		include(t.At)
	}
	for _, b := range p.Brackets {
		for _, x := range values(Point{X: b.A, Y: b.At, Low: b.FromA, High: b.FromB}) {
			include(x)
		}
	}
	switch {
	case low > high:
		return 0, 1
	case as.Zero:
		low, high = min(low, 0), max(high, 0)
	}
	room := 0.05 * (high - low)
	if room == 0 {
		room = max(math.Abs(low)/20, 1e-9)
	}
	if as.Zero && low == 0 {
		return 0, high + room
	}
	return low - room, high + room
}

// apart keeps every nth tick, for the least n for which labels across are apart.
func (s *scale) apart() []Tick {
	const between = vg.Length(5)
	room := panelWidth - 40 // about: what the vertical axis needs is not known yet
	letters := textStyle(textSize, false)
	for step := 1; ; step += 1 + step/8 {
		var kept []Tick
		apart := true
		for n := 0; n < len(s.ticks); n += step {
			if len(kept) > 0 {
				last := kept[len(kept)-1]
				need := (letters.Width(last.Label)+letters.Width(s.ticks[n].Label))/2 + between
				apart = apart && room*vg.Length(s.part(s.ticks[n].At)-s.part(last.At)) >= need
			}
			kept = append(kept, s.ticks[n])
		}
		if apart || step >= len(s.ticks) {
			return kept
		}
	}
}

// labelled cuts labels to a width.
func labelled(ticks []Tick, width vg.Length) []Tick {
	letters, cut := textStyle(textSize, false), make([]Tick, len(ticks))
	for n, t := range ticks {
		cut[n] = Tick{t.At, shorten(t.Label, func(s string) bool { return letters.Width(s) <= width })}
	}
	return cut
}

// finite says whether a number has a place in a picture. From 1e300 on the range of an axis
// with its margins would overflow.
func finite(x float64) bool { return math.Abs(x) < 1e300 }
