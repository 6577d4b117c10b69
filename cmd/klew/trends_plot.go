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
	// plottedValues is how many names stand below each other on a page.
	plottedValues = 60
	titleWords    = 4
)

// figure is a panel for each topic.
func (t *trendsCommand) figure(m *topics.Model, trends []topics.Trend, chosen []int) (*picture.Figure, error) {
	period, isPeriod := t.period()
	if !isPeriod && len(trends) > plottedValues {
		return nil, usage.Mistakef("--plot: %s has %s values, and a picture has room for %d", t.by, print.Grouped(len(trends)), plottedValues)
	}
	if len(t.topics) == 0 {
		chosen = mostChanged(trends, plottedTopics)
	}
	axis := picture.Axis{}
	if isPeriod {
		axis = picture.Axis{Label: t.by, Ticks: periodTicks(period, trends)}
	} else {
		for _, trend := range trends {
			axis.Ticks = append(axis.Ticks, picture.Tick{At: float64(trend.At), Label: trend.Name})
		}
	}
	f := &picture.Figure{}
	for _, k := range chosen {
		f.Panels = append(f.Panels, picture.Panel{
			Title:    titled(m, k),
			X:        axis,
			Y:        picture.Axis{Label: "share of tokens, %", Zero: true},
			Lines:    []picture.Line{{Points: trendPoints(trends, k)}},
			Sideways: !isPeriod,
		})
	}
	return f, nil
}

// titled is a topic's number, and the name it was given or its first keywords.
func titled(m *topics.Model, k int) string {
	title := fmt.Sprint(m.Number(k))
	if label := m.OwnLabel(k); label != "" {
		return title + " " + label
	}
	for _, w := range m.Keywords(k, titleWords) {
		title += " " + w.Term
	}
	return title
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
func periodTicks(p topics.Period, trends []topics.Trend) []picture.Tick {
	first, last := trends[0].At, trends[len(trends)-1].At
	var ticks []picture.Tick
	for at := first; at <= last; at += 1 + (last-first)/mostTicks {
		ticks = append(ticks, picture.Tick{At: float64(at), Label: p.Name(at)})
	}
	return ticks
}
