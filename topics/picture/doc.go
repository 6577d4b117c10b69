// Package picture draws numbers as small panels, for print and for the screen: a measure
// against the number of topics, a topic's share over the years.
//
//	f := picture.Figure{Panels: []picture.Panel{{
//		Title: "Stability",
//		X:     picture.Axis{Label: "topics"},
//		Lines: []picture.Line{{Points: points}},
//	}}}
//	err := f.Write(to, "svg")
//
// A panel is as wide as a column of print (85 mm), and two stand side by side. Letters are
// of 8 and 9 points at that size: a figure is legible where it is not made smaller. Lines
// differ in dashes and marks, and not in colour alone; the colours are those of Okabe & Ito
// (Color universal design, 2008), which people tell apart who do not see red or green.
//
// The same figure gives the same bytes: nothing holds a date. What is not a finite number
// is a gap, and nothing is an error but a format that there is not.
package picture
