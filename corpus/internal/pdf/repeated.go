package pdf

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode"

	"klew/corpus/internal/extract"
)

// A page is its lines, from the first to the last as they are read.
type page struct {
	lines []printed
	usual float64 // the step from one line to the next
}

const (
	// edge is how many heights at the top and at the foot of a page may have running heads.
	edge = 3
	// sameHeight is how far apart the running heads of two pages may be, in points.
	sameHeight = 6
	// onPages is the number of pages, one behind the other or with one between, on which a
	// line must stand to be one that repeats: on left or right pages only, in a short chapter.
	onPages = 3
)

// place is a line that may be a running head or a page number.
type place struct{ page, line int }

// dropRepeated takes running heads, feet and page numbers out of pages, and says which. A
// line with words stays where it comes for the first time: it may be the title.
func dropRepeated(pages []page) (leftOut string) {
	places := map[string][]place{}
	var keys []string // in the order in which they come
	for p := range pages {
		for _, l := range atEdges(pages[p].lines) {
			key := pattern(pages[p].lines[l].text)
			if key == "" {
				continue
			}
			if places[key] == nil {
				keys = append(keys, key)
			}
			places[key] = append(places[key], place{p, l})
		}
	}
	var said []string
	numbers, dropped := false, 0
	for _, key := range keys {
		gone := repeats(pages, places[key], key)
		for _, at := range gone {
			pages[at.page].lines[at.line].gone = true
		}
		switch {
		case len(gone) == 0:
		case isNumber(key):
			numbers = true
		default:
			dropped++
			if text := extract.Tidy(pages[gone[0].page].lines[gone[0].line].text); len(said) < 3 && strings.ContainsFunc(text, unicode.IsLetter) {
				said = append(said, fmt.Sprintf("%q", text))
			}
		}
	}
	if dropped > len(said) {
		said = append(said, fmt.Sprintf("%d other lines", dropped-len(said)))
	}
	if numbers {
		said = append(said, "page numbers")
	}
	return strings.Join(said, ", ")
}

// atEdges lists the lines near the top and the foot of a page, by number.
func atEdges(lines []printed) (near []int) {
	var heights []float64
	for _, l := range lines {
		if !math.IsNaN(l.height) && strings.TrimSpace(l.text) != "" {
			heights = append(heights, l.height)
		}
	}
	slices.Sort(heights)
	heights = slices.CompactFunc(heights, func(a, b float64) bool { return math.Abs(a-b) < 2 })
	if len(heights) == 0 {
		return nil
	}
	low, high := heights[min(edge, len(heights))-1]+1, heights[max(0, len(heights)-edge)]-1
	for i, l := range lines {
		if l.height <= low || l.height >= high {
			near = append(near, i)
		}
	}
	return near
}

// pattern is a line without what changes from page to page. Numbers, also Roman ones that
// stand alone, are the sign #.
func pattern(line string) string {
	const longest = 200
	words := strings.Fields(strings.ToLower(line))
	if len(line) > longest || len(words) == 0 {
		return ""
	}
	if len(words) == 1 && strings.Trim(words[0], "ivxlc") == "" {
		return "#"
	}
	var out strings.Builder
	for _, r := range strings.Join(words, " ") {
		if !unicode.IsDigit(r) {
			out.WriteRune(r)
		} else if !strings.HasSuffix(out.String(), "#") {
			out.WriteByte('#')
		}
	}
	return out.String()
}

// isNumber is true of patterns that are page numbers: "#", "- # -", "page # of #".
func isNumber(key string) bool {
	if !strings.Contains(key, "#") {
		return false
	}
	for _, word := range strings.FieldsFunc(key, func(r rune) bool { return !unicode.IsLetter(r) }) {
		switch word {
		case "page", "of", "p", "pg", "seite", "von", "de", "sur", "pagina", "página", "di", "van", "sida", "side", "av", "strona", "z", "страница", "из", "стр":
		default:
			return false
		}
	}
	return true
}

// repeats chooses, of the places of one pattern, those that are to go: all that are as high
// as most, if they are on enough pages near each other. Page numbers may be on two pages,
// if they are on every page and count.
func repeats(pages []page, all []place, key string) (gone []place) {
	height := func(at place) float64 { return pages[at.page].lines[at.line].height }
	heights := make([]float64, len(all))
	for i, at := range all {
		heights[i] = height(at)
	}
	slices.Sort(heights)
	median := heights[len(heights)/2]
	for _, at := range all {
		if math.Abs(height(at)-median) <= sameHeight {
			gone = append(gone, at)
		}
	}
	if isNumber(key) {
		if longestRun(gone) >= onPages || len(pages) >= 2 && longestRun(gone) == len(pages) {
			return gone
		}
		return nil
	}
	if longestRun(gone) < onPages {
		return nil
	}
	return gone[1:]
}

// longestRun is the number of pages, each at most two behind the one before, in the longest
// such row.
func longestRun(all []place) (longest int) {
	run, last := 0, -10
	for _, at := range all {
		switch {
		case at.page == last:
			continue
		case at.page-last <= 2:
			run++
		default:
			run = 1
		}
		last, longest = at.page, max(longest, run)
	}
	return longest
}
