package main

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"klew/cmd/klew/internal/print"
	"klew/cmd/klew/internal/usage"
	"klew/topics"
	"klew/topics/picture"
)

const (
	// plottedTopics is the number of panels unless --topic says otherwise: a page.
	plottedTopics = 6
	// plottedValues is how many names stand below each other on a page, and plottedLines how
	// many lines can be told apart in a panel.
	plottedValues, plottedLines = 60, 7
)

// trendLine is the trends of one value, a line in the picture.
type trendLine struct {
	name   string
	trends []topics.Trend
}

// figure is a panel for each topic.
func (t *trendsCommand) figure(m *topics.Model, trends []topics.Trend, chosen []int) (*picture.Figure, error) {
	along := t.along(m)
	lines, places := linesOf(trends, along), placesOf(trends, along)
	isField := t.isField(m, t.by[along])
	if n := len(places); isField && n > plottedValues {
		return nil, usage.Mistakef("--plot: %s has %s values, and a picture has room for %d", t.by[along], print.Grouped(n), plottedValues)
	}
	if n := len(lines); n > plottedLines {
		return nil, usage.Mistakef("--plot: %s has %s values, and a picture has room for %d lines", t.by[1-along], print.Grouped(n), plottedLines)
	}
	if len(t.topics) == 0 {
		chosen = mostChanged(trends, plottedTopics)
	}
	axis := picture.Axis{Ticks: places}
	if !isField {
		axis = picture.Axis{Label: t.by[along], Ticks: periodTicks(topics.Period(t.by[along]), places)}
	}
	f, labels := &picture.Figure{}, m.Labels()
	for _, k := range chosen {
		p := picture.Panel{
			Title:    fmt.Sprintf("%d %s", m.Number(k), labels[k]),
			X:        axis,
			Y:        picture.Axis{Label: "share of tokens, %", Zero: true},
			Sideways: isField,
		}
		for _, l := range lines {
			p.Lines = append(p.Lines, picture.Line{Name: l.name, Points: trendPoints(l.trends, k)})
		}
		f.Panels = append(f.Panels, p)
	}
	return f, nil
}

// along is which of the two that groups are by is on the axis: the period, or else the last.
func (t *trendsCommand) along(m *topics.Model) int {
	last := len(t.by) - 1
	if last > 0 && t.isField(m, t.by[last]) && !t.isField(m, t.by[0]) {
		return 0
	}
	return last
}

// placeOf is the place of a group on the axis.
func placeOf(g *topics.Group, along int) picture.Tick {
	if g.Of != nil {
		g = &g.Of[along]
	}
	return picture.Tick{At: float64(g.At), Label: g.Name}
}

// placesOf are the places on the axis that have documents, in order.
func placesOf(trends []topics.Trend, along int) []picture.Tick {
	var places []picture.Tick
	for i := range trends {
		if p := placeOf(&trends[i].Group, along); !slices.Contains(places, p) {
			places = append(places, p)
		}
	}
	slices.SortFunc(places, func(a, b picture.Tick) int { return cmp.Compare(a.At, b.At) })
	return places
}

// linesOf parts trends by what is not on the axis, each in the order of the axis.
func linesOf(trends []topics.Trend, along int) []trendLine {
	var lines []trendLine
	for _, x := range trends {
		name := ""
		if x.Of != nil {
			name = x.Of[1-along].Name
		}
		i := slices.IndexFunc(lines, func(l trendLine) bool { return l.name == name })
		if i < 0 {
			i, lines = len(lines), append(lines, trendLine{name: name})
		}
		x.At = int(placeOf(&x.Group, along).At)
		lines[i].trends = append(lines[i].trends, x)
	}
	for _, l := range lines {
		slices.SortFunc(l.trends, func(a, b topics.Trend) int { return cmp.Compare(a.At, b.At) })
	}
	return lines
}

// mostChanged are the n topics whose share changes most, in the order of their numbers.
func mostChanged(trends []topics.Trend, n int) []int {
	changes := topics.Changes(trends)
	order := make([]int, len(changes))
	for k := range order {
		order[k] = k
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(changes[b], changes[a]) })
	order = order[:min(n, len(order))]
	slices.Sort(order)
	return order
}

// trendPoints are a topic's shares in percent, with a gap wherever a period is missing.
func trendPoints(trends []topics.Trend, k int) []picture.Point {
	var points []picture.Point
	for n, t := range trends {
		if t.Shares == nil {
			continue
		}
		if n > 0 && t.At > trends[n-1].At+1 {
			points = append(points, picture.Point{X: float64(t.At - 1), Y: math.NaN()})
		}
		q := picture.Point{X: float64(t.At), Y: 100 * t.Shares[k], Low: math.NaN(), High: math.NaN()}
		if t.Low != nil {
			q.Low, q.High = 100*t.Low[k], 100*t.High[k]
		}
		points = append(points, q)
	}
	return points
}

// mostTicks is the number of periods up to which each has a tick to choose from.
const mostTicks = 10_000

// periodTicks are all periods from the first to the last, those without documents among
// them, so that ticks are evenly spaced.
func periodTicks(p topics.Period, places []picture.Tick) []picture.Tick {
	first, last := int(places[0].At), int(places[len(places)-1].At)
	var ticks []picture.Tick
	for at := first; at <= last; at += 1 + (last-first)/mostTicks {
		ticks = append(ticks, picture.Tick{At: float64(at), Label: p.Name(at)})
	}
	return ticks
}
