package topics

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"flag"
	"io"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"
	"klew/corpus"
	"klew/nmf"
	"klew/vectorize"
	"klew/vectorize/sections"
)

var update = flag.Bool("update", false, "write testdata anew")

func encoded(t testing.TB, m *Model) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := m.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestAModelComesBackWhole(t *testing.T) {
	m := fitted(t, func(v *vectorize.Options, o *nmf.Options) {
		v.NGrams = vectorize.Range{From: 1, To: 2}
		v.MinDF.Set("0.1")
		v.TokenPattern = `[a-z]+`
		v.Weighting = vectorize.TFIDFWeighting
		o.Seed = 7
	})
	m.Stability, m.Journal = []float64{1, 0.25}, []string{"rename 1 bees", ""}
	path := filepath.Join(t.TempDir(), "a model.klew")
	if err := m.Save(path); err != nil {
		t.Fatal(err)
	}
	got, err := Load(path)
	if err != nil {
		t.Fatal(err)
	}
	sameModel(t, got, m)
	if !bytes.Equal(encoded(t, got), encoded(t, m)) {
		t.Error("saved again, the bytes differ")
	}
}

// So does one in several languages with phrases, and infers as it was fitted.
func TestLanguagesAndPhrasesComeBack(t *testing.T) {
	for _, extra := range [][]string{nil, {"wooden"}} {
		m := fitted(t, func(v *vectorize.Options, _ *nmf.Options) {
			v.Language, v.ExtraStopWords, v.Keep, v.Split, v.MinLength = vectorize.Auto, extra, vectorize.Hyphens, vectorize.URLs, 3
			v.Phrases, v.PhraseMinCount, v.PhraseThreshold = true, 2, 0
		})
		if m.Origin.Counting.MainLanguage != "en" || len(m.Vocabulary.Phrases) == 0 {
			t.Errorf("main language %q, phrases %v", m.Origin.Counting.MainLanguage, m.Vocabulary.Phrases)
		}
		got, err := Read(bytes.NewReader(encoded(t, m)))
		if err != nil {
			t.Fatal(err)
		}
		sameModel(t, got, m)
		if n, difference := inferredAgain(t, got); n == 0 || difference > 1e-3 {
			t.Errorf("inference: %d documents, mean difference %g", n, difference)
		}
	}
}

// sameModel compares models. How factors lie in memory is no part of them.
func sameModel(t *testing.T, got, want *Model) {
	t.Helper()
	if !mat.Equal(got.W, want.W) || !mat.Equal(got.H, want.H) {
		t.Error("the factors are others")
	}
	a, b := *got, *want
	a.W, a.H, b.W, b.H = nil, nil, nil, nil
	if !reflect.DeepEqual(a, b) {
		t.Errorf("got\n%+v\nwant\n%+v", a, b)
	}
}

// So does one with penalties, of several fits.
func TestPenaltiesAndRestartsComeBack(t *testing.T) {
	m := fitted(t, func(_ *vectorize.Options, o *nmf.Options) {
		o.AlphaW, o.AlphaH, o.L1Ratio, o.SplitMerge, o.Restarts, o.Init = 0.001, 0.01, 0.5, 3, 2, nmf.Random
	})
	m.Origin.Fitting.Shrinkage = 0.5 // of a table with holes
	if len(m.Outcome.Restarts) != 2 || m.Outcome.Penalty <= 0 || m.Outcome.Residual <= 0 || len(m.Scale) != 2 {
		t.Fatalf("fitted %+v, scale %v", m.Outcome, m.Scale)
	}
	got, err := Read(bytes.NewReader(encoded(t, m)))
	if err != nil {
		t.Fatal(err)
	}
	sameModel(t, got, m)
}

// files is the folder that packages share, with a model of each version of its file, by which
// the file is named. They are written anew only if they are missing.
const files = "../testdata/"

