package page

import (
	"math/rand/v2"
	"slices"
)

// hold chooses the documents that the page lists: all, or of more than Options.Documents the
// typical ones, and an even sample of the others. What is told of the whole model, topics and
// words, trends and fields, comes from all documents in any case.
//
// The other way would be to list all with rounded weights. Of a million documents with 3.7 million
// weights that are not 0, these are 18.5 MB of the file in single precision, and still 7.2 MB in a
// byte each, beside the ids and metadata; and the page would show other proportions than klew docs.
// With 50,000 of them the whole page has 1.9 MB, and what it shows is exact.
func (p *Page) hold(typical [][]int) {
	n := len(p.Model.Documents)
	if p.Options.Documents == 0 || n <= p.Options.Documents || p.Options.Texts == LiveTexts {
		return
	}
	held := slices.Concat(typical...)
	slices.Sort(held)
	held = slices.Compact(held)
	if left := p.Options.Documents - len(held); left > 0 {
		random := rand.New(rand.NewPCG(1, 0))
		for i := range left { // one of each stretch: a fixed step would keep to every other folder
			from, to := int64(i)*int64(n)/int64(left), int64(i+1)*int64(n)/int64(left)
			held = append(held, int(from+random.Int64N(to-from)))
		}
		slices.Sort(held)
		held = slices.Compact(held)
	}
	p.held = held
}

// documents are the numbers of those that the page lists, in the order in which it does.
func (p *Page) documents() []int {
	if p.held != nil {
		return p.held
	}
	all := make([]int, len(p.Model.Documents))
	for j := range all {
		all[j] = j
	}
	return all
}

// place is where the page lists a document, and whether it does.
func (p *Page) place(j int) (at int, held bool) {
	if p.held == nil {
		return j, true
	}
	return slices.BinarySearch(p.held, j)
}

// places are those of typical documents, all of which are listed.
func (p *Page) places(lists [][]int) [][]int {
	all := make([][]int, len(lists))
	for k, list := range lists {
		all[k] = []int{}
		for _, j := range list {
			at, _ := p.place(j)
			all[k] = append(all[k], at)
		}
	}
	return all
}
