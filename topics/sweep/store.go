package sweep

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"klew/nmf"
	"klew/topics"
	"klew/topics/wholefile"
	"klew/vectorize/sections"
)

// The file of a fit
//
// It is one of package sections, with
//
//	KEY   JSON: what the fit was made of and how (type key)
//	FIT   JSON: what came of it (type outcomeOf)
//	WMAT  uvarint terms, uvarint topics, then for each topic: uvarint number of terms that
//	      have weight, and for each of those: uvarint rows since the last one, from −1, and
//	      float32 weight
//
// It holds what a table of all fits needs, and no documents: of the 77 fits to BBC News with
// 2 to 12 topics, 10 MB in all.
const (
	magic   = "KLEWFIT\n"
	version = 1

	tagKey     = "KEY "
	tagOutcome = "FIT "
	tagW       = "WMAT"
)

// Store is a folder with a file for each fit that has been made: what is there is not
// made again. A nil one holds nothing.
//
// Beside it stands the model of the fit, k5-seed1.klew, as klew fit would save it.
type Store struct {
	// Origin is what the models say of how they came about, but for Fitting and HeldOut.
	Origin topics.Origin

	folder string
}

// OpenStore opens a folder, which it makes if it is not there.
func OpenStore(folder string) (*Store, error) {
	if err := os.Mkdir(folder, 0o777); err != nil && !errors.Is(err, fs.ErrExist) {
		return nil, fmt.Errorf("making the folder for fits: %w", err)
	}
	if info, err := os.Stat(folder); err != nil || !info.IsDir() {
		return nil, fmt.Errorf("%s is there, and not a folder: name another one for the fits", folder)
	}
	s := &Store{folder: folder}
	if err := wholefile.Check(s.path(job{}), "fit", func(path string) bool { return sections.Begins(path, magic) }); err != nil {
		return nil, err
	}
	return s, nil
}

// path is the file of a job.
func (s *Store) path(j job) string {
	name := fmt.Sprintf("k%03d-seed%d", j.topics, j.seed)
	if j.half > 0 {
		name += fmt.Sprintf("-half%d", j.half)
	}
	return filepath.Join(s.folder, name+".fit")
}

// key is all that bears on a fit: with the same key it would come to the same.
type key struct {
	Data       string     `json:"texts and words"`
	Topics     int        `json:"topics"`
	Seed       uint64     `json:"seed"`
	Half       int        `json:"half"`
	Loss       nmf.Loss   `json:"loss"`
	Solver     nmf.Solver `json:"solver"`
	Init       nmf.Init   `json:"init"`
	SplitMerge int        `json:"split-merge"`
	MaxIter    int        `json:"max-iter"`
	Tol        float64    `json:"tol"`
	AlphaW     float64    `json:"alpha-w"`
	AlphaH     float64    `json:"alpha-h"`
	L1Ratio    float64    `json:"l1-ratio"`
	Refine     nmf.Refine `json:"refine"`
}

func (p *Plan) key(d *fitData, j job) key {
	o := p.options(j, 0)
	return key{d.hash, j.topics, j.seed, j.half, o.Loss, o.SolverInForce(), o.Init, o.SplitMerge, o.MaxIter, o.Tol, o.AlphaW, o.AlphaH, o.L1Ratio, o.Refine}
}

// differences names what two keys differ in.
func differences(a, b []byte) []string {
	var was, is map[string]any
	if json.Unmarshal(a, &was) != nil || json.Unmarshal(b, &is) != nil {
		return []string{"everything"}
	}
	var names []string
	for _, name := range slices.Sorted(maps.Keys(is)) {
		if was[name] != is[name] {
			names = append(names, name)
		}
	}
	return names
}

// outcomeOf is what came of a fit.
type outcomeOf struct {
	Left       float64    `json:"left"`
	Perplexity float64    `json:"perplexity"`
	Prior      float64    `json:"prior,omitempty"`
	Iterations int        `json:"iterations"`
	Status     nmf.Status `json:"status"`
	Seconds    float64    `json:"seconds"`
}

func (s *Store) save(j job, k key, f *Fit) error {
	if s == nil {
		return nil
	}
	path := s.path(j)
	if err := wholefile.Write(path, func(to io.Writer) error { return f.write(to, k) }); err != nil {
		return fmt.Errorf("keeping a fit in %s: %w", path, err)
	}
	return nil
}