// A model of the first version opens for good. It is older than penalties, splitting and merging,
// and restarts, and was made without.
func TestFirstVersionOpens(t *testing.T) {
	m, err := Load(files + "version1.klew")
	if err != nil {
		t.Fatal(err)
	}
	if m.Topics() != 2 || len(m.Documents) != len(texts) || m.Documents[2].Meta[1].Value != "1999" {
		t.Errorf("%d topics, documents %v", m.Topics(), m.Documents)
	}
	if m.Keywords(m.First(2), 1)[0].Term != "flour" || m.Origin.Ledger[0].Path != "x.png" {
		t.Errorf("keywords %v, ledger %v", m.Keywords(m.First(2), 3), m.Origin.Ledger)
	}
	if o := m.Origin.Fitting; o.AlphaW != 0 || o.AlphaH != 0 || o.L1Ratio != 0 || o.SplitMerge != 0 || o.Restarts != 1 {
		t.Errorf("options %+v", o)
	}
	if c := m.Origin.Counting; c.Rules != vectorize.FirstRules || c.Phrases || c.StopWords == nil || c.ExtraStopWords != nil {
		t.Errorf("counted by %+v", c)
	}
	if n, difference := inferredAgain(t, m); n != len(texts)-1 || difference > 1e-3 {
		t.Errorf("inference: %d documents, mean difference %g", n, difference)
	}
}

// So does one of the second version, with all that it may have.
func TestSecondVersionOpens(t *testing.T) {
	const path = files + "version2.klew"
	if _, err := os.Stat(path); *update && errors.Is(err, os.ErrNotExist) {
		if err := ofSecondVersion(t).Save(path); err != nil {
			t.Fatal(err)
		}
	}
	m, err := Load(path)
	if err != nil {
		t.Fatal(err)
	}
	if c := m.Origin.Counting; c.Language != vectorize.Auto || !c.Phrases || c.StopWords != nil || len(c.ExtraStopWords) != 1 || len(m.Vocabulary.Phrases) == 0 {
		t.Errorf("counted by %+v with the phrases %v", c, m.Vocabulary.Phrases)
	}
	if o := m.Origin.Fitting; o.AlphaH != 0.01 || o.SplitMerge != 3 || len(m.Outcome.Restarts) != 2 || len(m.Scale) != 2 {
		t.Errorf("options %+v, outcome %+v, scale %v", o, m.Outcome, m.Scale)
	}
	if len(m.Stability) != 2 || m.Stability[1] != 0.25 || len(m.Journal) != 1 || m.Journal[0] != "rename 1 bees" {
		t.Errorf("stability %v, journal %q", m.Stability, m.Journal)
	}
	if l := m.Origin.Ledger; len(l) != 3 || l[2] != (corpus.Entry{Path: "a", Note: true, Reason: corpus.OffPattern, Detail: "x", Files: 7}) {
		t.Errorf("ledger %+v", l)
	}
	if n, difference := inferredAgain(t, m); n != len(texts)-1 || difference > 1e-3 {
		t.Errorf("inference: %d documents, mean difference %g", n, difference)
	}
}

// ofSecondVersion is a model with all that a file of the second version may hold.
func ofSecondVersion(t *testing.T) *Model {
	m := fitted(t, func(v *vectorize.Options, o *nmf.Options) {
		v.Language, v.ExtraStopWords = vectorize.Auto, []string{"wooden"}
		v.Phrases, v.PhraseMinCount, v.PhraseThreshold = true, 2, 0
		o.AlphaH, o.SplitMerge, o.Restarts, o.Init = 0.01, 3, 2, nmf.Random
	})
	m.Stability, m.Journal = []float64{1, 0.25}, []string{"rename 1 bees"}
	m.Origin.Reading = corpus.Options{Include: []string{"*.txt"}, MetaPath: "{author}/*"}
	m.Origin.Ledger = append(m.Origin.Ledger, corpus.Entry{Path: "a", Note: true, Reason: corpus.OffPattern, Detail: "x", Files: 7})
	return m
}

// required are the sections that every model has.
var required = []string{tagInfo, tagStopWords, tagTerms, tagDocuments, tagLedger, tagW, tagH}

