package vectorize

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"iter"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"klew/corpus"
	"klew/vectorize/sections"
	"pgregory.net/rapid"
)

// countedAll is what CountAll makes of the texts, with so much memory.
func countedAll(t rapid.TB, o Options, memory int64, folder string, texts ...string) *Counted {
	t.Helper()
	c, err := CountAll(context.Background(), documents(texts...), o, Room{memory, folder})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// bytesOf is the file of a counted corpus.
func bytesOf(t rapid.TB, c *Counted) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := c.Write(context.Background(), &b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// opened is the corpus of such a file.
func opened(t rapid.TB, file []byte) *Counted {
	t.Helper()
	c, err := readCounted(bytes.NewReader(file), int64(len(file)), func() error { return nil })
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// A table is the same whether the texts were counted for it, or before: with room in
// memory, with none, and from a file.
func TestTablesOfACountedCorpus(t *testing.T) {
	folder := t.TempDir()
	checkTables(t, func(t *rapid.T, texts []string, o Options, _ *Table) {
		o.Weighting = rapid.SampledFrom(Weightings).Draw(t, "weighting")
		want := counted(t, o, texts...)
		for _, memory := range []int64{0, 1} {
			c := countedAll(t, o, memory, folder, texts...)
			defer c.Close()
			all := []*Counted{c, opened(t, bytesOf(t, c))}
			for _, shards := range []int{1, 2, 5} {
				all = append(all, opened(t, shuffledBytes(t, all[1], shards, memory)))
			}
			for _, c := range all {
				got, err := c.Table(context.Background(), o)
				if err != nil {
					t.Fatal(err)
				}
				if !reflect.DeepEqual(got, want) {
					t.Fatalf("memory %d: got\n%+v\nwant\n%+v", memory, got, want)
				}
			}
		}
	})
}

// From a counted corpus comes the error that comes from texts.
func TestNoTermOfACountedCorpus(t *testing.T) {
	o := Defaults()
	_, want := Count(context.Background(), documents("whale the", "ship"), o)
	_, err := countedAll(t, o, 0, "", "whale the", "ship").Table(context.Background(), o)
	if err == nil || err.Error() != want.Error() {
		t.Errorf("error %v, want %v", err, want)
	}
}

// The bytes of the file depend on neither memory nor threads, and come back from it.
func TestTheFileIsTheSame(t *testing.T) {
	texts := babble(rand.New(rand.NewPCG(5, 5)), 400, 3000)
	o := Defaults()
	o.NGrams = Range{1, 2}
	var want []byte
	for _, threads := range []int{1, 2, 5} {
		for _, memory := range []int64{0, 1, 1 << 16} {
			o.Threads = threads
			c := countedAll(t, o, memory, t.TempDir(), texts...)
			c.Program, c.Paths, c.Ledger = "klew", []string{"a", "b"}, corpus.Ledger{{Path: "x", Repaired: true, Reason: "y", Detail: "z"}, {Path: "u", Reason: "v"}}
			got := bytesOf(t, c)
			if want == nil {
				want = got
			}
			if !bytes.Equal(got, want) || !bytes.Equal(bytesOf(t, c), want) {
				t.Errorf("%d threads, %d bytes of memory: another file", threads, memory)
			}
			if err := c.Close(); err != nil {
				t.Error(err)
			}
		}
	}
	if !bytes.Equal(bytesOf(t, opened(t, want)), want) {
		t.Error("written again, it is another")
	}
}

// Nothing is left of temporary files: where an open file can be removed there is none
// to see even while they are in use.
func TestTemporaryFilesAreRemoved(t *testing.T) {
	texts := babble(rand.New(rand.NewPCG(5, 5)), 50, 300)
	folder := t.TempDir()
	c := countedAll(t, Defaults(), 1, folder, texts...)
	if !slices.ContainsFunc(c.counts.(runs), func(r *tallyRun) bool { return r.file != nil }) {
		t.Error("nothing was written to disk")
	}
	if err := c.Close(); err != nil {
		t.Error(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	stopping := func(yield func(corpus.Document) bool) {
		for d := range documents(texts...) {
			yield(d)
		}
		cancel()
	}
	if _, err := CountAll(ctx, stopping, Defaults(), Room{1, folder}); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
	if left, _ := os.ReadDir(folder); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// A folder that cannot be written to is named, and the texts are not read to the end.
func TestNoRoomForCounts(t *testing.T) {
	folder, read := filepath.Join(t.TempDir(), "nowhere"), 0
	var endless iter.Seq[corpus.Document] = func(yield func(corpus.Document) bool) {
		for yield(corpus.Document{Text: "whale"}) {
			read++
		}
	}
	_, err := CountAll(context.Background(), endless, Defaults(), Room{1, folder})
	if err == nil || !strings.Contains(err.Error(), "making room for counts in the folder "+folder) {
		t.Errorf("error %v", err)
	}
}

// The options that bear on how text is counted cannot be changed, and it is said which.
func TestOptionsThatCannotBeChanged(t *testing.T) {
	c := opened(t, bytesOf(t, countedAll(t, plain(), 0, "", "whale ship", "whale")))
	for _, test := range []struct {
		want   string
		change func(*Options)
	}{
		{"", func(o *Options) { o.MaxFeatures = 1 }},
		{"", func(o *Options) { o.Weighting = BinaryWeighting }},
		{"", func(o *Options) { o.MinDF = frequency("2") }},
		{"", func(o *Options) { o.MaxDF = frequency("0.5") }},
		{`language "none", and not with "fr": count it again`, func(o *Options) { o.Language, o.StopWords = "fr", []string{} }},
		{`ngram_range "1,1", and not with "1,2"`, func(o *Options) { o.NGrams = Range{1, 2} }},
		{`stem true, and not with false`, func(o *Options) { o.Stem = false }},
		{`token_pattern "", and not with "[a-z]"`, func(o *Options) { o.TokenPattern = "[a-z]" }},
		{`stop_words a list of 0 words (checksum 00000000), and not with a list of 1 word (`, func(o *Options) { o.StopWords = []string{"ship"} }},
	} {
		o := plain()
		test.change(&o)
		_, err := c.Table(context.Background(), o)
		if test.want == "" && err != nil || test.want != "" && (err == nil || !strings.Contains(err.Error(), test.want)) {
			t.Errorf("error %v, want %q", err, test.want)
		}
	}
}

// goodCounted is a small file.
func goodCounted(t testing.TB) []byte {
	o := loose()
	o.StopWords = []string{"of", "the"}
	c := countedAll(t, o, 0, "", "the whale whales ship", "ship of whales", "", "ship ship ship sea")
	c.Documents[0].Meta = []corpus.Field{{Name: "folder", Value: "a"}}
	c.Program, c.Paths, c.Ledger = "klew", []string{"a"}, corpus.Ledger{{Path: "x", Reason: "y"}}
	return bytesOf(t, c)
}

// readThrough reads a file to its end.
func readThrough(file []byte) (*Counted, error) {
	c, err := readCounted(bytes.NewReader(file), int64(len(file)), func() error { return nil })
	if err != nil {
		return nil, err
	}
	return c, c.counts.each(context.Background(), func(int, []entry) error { return nil })
}

// Cut off anywhere, or with any byte changed, a file gives an error.
func TestDamagedCounts(t *testing.T) {
	file := goodCounted(t)
	for n := range file {
		if _, err := readThrough(file[:n]); err == nil {
			t.Fatalf("the first %d of %d bytes were read as a corpus", n, len(file))
		}
	}
	for n := range file {
		file[n] ^= 0x10
		if _, err := readThrough(file); err == nil {
			t.Fatalf("byte %d was changed unnoticed", n)
		}
		file[n] ^= 0x10
	}
}

// withSections is a good file of which some sections are others, with checksums that are
// right.
func withSections(t testing.TB, replace map[string][]byte) []byte {
	r, err := sections.NewReader(bytes.NewReader(goodCounted(t)), countedMagic, countedVersion)
	if err != nil {
		t.Fatal(err)
	}
	var file bytes.Buffer
	w := sections.NewWriter(&file, countedMagic, countedVersion)
	for {
		tag, payload, err := r.Next()
		if err != nil {
			break
		}
		if other, ok := replace[tag]; ok {
			payload = other
		}
		w.Section(tag, payload)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return file.Bytes()
}

// What is wrong with a file is said in one line. Such files are not damaged by accident.
func TestHostileCounts(t *testing.T) {
	about := func(change func(*countedInfo)) []byte {
		i := countedInfo{Counting: loose(), Documents: 4, Terms: 3, NonZeros: 6}
		change(&i)
		text, err := json.Marshal(i)
		if err != nil {
			t.Fatal(err)
		}
		return text
	}
	const huge = "\xff\xff\xff\xff\x07" // what 32 bits hold
	for _, c := range []struct{ name, tag, payload, want string }{
		{"INFO is no JSON", tagInfo, "{", `section "INFO"`},
		{"options at fault", tagInfo, `{"counting":{"language":"xx"}}`, `section "INFO": language "xx"`},
		{"more documents than there are", tagInfo, string(about(func(i *countedInfo) { i.Documents = 1 << 30 })), "it holds 4 documents and 3 terms, and says 1073741824 and 3"},
		{"other non-zeros", tagInfo, string(about(func(i *countedInfo) { i.NonZeros = 7 })), "have 6 non-zeros together, and it says 7"},
		{"more stop words than bytes", tagStopWords, huge, "too short"},
		{"a string longer than all", tagLedger, "\x01" + huge, "too short"},
		{"a string that is not UTF-8", tagStopWords, "\x01\x01\xff", "not UTF-8"},
		{"bytes left over", tagLedger, "\x00\x00", "1 bytes too many"},
		{"terms out of order", tagTerms, "\x02\x01b\x01\x01\x00\x01a\x01\x01\x00", "not in order"},
		{"a term in no document", tagTerms, "\x01\x01b\x00\x01\x00", `the term "b" is in 0 documents`},
		{"fewer tokens than documents", tagTerms, "\x01\x01b\x02\x01\x00", `is in 2 documents, and occurs 1 times`},
		{"documents that one term has for another", tagTerms, "\x03\x03sea\x01\x01\x00\x04ship\x02\x05\x00\x05whale\x03\x03\x00",
			`the term "ship" is said to occur 5 times in 2 documents, and does 5 times in 3`},
		{"occurrences that one term has for another", tagTerms, "\x03\x03sea\x01\x01\x00\x04ship\x03\x04\x00\x05whale\x02\x04\x00",
			`the term "ship" is said to occur 4 times in 3 documents, and does 5 times in 3`},
		{"fewer documents", tagDocuments, "\x01\x01a....\x00", "it holds 1 documents"},
		{"counts of too many documents", tagCounts, "\x05\x00\x00\x00\x00\x00", "more documents than the 4"},
		{"counts of too few", tagCounts, "\x01\x00", "the counts of 1 documents, and names 4"},
		{"no counts", tagCounts, "\x04\x00\x00\x00\x00", `the term "sea" is said to occur 1 times in 1 documents, and does 0 times in 0`},
		{"a term beyond", tagCounts, "\x04\x01\x06\x00\x00\x00", "document 1 counts a term that there is not"},
		{"a term far beyond", tagCounts, "\x04\x01\xfe\xff\xff\xff\x07\x00\x00\x00", "document 1 counts a term that there is not"},
		{"steps that add up too far", tagCounts, "\x04\x02\x04\x00\x00\x00\x00", "document 1 counts a term that there is not"},
		{"a count beyond all", tagCounts, "\x04\x01\x01\xff\xff\xff\xff\x07\x00\x00\x00", "or more often than can be"},
		{"more entries than bytes", tagCounts, "\x01" + huge, "too short"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := readThrough(withSections(t, map[string][]byte{c.tag: []byte(c.payload)}))
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Fatalf("error %v, want one with %q", err, c.want)
			}
			if strings.Contains(err.Error(), "\n") {
				t.Errorf("error of several lines: %v", err)
			}
		})
	}
}

func TestOpenCountedSaysWhatIsWrong(t *testing.T) {
	dir := t.TempDir()
	text, good := filepath.Join(dir, "notes.txt"), filepath.Join(dir, "good.kcorpus")
	newer := filepath.Join(dir, "newer.kcorpus")
	for path, content := range map[string]string{text: "hello", good: string(goodCounted(t)), newer: countedMagic + "\x03\x00\x00\x00"} {
		if err := os.WriteFile(path, []byte(content), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	for path, want := range map[string]string{
		filepath.Join(dir, "missing"): "no such file",
		dir:                           "it is a folder, not a counted corpus",
		text:                          "it is not a counted corpus",
		newer:                         "newer klew",
	} {
		if _, err := OpenCounted(path); err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), path) {
			t.Errorf("%s: error %v, want one with %q", path, err, want)
		}
	}
	if IsCounted(text) || IsCounted(dir) || !IsCounted(good) {
		t.Error("IsCounted is wrong")
	}
	c, err := OpenCounted(good)
	if err != nil {
		t.Fatal(err)
	}
	if c.Tokens() != 9 || c.NonZeros() != 6 || c.Ledger[0].Path != "x" {
		t.Errorf("%d tokens, %d non-zeros, ledger %v", c.Tokens(), c.NonZeros(), c.Ledger)
	}
	if err := c.Close(); err != nil {
		t.Error(err)
	}
}

// A counted corpus of each version of the file opens for good, and tables are made of it by the
// rules that counted it. Of the folder that packages share.
func TestOldCountedCorporaOpen(t *testing.T) {
	c, err := OpenCounted("../testdata/version1.kcorpus")
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if len(c.Documents) != 5 || len(c.Terms) != 22 || c.Options.Rules != 1 || c.Documents[3].ID != "letters/4.txt" {
		t.Errorf("%d documents, %d terms, rules %d, %v", len(c.Documents), len(c.Terms), c.Options.Rules, c.Documents)
	}
	o := c.Options
	o.MinDF, o.MaxDF = frequency("2"), frequency("0.5")
	table, err := c.Table(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := shown(table), "dough flour keeper lamp lighthouse oven sails"; got != want {
		t.Errorf("terms are %q, want %q", got, want)
	}
	later := countedWith(t, table.Vocabulary, o, "Two sails and a lamp")
	if d := later.Documents[0]; d.Tokens != 2 || d.Unknown != 0 {
		t.Errorf("of a later text %d tokens are known, %d are not", d.Tokens, d.Unknown)
	}
}

func FuzzCounted(f *testing.F) {
	f.Add(goodCounted(f))
	f.Add(goodCounted(f)[:100])
	f.Fuzz(func(t *testing.T, file []byte) { tableOfAny(t, file) })
}

// tableOfAny does with a file what can be done with it.
func tableOfAny(t *testing.T, file []byte) {
	c, err := readCounted(bytes.NewReader(file), int64(len(file)), func() error { return nil })
	if err != nil {
		return
	}
	o := c.Options
	table, err := c.Table(context.Background(), o)
	if err != nil {
		return
	}
	if terms, documents := table.V.Dims(); terms != len(table.Vocabulary.Terms) || documents != len(c.Documents) {
		t.Fatalf("V is %d × %d", terms, documents)
	}
	again := bytesOf(t, c)
	if !bytes.Equal(bytesOf(t, opened(t, again)), again) {
		t.Error("written again, it is another")
	}
}

// FuzzCountedSections goes behind the checksums, which a fuzzer does not guess.
func FuzzCountedSections(f *testing.F) {
	r, err := sections.NewReader(bytes.NewReader(goodCounted(f)), countedMagic, countedVersion)
	if err != nil {
		f.Fatal(err)
	}
	payloads := map[string][]byte{}
	for {
		tag, payload, err := r.Next()
		if err != nil {
			break
		}
		payloads[tag] = bytes.Clone(payload)
	}
	f.Add(payloads[tagInfo], payloads[tagStopWords], payloads[tagLedger], payloads[tagTerms], payloads[tagDocuments], payloads[tagCounts])
	f.Fuzz(func(t *testing.T, info, stop, ledger, terms, docs, counts []byte) {
		var file bytes.Buffer
		w := sections.NewWriter(&file, countedMagic, countedVersion)
		w.Section(tagInfo, info)
		w.Section(tagStopWords, stop)
		w.Section(tagLedger, ledger)
		w.Section(tagTerms, terms)
		w.Section(tagDocuments, docs)
		w.Section(tagCounts, counts)
		w.Section(tagShard, counts)
		w.Close()
		tableOfAny(t, file.Bytes())
	})
}
