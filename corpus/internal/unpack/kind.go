package unpack

import (
	"bytes"
	"path"
	"slices"
	"strings"
)

// HeadSize is the number of first bytes by which a container is known: the block of a
// tar. Of the others, 4 suffice.
const HeadSize = 512

// kind is what a container is.
type kind string

const (
	none     kind = ""
	gzipKind kind = "gzip"
	zstdKind kind = "zstd"
	zipKind  kind = "zip"
	tarKind  kind = "tar"
)

// Is reports whether a file is a container, by its first HeadSize bytes, or all it has.
func Is(head []byte, name string) bool { return kindOf(head, name) != none }

func kindOf(head []byte, name string) kind {
	switch {
	case len(head) == 0:
		return byName(name)
	case bytes.HasPrefix(head, []byte("\x1f\x8b\x08")):
		return gzipKind
	case bytes.HasPrefix(head, []byte("\x28\xb5\x2f\xfd")) || isSkippable(head):
		return zstdKind
	case bytes.HasPrefix(head, []byte("PK\x03\x04")) || bytes.HasPrefix(head, []byte("PK\x05\x06")):
		return zipKind
	case isTar(head, name):
		return tarKind
	}
	return none
}

// isSkippable is true of the frame that pzstd and others write in front: any of sixteen
// numbers.
func isSkippable(head []byte) bool {
	return len(head) >= 8 && head[0]&0xf0 == 0x50 && bytes.Equal(head[1:4], []byte("\x2a\x4d\x18"))
}

// isTar tells the header of a tar by its checksum, which all kinds of tar have, also
// those from before "ustar". A tar without files is all zeros, and needs its name.
func isTar(head []byte, name string) bool {
	if len(head) < HeadSize {
		return false
	}
	head = head[:HeadSize]
	if head[0] == 0 {
		return byName(name) == tarKind && bytes.Count(head, []byte{0}) == HeadSize
	}
	told, digits := 0, 0
	for _, b := range head[148:156] {
		switch {
		case '0' <= b && b <= '7':
			told, digits = told*8+int(b-'0'), digits+1
		case b != ' ' && b != 0:
			return false
		}
	}
	return digits > 0 && told == checksum(head)
}

// checksum is that of a tar's header: its own eight bytes count as blanks.
func checksum(head []byte) int {
	sum := 8 * int(' ')
	for i, b := range head {
		if i < 148 || i >= 156 {
			sum += int(b)
		}
	}
	return sum
}

// endings are those of the names of packed files, with what remains of the name. They
// decide where there is no content to decide.
var endings = []struct {
	ending string
	kind   kind
	rest   string
}{
	{".tgz", gzipKind, ".tar"}, {".gz", gzipKind, ""},
	{".tzst", zstdKind, ".tar"}, {".zst", zstdKind, ""},
	{".zip", zipKind, ""}, {".tar", tarKind, ""},
}

func byName(name string) kind {
	for _, e := range endings {
		if hasEnding(name, e.ending) {
			return e.kind
		}
	}
	return none
}

// inner is the name of what is inside a compressed file, so far as it can be told:
// a.txt for a.txt.gz.
func inner(name string) string {
	for _, e := range endings {
		if (e.kind == gzipKind || e.kind == zstdKind) && hasEnding(name, e.ending) {
			return name[:len(name)-len(e.ending)] + e.rest
		}
	}
	return name
}

func hasEnding(name, ending string) bool {
	return len(name) > len(ending) && strings.EqualFold(name[len(name)-len(ending):], ending)
}

// clean makes a path inside an archive of what the archive says: with slashes, valid
// UTF-8, and without a way out of it.
func clean(name string) string {
	name = strings.ToValidUTF8(strings.ReplaceAll(name, `\`, "/"), "\uFFFD")
	name = strings.TrimPrefix(path.Clean("/"+name), "/")
	if name == "" {
		return "unnamed"
	}
	return name
}

// hiddenPart is a path up to its first hidden part, or empty if none is.
func hiddenPart(name string) string {
	parts := strings.Split(name, "/")
	at := slices.IndexFunc(parts, func(p string) bool { return strings.HasPrefix(p, ".") || p == "__MACOSX" })
	return strings.Join(parts[:at+1], "/")
}