// sectionsOf takes a good file apart.
func sectionsOf(t testing.TB, file []byte) map[string][]byte {
	t.Helper()
	r, err := sections.NewReader(bytes.NewReader(file), magic, version)
	if err != nil {
		t.Fatal(err)
	}
	found := map[string][]byte{}
	for {
		tag, payload, err := r.Next()
		if err == io.EOF {
			return found
		} else if err != nil {
			t.Fatal(err)
		}
		found[tag] = bytes.Clone(payload)
	}
}

// file is one of some sections, with the checksums that they have.
func file(t testing.TB, of map[string][]byte, tags ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := sections.NewWriter(&b, magic, version)
	for _, tag := range tags {
		w.Section(tag, of[tag])
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// with replaces sections of a good file, and puts the checksums right.
func with(t testing.TB, replace map[string][]byte) []byte {
	all := sectionsOf(t, encoded(t, fitted(t, nil)))
	tags := required
	for tag, data := range replace {
		if all[tag] = data; !slices.Contains(required, tag) {
			tags = append(tags[:len(tags):len(tags)], tag)
		}
	}
	return file(t, all, tags...)
}

// What is wrong with a file is said, in one line, with a checksum that is right: such
// a file is not damaged by accident.
func TestHostileFiles(t *testing.T) {
	weights := func(items, topics uint64, values ...float32) []byte {
		b := binary.AppendUvarint(binary.AppendUvarint(nil, items), topics)
		for _, v := range values {
			b = binary.LittleEndian.AppendUint32(b, math.Float32bits(v))
		}
		return b
	}
	// options is a section INFO with other ends of its options.
	options := func(end string) []byte {
		about, err := json.Marshal(fitted(t, nil).info())
		if err != nil {
			t.Fatal(err)
		}
		return bytes.Replace(about, []byte(`"restarts":1}`), []byte(end), 1)
	}
	huge := binary.AppendUvarint(nil, 1<<30)
	nan := float32(math.NaN())
	for _, c := range []struct {
		name, want string
		file       []byte
	}{
		{"nothing", "not a klew model", nil},
		{"text", "not a klew model", []byte("Dear diary,\nnothing happened today.")},
		{"line ends changed", "not a klew model", []byte("KLEW\n\x1a\n\x01\x00\x00\x00 and so on")},
		{"only the magic", "incomplete", []byte(magic)},
		{"a newer version", "newer klew", []byte(magic + "\x03\x00\x00\x00")},
		{"version 0", "never was", []byte(magic + "\x00\x00\x00\x00")},
		{"section longer than the file", "incomplete", []byte(magic + "\x01\x00\x00\x00INFO\xff\xff\xff\xff\xff\xff\xff\xff....")},
		{"INFO is no JSON", `section "INFO"`, with(t, map[string][]byte{tagInfo: []byte("{")})},
		{"options are at fault", "damaged", with(t, map[string][]byte{tagInfo: []byte(`{"fitting":{"topics":2}}`)})},
		{"no restarts", "0 restarts", with(t, map[string][]byte{tagInfo: options(`"restarts":0}`)})},
		{"a negative penalty", "alpha-h -1", with(t, map[string][]byte{tagInfo: options(`"alpha_h":-1}`)})},
		{"a penalty without its scale", "a scale of 0 topics for 2", with(t, map[string][]byte{tagInfo: options(`"alpha_h":1}`)})},
		{"a scale too short", "a scale of 1 topics for 2", with(t, map[string][]byte{tagInfo: options(`"alpha_h":1},"scale":[1]`)})},
		{"a negative scale", "the scale of topic 1 is -1", with(t, map[string][]byte{tagInfo: options(`"alpha_h":1},"scale":[1,-1]`)})},
		{"deep JSON", `section "INFO"`, with(t, map[string][]byte{tagInfo: bytes.Repeat([]byte("["), 1<<20)})},
		{"more terms than bytes", "too short", with(t, map[string][]byte{tagTerms: binary.AppendUvarint(nil, 1<<30)})},
		{"a number without end", "cut off or too large", with(t, map[string][]byte{tagTerms: bytes.Repeat([]byte{0xff}, 20)})},
		{"a huge number", "too short", with(t, map[string][]byte{tagDocuments: huge})},
		{"a number beyond all", "cut off or too large", with(t, map[string][]byte{tagDocuments: binary.AppendUvarint(nil, 1<<63)})},
		{"terms out of order", "not in order", with(t, map[string][]byte{
			tagW:     weights(2, 2, 1, 0, 0, 1),
			tagTerms: []byte("\x02\x01\x01b\x01\x01\x00\x01a\x01\x01\x00"),
		})},
		{"a term twice", "not in order", with(t, map[string][]byte{
			tagW:     weights(2, 2, 1, 0, 0, 1),
			tagTerms: []byte("\x02\x01\x01a\x01\x01\x00\x01a\x01\x01\x00"),
		})},
		{"more documents than bytes for them", "holds 9 things, and is too short", with(t, map[string][]byte{
			tagDocuments: append([]byte{9}, make([]byte, 71)...), // 8 a document is the least
		})},
		{"topics other than in the options", "2 topics in W, 2 in H, 3 in the options", with(t, map[string][]byte{
			tagInfo: bytes.Replace(options(`"restarts":1}`), []byte(`"topics":2`), []byte(`"topics":3`), 1),
		})},
		{"stability of other topics", "stability of 1 topics of 2", with(t, map[string][]byte{tagStability: append([]byte{1}, make([]byte, 8)...)})},
		{"stability above 1", "stability of 2", with(t, map[string][]byte{
			tagStability: binary.LittleEndian.AppendUint64([]byte{1}, math.Float64bits(2)),
		})},
		{"a string longer than all", "too short", with(t, map[string][]byte{tagLedger: binary.AppendUvarint([]byte{1}, 1<<30)})},
		{"a string that is not UTF-8", "not UTF-8", with(t, map[string][]byte{tagStopWords: []byte("\x01\x01\xff")})},
		{"bytes left over", "too many", with(t, map[string][]byte{tagLedger: {0, 0}})},
		{"no documents", "columns of H", with(t, map[string][]byte{tagDocuments: {0}})},
		{"W of another size", "rows of W", with(t, map[string][]byte{tagW: weights(1, 2, 1, 1)})},
		{"W with NaN", "weight 1 is NaN", with(t, map[string][]byte{tagW: weights(1, 2, 1, nan)})},
		{"W with an infinite weight", "weight 0 is +Inf", with(t, map[string][]byte{tagW: weights(1, 2, float32(math.Inf(1)), 1)})},
		{"H with a negative weight", "weight 0 is -1", with(t, map[string][]byte{tagH: weights(1, 2, -1, 1)})},
		{"weights that are not there", "bytes for", with(t, map[string][]byte{tagW: weights(1<<29, 1<<29)})},
		{"topics without items", "bytes for", with(t, map[string][]byte{tagW: weights(0, 1<<29)})},
		{"a section twice", "occurs twice", file(t, nil, "NEWS", "NEWS")},
		{"a section missing", "is missing", file(t, nil)},
		{"bytes after the end", "follows its end", append(with(t, nil), 0)},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := Read(bytes.NewReader(c.file))
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Fatalf("error %v, want one with %q", err, c.want)
			}
			if strings.Contains(err.Error(), "\n") {
				t.Errorf("error of several lines: %v", err)
			}
		})
	}
}