func (f *Fit) write(to io.Writer, k key) error {
	about, err := json.Marshal(k)
	if err != nil {
		return err
	}
	came, err := json.Marshal(outcomeOf{f.Left, f.Perplexity, f.Prior, f.Iterations, f.Status, f.Seconds})
	if err != nil {
		return err
	}
	w := sections.NewWriter(to, magic, version)
	w.Section(tagKey, about)
	w.Section(tagOutcome, came)
	w.Section(tagW, sparseW(f.w))
	return w.Close()
}

func sparseW(w *nmf.Factor) sections.Payload {
	var p sections.Payload
	p.Uvarint(w.Items())
	p.Uvarint(w.Topics())
	for k := range w.Topics() {
		var column sections.Payload
		last, n := -1, 0
		for i := range w.Items() {
			if x := w.Item(i)[k]; x > 0 {
				column.Uvarint(i - last)
				column.Uint32(math.Float32bits(x))
				last = i
				n++
			}
		}
		p.Uvarint(n)
		p = append(p, column...)
	}
	return p
}

// load returns a fit that is there, or nil. One that was made of something else, or in
// another way, is an error: a table of both would compare what cannot be compared.
func (s *Store) load(j job, k key, terms int) (*Fit, error) {
	if s == nil {
		return nil, nil
	}
	path := s.path(j)
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("reading a fit that was kept: %w", err)
	}
	f, err := decode(data, k, terms)
	if err != nil {
		return nil, fmt.Errorf("reading the fit %s: %w", path, err)
	}
	if f.Perplexity > 0 && f.Prior == 0 {
		return nil, nil // measured by an older version, as cannot be compared: the fit is made again
	}
	return f, nil
}

// decode reads the file of a fit with a key, of a table with so many terms.
func decode(data []byte, k key, terms int) (*Fit, error) {
	r, err := sections.NewReader(bytes.NewReader(data), magic, version)
	if err != nil {
		return nil, fmt.Errorf("%w; remove it", err)
	}
	f := &Fit{Topics: k.Topics, Seed: k.Seed, Half: k.Half}
	for {
		tag, payload, err := r.Next()
		switch {
		case err == io.EOF:
			if f.w == nil || f.Iterations == 0 {
				return nil, errors.New("the file is damaged: something is missing in it; remove it")
			}
			return f, nil
		case err != nil:
			return nil, fmt.Errorf("%w; remove it", err)
		}
		if err := f.section(tag, payload, k, terms); err != nil {
			return nil, err
		}
	}
}

func (f *Fit) section(tag string, payload []byte, k key, terms int) error {
	switch tag {
	case tagKey:
		want, err := json.Marshal(k)
		if err != nil {
			return err
		}
		if different := differences(payload, want); len(different) > 0 {
			return fmt.Errorf("it was made with other options (%s): name another folder, or remove this one", strings.Join(different, ", "))
		}
	case tagOutcome:
		var o outcomeOf
		if err := json.Unmarshal(payload, &o); err != nil {
			return fmt.Errorf("the file is damaged: %w; remove it", err)
		}
		f.Left, f.Perplexity, f.Prior, f.Iterations, f.Status, f.Seconds = o.Left, o.Perplexity, o.Prior, o.Iterations, o.Status, o.Seconds
	case tagW:
		w, err := denseW(payload, terms, k.Topics)
		if err != nil {
			return fmt.Errorf("the file is damaged: %w; remove it", err)
		}
		f.w = w
	}
	return nil
}

func denseW(payload []byte, terms, topics int) (*nmf.Factor, error) {
	p := sections.NewFields(payload)
	if p.Uvarint() != terms || p.Uvarint() != topics {
		p.Fail("it is of another size")
	}
	if p.Err() != nil {
		return nil, p.Err()
	}
	w := nmf.NewW(terms, topics, make([]float32, terms*topics))
	for k := range topics {
		row := -1
		for range p.Count(5) {
			step := p.Uvarint()
			x := math.Float32frombits(p.Uint32())
			if step < 1 || step >= terms-row || !(x > 0) || math.IsInf(float64(x), 0) {
				p.Fail("a weight is none")
				break
			}
			row += step
			w.Item(row)[k] = x
		}
	}
	return w, p.Close()
}
