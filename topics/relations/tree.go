package relations

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"klew/corpus/spelling"

	"gonum.org/v1/gonum/mat"
)

// Linkage is how the distance of two groups follows from those of their members.
type Linkage string

const (
	// Average is the mean distance of their members, one of each (UPGMA, Sokal & Michener
	// 1958).
	Average Linkage = "average"
	// Ward is how much joining them adds to the squared distances from the middles of
	// groups (Ward 1963), which makes groups of about one size.
	Ward Linkage = "ward"
)

// Linkages lists every Linkage.
func Linkages() []Linkage { return []Linkage{Average, Ward} }

// Merge joins two groups. A and B below k are topics; k + i is what merge i made.
type Merge struct {
	A, B     int // A < B
	Distance float64
	Size     int // topics in the new group
}

// Tree is how k topics are joined until all are one group: k − 1 merges of rising
// distance, as SciPy's linkage numbers them.
type Tree struct {
	Topics int
	Merges []Merge
}

// NewTree joins what has the given distances. Of pairs at the same distance the one with
// the lower numbers comes first. It takes time of k² (Murtagh & Contreras 2012, the
// nearest-neighbour chain).
func NewTree(distances *mat.SymDense, by Linkage) (*Tree, error) {
	if err := spelling.OneOf(by, Linkages()); err != nil {
		return nil, fmt.Errorf("linkage %w", err)
	}
	k := distances.SymmetricDim()
	c := &chain{distances: mat.NewSymDense(k, nil), size: make([]int, k), by: by}
	c.distances.CopySym(distances)
	for a := range c.size {
		c.size[a] = 1
	}
	for range k - 1 {
		c.join()
	}
	return &Tree{k, numbered(c.merges, k)}, nil
}

// chain is groups that follow each other, each the nearest of the one before it. Where two
// are the nearest of each other they are joined: in both linkages no later merge comes
// between them.
type chain struct {
	distances *mat.SymDense // of the groups, each in the place of one of its topics
	size      []int         // of the group in a place; 0 if it has become part of another
	by        Linkage
	links     []int
	merges    []Merge // by places, and not yet in order
}

// join follows the chain to the next merge.
func (c *chain) join() {
	if len(c.links) == 0 {
		c.links = append(c.links, slices.IndexFunc(c.size, func(n int) bool { return n > 0 }))
	}
	for {
		last := len(c.links) - 1
		next := c.nearest(last)
		if last > 0 && next == c.links[last-1] {
			break
		}
		c.links = append(c.links, next)
	}
	n := len(c.links)
	a, b := min(c.links[n-1], c.links[n-2]), max(c.links[n-1], c.links[n-2])
	c.links = c.links[:n-2]
	c.merge(a, b)
}

// nearest is the group that is nearest to the last of the chain: the one before it, if no
// other is nearer, so that the chain comes to an end.
func (c *chain) nearest(last int) int {
	from, best, least := c.links[last], -1, math.Inf(1)
	if last > 0 {
		best = c.links[last-1]
		least = c.distances.At(from, best)
	}
	for to, n := range c.size {
		if n > 0 && to != from && c.distances.At(from, to) < least {
			best, least = to, c.distances.At(from, to)
		}
	}
	return best
}

// merge joins the groups in two places, in the second. The distances follow the formula of
// Lance & Williams (1967).
func (c *chain) merge(a, b int) {
	between := c.distances.At(a, b)
	na, nb := float64(c.size[a]), float64(c.size[b])
	for to, size := range c.size {
		if size == 0 || to == a || to == b {
			continue
		}
		da, db, n := c.distances.At(a, to), c.distances.At(b, to), float64(size)
		d := (na*da + nb*db) / (na + nb)
		if c.by == Ward {
			d = math.Sqrt(((na+n)*da*da + (nb+n)*db*db - n*between*between) / (na + nb + n))
		}
		c.distances.SetSym(b, to, d)
	}
	c.size[b] += c.size[a]
	c.size[a] = 0
	c.merges = append(c.merges, Merge{a, b, between, c.size[b]})
}

// numbered puts merges in the order of their distances, and names groups by the merge that
// made them in place of a topic of theirs.
func numbered(merges []Merge, k int) []Merge {
	slices.SortStableFunc(merges, func(a, b Merge) int { return cmp.Compare(a.Distance, b.Distance) })
	group := make([]int, k) // that a topic stands for, by the topic's parent
	of := newForest(k)
	for a := range group {
		group[a] = a
	}
	for n := range merges {
		m := &merges[n]
		a, b := of.root(m.A), of.root(m.B)
		m.A, m.B = min(group[a], group[b]), max(group[a], group[b])
		group[of.join(a, b)] = k + n
	}
	return merges
}

// forest tells which topics are joined.
type forest []int

func newForest(n int) forest {
	f := make(forest, n)
	for i := range f {
		f[i] = i
	}
	return f
}

func (f forest) root(i int) int {
	for f[i] != i {
		f[i] = f[f[i]]
		i = f[i]
	}
	return i
}

func (f forest) join(a, b int) int {
	f[b] = a
	return a
}

// Members are the topics in a group, or the topic itself, in the order of the tree: what
// was joined stands together.
func (t *Tree) Members(group int) []int {
	var members []int
	open := []int{group}
	for len(open) > 0 {
		g := open[len(open)-1]
		open = open[:len(open)-1]
		if g < t.Topics {
			members = append(members, g)
			continue
		}
		m := t.Merges[g-t.Topics]
		open = append(open, m.B, m.A)
	}
	return members
}

// Order is all topics so that what was joined stands together.
func (t *Tree) Order() []int { return t.Members(t.Topics + len(t.Merges) - 1) }

// Cut undoes the last merges until there are so many groups, or as many as topics, and
// returns the topics of each, in the order of the tree.
func (t *Tree) Cut(groups int) [][]int {
	kept := t.Topics - min(max(groups, 1), t.Topics) // merges
	of, member := newForest(t.Topics), make([]int, t.Topics, t.Topics+kept)
	for a := range member {
		member[a] = a
	}
	for _, m := range t.Merges[:kept] {
		member = append(member, of.join(of.root(member[m.A]), of.root(member[m.B])))
	}
	var cut [][]int
	place := map[int]int{} // of a group in cut, by its root
	for _, topic := range t.Order() {
		root := of.root(topic)
		if _, known := place[root]; !known {
			place[root] = len(cut)
			cut = append(cut, nil)
		}
		cut[place[root]] = append(cut[place[root]], topic)
	}
	return cut
}
