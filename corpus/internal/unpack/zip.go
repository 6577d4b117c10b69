package unpack

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/zstd"
	"golang.org/x/text/encoding/charmap"
)

// openZip opens each file of a zip. They do not depend on each other: one that is broken
// leaves the others whole.
func (w *walk) openZip(p place, f File) bool {
	f, err := w.anywhere(f)
	if err != nil {
		return w.fault(p.name, err)
	}
	archive, err := zip.NewReader(f.At, f.Size)
	if errors.Is(err, zip.ErrFormat) {
		err = errors.New("cut off, or no zip")
	}
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) { // names are cleaned
		return w.fault(p.name, fmt.Errorf("broken zip: %w", err))
	}
	archive.RegisterDecompressor(zip.Deflate, w.inflate)
	archive.RegisterDecompressor(zstd.ZipMethodWinZip, zstd.ZipDecompressor())
	if kind := documentKind(archive); kind != "" {
		return w.leaf(&Member{Name: p.name, Plain: p.plain, Kind: kind, Reader: io.NewSectionReader(f.At, 0, f.Size), At: f.At, Size: f.Size})
	}
	visits := w.visits
	for _, file := range archive.File {
		if !w.zipMember(p, f.Size, file) {
			return false
		}
	}
	if w.visits == visits {
		return w.fault(p.name, ErrEmpty)
	}
	return true
}

// anywhere makes a file that can be read anywhere of one that is a stream.
func (w *walk) anywhere(f File) (File, error) {
	if f.At != nil {
		return f, nil
	}
	var all bytes.Buffer
	_, err := all.ReadFrom(io.LimitReader(f.Reader, w.limits.Memory+1))
	if err != nil {
		return f, broken(err)
	}
	if int64(all.Len()) > w.limits.Memory {
		return f, limitError("a zip that is not a file of its own, and larger than " + size(w.limits.Memory) + ", the limit; save it as a file, or unpack it")
	}
	return File{At: bytes.NewReader(all.Bytes()), Size: int64(all.Len())}, nil
}

func (w *walk) zipMember(p place, size int64, file *zip.File) bool {
	if strings.HasSuffix(file.Name, "/") || file.FileInfo().IsDir() {
		return true
	}
	inside, ok, more := w.enter(p, zipName(file))
	if !ok {
		return more
	}
	if err := readable(file); err != nil {
		return w.fault(inside.name, err)
	}
	packed := int64(min(file.CompressedSize64, uint64(size))) // which may be a lie, as the next
	unpacked := int64(min(file.UncompressedSize64, 1<<62))
	if err := w.limits.over(unpacked, packed); err != nil { // before 200 times its size is in memory
		return w.fault(inside.name, err)
	}
	r, err := file.Open()
	if err != nil {
		return w.fault(inside.name, fmt.Errorf("broken zip: %w", broken(err)))
	}
	defer r.Close()
	return w.open(inside, File{Reader: &unpacking{w: w, r: r, packed: &packed}, Size: unpacked})
}

// zipName is a file's name in UTF-8. Programs that do not write it mostly write the
// letters of the IBM PC, as the format has them.
func zipName(file *zip.File) string {
	if file.NonUTF8 && !utf8.ValidString(file.Name) {
		if name, err := charmap.CodePage437.NewDecoder().String(file.Name); err == nil {
			return name
		}
	}
	return file.Name
}

// methods are the ways of packing that are told by name; only some can be read.
var methods = map[uint16]string{
	1: "shrink", 6: "implode", 9: "deflate64", 12: "bzip2", 14: "LZMA", 95: "xz", 98: "PPMd", 99: "AES",
}

// readable tells why a file cannot be read.
func readable(file *zip.File) error {
	const encrypted = 1 << 0
	switch {
	case file.Flags&encrypted != 0:
		return ErrEncrypted
	case !file.FileInfo().Mode().IsRegular():
		return ErrSpecial
	}
	switch m := file.Method; {
	case m == zip.Store || m == zip.Deflate || m == zstd.ZipMethodWinZip:
		return nil
	case methods[m] != "":
		return fmt.Errorf("packed by %s, which is not supported; unpack it, and name the folder", methods[m])
	default:
		return fmt.Errorf("packed by method %d, which is not supported; unpack it, and name the folder", m)
	}
}

// inflate unpacks a file of a zip, with an inflater that is idle, if there is one: each
// takes 40 KB.
func (w *walk) inflate(from io.Reader) io.ReadCloser {
	if last := len(w.idle) - 1; last >= 0 {
		r := w.idle[last]
		w.idle = w.idle[:last]
		if r.(flate.Resetter).Reset(from, nil) == nil {
			return &inflater{r, w}
		}
	}
	return &inflater{flate.NewReader(from), w}
}

// inflater is idle again when it is closed.
type inflater struct {
	io.Reader
	w *walk
}

func (i *inflater) Close() error {
	if i.Reader != nil {
		i.w.idle = append(i.w.idle, i.Reader)
		i.Reader = nil
	}
	return nil
}
