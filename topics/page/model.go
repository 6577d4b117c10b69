package page

import (
	"context"
	"encoding/json"
	"math"

	"gonum.org/v1/gonum/mat"
	"klew/topics"
	"klew/topics/comparison"
	"klew/topics/relations"
	"klew/topics/tables"
)

// modelBlock is what a page shows first, and all that is not by term or document.
type modelBlock struct {
	Name    string `json:"name"`
	Program string `json:"program"`
	// Checksum is that of the topics as fitted: what a browser keeps for a page is by it, so that
	// another model of the same name has nothing of this one, and an edited one has what it had.
	Checksum string `json:"checksum"`
	// Topics is the table of klew topics --details, and Sheets are klew topic of each.
	Topics json.RawMessage   `json:"topics"`
	Sheets []json.RawMessage `json:"sheets"`
	// Places says for each topic which documents are typical, and Rows which terms the
	// keywords of its sheet are.
	Places [][]int `json:"places"`
	Rows   [][]int `json:"rows"`
	// Fold says for each topic as fitted which one it is part of, -1 if none; empty if the
	// model has not been edited.
	Fold []int `json:"fold,omitempty"`
	// Info is klew info.
	Info json.RawMessage `json:"info"`
	Tree treeBlock       `json:"tree"`
	Map  mapBlock        `json:"map"`
	// Trends are klew trends by each period that says something.
	Trends []trendBlock `json:"trends"`
	// Older is klew compare of another model and this one; nil without.
	Older *olderBlock `json:"older,omitempty"`
	// Measures are klew evaluate, and Sweep is klew sweep; nil without.
	Measures *measuresBlock `json:"measures,omitempty"`
	Sweep    *Sweep         `json:"sweep,omitempty"`
	// Mass is the sum of each topic's weights in all documents, if the page lists a part of them.
	Mass   []number   `json:"mass,omitempty"`
	Counts bool       `json:"counts"` // whether V holds counts
	Terms  int        `json:"terms"`
	Texts  textsBlock `json:"texts"`
}

// olderBlock is what became of the topics of an older model.
type olderBlock struct {
	Name string          `json:"name"`
	Rows json.RawMessage `json:"rows"`
}

// treeBlock is the tree of klew tree: merges, and the order of topics.
type treeBlock struct {
	A        []int    `json:"a"`
	B        []int    `json:"b"`
	Distance []number `json:"distance"`
	Order    []int    `json:"order"`
	// Rows are klew tree, but for the groups, which the page cuts itself.
	Rows json.RawMessage `json:"rows"`
}

// textsBlock says what texts there are.
type textsBlock struct {
	Mode TextMode `json:"mode"`
	Why  string   `json:"why"`
	// Chunks are the documents of each block, as runs: the first of one, and how many follow.
	Chunks [][]int `json:"chunks"`
	Whole  int     `json:"whole"`
	Brief  int     `json:"brief"`
}

// trendBlock is the shares of topics in the groups of one period.
type trendBlock struct {
	By        string     `json:"by"`
	Names     []string   `json:"names"`
	At        []int      `json:"at"`
	Documents []int      `json:"documents"`
	Shares    [][]number `json:"shares"` // by group
	Low       [][]number `json:"low"`
	High      [][]number `json:"high"`
	Without   int        `json:"without"`
}

// mapBlock is where topics lie on the map.
type mapBlock struct {
	X []number `json:"x"`
	Y []number `json:"y"`
	R []number `json:"r"`
	// Kept is the part of the nearest topics that are among the nearest on the map, and Of how
	// many nearest ones were looked at.
	Kept number `json:"kept"`
	Of   int    `json:"of"`
}

func (p *Page) modelJSON(ctx context.Context, g *gatherer, chosen *texts) ([]byte, error) {
	m := p.Model
	if p.trends == nil {
		p.Keep(nil)
	}
	b := modelBlock{
		Name: p.Name, Program: m.Origin.Program, Checksum: checksum(m), Places: p.places(g.typical), Counts: m.Origin.Counting.Weighting == "count",
		Terms: len(m.Vocabulary.Terms), Trends: p.trends(), Sweep: p.Sweep,
		Texts: textsBlock{chosen.mode, p.Why, runs(chosen.chunks), chosen.whole, chosen.brief},
	}
	if p.held != nil {
		b.Mass = numbers(m.H.Sums())
	}
	if m.Fitted() != m {
		b.Fold = fold(m)
	}
	var err error
	if b.Topics, err = tableJSON(tables.Topics(m, tables.TopicOptions{Details: true, Typical: p.Typical})); err != nil {
		return nil, err
	}
	info := tables.ModelInfo(m)
	if b.Info, err = sheetJSON(&info); err != nil {
		return nil, err
	}
	if err := p.sheets(g, &b); err != nil {
		return nil, err
	}
	if err := p.relate(&b); err != nil {
		return nil, err
	}
	if err := p.compare(ctx, &b); err != nil {
		return nil, err
	}
	if err := p.measure(&b); err != nil {
		return nil, err
	}
	return asJSON(b), nil
}

// runs writes lists of numbers as runs of those that follow each other.
func runs(lists [][]int) [][]int {
	var all [][]int
	for _, list := range lists {
		run := []int{}
		for i, x := range list {
			if i > 0 && x == list[i-1]+1 {
				run[len(run)-1]++
			} else {
				run = append(run, x, 1)
			}
		}
		all = append(all, run)
	}
	return all
}

