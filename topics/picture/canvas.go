package picture

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"slices"
	"strings"

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
		return func(to io.Writer) error { return writePNG(to, c) }, nil
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
	text := bytes.ReplaceAll(b.Bytes(), []byte(font), []byte(font+",Arial,Helvetica,sans-serif"))
	head, rest, _ := bytes.Cut(text, []byte("\n"))
	_, err := to.Write(slices.Concat(head, []byte("\n<!-- "+mark+" -->\n"), rest))
	return err
}

// mark is in the first bytes of each picture, and says whose it is: in an SVG after the
// first line, which declares XML, and in a PNG as a chunk of text after the header.
const mark = "Software: klew"

// pngHeader is the size of the signature of a PNG and its first chunk, IHDR.
const pngHeader = 8 + 12 + 13

func writePNG(to io.Writer, c vgimg.PngCanvas) error {
	var b bytes.Buffer
	if _, err := c.WriteTo(&b); err != nil {
		return err
	}
	text := []byte("tEXt" + strings.Replace(mark, ": ", "\x00", 1))
	chunk := append(binary.BigEndian.AppendUint32(nil, uint32(len(text)-4)), text...)
	chunk = binary.BigEndian.AppendUint32(chunk, crc32.ChecksumIEEE(text))
	_, err := to.Write(slices.Insert(b.Bytes(), pngHeader, chunk...))
	return err
}

// IsPicture reports whether there is a picture at path that Figure.Write has written.
func IsPicture(path string) bool {
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	defer f.Close()
	head := make([]byte, 200)
	n, _ := io.ReadFull(f, head)
	return bytes.Contains(bytes.ReplaceAll(head[:n], []byte("\x00"), []byte(": ")), []byte(mark))
}
