package topics

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"math"
	"os"
	"slices"
	"strings"
	"unicode/utf8"

	"klew/corpus"
	"klew/nmf"
	"klew/vectorize"
	"klew/vectorize/sections"
)

// ErrNotModel is returned for a file that is something else.
var ErrNotModel = errors.New("not a klew model")

// IsModel reports whether there is a file at path that begins as a model does.
func IsModel(path string) bool { return sections.Begins(path, magic) }

// Load reads a model file.
func Load(path string) (*Model, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("reading the model %s: %w", path, cause(err))
	}
	defer f.Close()
	if info, err := f.Stat(); err == nil && info.IsDir() {
		return nil, fmt.Errorf("reading the model %s: it is a folder, %w", path, ErrNotModel)
	}
	// The first bytes come first: what is no model may be of any size.
	head := make([]byte, len(magic))
	if n, err := io.ReadFull(f, head); err != nil && n == 0 && err != io.EOF {
		return nil, fmt.Errorf("reading the model %s: %w", path, cause(err))
	}
	if string(head) != magic {
		return nil, fmt.Errorf("reading the model %s: it is %w", path, ErrNotModel)
	}
	data := bytes.NewBuffer(head)
	if info, err := f.Stat(); err == nil && info.Mode().IsRegular() {
		data.Grow(int(info.Size()))
	}
	if _, err := data.ReadFrom(f); err != nil {
		return nil, fmt.Errorf("reading the model %s: %w", path, cause(err))
	}
	m, err := Decode(data.Bytes())
	if err != nil {
		return nil, fmt.Errorf("reading the model %s: %w", path, err)
	}
	return m, nil
}

// Decode reads a model from the bytes of its file. It never allocates more than a
// small multiple of their number.
func Decode(data []byte) (*Model, error) {
	rest, ok := bytes.CutPrefix(data, []byte(magic))
	if !ok {
		return nil, ErrNotModel
	}
	if len(rest) < 4 {
		return nil, errTruncated
	}
	if v := binary.LittleEndian.Uint32(rest); v > version {
		return nil, fmt.Errorf("it was written by a newer klew (its format is version %d, this program reads up to %d): update klew", v, version)
	} else if v < 1 {
		return nil, fmt.Errorf("its format version is %d, which there never was", v)
	}
	tagged, err := split(rest[4:])
	if err != nil {
		return nil, err
	}
	return tagged.model()
}

var errTruncated = errors.New("the file is incomplete: it ends too early")

// payloads are those of sections by tag.
type payloads map[string][]byte

// split finds the sections and compares their checksums.
func split(rest []byte) (payloads, error) {
	found := payloads{}
	for {
		const head = 12
		if len(rest) < head {
			return nil, errTruncated
		}
		tag, size := string(rest[:4]), binary.LittleEndian.Uint64(rest[4:])
		if size > uint64(len(rest)-head) || uint64(len(rest)-head)-size < 4 {
			return nil, errTruncated
		}
		end := head + int(size)
		if crc32.Checksum(rest[:end], castagnoli) != binary.LittleEndian.Uint32(rest[end:]) {
			return nil, fmt.Errorf("the file is damaged: the checksum of section %q is wrong", tag)
		}
		if _, twice := found[tag]; twice {
			return nil, fmt.Errorf("the file is damaged: section %q occurs twice", tag)
		}
		found[tag] = rest[head:end]
		rest = rest[end+4:]
		if tag == tagEnd {
			if len(rest) > 0 {
				return nil, fmt.Errorf("the file is damaged: %d bytes follow its end", len(rest))
			}
			return found, nil
		}
	}
}

// model puts the sections together, and checks that they belong together.
func (s payloads) model() (*Model, error) {
	m := &Model{Vocabulary: &vectorize.Vocabulary{}}
	for _, part := range []struct {
		tag  string
		read func(*reader)
	}{
		{tagInfo, m.getInfo},
		{tagStopWords, m.getStopWords},
		// The factors come first: their size says how many terms and documents there
		// are, and is bound to that of the file.
		{tagW, func(r *reader) { m.W = nmf.NewW(r.factor()) }},
		{tagH, func(r *reader) { m.H = transposed(nmf.NewW(r.factor())) }},
		{tagTerms, m.getTerms},
		{tagPhrases, m.getPhrases},
		{tagDocuments, m.getDocuments},
		{tagLedger, func(r *reader) { m.getLedger(r, false) }},
		{tagNotes, func(r *reader) { m.getLedger(r, true) }},
		{tagStability, m.getStability},
		{tagJournal, func(r *reader) { m.Journal = r.strings() }},
	} {
		data, ok := s[part.tag]
		if !ok && slices.Contains(mayBeMissing, part.tag) {
			continue
		} else if !ok {
			return nil, fmt.Errorf("the file is damaged: section %q is missing", part.tag)
		}
		r := &reader{data: data}
		part.read(r)
		if r.err == nil && len(r.data) > 0 {
			r.fail("%d bytes too many", len(r.data))
		}
		if r.err != nil {
			return nil, fmt.Errorf("the file is damaged: section %q: %w", part.tag, r.err)
		}
	}
	if err := m.check(); err != nil {
		return nil, fmt.Errorf("the file is damaged: %w", err)
	}
	return m, nil
}

