package main

import (
	"fmt"
	"math"

	"klew/cmd/klew/internal/print"
	"klew/topics/picture"
	"klew/topics/sweep"
)

// sweepPanels are the measures that are drawn, each with which way is better.
var sweepPanels = []struct {
	measure sweep.Measure
	title   string
	axis    string
}{
	{sweep.Divergence, "Divergence (lower: closer to the counts)", "part of that with 1 topic"},
	{sweep.Perplexity, "Held-out perplexity (lower is better)", "terms"},
	{sweep.NPMI, "Coherence, NPMI (higher is better)", "-1 to 1"},
	{sweep.CV, "Coherence, C_V (higher is better)", "-1 to 1"},
	{sweep.Diversity, "Diversity (higher is better)", "share of distinct words"},
	{sweep.Seconds, "Time of a fit", "seconds"},
}

// draw draws a panel for each measure that is known, if a picture is asked for.
func (s *sweepCommand) draw(r *sweep.Result, a sweep.Advice) error {
	if s.plot == "" || len(r.Rows) == 0 {
		return nil
	}
	return print.SavePicture(s.Console, sweepFigure(r, a), s.plot)
}

func sweepFigure(r *sweep.Result, a sweep.Advice) *picture.Figure {
	axis := picture.Axis{Label: "number of topics"}
	for _, row := range r.Rows {
		axis.Ticks = append(axis.Ticks, picture.Tick{At: float64(row.Topics), Label: fmt.Sprint(row.Topics)})
	}
	var marks []float64
	if a.Topics > 0 {
		marks = []float64{float64(a.Topics)}
	}
	f := &picture.Figure{}
	add := func(title, unit string, lines ...picture.Line) {
		f.Panels = append(f.Panels, picture.Panel{Title: title, X: axis, Y: picture.Axis{Label: unit}, Lines: lines, Marks: marks})
	}
	mean := sweepLine(r, func(row *sweep.Row) picture.Point { return picture.Point{Y: row.MeanStability(), Low: math.NaN()} })
	if mean.Points != nil {
		mean.Name = "mean of topics"
		least := sweepLine(r, func(row *sweep.Row) picture.Point { return picture.Point{Y: row.LeastStability(), Low: math.NaN()} })
		least.Name = "least stable topic"
		add("Stability (higher is better)", "0 to 1", mean, least)
	}
	for _, p := range sweepPanels {
		line := sweepLine(r, func(row *sweep.Row) picture.Point {
			low, high := row.Range(p.measure)
			return picture.Point{Y: row.Mean(p.measure), Low: low, High: high}
		})
		if line.Points != nil {
			add(p.title, p.axis, line)
		}
	}
	return f
}

// sweepLine is a value against the number of topics, with what is not known left out.
func sweepLine(r *sweep.Result, of func(*sweep.Row) picture.Point) picture.Line {
	var line picture.Line
	for n := range r.Rows {
		q := of(&r.Rows[n])
		q.X = float64(r.Rows[n].Topics)
		if !math.IsNaN(q.Y) {
			line.Points = append(line.Points, q)
		}
	}
	return line
}