// compare fills in what became of the topics of the older model.
func (p *Page) compare(ctx context.Context, b *modelBlock) error {
	if p.Older == nil {
		return nil
	}
	c, err := comparison.Compare(ctx, p.Older, p.Model, 0)
	if err != nil {
		return err
	}
	b.Older = &olderBlock{Name: p.OlderName}
	b.Older.Rows, err = tableJSON(tables.Comparison(p.Older, p.Model, c, tables.KeywordsShown))
	return err
}

// sheets fills in what there is to say of each topic.
func (p *Page) sheets(g *gatherer, b *modelBlock) error {
	ranker, overall := topics.NewRanker(p.Model), tables.NewOverall(p.Model)
	for k := range p.Model.Topics() {
		x := tables.TopicSheet{
			Overall: overall, Topic: k, Words: p.Words, Weight: weightOf, Typical: g.typical[k], Quotes: g.quotes[k], Neighbours: p.Neighbours,
		}
		s := x.Sheet()
		sheet, err := sheetJSON(&s)
		if err != nil {
			return err
		}
		b.Sheets = append(b.Sheets, sheet)
		rows := []int{}
		for _, by := range topics.Rankings {
			for _, w := range ranker.Top(k, p.Words, by, weightOf(by)) {
				rows = append(rows, w.Row)
			}
		}
		b.Rows = append(b.Rows, rows)
	}
	return nil
}

// weightOf is λ or ω as the commands have it if nothing is said.
func weightOf(by topics.Ranking) float64 {
	if by == topics.FREX {
		return topics.DefaultOmega
	}
	return topics.DefaultLambda
}

// fold finds the topic of each topic as fitted.
func fold(m *topics.Model) []int {
	k := m.Fitted().Topics()
	to := make([]int, k)
	for f := range k {
		unit := make([]float64, k)
		unit[f] = 1
		to[f] = -1
		for t, x := range m.Folded(unit) {
			if x > 0 {
				to[f] = t
			}
		}
	}
	return to
}

// relate fills in the tree and the map.
func (p *Page) relate(b *modelBlock) error {
	distances := relations.Distances(p.Model)
	tree, err := relations.NewTree(distances, relations.Ward)
	if err != nil {
		return err
	}
	b.Tree.Order = tree.Order()
	for _, merge := range tree.Merges {
		b.Tree.A, b.Tree.B = append(b.Tree.A, merge.A), append(b.Tree.B, merge.B)
		b.Tree.Distance = append(b.Tree.Distance, number(merge.Distance))
	}
	b.Map = mapOf(p.Model, distances)
	rows := tables.Groups(p.Model, tree, tree.Cut(1), p.Model.Correlations(), wordsInTree)
	b.Tree.Rows, err = tableJSON(rows)
	return err
}

// wordsInTree is how many keywords klew tree prints of a topic.
const wordsInTree = 6

// mapOf draws topics as discs of the areas of their shares, which are a sixth of the map
// together, and do not overlap. Lengths are in thousandths of the map's width.
func mapOf(m *topics.Model, distances *mat.SymDense) mapBlock {
	points, shares := relations.Embed(distances), m.Shares()
	low, high := relations.Point{}, relations.Point{}
	for i, at := range points {
		if i == 0 {
			low, high = at, at
		}
		low = relations.Point{X: min(low.X, at.X), Y: min(low.Y, at.Y)}
		high = relations.Point{X: max(high.X, at.X), Y: max(high.Y, at.Y)}
	}
	scale := 1000 / max(high.X-low.X, high.Y-low.Y, 1e-9)
	radii := make([]float64, len(points))
	for i := range points {
		points[i] = relations.Point{X: (points[i].X - low.X) * scale, Y: (points[i].Y - low.Y) * scale}
		radii[i] = max(4, 1000*math.Sqrt(shares[i]/6/math.Pi))
	}
	relations.Apart(points, radii)
	b := mapBlock{Of: min(nearestOnMap, len(points)-1), Kept: number(relations.Kept(distances, points, nearestOnMap)), R: numbers(radii)}
	for _, at := range points {
		b.X, b.Y = append(b.X, number(at.X)), append(b.Y, number(at.Y))
	}
	return b
}

// nearestOnMap is how many neighbours of a topic the map is judged by.
const nearestOnMap = 5

// mostGroups is how many groups a picture of a trend can show.
const mostGroups = 400

// trendBlocks are the trends by each period into which the dates of documents fall, if that
// makes several groups, and not too many.
func trendBlocks(m *topics.Model) []trendBlock {
	all := []trendBlock{}
	for _, period := range topics.Periods() {
		groups, undated, vague := m.ByPeriod(period)
		if len(groups) < 2 || len(groups) > mostGroups {
			continue
		}
		b := trendBlock{By: string(period), Without: undated + vague}
		for _, t := range m.DocumentTopics.Trends(groups, topics.Bootstrap{Resamples: topics.DefaultResamples, Level: topics.DefaultLevel, Seed: 1}) {
			b.Names, b.At, b.Documents = append(b.Names, t.Name), append(b.At, t.At), append(b.Documents, len(t.Members))
			b.Shares, b.Low, b.High = append(b.Shares, numbers(t.Shares)), append(b.Low, numbers(t.Low)), append(b.High, numbers(t.High))
		}
		all = append(all, b)
	}
	return all
}
