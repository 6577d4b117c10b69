package topics

import (
	"cmp"
	"fmt"
	"math"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"

	"klew/nmf"
	"klew/vectorize"

	"github.com/james-bowman/sparse"
)

// Guide is what some topics are to be about: the first ones, in this order. A guided topic
// begins with its words and with the documents that have them, and leans to the words by
// pseudo-counts; the topics beyond are free. So it is a prior, as in seeded topic models
// (Jagarlamudi, Daumé & Udupa 2012; Eshima, Imai & Sasaki 2024, keyATM), and no rule: texts
// that speak against it win in the end.
type Guide struct {
	Topics []GuidedTopic `json:"topics"`
	// Strength is the sum of the pseudo-counts of a topic, in units of the tokens that a topic
	// has on average. 0 leaves the guide to the start alone.
	Strength float64 `json:"strength"`
}

// DefaultStrength is a twentieth of a topic's tokens. Of BBC News and its titles, with each
// section named by five words, and of 20 Newsgroups with five of twenty topics guided, it
// leaves the agreement with the sections as it is without pseudo-counts, while keywords begin
// with the guide's; from 0.3 on topics become the guide's words and little else.
const DefaultStrength = 0.05

// GuidedTopic is a topic's name and its words.
type GuidedTopic struct {
	Label string   `json:"label"`
	Words []string `json:"words"`
}

// ParseGuide reads lines such as
//
//	sport: game match cup team
//
// with the label before the colon, and blanks, commas or semicolons between the words. Between
// quotation marks stand the words of a phrase. Empty lines and those that begin with # are passed over.
func ParseGuide(text string) ([]GuidedTopic, error) {
	var all []GuidedTopic
	for n, line := range strings.Split(text, "\n") {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		label, words, found := strings.Cut(line, ":")
		t := GuidedTopic{strings.TrimSpace(label), wordsOfLine(words)}
		switch {
		case !found || t.Label == "" || len(t.Words) == 0:
			return nil, fmt.Errorf("line %d, %q: it should be a label, a colon, and words: sport: game match cup", n+1, line)
		case slices.ContainsFunc(all, func(o GuidedTopic) bool { return o.Label == t.Label }):
			return nil, fmt.Errorf("line %d: there is a topic %q already", n+1, t.Label)
		}
		all = append(all, t)
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("there is no line such as sport: game match cup")
	}
	return all, nil
}

// guideWord is a word of a guide, or a phrase between quotation marks.
var guideWord = regexp.MustCompile(`["“”„][^"“”„]+["“”]|[^\s\pZ,;，；、،"“”„]+`)

func wordsOfLine(line string) []string {
	words := guideWord.FindAllString(line, -1)
	for n, w := range words {
		words[n] = strings.Join(strings.Fields(strings.Trim(w, `"“”„`)), "_") // as phrases are counted
	}
	return slices.DeleteFunc(words, func(w string) bool { return w == "" })
}

// Guided is a guide for one table.
type Guided struct {
	*Guide
	table *vectorize.Table
	rows  [][]int // of each topic's words
	// Unknown are the words that the vocabulary does not hold, by topic.
	Unknown [][]string
}

// For finds the words of a guide in a table that was counted with these options. They are found
// as the texts write them, as stems, or by their own stems.
func (g *Guide) For(table *vectorize.Table, counting vectorize.Options) *Guided {
	d := &Guided{Guide: g, table: table}
	cutter, err := vectorize.NewCutter(table.Vocabulary, counting)
	if err != nil {
		cutter = nil // counts made elsewhere
	}
	for _, t := range g.Topics {
		var rows []int
		var unknown []string
		for n, found := range table.Vocabulary.RowsOf(t.Words) {
			if len(found) == 0 && cutter != nil {
				found = d.rowsOfStem(cutter, t.Words[n])
			}
			if rows = append(rows, found...); len(found) == 0 {
				unknown = append(unknown, t.Words[n])
			}
		}
		slices.Sort(rows)
		d.rows, d.Unknown = append(d.rows, slices.Compact(rows)), append(d.Unknown, unknown)
	}
	return d
}

// rowsOfStem are the rows of a word, or of a phrase, that the texts have in other forms only.
func (d *Guided) rowsOfStem(c *vectorize.Cutter, word string) (rows []int) {
	joints := strings.Count(word, "_")
	for _, row := range c.Rows(strings.ReplaceAll(word, "_", " ")) {
		if row >= 0 && strings.Count(d.table.Vocabulary.Terms[row].Stem, "_") == joints {
			rows = append(rows, int(row))
		}
	}
	if len(rows) > 1 {
		return nil // several words
	}
	return rows
}