// Cut off anywhere, or with any byte changed, a file gives an error.
func TestDamagedFiles(t *testing.T) {
	file := encoded(t, fitted(t, nil))
	for n := range file {
		if _, err := Read(bytes.NewReader(file[:n])); err == nil {
			t.Fatalf("the first %d of %d bytes were read as a model", n, len(file))
		}
	}
	for n := range file {
		file[n] ^= 0x10
		if _, err := Read(bytes.NewReader(file)); err == nil {
			t.Fatalf("byte %d was changed unnoticed", n)
		}
		file[n] ^= 0x10
	}
}

// Sections that a reader does not know are passed over.
func TestUnknownSectionsAreSkipped(t *testing.T) {
	if _, err := Read(bytes.NewReader(with(t, map[string][]byte{"NEWS": []byte("later")}))); err != nil {
		t.Error(err)
	}
}

func FuzzRead(f *testing.F) {
	file := encoded(f, fitted(f, nil))
	f.Add(file)
	f.Add(file[:len(file)/2])
	for _, tag := range []string{tagInfo, tagTerms, tagDocuments, tagW} {
		f.Add(with(f, map[string][]byte{tag: []byte("\x02\x01\x01b\x01\x01\x00\x01a\x01\x01\x00")}))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if m, err := Read(bytes.NewReader(data)); err == nil {
			m.Keywords(0, 3)
			m.Shares()
			m.Proportions(0)
		}
	})
}