// mayBeMissing are the tags of sections that not every model has.
var mayBeMissing = []string{tagNotes, tagPhrases, tagStability, tagJournal}

// transposed is the factor with its items as columns.
func transposed(f *nmf.Factor) *nmf.Factor { return f.T().(*nmf.Factor) }

// check compares what the sections say of each other.
func (m *Model) check() error {
	o := m.Origin
	if m.W.Topics() != m.H.Topics() || m.W.Topics() != o.Fitting.Topics {
		return fmt.Errorf("%d topics in W, %d in H, %d in the options", m.W.Topics(), m.H.Topics(), o.Fitting.Topics)
	}
	if err := errors.Join(o.Reading.Validate(), o.Counting.Validate(), o.Fitting.Validate()); err != nil {
		return errors.New(strings.ReplaceAll(err.Error(), "\n", "; "))
	}
	return m.checkScale()
}

// checkScale finds fault with a scale that Infer could not use.
func (m *Model) checkScale() error {
	if m.Scale == nil && m.Origin.Fitting.AlphaH == 0 {
		return nil
	}
	if len(m.Scale) != m.Topics() {
		return fmt.Errorf("a scale of %d topics for %d", len(m.Scale), m.Topics())
	}
	for k, s := range m.Scale {
		if !(s >= 0 && s <= math.MaxFloat32) {
			return fmt.Errorf("the scale of topic %d is %v", k, s)
		}
	}
	return nil
}

func (m *Model) getInfo(r *reader) {
	about := info{Fitting: fitting{Restarts: 1}}
	if err := json.Unmarshal(r.data, &about); err != nil {
		r.fail("%w", err)
		return
	}
	r.data = nil
	f := about.Fitting
	m.Outcome, m.Scale = about.Outcome, about.Scale
	for _, one := range about.Restarts {
		m.Outcome.Restarts = append(m.Outcome.Restarts, nmf.Restart(one))
	}
	m.Origin = Origin{Program: about.Program, Paths: about.Paths, Reading: about.Reading, Counting: about.Counting, Dropped: about.Dropped,
		AlignedTo: about.AlignedTo, Edits: about.Edits}
	if about.OwnStopWords {
		m.Origin.Counting.ExtraStopWords = []string{} // until STOP is read
	}
	m.Origin.Fitting = nmf.Options{
		Topics: f.Topics, Loss: f.Loss, Solver: f.Solver, Init: f.Init, Seed: f.Seed, MaxIter: f.MaxIter, Tol: f.Tol,
		AlphaW: f.AlphaW, AlphaH: f.AlphaH, L1Ratio: f.L1Ratio, SplitMerge: f.SplitMerge, Restarts: f.Restarts, Halves: f.Halves,
	}
}

func (m *Model) getStopWords(r *reader) {
	words := r.strings()
	if words == nil {
		words = []string{} // not nil, which would mean the language's own
	}
	o := &m.Origin.Counting
	switch {
	case o.ExtraStopWords == nil: // as INFO left it
		o.StopWords = words
	case len(words) == 0:
		o.ExtraStopWords = nil
	default:
		o.ExtraStopWords = words
	}
}

func (m *Model) getPhrases(r *reader) {
	for range r.count(2) {
		m.Vocabulary.Phrases = append(m.Vocabulary.Phrases, vectorize.Phrase{First: r.string(), Second: r.string()})
	}
}

func (m *Model) getStability(r *reader) {
	n := r.count(8)
	if n != m.Topics() && r.err == nil {
		r.fail("stability of %d topics of %d", n, m.Topics())
	}
	for range n {
		x := r.float64()
		if !(x >= 0 && x <= 1) {
			r.fail("a stability of %v", x)
			return
		}
		m.Stability = append(m.Stability, x)
	}
}

func (m *Model) getTerms(r *reader) {
	terms := r.count(4)
	if terms != m.W.Items() {
		r.fail("%d terms for %d rows of W", terms, m.W.Items())
		return
	}
	m.Vocabulary.Documents = r.uvarint()
	m.Vocabulary.Terms = make([]vectorize.Term, 0, terms)
	for range terms {
		t := vectorize.Term{Stem: r.string(), DF: r.uvarint(), Count: r.uvarint()}
		for range r.count(2) {
			t.Forms = append(t.Forms, vectorize.Form{Text: r.string(), Count: r.uvarint()})
		}
		if n := len(m.Vocabulary.Terms); n > 0 && m.Vocabulary.Terms[n-1].Stem >= t.Stem {
			r.fail("the terms are not in order")
		}
		if r.err != nil {
			return
		}
		m.Vocabulary.Terms = append(m.Vocabulary.Terms, t)
	}
}

