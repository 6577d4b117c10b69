package picture

import (
	"image/color"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// mostMarks is the number of points of a line up to which each has a mark; one that stands
// alone always has.
const mostMarks = 30

// drawn is a line as it is drawn: a band of intervals, the line, and marks.
type drawn struct {
	points   []Point
	style    style
	sideways bool
}

// Plot is part of plot.Plotter.
func (d drawn) Plot(c draw.Canvas, p *plot.Plot) {
	at := places(c, p, d.sideways)
	var marked []Point
	for _, run := range d.runs() {
		if len(run) == 1 || len(d.points) <= mostMarks {
			marked = append(marked, run...)
		}
		if len(run) == 1 {
			d.whisker(c, at, run[0])
			continue
		}
		d.band(c, at, run)
		line := make([]vg.Point, len(run))
		for n, q := range run {
			line[n] = at(q.X, q.Y)
		}
		c.StrokeLines(d.style.line, line)
	}
	for _, q := range marked { // above the lines
		c.DrawGlyph(d.style.glyph, at(q.X, q.Y))
	}
}

// runs are the points between gaps. Sideways each stands alone.
func (d drawn) runs() [][]Point {
	var runs [][]Point
	open := false
	for _, q := range d.points {
		switch {
		case !finite(q.X) || !finite(q.Y):
			open = false
			continue
		case !open || d.sideways:
			runs = append(runs, nil)
			open = true
		}
		last := len(runs) - 1
		runs[last] = append(runs[last], q)
	}
	return runs
}

// band fills the intervals of neighbouring points.
func (d drawn) band(c draw.Canvas, at func(x, y float64) vg.Point, run []Point) {
	n := len(run)
	outline := make([]vg.Point, 2*n)
	for i, q := range run {
		low, high := q.interval()
		outline[i], outline[2*n-1-i] = at(q.X, low), at(q.X, high)
	}
	c.FillPolygon(d.style.band, outline)
}

// whisker draws the interval of a point that stands alone.
func (d drawn) whisker(c draw.Canvas, at func(x, y float64) vg.Point, q Point) {
	low, high := q.interval()
	line := d.style.line
	line.Dashes = nil
	c.StrokeLines(line, []vg.Point{at(q.X, low), at(q.X, high)})
}

// interval is that of a point, no longer than 0 if it is not known.
func (q Point) interval() (low, high float64) {
	if finite(q.Low) && finite(q.High) {
		return q.Low, q.High
	}
	return q.Y, q.Y
}

// places returns where a point stands on the canvas.
func places(c draw.Canvas, p *plot.Plot, sideways bool) func(x, y float64) vg.Point {
	toX, toY := p.Transforms(&c)
	if sideways {
		return func(x, y float64) vg.Point { return vg.Point{X: toX(y), Y: toY(x)} }
	}
	return func(x, y float64) vg.Point { return vg.Point{X: toX(x), Y: toY(y)} }
}

// grid is pale lines from the ticks of the axis of values.
type grid struct{ sideways bool }

// Plot is part of plot.Plotter.
func (g grid) Plot(c draw.Canvas, p *plot.Plot) {
	pale := draw.LineStyle{Color: color.Gray{Y: 0xDD}, Width: rule}
	toX, toY := p.Transforms(&c)
	values := p.Y
	if g.sideways {
		values = p.X
	}
	for _, t := range values.Tick.Marker.Ticks(values.Min, values.Max) {
		switch {
		case t.Value < values.Min || t.Value > values.Max:
		case g.sideways:
			c.StrokeLine2(pale, toX(t.Value), c.Min.Y, toX(t.Value), c.Max.Y)
		default:
			c.StrokeLine2(pale, c.Min.X, toY(t.Value), c.Max.X, toY(t.Value))
		}
	}
}

// mark is a line across at a place on X.
type mark struct {
	x        float64
	sideways bool
}

// Plot is part of plot.Plotter.
func (m mark) Plot(c draw.Canvas, p *plot.Plot) {
	if !finite(m.x) {
		return
	}
	grey := draw.LineStyle{Color: color.Gray{Y: 0x66}, Width: 0.8, Dashes: []vg.Length{2, 2}}
	toX, toY := p.Transforms(&c)
	if m.sideways {
		c.StrokeLine2(grey, c.Min.X, toY(m.x), c.Max.X, toY(m.x))
		return
	}
	c.StrokeLine2(grey, toX(m.x), c.Min.Y, toX(m.x), c.Max.Y)
}