// FuzzSections goes behind the checksums, which a fuzzer does not guess.
func FuzzSections(f *testing.F) {
	old := sectionsOf(f, encoded(f, fitted(f, nil)))
	f.Add(old[tagInfo], old[tagStopWords], old[tagTerms], old[tagDocuments], old[tagLedger], old[tagW], old[tagH])
	f.Fuzz(func(t *testing.T, info, stop, terms, docs, ledger, w, h []byte) {
		s := map[string][]byte{tagInfo: info, tagStopWords: stop, tagTerms: terms, tagDocuments: docs, tagLedger: ledger, tagW: w, tagH: h}
		m, err := Read(bytes.NewReader(file(t, s, required...)))
		if err != nil {
			return
		}
		m.Keywords(m.Topics()-1, 3)
		m.Shares()
		again, err := Read(bytes.NewReader(encoded(t, m)))
		if err != nil {
			t.Fatalf("written again, it cannot be read: %v", err)
		}
		if !bytes.Equal(encoded(t, again), encoded(t, m)) {
			t.Error("written again, it is another")
		}
	})
}

func TestLoadSaysWhatIsWrong(t *testing.T) {
	dir := t.TempDir()
	text := filepath.Join(dir, "notes.txt")
	if err := os.WriteFile(text, []byte("hello"), 0o666); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{
		filepath.Join(dir, "missing.klew"): "no such file",
		dir:                                "it is a folder, not a klew model",
		text:                               "not a klew model",
	} {
		if _, err := Load(path); err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), path) {
			t.Errorf("%s: error %v, want one with %q", path, err, want)
		}
	}
	if IsModel(text) || IsModel(dir) || !IsModel(files+"version1.klew") {
		t.Error("IsModel is wrong")
	}
}

// So do the options of reading, as far as they say something of the texts, and entries of
// the ledger that are notes or stand for many files. A file without any has no more
// sections than it had before there were such.
func TestReadingAndNotesComeBack(t *testing.T) {
	m := fitted(t, nil)
	if bytes.Contains(encoded(t, m), []byte(tagNotes)) || bytes.Contains(encoded(t, m), []byte("reading")) {
		t.Error("a model of plain files is written in another way than before")
	}
	m.Origin.Reading = corpus.Options{
		Include: []string{"*.txt"}, Exclude: []string{"drafts/"}, Hidden: true, MetaPath: "{author}/*",
		Segment: "words:500", Dedupe: corpus.DedupeNear, Listed: []string{"a.txt", "b.txt"},
	}
	m.Origin.Ledger = append(m.Origin.Ledger,
		corpus.Entry{Path: "drafts/", Reason: corpus.Excluded, Files: 3},
		corpus.Entry{Path: "*.tx", Note: true, Reason: corpus.IdlePattern},
		corpus.Entry{Path: "a", Note: true, Reason: corpus.OffPattern, Detail: "x", Files: 7})
	got, err := Read(bytes.NewReader(encoded(t, m)))
	if err != nil {
		t.Fatal(err)
	}
	sameModel(t, got, m)
	once := encoded(t, m)
	m.Origin.Reading.Threads, m.Origin.Reading.Base, m.Origin.Reading.Stdin = 3, "x", strings.NewReader("y")
	if !bytes.Equal(once, encoded(t, m)) {
		t.Error("what held for one reading is in the file")
	}
	m.Origin.Reading = corpus.Options{Segment: "pages"}
	if _, err := Read(bytes.NewReader(encoded(t, m))); err == nil || !strings.Contains(err.Error(), "damaged") {
		t.Errorf("a bad option gave the error %v", err)
	}
}
