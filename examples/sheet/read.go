package sheet

import (
	"bufio"
	"errors"
	"fmt"
	"image"
	"image/color"
	_ "image/jpeg" // the formats that Read knows
	_ "image/png"
	"io"
	"os"
	"path/filepath"

	"gonum.org/v1/gonum/mat"
)

// mostSide is the largest width and height of an image: above it a header is taken for wrong.
const mostSide = 10_000

func init() {
	image.RegisterFormat("pgm", "P5", decodePGM, configPGM)
}

// Read reads the PGM (binary), PNG and JPEG images of a folder, all of one size, as grey from 0 to
// 1: pixels × images, and the width. Other files are left out.
func Read(folder string) (v *mat.Dense, width int, err error) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil, 0, err
	}
	var rows []float64 // an image a row
	size, count := image.Point{}, 0
	for _, e := range entries {
		path := filepath.Join(folder, e.Name())
		picture, err := decode(path)
		if errors.Is(err, image.ErrFormat) || e.IsDir() {
			continue
		} else if err != nil {
			return nil, 0, fmt.Errorf("%s: %w", path, err)
		}
		if count == 0 {
			size = picture.Bounds().Size()
		} else if picture.Bounds().Size() != size {
			return nil, 0, fmt.Errorf("%s is of %v pixels, and others are of %v: images of one size are needed", path, picture.Bounds().Size(), size)
		}
		rows = append(rows, grey(picture)...)
		count++
	}
	if count == 0 {
		return nil, 0, fmt.Errorf("%s: no PGM (P5), PNG or JPEG image is in it", folder)
	}
	return mat.DenseCopyOf(mat.NewDense(count, size.X*size.Y, rows).T()), size.X, nil
}

func decode(path string) (image.Image, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	picture, _, err := image.Decode(bufio.NewReader(f))
	return picture, err
}

func grey(picture image.Image) (values []float64) {
	b := picture.Bounds()
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			values = append(values, float64(color.Gray16Model.Convert(picture.At(x, y)).(color.Gray16).Y)/0xffff)
		}
	}
	return values
}

// pgm is the header of a file: "P5", width, height and the largest value, between blanks or
// comments, and one blank before the pixels.
type pgm struct{ width, height, most int }

func (h *pgm) read(r *bufio.Reader) error {
	if _, err := r.Discard(len("P5")); err != nil {
		return err
	}
	for _, n := range []*int{&h.width, &h.height, &h.most} {
		if err := skipBlanks(r); err != nil {
			return err
		}
		if _, err := fmt.Fscan(r, n); err != nil {
			return fmt.Errorf("the header of a PGM image: %w", err)
		}
	}
	if h.width < 1 || h.height < 1 || h.width > mostSide || h.height > mostSide || h.most < 1 || h.most > 255 {
		return fmt.Errorf("a PGM image of %d × %d pixels up to %d: up to 255 and %d on a side are read", h.width, h.height, h.most, mostSide)
	}
	_, err := r.ReadByte()
	return err
}

// skipBlanks goes on to what is neither blank nor a comment.
func skipBlanks(r *bufio.Reader) error {
	for {
		switch c, err := r.ReadByte(); {
		case err != nil:
			return err
		case c == '#':
			if _, err := r.ReadString('\n'); err != nil {
				return err
			}
		case c != ' ' && c != '\t' && c != '\n' && c != '\r':
			return r.UnreadByte()
		}
	}
}

func configPGM(r io.Reader) (image.Config, error) {
	var h pgm
	err := h.read(bufio.NewReader(r))
	return image.Config{ColorModel: color.GrayModel, Width: h.width, Height: h.height}, err
}

func decodePGM(r io.Reader) (image.Image, error) {
	var h pgm
	from := bufio.NewReader(r)
	if err := h.read(from); err != nil {
		return nil, err
	}
	picture := image.NewGray(image.Rect(0, 0, h.width, h.height))
	if _, err := io.ReadFull(from, picture.Pix); err != nil {
		return nil, fmt.Errorf("the pixels of a PGM image: %w", err)
	}
	for n, x := range picture.Pix {
		picture.Pix[n] = uint8(min(255, int(x)*255/h.most))
	}
	return picture, nil
}
