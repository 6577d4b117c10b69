package picture

import (
	"math"
	"strconv"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
)

// plot is the panel as gonum's plot draws it, but for the title and the legend.
func (p *Panel) plot() *plot.Plot {
	g := plot.New()
	g.BackgroundColor = nil
	across, up := &g.X, &g.Y
	if p.Sideways {
		across, up = up, across
	}
	p.place(across, p.X, func(q Point) []float64 { return []float64{q.X} })
	p.place(up, p.Y, func(q Point) []float64 { return []float64{q.Y, q.Low, q.High} })
	p.tick(across, p.X, p.Sideways)
	p.tick(up, p.Y, false)
	g.Add(grid{p.Sideways})
	for _, x := range p.Marks {
		g.Add(mark{x, p.Sideways})
	}
	for n, l := range p.Lines {
		g.Add(drawn{l.Points, styleOf(n), p.Sideways})
	}
	return g
}

// place dresses an axis and finds its range.
func (p *Panel) place(a *plot.Axis, as Axis, values func(Point) []float64) {
	a.Label.Text = printable(as.Label)
	a.Label.TextStyle.Font = letters(textSize, false).Font
	a.Label.Padding = 2
	a.Tick.Label.Font = letters(textSize, false).Font
	a.Tick.Length = 3
	a.Width, a.Tick.Width = rule, rule
	a.Padding = 3
	a.Min, a.Max = p.span(as, values)
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

// tick chooses what is written along an axis. Names downwards all have their place; those
// across are thinned out until none touches the next.
func (p *Panel) tick(a *plot.Axis, as Axis, downwards bool) {
	switch {
	case len(as.Ticks) == 0:
		a.Tick.Marker = round{}
	case downwards:
		a.Min, a.Max = -0.5, float64(len(as.Ticks))-0.5
		a.Scale = plot.InvertedScale{Normalizer: plot.LinearScale{}}
		a.Tick.Marker = named(as.Ticks, func(s string) string {
			return shorten(s, func(s string) bool { return a.Tick.Label.Width(s) <= panelWidth*9/20 })
		})
	default:
		a.Tick.Marker = named(thin(as.Ticks, a), printable)
	}
}

// thin keeps every nth tick, for the least n for which labels are apart.
func thin(ticks []Tick, a *plot.Axis) []Tick {
	const between = vg.Length(5)
	room := panelWidth - 40 // about: what the vertical axis needs is not known yet
	at := func(t Tick) vg.Length { return room * vg.Length((t.At-a.Min)/(a.Max-a.Min)) }
	for step := 1; ; step += 1 + step/8 {
		var kept []Tick
		apart := true
		for n := 0; n < len(ticks); n += step {
			if len(kept) > 0 {
				last := kept[len(kept)-1]
				need := (a.Tick.Label.Width(last.Label)+a.Tick.Label.Width(ticks[n].Label))/2 + between
				apart = apart && at(ticks[n])-at(last) >= need
			}
			kept = append(kept, ticks[n])
		}
		if apart || step >= len(ticks) {
			return kept
		}
	}
}

func named(ticks []Tick, label func(string) string) plot.ConstantTicks {
	var marks plot.ConstantTicks
	for _, t := range ticks {
		marks = append(marks, plot.Tick{Value: t.At, Label: label(t.Label)})
	}
	return marks
}

// round is ticks at round numbers, four to eight.
type round struct{}

// Ticks is part of plot.Ticker.
func (round) Ticks(low, high float64) []plot.Tick {
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
	var ticks []plot.Tick
	first := math.Ceil(low/step - 1e-9)
	for n := range 10 {
		x := (first + float64(n)) * step
		if x == 0 {
			x = 0 // not -0
		}
		if x <= high+step*1e-9 {
			ticks = append(ticks, plot.Tick{Value: x, Label: strconv.FormatFloat(x, format, decimals, 64)})
		}
	}
	return ticks
}

func finite(x float64) bool { return !math.IsNaN(x) && !math.IsInf(x, 0) }
