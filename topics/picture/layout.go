package picture

import (
	"image/color"
	"strings"
	"unicode"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

const (
	panelWidth  = 82 * vg.Millimeter // two and the gap are 170 mm, the width of A4's text
	gap         = 6 * vg.Millimeter
	panelHeight = 48 * vg.Millimeter
	nameHeight  = vg.Length(11) // of a name of a panel that is sideways
	lineHeight  = vg.Length(12) // of a title, and of a legend
	edge        = vg.Length(3)
	columns     = 2
)

// layout is a figure with the place of everything.
type layout struct {
	size  vg.Point
	cells []cell
}

// cell is a panel, and where it is drawn: all of it, from the lower left corner.
type cell struct {
	panel   *Panel
	diagram *diagram
	place   vg.Rectangle
}

// layout puts panels in rows from the top, each row as high as its highest panel. Axes that
// stand above each other are in line.
func (f *Figure) layout() *layout {
	l := &layout{}
	across := min(columns, max(len(f.Panels), 1))
	l.size.X = vg.Length(across)*(panelWidth+gap) - gap + 2*edge
	heights := f.heights(across)
	for _, h := range heights {
		l.size.Y += h + gap
	}
	l.size.Y += 2*edge - gap
	top := l.size.Y - edge
	for n := range f.Panels {
		p := &f.Panels[n]
		if n > 0 && n%across == 0 {
			top -= heights[n/across-1] + gap
		}
		left := edge + vg.Length(n%across)*(panelWidth+gap)
		place := vg.Rectangle{Min: vg.Point{X: left, Y: top - heights[n/across]}, Max: vg.Point{X: left + panelWidth, Y: top}}
		l.cells = append(l.cells, cell{p, p.diagram(), place})
	}
	return l
}

// heights are those of the rows; a figure without panels is an empty one.
func (f *Figure) heights(across int) []vg.Length {
	if len(f.Panels) == 0 {
		return []vg.Length{panelHeight}
	}
	heights := make([]vg.Length, (len(f.Panels)+across-1)/across)
	for n := range f.Panels {
		heights[n/across] = max(heights[n/across], f.Panels[n].height())
	}
	return heights
}

func (p *Panel) height() vg.Length {
	height := panelHeight
	if p.Sideways {
		height = vg.Length(len(p.X.Ticks))*nameHeight + 32
	}
	return height + p.header()
}

// header is the height of the title and the legend.
func (p *Panel) header() vg.Length {
	height := vg.Length(0)
	if p.Title != "" {
		height += lineHeight
	}
	if p.named() {
		height += lineHeight
	}
	return height
}

// named says whether a legend is needed.
func (p *Panel) named() bool {
	for _, l := range p.Lines {
		if l.Name != "" {
			return true
		}
	}
	return false
}

// draw draws all cells. What an axis needs at the left is the same in a column of panels.
func (l *layout) draw(c draw.Canvas) {
	c.SetColor(color.White)
	c.Fill(c.Rectangle.Path())
	across := min(columns, max(len(l.cells), 1))
	needs := make([]vg.Length, across)
	for n, cell := range l.cells {
		needs[n%across] = max(needs[n%across], cell.left())
	}
	for n, cell := range l.cells {
		cell.draw(c, needs[n%across])
	}
}

// canvas is the part of c for the diagram itself.
func (l *cell) canvas(c draw.Canvas) draw.Canvas {
	c.Rectangle = l.place
	c.Max.Y -= l.panel.header()
	return c
}

// left is the room that the vertical axis takes.
func (l *cell) left() vg.Length {
	_, up := l.diagram.axes()
	return up.width()
}

// draw draws a cell whose data begin at left.
func (l *cell) draw(c draw.Canvas, left vg.Length) {
	whole := l.canvas(c)
	inner := l.diagram.data(whole)
	inner.Min.X = whole.Min.X + left
	l.diagram.draw(inner)
	at := vg.Point{X: l.place.Min.X, Y: l.place.Max.Y - lineHeight + 3}
	if l.panel.Title != "" {
		title := textStyle(titleSize, true)
		c.FillText(title, at, shorten(l.panel.Title, func(s string) bool { return title.Width(s) <= panelWidth }))
		at.Y -= lineHeight
	}
	if l.panel.named() {
		l.legend(c, at)
	}
}

// legend explains the lines from at to the right: above the data, where it covers none.
func (l *cell) legend(c draw.Canvas, at vg.Point) {
	const sample = vg.Length(18)
	text := textStyle(textSize, false)
	room := panelWidth/vg.Length(len(l.panel.Lines)) - sample - 8
	for n, line := range l.panel.Lines {
		s := styleOf(n)
		y := at.Y + textSize/2 - 1
		c.StrokeLine2(s.line, at.X, y, at.X+sample, y)
		c.DrawGlyph(s.glyph, vg.Point{X: at.X + sample/2, Y: y})
		name := shorten(line.Name, func(s string) bool { return text.Width(s) <= room })
		c.FillText(text, vg.Point{X: at.X + sample + 3, Y: at.Y}, name)
		at.X += sample + 3 + text.Width(name) + 8
	}
}

// shorten cuts a text until it fits.
func shorten(text string, fits func(string) bool) string {
	text = printable(text)
	if fits(text) {
		return text
	}
	runes := []rune(text)
	for len(runes) > 0 && !fits(string(runes)+"…") {
		runes = runes[:len(runes)-1]
	}
	return strings.TrimRight(string(runes), " ") + "…"
}

// printable leaves out of a label what is no character to see: XML has no place for it.
func printable(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) {
			return r
		}
		return unicode.ReplacementChar
	}, text)
}