// Twins finds fault with two topics whose words are counted as the same terms: nothing tells them apart.
func (d *Guided) Twins() error {
	for k, rows := range d.rows {
		if l := slices.IndexFunc(d.rows[:k], func(o []int) bool { return slices.Equal(o, rows) }); l >= 0 && len(rows) > 0 {
			return fmt.Errorf("the words of %q are counted as those of %q, so that nothing tells the two topics apart: leave out one, or give each words of its own", d.Topics[k].Label, d.Topics[l].Label)
		}
	}
	return nil
}

// Fit returns the matrix to factorise and where to begin, for so many topics: v, the counts
// of the table, with a column more for each guided topic that holds its pseudo-counts and
// belongs to it alone. plain is W of a fit to v without the guide, or nil: topics that are free
// begin with those of plain that are least like the guided ones, or else with noise.
func (d *Guided) Fit(v *sparse.CSC, topics int, seed uint64, plain *nmf.Factor) (*sparse.CSC, *nmf.Start) {
	raw := v.RawMatrix()
	terms, documents := v.Dims()
	mass := 0.0
	for _, x := range raw.Data {
		mass += x
	}
	start := &nmf.Start{W: d.begin(v, topics, seed), OnlyH: map[int]int{}}
	if plain != nil {
		d.free(start.W, plain)
	}
	indptr, index, data := slices.Clone(raw.Indptr), slices.Clone(raw.Ind), slices.Clone(raw.Data)
	for k, rows := range d.rows {
		if d.Strength > 0 && len(rows) > 0 {
			for _, i := range rows {
				index, data = append(index, i), append(data, d.Strength*mass/float64(topics*len(rows)))
			}
			start.OnlyH[documents] = k
			indptr = append(indptr, len(index))
			documents++
		}
	}
	return sparse.NewCSC(terms, documents, indptr, index, data), start
}

// begin makes W. Half of a guided topic is the documents that have its words, each by its
// part of all guides' words there; a quarter is the words themselves, and a quarter the
// corpus. A free topic is the corpus with noise.
func (d *Guided) begin(v *sparse.CSC, topics int, seed uint64) *nmf.Factor {
	shares, noise := d.table.Vocabulary.Shares(), rand.New(rand.NewPCG(seed, 0x6775696465))
	w := nmf.NewW(len(shares), topics, make([]float32, len(shares)*topics))
	columns := d.documents(v)
	for i, share := range shares {
		for k := range topics {
			switch {
			case k < len(d.rows) && len(d.rows[k]) > 0:
				w.Item(i)[k] = float32(columns[k][i]/2 + share/4)
			default:
				w.Item(i)[k] = float32(2 * share * (1 - noise.Float64()))
			}
		}
	}
	for k, rows := range d.rows {
		for _, i := range rows {
			w.Item(i)[k] += float32(0.25 / float64(len(rows)))
		}
	}
	return w
}

// Free is how many of so many topics are about no words of the guide.
func (d *Guided) Free(topics int) int {
	for k := range d.rows {
		if d.Known(k) {
			topics--
		}
	}
	return topics
}

// free begins the free topics with those of plain that are not matched with a guided one. A tenth of
// each stays the corpus with noise, so that no word is impossible.
func (d *Guided) free(w, plain *nmf.Factor) {
	const whole = 0.1
	var known, free []int
	for k := range w.Topics() {
		if k < len(d.rows) && d.Known(k) {
			known = append(known, k)
		} else {
			free = append(free, k)
		}
	}
	taken, _ := nmf.Match(columnsOf(w, known), plain, 0)
	sums, next := plain.Sums(), 0
	for _, k := range free {
		for slices.Contains(taken, next) {
			next++
		}
		for i := range w.Items() {
			if sums[next] > 0 {
				w.Item(i)[k] = whole*w.Item(i)[k] + float32((1-whole)*float64(plain.Item(i)[next])/sums[next])
			}
		}
		next++
	}
}

// columnsOf is W of some topics.
func columnsOf(w *nmf.Factor, topics []int) *nmf.Factor {
	some := nmf.NewW(w.Items(), len(topics), make([]float32, w.Items()*len(topics)))
	for i := range w.Items() {
		for n, k := range topics {
			some.Item(i)[n] = w.Item(i)[k]
		}
	}
	return some
}

// documents are the words of the documents that have those of each topic, summing to 1.
func (d *Guided) documents(v *sparse.CSC) [][]float64 {
	raw := v.RawMatrix()
	of, columns := map[int][]int{}, make([][]float64, len(d.rows)) // topics by row
	for k, rows := range d.rows {
		columns[k] = make([]float64, len(d.table.Vocabulary.Terms))
		for _, i := range rows {
			of[i] = append(of[i], k)
		}
	}
	for j := range len(raw.Indptr) - 1 {
		parts, all := make([]float64, len(d.rows)), 0.0
		entries := raw.Ind[raw.Indptr[j]:raw.Indptr[j+1]]
		for e, i := range entries {
			for _, k := range of[i] {
				parts[k] += raw.Data[raw.Indptr[j]+e]
				all += raw.Data[raw.Indptr[j]+e]
			}
		}
		for k, part := range parts {
			if part > 0 {
				for e, i := range entries {
					columns[k][i] += part / all * raw.Data[raw.Indptr[j]+e]
				}
			}
		}
	}
	for _, c := range columns {
		Proportions(c)
	}
	return columns
}

