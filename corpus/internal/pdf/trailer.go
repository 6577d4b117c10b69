package pdf

import (
	"bytes"
	"fmt"
	"regexp"
)

// header is how an object begins, and catalog what says that it is the root of all others.
var (
	header  = regexp.MustCompile(`(\d{1,10})\s+(\d{1,5})\s+obj\b`)
	catalog = regexp.MustCompile(`/Type\s*/Catalog\b`)
)

// withTrailer ends a PDF with a trailer that names its root, as it should. Documents that
// are cut off, or put together by careless programs, have none, and PDFium gives them up;
// with one it looks for the objects by itself. ok is false if no root is found, as where the
// objects are packed.
func withTrailer(raw []byte) (whole []byte, ok bool) {
	const before = 2000 // bytes, within which the object with the catalog begins
	for end := len(raw); ; {
		roots := catalog.FindAllIndex(raw[max(0, end-1<<20):end], -1)
		if len(roots) == 0 {
			if end -= 1 << 20; end <= 0 {
				return raw, false
			}
			continue
		}
		at := max(0, end-1<<20) + roots[len(roots)-1][0]
		window := raw[max(0, at-before):at]
		if i := bytes.LastIndex(window, []byte("endobj")); i >= 0 {
			window = window[i:]
		}
		found := header.FindAllSubmatch(window, -1)
		if len(found) == 0 {
			return raw, false
		}
		last := found[len(found)-1]
		return fmt.Appendf(bytes.Clone(raw), "\ntrailer\n<</Root %s %s R/Size 1>>\n%%%%EOF\n", last[1], last[2]), true
	}
}
