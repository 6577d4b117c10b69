package main

import (
	"fmt"
	"math"
	"strconv"

	"klew/topics"
	"klew/topics/picture"
	"klew/topics/relations"

	"gonum.org/v1/gonum/mat"
)

// figure is the tree and, beside it, the correlations of topics in its order.
func (t *treeCommand) figure(m *topics.Model, tree *relations.Tree, correlations *mat.SymDense) *picture.Figure {
	order, labels, most := tree.Order(), m.Labels(), strongest(correlations)
	var long, short []picture.Tick
	cells := make([][]float64, len(order))
	for n, k := range order {
		number := strconv.Itoa(m.Number(k))
		long = append(long, picture.Tick{At: float64(n), Label: number + " " + labels[k]})
		short = append(short, picture.Tick{At: float64(n), Label: number})
		for _, l := range order {
			cells[n] = append(cells[n], correlations.At(k, l)/most)
		}
		cells[n][n] = math.NaN() // a topic with itself
	}
	return &picture.Figure{Panels: []picture.Panel{
		{
			Title: "Topics by their words", Sideways: true, X: picture.Axis{Ticks: long},
			Y: picture.Axis{Label: fmt.Sprintf("distance (%s)", t.linkage), Zero: true}, Brackets: brackets(tree, tree.Cut(t.count(m))),
		},
		{
			Title: fmt.Sprintf("Correlation of shares (blue: up to %.2f, red: below 0)", most), Sideways: true, X: picture.Axis{Ticks: short},
			Y: picture.Axis{Label: "topic", Ticks: short}, Cells: cells,
		},
	}}
}

// strongest is the correlation of two topics that is furthest from 0, without its sign; 1 if all
// are 0.
func strongest(correlations *mat.SymDense) float64 {
	most := 0.0
	for a := range correlations.SymmetricDim() {
		for b := range a {
			most = max(most, math.Abs(correlations.At(a, b)))
		}
	}
	if most == 0 {
		return 1
	}
	return most
}

// brackets are the merges of a tree, those within a group in its colour.
func brackets(tree *relations.Tree, groups [][]int) []picture.Bracket {
	k := tree.Topics
	place, height, group := make([]float64, 2*k), make([]float64, 2*k), make([]int, 2*k)
	n := 0
	for g, members := range groups { // which are in the order of the tree
		for _, topic := range members {
			place[topic], group[topic] = float64(n), g+1
			n++
		}
	}
	var all []picture.Bracket
	for i, step := range tree.Merges {
		b := picture.Bracket{A: place[step.A], FromA: height[step.A], B: place[step.B], FromB: height[step.B], At: step.Distance}
		if group[step.A] == group[step.B] {
			b.Colour = group[step.A]
		}
		place[k+i], height[k+i], group[k+i] = (b.A+b.B)/2, step.Distance, b.Colour
		all = append(all, b)
	}
	return all
}