// Model makes a model of what was fitted: guided topics have the first numbers, and the labels of
// those with known words are in the journal; the others follow by falling share. v is the matrix that Fit made.
func (d *Guided) Model(v *sparse.CSC, result *nmf.Result, origin Origin) *Model {
	result.Divergence -= DivergenceFrom(v, result.W, result.H, len(d.table.Documents)) // of the pseudo-counts
	result.H = result.H.First(len(d.table.Documents))
	origin.Guide = d.Guide
	m := InOrder(d.table, result, origin)
	order, mass := make([]int, m.Topics()), m.H.Sums()
	for k := range order {
		order[k] = k
	}
	slices.SortStableFunc(order[len(d.rows):], func(a, b int) int { return cmp.Compare(mass[b], mass[a]) })
	m.Renumber(order)
	for k, t := range d.Topics {
		if !d.Known(k) {
			continue // it may be about anything
		}
		m.Journal = append(m.Journal, Edit{Verb: RenameTopic, Topic: k, Text: t.Label}.String())
	}
	return m
}

// Known says of a guided topic whether the vocabulary has any of its words.
func (d *Guided) Known(topic int) bool { return len(d.rows[topic]) > 0 }

// AnyKnown says whether the vocabulary has a word of any topic.
func (d *Guided) AnyKnown() bool {
	return slices.ContainsFunc(d.rows, func(rows []int) bool { return len(rows) > 0 })
}

// Own is the part of each guided topic of a model that its words are. Above a half it says little
// that the guide did not.
func (d *Guided) Own(m *Model) []float64 {
	own := make([]float64, len(d.rows))
	for k, rows := range d.rows {
		for _, i := range rows {
			own[k] += float64(m.W.Item(i)[k])
		}
	}
	return own
}

// Taken says of each guided topic of a model which part of the tokens of its words, in all
// topics, it has; 0 for one without known words. Below a half the topic has not become what
// it was to be.
func (d *Guided) Taken(m *Model) []float64 {
	taken, mass := make([]float64, len(d.rows)), m.H.Sums()
	for k, rows := range d.rows {
		all := 0.0
		for _, i := range rows {
			for l, x := range m.W.Item(i) {
				all += float64(x) * mass[l]
			}
			taken[k] += float64(m.W.Item(i)[k]) * mass[k]
		}
		if all > 0 {
			taken[k] /= all
		}
	}
	return taken
}

// Leading says of each guided topic of a model whether any of its words is among its first keywords,
// by the tokens of the texts alone: the counts by which a topic leans to its words put them first in
// any case. If none is, its texts are about something else. v is the matrix of the texts, those of the
// background behind the model's own, which alone are looked at.
func (d *Guided) Leading(m *Model, v *sparse.CSC, keywords int) []bool {
	leading, marginal, w := make([]bool, len(d.rows)), m.Marginals(), d.counted(m, v)
	for k, rows := range d.rows {
		for _, i := range TopTerms(w, marginal, k, keywords) {
			leading[k] = leading[k] || slices.Contains(rows, int(i))
		}
	}
	return leading
}

// counted is W of the guided topics by the tokens of the texts alone.
func (d *Guided) counted(m *Model, v *sparse.CSC) *nmf.Factor {
	raw, guided := v.RawMatrix(), len(d.rows)
	w := nmf.NewW(m.W.Items(), guided, make([]float32, m.W.Items()*guided))
	for j := range m.H.Items() {
		h := m.H.Item(j)
		for e := raw.Indptr[j]; e < raw.Indptr[j+1]; e++ {
			of, y := m.W.Item(raw.Ind[e]), 0.0
			for k, x := range of {
				y += float64(x) * float64(h[k])
			}
			to := w.Item(raw.Ind[e])
			for k := range guided {
				to[k] += float32(raw.Data[e] * float64(of[k]) * float64(h[k]) / max(y, math.SmallestNonzeroFloat64))
			}
		}
	}
	w.Normalize()
	return w
}

// Guided says whether a topic of the guide had words that are counted: it has the label of the guide.
func (m *Model) Guided(topic int) bool {
	return slices.Contains(m.Journal, Edit{Verb: RenameTopic, Topic: topic, Text: m.Origin.Guide.Topics[topic].Label}.String())
}

// Corrections is the journal without the labels that came of a guide.
func (m *Model) Corrections() []string {
	own := m.Journal
	if m.Origin.Guide == nil {
		return own
	}
	for k, t := range m.Origin.Guide.Topics {
		if label := (Edit{Verb: RenameTopic, Topic: k, Text: t.Label}).String(); len(own) > 0 && own[0] == label {
			own = own[1:]
		}
	}
	return own
}
