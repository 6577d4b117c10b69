package browser

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// compareTrends: points and intervals lie where klew trends has them, and layers are as thick.
func (b *tab) compareTrends(k *cli) {
	b.Helper()
	for _, by := range []string{"year", "quarter", "month", "week"} {
		rows := k.table("trends", "m.klew", "--by", by)
		b.visit("#/trends?by=" + by + "&order=number")
		var want []string
		var values, ends []float64
		for _, row := range rows {
			documents := row.text("documents") + " documents"
			if documents == "1 documents" {
				documents = "1 document"
			}
			want = append(want, fmt.Sprintf("%s: %s of %s", row.text("period"), percent(row.number("share")), documents))
			values, ends = append(values, row.number("share")), append(ends, row.number("low"), row.number("high"))
		}
		b.same("Trends by "+by, b.texts(".card circle title"), want)
		heights := b.heights(".card circle")
		b.straight("Trends by "+by, values, heights)
		if by == "week" { // most have no document, and pictures have gaps
			continue
		}
		b.compareBands(by, append(values, ends...), heights, len(rows)/len(b.texts(".card")))
		b.compareStack(by, rows)
	}
}

var points = regexp.MustCompile(`([\d.]+),([\d.]+)`)

// path are the heights of the points of a path.
func path(d string) (heights []float64) {
	for _, point := range points.FindAllStringSubmatch(d, -1) {
		y, _ := strconv.ParseFloat(point[2], 64)
		heights = append(heights, y)
	}
	return heights
}

func (b *tab) paths(selector string) []string {
	b.Helper()
	return eval[[]string](b, fmt.Sprintf(`[...document.querySelectorAll(%q)].map(e => e.getAttribute('d'))`, selector))
}

// compareBands: the upper ends of an interval come first, then the lower ones from the last to
// the first. Values are shares, and then low and high of each.
func (b *tab) compareBands(by string, values, heights []float64, periods int) {
	b.Helper()
	bands := b.paths(".card path.band")
	if len(bands)*periods*2 != len(values)-len(heights) {
		b.Errorf("Trends by %s: %d bands of %d periods for %d ends", by, len(bands), periods, len(values)-len(heights))
		return
	}
	for _, band := range bands {
		y := path(band)
		for n := range periods {
			heights = append(heights, y[2*periods-1-n], y[n])
		}
	}
	b.straight("intervals by "+by, values, heights)
}

// compareStack: a layer is as thick as its topic's share, and one of a group as the shares of its
// topics together.
func (b *tab) compareStack(by string, rows []object) {
	b.Helper()
	shares := map[string][]float64{}
	for _, row := range rows {
		shares[row.text("topic")] = append(shares[row.text("topic")], row.number("share"))
	}
	b.visit("#/trends?as=stacked&order=number&by=" + by)
	topics := b.texts("main svg path.layer title")
	for i, d := range b.paths("main svg path.layer") {
		number := strings.Fields(topics[i])[0]
		b.thick(by+", topic "+number, d, shares[number])
	}
	members := eval[[][]string](b, `(() => { const s = document.querySelector('.tools select'); s.value = 'tree'; s.dispatchEvent(new Event('change'));
		const all = []; for (const e of document.querySelectorAll('ol.topics li')) e.matches('.group') ? all.push([]) : all.at(-1).push(e.querySelector('.chip').textContent);
		s.value = 'number'; s.dispatchEvent(new Event('change')); return all; })()`)
	b.visit("#/trends?as=stacked&layers=groups&by=" + by)
	for i, d := range b.paths("main svg path.layer") {
		sum := make([]float64, len(shares[members[i][0]]))
		for _, number := range members[i] {
			for n, x := range shares[number] {
				sum[n] += x
			}
		}
		b.thick(fmt.Sprintf("%s, group %d", by, i+1), d, sum)
	}
}

