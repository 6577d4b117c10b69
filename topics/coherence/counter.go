package coherence

// Counter counts in how many documents and windows the words of some topics occur, and in
// how many two words of one topic do. It is for one goroutine at a time: give each its
// own from Fork, and Merge them. Counts are whole numbers, so that it does not matter
// which goroutine was given which documents.
//
// A document costs the time to look at its tokens once, and then only what its words of
// interest do: on 20 Newsgroups, with 100 topics of ten words and 3.7 million tokens, about
// 0.4 s of one processor, of the 1.8 s that klew evaluate takes to read and cut the texts too.
type Counter struct {
	exact    bool
	topics   [][]int32        // of slots: the numbers of the words of interest
	slots    []int32          // by token: its slot, or -1
	pairs    map[[2]int32]int // the pairs that share a topic
	partners [][]partner      // by slot: those above it with which it makes a pair
	spans    [spanCount]span

	positions [][]int32    // by slot: where it stands in the document at hand
	met       []int32      // the slots that the document has
	intervals [][]interval // by slot: which windows have it
}

// partner is a word that shares a topic with another one.
type partner struct {
	slot int32
	pair int
}

// span is the counts for one kind of window.
type span struct {
	size    int   // tokens in a window; 0: the document
	windows int64 // how many there were
	words   []int64
	pairs   []int64
}

// The spans of a Counter.
const (
	documents = iota
	narrow
	wide
	spanCount
)

// The windows of the measures, in tokens.
const (
	narrowWindow = 10
	wideWindow   = 110
)

// New makes a counter for topics, each given by its top words, the weightiest first. A
// word that is negative is one that occurs nowhere.
func New(topics [][]int32) *Counter {
	c := &Counter{pairs: map[[2]int32]int{}}
	for _, words := range topics {
		var slots []int32
		for _, w := range words {
			if w >= 0 {
				slots = append(slots, c.slot(w))
			}
		}
		c.topics = append(c.topics, slots)
		c.pairUp(slots)
	}
	c.begin()
	return c
}

// NewExact makes a counter that takes a word as in a window if it stands there, and not as
// gensim does.
func NewExact(topics [][]int32) *Counter {
	c := New(topics)
	c.exact = true
	return c
}

// slot is that of a word, perhaps a new one.
func (c *Counter) slot(word int32) int32 {
	for int(word) >= len(c.slots) {
		c.slots = append(c.slots, -1)
	}
	if c.slots[word] < 0 {
		c.slots[word] = int32(len(c.partners))
		c.partners = append(c.partners, nil)
	}
	return c.slots[word]
}

// pairUp makes all words of a topic partners.
func (c *Counter) pairUp(slots []int32) {
	for i, a := range slots {
		for _, b := range slots[:i] {
			key := pairOf(a, b)
			if _, known := c.pairs[key]; known || a == b {
				continue
			}
			c.partners[key[0]] = append(c.partners[key[0]], partner{key[1], len(c.pairs)})
			c.pairs[key] = len(c.pairs)
		}
	}
}

// pairOf is the two slots in rising order.
func pairOf(a, b int32) [2]int32 { return [2]int32{min(a, b), max(a, b)} }

// begin makes the counts, all 0, and the room for a document.
func (c *Counter) begin() {
	for s, size := range [spanCount]int{0, narrowWindow, wideWindow} {
		c.spans[s] = span{size: size, words: make([]int64, len(c.partners)), pairs: make([]int64, len(c.pairs))}
	}
	c.positions = make([][]int32, len(c.partners))
	c.intervals = make([][]interval, len(c.partners))
	c.met = nil
}

// Fork returns a counter for the same topics that has counted nothing.
func (c *Counter) Fork() *Counter {
	f := *c
	f.begin()
	return &f
}

// Merge adds what a fork has counted.
func (c *Counter) Merge(fork *Counter) {
	for s := range c.spans {
		to, from := &c.spans[s], &fork.spans[s]
		to.windows += from.windows
		for i, n := range from.words {
			to.words[i] += n
		}
		for i, n := range from.pairs {
			to.pairs[i] += n
		}
	}
}

// Documents is how many have been added, the empty ones among them.
func (c *Counter) Documents() int { return int(c.spans[documents].windows) }

// Add counts a document, given by its tokens in order.
func (c *Counter) Add(tokens []int32) {
	c.locate(tokens)
	for s := range c.spans {
		c.spans[s].count(c, len(tokens))
	}
	for _, slot := range c.met {
		c.positions[slot] = c.positions[slot][:0]
	}
}

// locate finds where the words of interest stand.
func (c *Counter) locate(tokens []int32) {
	c.met = c.met[:0]
	for at, token := range tokens {
		if token < 0 || int(token) >= len(c.slots) || c.slots[token] < 0 {
			continue
		}
		slot := c.slots[token]
		if len(c.positions[slot]) == 0 {
			c.met = append(c.met, slot)
		}
		c.positions[slot] = append(c.positions[slot], int32(at))
	}
}

// count adds the windows of the document at hand, of so many tokens.
func (s *span) count(c *Counter, length int) {
	windows := 1
	if s.size > 0 {
		windows = max(1, length-s.size+1)
	}
	s.windows += int64(windows)
	if windows == 1 {
		s.countWhole(c)
		return
	}
	for _, slot := range c.met {
		in := &c.intervals[slot]
		*in = within((*in)[:0], c.positions[slot], int32(s.size), int32(windows), c.exact)
		s.words[slot] += countWindows(*in)
	}
	for _, slot := range c.met {
		for _, p := range c.partners[slot] {
			if len(c.positions[p.slot]) > 0 {
				s.pairs[p.pair] += overlap(c.intervals[slot], c.intervals[p.slot])
			}
		}
	}
}

// countWhole takes the document as one window.
func (s *span) countWhole(c *Counter) {
	for _, slot := range c.met {
		s.words[slot]++
		for _, p := range c.partners[slot] {
			if len(c.positions[p.slot]) > 0 {
				s.pairs[p.pair]++
			}
		}
	}
}
