package pdf

import (
	"bytes"
	"encoding/binary"
	"io/fs"
	"slices"
	"strings"
	"testing/fstest"
	"unicode/utf16"
)

// families are the fonts that PDFium looks for on the machine when a document in Chinese,
// Japanese or Korean does not bring its own. The sandbox has no fonts; PDFium then takes
// letters to have no width, and passes over every string of one letter. So there is a font
// of each of these names, in which all letters are the same box: nothing is drawn here.
var families = []string{"WenQuanYi Micro Hei", "AR PL UMing TW Light", "AR PL UMing CN Light", "TakaoPGothic", "TakaoGothic",
	"TakaoPMincho", "TakaoMincho", "UnDotum"}

// fonts is the file system of the sandbox, which has nothing but these fonts.
func fonts() fs.FS {
	files := fstest.MapFS{}
	for _, family := range families {
		files["usr/share/fonts/"+strings.ReplaceAll(family, " ", "")+".ttf"] = &fstest.MapFile{Data: boxFont(family), Mode: 0o444}
	}
	return files
}

// em is the size of a letter in the units of the fonts, and box that of the one glyph.
const em = 1000

var box = struct{ left, bottom, right, top int16 }{50, 0, 950, 800}

// boxFont is a TrueType font (ISO/IEC 14496-22) in which each character of the basic plane
// has the same glyph. It says that it has the letters of the code pages 932, 936, 949 and
// 950 alone, so that it takes no other font's place.
func boxFont(family string) []byte {
	const eastAsian = 1<<17 | 1<<18 | 1<<19 | 1<<20
	glyph := table(int16(1), box.left, box.bottom, box.right, box.top, // one contour
		uint16(3), uint16(0), // its last point, and no instructions
		[]byte{0x01, 0x01, 0x01, 0x01},                   // points on the curve
		box.left, int16(0), box.right-box.left, int16(0), // x, each from the one before
		box.bottom, box.top-box.bottom, int16(0), box.bottom-box.top) // y
	tables := []struct {
		tag  string
		data []byte
	}{
		{"OS/2", table(uint16(4), int16(em), uint16(400), uint16(5), uint16(0), make([]int16, 11), make([]byte, 10), make([]uint32, 4), []byte("NONE"),
			uint16(0x40), uint16(0x20), uint16(0xffff), box.top, int16(-200), int16(0), uint16(box.top), uint16(200),
			uint32(eastAsian), uint32(0), make([]int16, 5))},
		// Format 13 gives all characters of a range one glyph.
		{"cmap", table(uint16(0), uint16(1), uint16(3), uint16(10), uint32(12), uint16(13), uint16(0), uint32(28), uint32(0), uint32(1),
			uint32(' '), uint32(0xffff), uint32(1))},
		{"glyf", slices.Concat(glyph, glyph)},
		{"head", table(uint32(1<<16), uint32(1<<16), uint32(0), uint32(0x5f0f3cf5), uint16(3), uint16(em), uint64(0), uint64(0),
			box.left, box.bottom, box.right, box.top, uint16(0), uint16(8), int16(2), int16(0), int16(0))},
		{"hhea", table(uint32(1<<16), box.top, int16(-200), int16(0), uint16(em), box.left, int16(em)-box.right, box.right, make([]int16, 8), uint16(0), uint16(1))},
		{"hmtx", table(uint16(em), box.left, box.left)},
		{"loca", table(uint16(0), uint16(len(glyph)/2), uint16(len(glyph)))},
		{"maxp", table(uint32(1<<16), uint16(2), uint16(4), uint16(1), uint16(0), uint16(0), uint16(2), make([]uint16, 8))},
		{"name", names(family, "Regular")},
		{"post", table(uint32(3<<16), uint32(0), int16(0), int16(0), make([]uint32, 5))},
	}
	out := table(uint32(1<<16), uint16(len(tables)), uint16(128), uint16(3), uint16(16*len(tables)-128))
	at := len(out) + 16*len(tables)
	var body []byte
	for _, t := range tables {
		out = append(out, t.tag...)
		out = append(out, table(uint32(0), uint32(at+len(body)), uint32(len(t.data)))...) // nobody checks the sums
		body = append(append(body, t.data...), make([]byte, -len(t.data)&3)...)
	}
	return append(out, body...)
}

// names is the table that says what a font is called.
func names(family, style string) []byte {
	wide := func(s string) []byte { return table(utf16.Encode([]rune(s))) }
	f, s := wide(family), wide(style)
	record := func(id, size, at int) []byte {
		return table(uint16(3), uint16(1), uint16(0x409), uint16(id), uint16(size), uint16(at))
	}
	return slices.Concat(table(uint16(0), uint16(2), uint16(6+2*12)), record(1, len(f), 0), record(2, len(s), len(f)), f, s)
}

// table puts numbers together as fonts have them.
func table(values ...any) []byte {
	var out bytes.Buffer
	for _, v := range values {
		if err := binary.Write(&out, binary.BigEndian, v); err != nil {
			panic("pdf: " + err.Error()) // of a type that has no size
		}
	}
	return out.Bytes()
}
