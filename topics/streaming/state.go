package streaming

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"os"

	"klew/nmf"
	"klew/nmf/shard"
	"klew/topics"
	"klew/topics/wholefile"
	"klew/vectorize"
	"klew/vectorize/sections"
)

// The file of a fit under way
//
// Its form is that of package sections, with the magic "KRUN\r\n\x1a\n" and the version 1:
//
//	WHAT  JSON: of which fit it is (type identity), and what is known of it (type what)
//	ONLN  while there are mini-batches to come: uvarint passes by them that were made; float64 t;
//	      uvarint number of topics, and for each its share, float64; then the bytes of W (shard.EncodeW)
//	PASS  after them: the bytes of shard.State
//	END   nothing
//
// It is written whole or not at all, after the sample and after every pass.
const (
	stateMagic   = "KRUN\r\n\x1a\n"
	stateVersion = 1

	tagWhat   = "WHAT"
	tagOnline = "ONLN"
	tagPasses = "PASS"
)

// identity is what must be the same for a fit to go on.
type identity struct {
	Documents, Terms, NonZeros, Tokens, Shards  int
	Vocabulary                                  uint32
	Counting                                    vectorize.Options
	Topics, SplitMerge, MaxIter, Sample, Halves int
	Seed                                        uint64
	Init, Solver                                string
	Tol                                         float64
	Start                                       uint32 `json:",omitempty"` // checksum; 0 is none
}

func (f *fit) identity() []byte {
	c, o := f.blocks.of, f.Fitting
	terms := crc32.NewIEEE()
	for _, t := range f.table.Vocabulary.Terms {
		fmt.Fprintf(terms, "%s %d %d\n", t.Stem, t.DF, t.Count)
	}
	text, err := json.Marshal(identity{
		Documents: len(c.Documents), Terms: len(c.Terms), NonZeros: c.NonZeros(), Tokens: c.Tokens(), Shards: c.Shards,
		Vocabulary: terms.Sum32(), Counting: f.Counting, Topics: o.Topics, SplitMerge: o.SplitMerge, MaxIter: o.MaxIter,
		Sample: f.sampleSize(), Halves: o.Halves, Seed: o.Seed, Init: string(o.Init), Solver: string(o.SolverInForce()), Tol: o.Tol,
		Start: checksumOf(o.Start),
	})
	if err != nil {
		panic("streaming: " + err.Error()) // they are plain values
	}
	return text
}

// checksumOf is 0 if there is no start.
func checksumOf(s *nmf.Start) uint32 {
	if s == nil {
		return 0
	}
	sum := crc32.NewIEEE()
	shard.WriteW(sum, s.W) // no error comes from a checksum
	fmt.Fprint(sum, s.Grow, s.Whole, s.Only)
	return max(1, sum.Sum32())
}

// what is the section WHAT.
type what struct {
	Fit   json.RawMessage `json:"fit"`
	About topics.Streamed `json:"about"`
	// Stability is that of the sample's topics, if it was asked.
	Stability []float64 `json:"stability,omitempty"`
}

// IsState reports whether there is a file at path that begins as a state does.
func IsState(path string) bool { return sections.Begins(path, stateMagic) }

// reached is where a fit has come to. Of the two one is nil: both before the sample is fitted.
type reached struct {
	made   int // passes by mini-batches
	online *shard.Online
	passes *shard.State
}

// keep writes what has been reached, if there is a place for it.
func (f *fit) keep(r *reached) error {
	if f.State == "" {
		return nil
	}
	about, err := json.Marshal(what{f.identity(), f.about, f.stability})
	if err != nil {
		return err
	}
	err = wholefile.Write(f.State, func(to io.Writer) error {
		w := sections.NewWriter(to, stateMagic, stateVersion)
		w.Section(tagWhat, about)
		if r.passes != nil {
			w.Long(tagPasses, pieces(r.passes.Write))
		} else {
			w.Long(tagOnline, pieces(r.writeOnline))
		}
		return w.Close()
	})
	if err != nil {
		return fmt.Errorf("keeping what the fit has reached in %s: %w", f.State, err)
	}
	return nil
}

// pieces makes a section of what is written.
func pieces(write func(io.Writer) error) func(add func(sections.Payload)) {
	return func(add func(sections.Payload)) { write(adder(add)) }
}

// adder adds what is written to it to a section; no error comes from it.
type adder func(sections.Payload)

func (a adder) Write(data []byte) (int, error) {
	a(data)
	return len(data), nil
}

func (r *reached) writeOnline(to io.Writer) error {
	var p sections.Payload
	p.Uvarint(r.made)
	p.Float64(r.online.Batch)
	p.Uvarint(len(r.online.Shares))
	for _, x := range r.online.Shares {
		p.Float64(x)
	}
	if _, err := to.Write(p); err != nil {
		return err
	}
	return shard.WriteW(to, r.online.W)
}

// resume reads what the same fit has reached before; nothing if there is no file.
func (f *fit) resume() (*reached, error) {
	r := &reached{}
	if f.State == "" {
		return r, nil
	}
	data, err := os.ReadFile(f.State)
	if errors.Is(err, fs.ErrNotExist) {
		return r, nil
	}
	if err == nil {
		err = f.read(data, r)
	}
	if err != nil {
		return nil, fmt.Errorf("going on from %s: %w", f.State, err)
	}
	return r, nil
}

var errOther = errors.New("it is of another fit, with other options or another corpus: go on with that first, or remove the file")

func (f *fit) read(data []byte, to *reached) error {
	r, err := sections.NewReader(bytes.NewReader(data), stateMagic, stateVersion)
	if err != nil {
		return err
	}
	known := false
	for {
		tag, payload, err := r.Next()
		if err == io.EOF {
			break
		}
		if err == nil {
			switch tag {
			case tagWhat:
				var w what
				if err = json.Unmarshal(payload, &w); err == nil && !bytes.Equal(w.Fit, f.identity()) {
					return errOther
				}
				f.about, f.stability, known = w.About, w.Stability, true
			case tagOnline:
				err = to.getOnline(payload)
			case tagPasses:
				to.passes, err = shard.DecodeState(payload)
			}
		}
		if err != nil {
			return err
		}
	}
	if !known || to.online == nil && to.passes == nil {
		return errors.New("it is damaged: it does not say what was reached")
	}
	return to.fits(f.blocks.terms, f.Fitting.Topics)
}

func (r *reached) getOnline(payload []byte) (err error) {
	p := sections.NewFields(payload)
	r.made, r.online = p.Uvarint(), &shard.Online{Batch: p.Float64()}
	for range p.Count(8) {
		r.online.Shares = append(r.online.Shares, p.Float64())
	}
	if p.Err() != nil {
		return p.Err()
	}
	r.online.W, err = shard.DecodeW(p.Rest())
	return err
}

// fits finds fault with a W of another size.
func (r *reached) fits(terms, topics int) error {
	w, shares := (*shard.State)(nil), topics
	if w = r.passes; r.online != nil {
		w, shares = &shard.State{W: r.online.W}, len(r.online.Shares)
	}
	if w.W.Items() != terms || w.W.Topics() != topics || shares != topics {
		return fmt.Errorf("it is damaged: it has %d terms and %d topics in place of %d and %d", w.W.Items(), w.W.Topics(), terms, topics)
	}
	return nil
}
