package picture

import (
	"image/color"
	"sync"

	"codeberg.org/go-fonts/liberation/liberationsansbold"
	"codeberg.org/go-fonts/liberation/liberationsansregular"
	xfont "golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Sizes in points, of which 72 are an inch. Rules of half a point stay visible when a page
// is copied, thinner ones do not.
const (
	titleSize = vg.Length(9)
	textSize  = vg.Length(8)
	rule      = vg.Length(0.5)
	stroke    = vg.Length(1.2)
	radius    = vg.Length(2)
)

// colours are those of Okabe & Ito, without yellow, which is too light for a line.
func colours() []color.NRGBA {
	return []color.NRGBA{
		{0x00, 0x72, 0xB2, 0xFF}, // blue
		{0xD5, 0x5E, 0x00, 0xFF}, // vermilion
		{0x00, 0x9E, 0x73, 0xFF}, // green
		{0xCC, 0x79, 0xA7, 0xFF}, // purple
		{0xE6, 0x9F, 0x00, 0xFF}, // orange
		{0x56, 0xB4, 0xE9, 0xFF}, // sky
		{0x00, 0x00, 0x00, 0xFF},
	}
}

func dashes() [][]vg.Length {
	return [][]vg.Length{nil, {5, 2}, {1.5, 1.5}, {6, 2, 1.5, 2}, {3, 1.5}}
}

func shapes() []draw.GlyphDrawer {
	return []draw.GlyphDrawer{draw.CircleGlyph{}, draw.BoxGlyph{}, draw.PyramidGlyph{}, draw.CrossGlyph{}, draw.RingGlyph{}, draw.SquareGlyph{}, draw.TriangleGlyph{}}
}

// style is how one line of a panel looks.
type style struct {
	line  draw.LineStyle
	glyph draw.GlyphStyle
	band  color.NRGBA
}

// styleOf is the style of the nth line. Colours, dashes and shapes come round at different
// numbers, so that 35 lines differ.
func styleOf(n int) style {
	c, d, s := colours(), dashes(), shapes()
	hue := c[n%len(c)]
	pale := hue
	pale.A = 0x38
	return style{
		line:  draw.LineStyle{Color: hue, Width: stroke, Dashes: d[n%len(d)]},
		glyph: draw.GlyphStyle{Color: hue, Radius: radius, Shape: s[n%len(s)]},
		band:  pale,
	}
}

// textStyle is the style of text of a size.
func textStyle(size vg.Length, bold bool) text.Style {
	f := font.Font{Typeface: "Liberation", Variant: "Sans", Size: size}
	if bold {
		f.Weight = xfont.WeightBold
	}
	return text.Style{Color: color.Black, Font: f, XAlign: draw.XLeft, YAlign: draw.YBottom, Handler: typeset()}
}

func axisLine() draw.LineStyle { return draw.LineStyle{Color: color.Black, Width: rule} }

// typeset sets text in the two fonts that are needed. All of Liberation, as gonum's plot
// brings it, and what that draws PDF and LaTeX with, make a program 5 MB larger.
var typeset = sync.OnceValue(func() text.Handler {
	regular := font.Font{Typeface: "Liberation", Variant: "Sans"}
	bold := regular
	bold.Weight = xfont.WeightBold
	return text.Plain{Fonts: font.NewCache([]font.Face{
		{Font: regular, Face: parsed(liberationsansregular.TTF)},
		{Font: bold, Face: parsed(liberationsansbold.TTF)},
	})}
})

func parsed(ttf []byte) *opentype.Font {
	f, err := opentype.Parse(ttf)
	if err != nil {
		panic("picture: " + err.Error()) // the font is part of the program
	}
	return f
}
