package pdf

import (
	"bytes"
	"iter"
	"regexp"
	"strings"
)

// Fonts may say which letters are in them by names of glyphs alone:
//
//	/Differences [1 /f_f_i /T_h]
//
// By Adobe's rules "f_f_i" is a ligature of three letters. PDFium knows only names of
// single characters and gives the bare number of a glyph, from which nobody reads a word.
// So before it sees the file these names are replaced by others of at most their length:
// by those of the ligatures that are characters, and for others by those of the rare
// characters below, which are turned into the letters afterwards. Names in objects that
// are packed are not reached.
var (
	ligature = regexp.MustCompile(`/[A-Za-z](?:_[A-Za-z])+\b`)
)

// spelledLigatures are the ligatures that have names of their own.
var spelledLigatures = map[string]string{"/f_f": "/ff", "/f_i": "/fi", "/f_l": "/fl", "/f_f_i": "/ffi", "/f_f_l": "/ffl"}

// spare are characters that texts write in two letters, by their names.
var spare = []struct{ name, character string }{
	{"/DZ", "Ǳ"}, {"/Dz", "ǲ"}, {"/dz", "ǳ"}, {"/LJ", "Ǉ"}, {"/Lj", "ǈ"}, {"/lj", "ǉ"}, {"/NJ", "Ǌ"}, {"/Nj", "ǋ"}, {"/nj", "ǌ"},
}

// nameLigatures replaces the names of ligatures in a PDF, and returns what must be replaced
// in its text, or nil.
func nameLigatures(raw []byte) ([]byte, *strings.Replacer) {
	if !bytes.Contains(raw, []byte("/Differences")) {
		return raw, nil
	}
	var letters []string
	names := map[string]string{}
	copied := false
	for place := range differences(raw) {
		for _, at := range ligature.FindAllIndex(raw[place.from:place.to], -1) {
			at[0], at[1] = at[0]+place.from, at[1]+place.from
			name := string(raw[at[0]:at[1]])
			other, ok := spelledLigatures[name]
			if !ok {
				other, ok = names[name]
			}
			if !ok && len(names) < len(spare) {
				s := spare[len(names)]
				other, names[name] = s.name, s.name
				letters = append(letters, s.character, strings.ReplaceAll(name[1:], "_", ""))
			}
			if other == "" {
				continue
			}
			if !copied {
				raw, copied = bytes.Clone(raw), true
			}
			copy(raw[at[0]:at[1]], other+strings.Repeat(" ", len(name)))
		}
	}
	if letters == nil {
		return raw, nil
	}
	return raw, strings.NewReplacer(letters...)
}

// span is a part of a file.
type span struct{ from, to int }

// differences finds the lists of names, which are short.
func differences(raw []byte) iter.Seq[span] {
	const longest = 64 << 10
	return func(yield func(span) bool) {
		for at := 0; ; {
			i := bytes.Index(raw[at:], []byte("/Differences"))
			if i < 0 {
				return
			}
			from := at + i
			end := bytes.IndexByte(raw[from:min(len(raw), from+longest)], ']')
			if at = from + longest; end >= 0 {
				at = from + end
				if !yield(span{from, at}) {
					return
				}
			}
			at = min(at, len(raw))
		}
	}
}