// thick fails unless a layer is as thick as shares, to a fifth of a pixel, by the lines of 0 and
// 100 %.
func (b *tab) thick(what, d string, shares []float64) {
	b.Helper()
	lines := eval[[]float64](b, `[...document.querySelectorAll('main svg line.grid')].map(e => Number(e.getAttribute('y1')))`)
	room := slices.Max(lines) - slices.Min(lines)
	y := path(d)
	if len(y) != 2*len(shares) {
		b.Errorf("%s: %d points for %d periods", what, len(y), len(shares))
		return
	}
	for n, share := range shares {
		if got := y[len(y)-1-n] - y[n]; math.Abs(got-share*room) > 0.2 {
			b.Errorf("%s, period %d: %v pixels thick, want %v", what, n, got, share*room)
			return
		}
	}
}

// compareMap: the caption's part of the nearest topics that are nearest on the map is found anew
// from where the discs are and the distances of klew tree --pairs; areas are shares of klew topics.
func (b *tab) compareMap(k *cli) {
	b.Helper()
	b.visit("#/map")
	discs := eval[[][]float64](b, `[...document.querySelectorAll('circle.disc')].map(e => ['cx', 'cy', 'r'].map(n => Number(e.getAttribute(n))))`)
	rows := k.table("topics", "m.klew")
	place, words := map[string]int{}, make([][]float64, len(rows))
	var titles []string
	for i, row := range rows {
		place[row.text("topic")], words[i] = i, make([]float64, len(rows))
		titles = append(titles, fmt.Sprintf("%s %s, %s", row.text("topic"), row.text("label"), percent(row.number("share"))))
	}
	b.same("Map", b.texts("main svg a title"), titles)
	for _, row := range k.table("tree", "m.klew", "--pairs") {
		i, j := place[row.text("topic")], place[row.text("other")]
		words[i][j], words[j][i] = row.number("distance"), row.number("distance")
	}
	const of = 5
	kept := 0
	for i := range discs {
		far := make([]float64, len(discs))
		for j := range discs {
			far[j] = math.Hypot(discs[i][0]-discs[j][0], discs[i][1]-discs[j][1])
			if area, want := discs[i][2]*discs[i][2]/(discs[j][2]*discs[j][2]), rows[i].number("share")/rows[j].number("share"); math.Abs(area/want-1) > 0.001 {
				b.Errorf("Map: topics %d and %d have areas as %v, and shares as %v", i+1, j+1, area, want)
			}
			if j != i && far[j] < discs[i][2]+discs[j][2]-0.01 {
				b.Errorf("Map: topics %d and %d lie upon each other", i+1, j+1)
			}
		}
		near := nearest(far, i, of)
		for _, j := range nearest(words[i], i, of) {
			if slices.Contains(near, j) {
				kept++
			}
		}
	}
	want := fmt.Sprintf("Of the %d topics nearest to each, %.0f %% are among its %d nearest here", of, math.Round(100*float64(kept)/float64(of*len(discs))), of)
	if lead := b.texts("main .lead")[0]; !strings.Contains(lead, want) {
		b.Errorf("Map: %q does not say %q", lead, want)
	}
	for _, row := range rows {
		b.compareDetail(k, row)
	}
}

// compareDetail: beside the map stands what klew topic says of the topic in focus.
func (b *tab) compareDetail(k *cli, row object) {
	b.Helper()
	eval[bool](b, fmt.Sprintf(`(document.querySelector('main svg a[href="#/topic/%s"]').dispatchEvent(new Event('focus')), true)`, row.text("topic")))
	want := []string{row.text("topic") + row.text("label"), strings.Join(row.texts("keywords"), " "), percent(row.number("share")) + " of the corpus"}
	for i, near := range k.sheetOf(row.text("topic")).rows("nearest") {
		if i < 5 {
			want = append(want, near.text("neighbour")+near.text("label"))
		}
	}
	b.same("Map, topic "+row.text("topic"), b.texts("aside h2 a, aside p, aside li"), want)
}

// nearest are the places with the least distances, but for one's own.
func nearest(distances []float64, own, n int) []int {
	var all []int
	for j := range distances {
		if j != own {
			all = append(all, j)
		}
	}
	slices.SortStableFunc(all, func(a, b int) int {
		switch {
		case distances[a] < distances[b]:
			return -1
		case distances[a] > distances[b]:
			return 1
		}
		return 0
	})
	return all[:min(n, len(all))]
}
