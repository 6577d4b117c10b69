package picture

import (
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"
)

// Figure is panels, two in a row. A single one has a row of its own.
type Figure struct {
	Panels []Panel
}

// Panel is one diagram.
type Panel struct {
	// Title says above it what is measured.
	Title string
	// X and Y are the axes, X the horizontal one unless Sideways.
	X, Y Axis
	// Lines are drawn in their order. Those that have a name are explained under the title.
	Lines []Line
	// Brackets join places on X two by two, as a tree is drawn.
	Brackets []Bracket
	// Cells are a matrix of numbers from -1 to 1, shown as colours: vermilion below 0, blue
	// above. A row is a place on X, from 0, and a column one on Y.
	Cells [][]float64
	// Marks are places on X that deserve a line across.
	Marks []float64
	// Sideways puts X on the vertical axis, downwards from the top, and joins no points:
	// for names, which are long.
	Sideways bool
}

// Axis is how a coordinate is shown.
type Axis struct {
	// Label names what it is, with its unit.
	Label string
	// Ticks are places with a name, of which as many are shown as there is room for. If
	// there are none, round numbers are shown.
	Ticks []Tick
	// Zero makes the axis begin at 0.
	Zero bool
}

// Tick is a place on an axis.
type Tick struct {
	At    float64
	Label string
}

// Bracket joins two places at a value: lines lead there from the values that they have.
type Bracket struct {
	// A and B are the places on X, and FromA and FromB their values on Y.
	A, FromA, B, FromB float64
	// At is the value on Y where they are joined.
	At float64
	// Colour is that of the nth line, from 1; 0 is grey.
	Colour int
}

// Line is points that belong together, in the order of X.
type Line struct {
	Name   string
	Points []Point
}

// Point is a value at a place, with an interval around it unless Low and High are both
// that value, or not finite. A point of which Y is not finite is a gap.
type Point struct{ X, Y, Low, High float64 }

// Formats lists the formats that Write knows, which are endings of file names as well.
// There is no PDF: what gonum's has of letters is Windows-1252, and keywords may be Greek.
func Formats() []string { return []string{"svg", "png"} }

// FormatOf is the format that the name of a file asks for.
func FormatOf(path string) (string, error) {
	format := strings.ToLower(strings.TrimPrefix(filepath.Ext(path), "."))
	if !slices.Contains(Formats(), format) {
		return "", fmt.Errorf("%s: the name of a picture ends in .%s", path, strings.Join(Formats(), ", ."))
	}
	return format, nil
}

// Write draws the figure in one of the Formats.
func (f *Figure) Write(to io.Writer, format string) error {
	l := f.layout()
	write, err := canvas(l.size, format, l.draw)
	if err != nil {
		return err
	}
	if err := write(to); err != nil {
		return fmt.Errorf("writing a picture: %w", err)
	}
	return nil
}
