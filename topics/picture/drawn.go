package picture

import (
	"image/color"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// mostMarks is the number of points of a line up to which each has a mark; one that stands
// alone always has.
const mostMarks = 30

// line draws points: a band of intervals, the line, and marks.
func (d *diagram) line(c draw.Canvas, points []Point, s style) {
	var marked []Point
	for _, run := range runs(points, d.Sideways) {
		if len(run) == 1 || len(points) <= mostMarks {
			marked = append(marked, run...)
		}
		if len(run) == 1 {
			d.whisker(c, run[0], s)
			continue
		}
		d.band(c, run, s)
		line := make([]vg.Point, len(run))
		for n, q := range run {
			line[n] = d.at(c, q.X, q.Y)
		}
		c.StrokeLines(s.line, line)
	}
	for _, q := range marked { // above the lines
		c.DrawGlyph(s.glyph, d.at(c, q.X, q.Y))
	}
}

// runs are the points between gaps. If sideways each stands alone.
func runs(points []Point, sideways bool) [][]Point {
	var all [][]Point
	open := false
	for _, q := range points {
		switch {
		case !finite(q.X) || !finite(q.Y):
			open = false
			continue
		case !open || sideways:
			all = append(all, nil)
			open = true
		}
		last := len(all) - 1
		all[last] = append(all[last], q)
	}
	return all
}

// band fills the intervals of neighbouring points.
func (d *diagram) band(c draw.Canvas, run []Point, s style) {
	n := len(run)
	outline := make([]vg.Point, 2*n)
	for i, q := range run {
		low, high := q.interval()
		outline[i], outline[2*n-1-i] = d.at(c, q.X, low), d.at(c, q.X, high)
	}
	c.FillPolygon(s.band, outline)
}

// whisker draws the interval of a point that stands alone.
func (d *diagram) whisker(c draw.Canvas, q Point, s style) {
	low, high := q.interval()
	line := s.line
	line.Dashes = nil
	c.StrokeLines(line, []vg.Point{d.at(c, q.X, low), d.at(c, q.X, high)})
}

// interval is that of a point, no longer than 0 if it is not known.
func (q Point) interval() (low, high float64) {
	if finite(q.Low) && finite(q.High) {
		return q.Low, q.High
	}
	return q.Y, q.Y
}

// grid draws pale lines from the ticks of the axis of values.
func (d *diagram) grid(c draw.Canvas) {
	pale := draw.LineStyle{Color: color.Gray{Y: 0xDD}, Width: rule}
	for _, t := range d.y.shown() {
		from, to := d.at(c, d.x.low, t.At), d.at(c, d.x.high, t.At)
		c.StrokeLine2(pale, from.X, from.Y, to.X, to.Y)
	}
}

// mark draws a line across at a place on X.
func (d *diagram) mark(c draw.Canvas, x float64) {
	if !finite(x) {
		return
	}
	grey := draw.LineStyle{Color: color.Gray{Y: 0x66}, Width: 0.8, Dashes: []vg.Length{2, 2}}
	from, to := d.at(c, x, d.y.low), d.at(c, x, d.y.high)
	c.StrokeLine2(grey, from.X, from.Y, to.X, to.Y)
}
