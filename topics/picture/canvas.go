package picture

import (
	"bytes"
	"fmt"
	"io"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgimg"
	"gonum.org/v1/plot/vg/vgsvg"
)

// dotsPerInch is what printers want of a picture of dots.
const dotsPerInch = 300

// canvas draws on a new canvas, and returns what writes it.
func canvas(size vg.Point, format string, paint func(draw.Canvas)) (write func(io.Writer) error, err error) {
	switch format {
	case "svg":
		c := vgsvg.NewWith(vgsvg.UseWH(size.X, size.Y))
		paint(draw.New(c))
		return func(to io.Writer) error { return writeSVG(to, c) }, nil
	case "png":
		c := vgimg.PngCanvas{Canvas: vgimg.NewWith(vgimg.UseWH(size.X, size.Y), vgimg.UseDPI(dotsPerInch))}
		paint(draw.New(c))
		return func(to io.Writer) error {
			_, err := c.WriteTo(to)
			return err
		}, nil
	}
	return nil, fmt.Errorf("no picture can be drawn as %q, but as %q", format, Formats())
}

// writeSVG names fonts of the same widths beside Liberation, which few systems have. The
// fonts themselves would make a file of 20 KB one of 1 MB.
func writeSVG(to io.Writer, c *vgsvg.Canvas) error {
	var b bytes.Buffer
	if _, err := c.WriteTo(&b); err != nil {
		return err
	}
	const font = "font-family:Liberation Sans"
	_, err := to.Write(bytes.ReplaceAll(b.Bytes(), []byte(font), []byte(font+",Arial,Helvetica,sans-serif")))
	return err
}