func (m *Model) getDocuments(r *reader) {
	documents := r.count(8)
	if documents != m.H.Items() {
		r.fail("%d documents for %d columns of H", documents, m.H.Items())
		return
	}
	m.Documents = make([]vectorize.Document, 0, documents)
	for range documents {
		d := vectorize.Document{ID: r.string(), Tokens: r.uvarint(), Unknown: r.uvarint(), Checksum: r.uint32()}
		for range r.count(2) {
			d.Meta = append(d.Meta, corpus.Field{Name: r.string(), Value: r.string()})
		}
		if r.err != nil {
			return
		}
		m.Documents = append(m.Documents, d)
	}
}

// getLedger reads entries, those of a section NOTE with their numbers.
func (m *Model) getLedger(r *reader, numbers bool) {
	entries := r.count(4)
	m.Origin.Ledger = slices.Grow(m.Origin.Ledger, entries)
	for range entries {
		e := corpus.Entry{Path: r.string()}
		kind := r.byte()
		e.Repaired, e.Note = kind == kindRepaired, kind == kindNote
		e.Reason, e.Detail = r.string(), r.string()
		if numbers {
			e.Files = r.uvarint()
		}
		if r.err != nil {
			return
		}
		m.Origin.Ledger = append(m.Origin.Ledger, e)
	}
}

// reader takes a payload apart. After its first error all it returns is zero.
type reader struct {
	data []byte
	err  error
}

func (r *reader) fail(format string, args ...any) {
	if r.err == nil {
		r.err = fmt.Errorf(format, args...)
	}
	r.data = nil
}

// uvarint reads a number that fits an int.
func (r *reader) uvarint() int {
	n, size := binary.Uvarint(r.data)
	if size <= 0 || n > math.MaxInt {
		r.fail("a number is cut off or too large")
		return 0
	}
	r.data = r.data[size:]
	return int(n)
}

// count reads a number of things that take at least size bytes each.
func (r *reader) count(size int) int {
	n := r.uvarint()
	if n > len(r.data)/size {
		r.fail("it says that it holds %d things, and is too short for them", n)
		return 0
	}
	return n
}

func (r *reader) string() string {
	n := r.count(1)
	if r.err != nil {
		return ""
	}
	s := string(r.data[:n])
	r.data = r.data[n:]
	if !utf8.ValidString(s) {
		r.fail("a string is not UTF-8")
	}
	return s
}

func (r *reader) uint32() uint32 {
	if len(r.data) < 4 {
		r.fail("it ends too early")
		return 0
	}
	x := binary.LittleEndian.Uint32(r.data)
	r.data = r.data[4:]
	return x
}

func (r *reader) float64() float64 {
	if len(r.data) < 8 {
		r.fail("it ends too early")
		return 0
	}
	x := math.Float64frombits(binary.LittleEndian.Uint64(r.data))
	r.data = r.data[8:]
	return x
}

func (r *reader) strings() []string {
	var list []string
	for range r.count(1) {
		list = append(list, r.string())
	}
	return list
}

func (r *reader) byte() byte {
	if len(r.data) == 0 {
		r.fail("it ends too early")
		return 0
	}
	b := r.data[0]
	r.data = r.data[1:]
	return b
}

// factor reads the arguments of nmf.NewW.
func (r *reader) factor() (items, topics int, data []float32) {
	items, topics = r.uvarint(), r.uvarint()
	if r.err == nil && (topics < 1 || items < 1 || items > len(r.data)/4/topics || items*topics*4 != len(r.data)) {
		r.fail("%d bytes for %d × %d weights", len(r.data), items, topics)
	}
	if r.err != nil {
		return 0, 0, nil
	}
	data = make([]float32, items*topics)
	for i := range data {
		x := math.Float32frombits(binary.LittleEndian.Uint32(r.data[4*i:]))
		if !(x >= 0) || math.IsInf(float64(x), 1) {
			r.fail("weight %d is %v", i, x)
			return 0, 0, nil
		}
		data[i] = x
	}
	r.data = nil
	return items, topics, data
}

// cause strips the operation and the path that the os package puts before an error.
func cause(err error) error {
	var inPath *fs.PathError
	var link *os.LinkError
	switch {
	case errors.As(err, &inPath):
		return inPath.Err
	case errors.As(err, &link):
		return link.Err
	}
	return err
}
