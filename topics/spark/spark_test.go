package spark

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"

	"klew/corpus"
	"klew/examples"
	"klew/nmf/shard/remote"
	"klew/topics"
	"klew/vectorize"
)

// ask holds a conversation with a worker, and returns its answer without KLEW and END.
func ask(t testing.TB, task string, request map[string]any, frames ...remote.Frame) []remote.Frame {
	t.Helper()
	answer, err := converse(task, request, frames)
	if err != nil {
		t.Fatalf("%s: %v", task, err)
	}
	return answer
}

func converse(task string, request map[string]any, frames []remote.Frame) (answer []remote.Frame, err error) {
	var out bytes.Buffer
	remote.Run(context.Background(), bytes.NewReader(conversation(task, request, frames)), &out, "klew test", Tasks("klew test"))
	r := remote.NewReader(&out)
	for {
		f, err := r.Next()
		if err == io.EOF {
			return answer[1:], nil
		} else if err != nil {
			return nil, err
		}
		f.Data = bytes.Clone(f.Data)
		answer = append(answer, f)
	}
}

func conversation(task string, request map[string]any, frames []remote.Frame) []byte {
	var in bytes.Buffer
	w := remote.NewWriter(&in)
	asked := map[string]any{"protocol": remote.Protocol, "task": task}
	for name, value := range request {
		asked[name] = value
	}
	w.Info(remote.KindHello, asked)
	for _, f := range frames {
		w.Write(f)
	}
	w.Write(remote.Frame{Kind: remote.KindEnd})
	return in.Bytes()
}

// of are the frames of some kinds.
func of(frames []remote.Frame, kinds ...string) (some []remote.Frame) {
	for _, f := range frames {
		if slices.Contains(kinds, f.Kind) {
			some = append(some, f)
		}
	}
	return some
}

// demo are the sample texts.
func demo(t testing.TB) (documents []corpus.Document) {
	t.Helper()
	c, err := corpus.Open([]string{"demo"}, corpus.Options{Files: examples.Demo})
	if err != nil {
		t.Fatal(err)
	}
	for d := range c.Documents(context.Background()) {
		documents = append(documents, d)
	}
	return documents
}

// frameOf is a frame TEXT of documents.
func frameOf(t testing.TB, shard int64, documents []corpus.Document) remote.Frame {
	t.Helper()
	var texts []sentText
	for _, d := range documents {
		meta := [][2]string{{"shard", fmt.Sprint(shard)}}
		for _, f := range d.Meta {
			meta = append(meta, [2]string{f.Name, f.Value})
		}
		texts = append(texts, sentText{d.ID, d.Text, meta})
	}
	data, err := json.Marshal(texts)
	if err != nil {
		t.Fatal(err)
	}
	return remote.Frame{Kind: kindTexts, Key: shard, Data: data}
}

// counting is the counts of documents in three shards, in two tasks, up to the blocks.
type counting struct{ counted, vocabulary, blocks []remote.Frame }

func countDemo(t testing.TB, documents []corpus.Document, options map[string]any) (c counting) {
	t.Helper()
	shards := make([]remote.Frame, 3)
	for n := range shards {
		shards[n] = frameOf(t, int64(n), documents[len(documents)*n/3:len(documents)*(n+1)/3])
	}
	settled := ask(t, "settle", map[string]any{"counting": options}, shards...)
	c.counted = append(ask(t, "count", nil, append(settled, shards[2])...), ask(t, "count", nil, append(settled, shards[:2]...)...)...)
	var terms []remote.Frame
	for _, f := range of(c.counted, kindCounted) {
		terms = append(terms, ask(t, "terms", map[string]any{"buckets": 5}, f)...)
	}
	slices.SortStableFunc(terms, func(a, b remote.Frame) int { return int(a.Key - b.Key) })
	size := map[string]any{"documents": len(documents)}
	c.vocabulary = ask(t, "vocabulary", size, ask(t, "merge", size, terms...)...)
	c.blocks = ask(t, "blocks", nil, append(of(c.vocabulary, kindVocabulary), of(c.counted, kindCounted)...)...)
	return c
}

// Counted in shards by several tasks, texts have the vocabulary and the tokens that they have when
// klew counts them at once; and so have models.
func TestAsOneMachine(t *testing.T) {
	documents := demo(t)
	c := countDemo(t, documents, map[string]any{"min_df": "3"})
	o := vectorize.Defaults()
	o.MinDF.Set("3")
	want, err := vectorize.Count(context.Background(), slices.Values(documents), o)
	if err != nil {
		t.Fatal(err)
	}
	m := fit(t, c, 6)
	if !reflect.DeepEqual(m.Vocabulary.Terms, want.Vocabulary.Terms) || m.Vocabulary.Documents != len(documents) {
		t.Errorf("%d terms of %d documents, want %d of %d", len(m.Vocabulary.Terms), m.Vocabulary.Documents, len(want.Vocabulary.Terms), len(documents))
	}
	got, words := m.Origin.Dropped, want.Dropped[0].Terms
	if got[0].Terms > words || got[0].Terms < words/2 { // it is the number of the largest shard
		t.Errorf("%d different stop words, of %d", got[0].Terms, words)
	}
	if got[0].Terms = words; !slices.Equal(got, want.Dropped) {
		t.Errorf("dropped %v, want %v", got, want.Dropped)
	}
	found := map[string]vectorize.Document{}
	for _, d := range m.Documents {
		found[d.ID] = d
	}
	for _, d := range want.Documents {
		got := found[d.ID]
		if got.Tokens != d.Tokens || got.Unknown != d.Unknown || got.Checksum != d.Checksum || corpus.Value(got.Meta, "shard") == "" || corpus.Value(got.Meta, corpus.Folder) != corpus.Value(d.Meta, corpus.Folder) {
			t.Fatalf("document %+v, want %+v", got, d)
		}
	}
	checkModel(t, m)
}

// fit goes through the tasks of fitting, and puts a model together.
func fit(t testing.TB, c counting, passes int) *topics.Model {
	t.Helper()
	blocks := of(c.blocks, remote.KindBlock)
	limits := map[string]any{"passes": passes, "tol": 0, "steps": 0}
	state := ask(t, "start", map[string]any{"topics": 8, "seed": 1}, blocks...)
	for range passes {
		w := of(state, remote.KindW)
		statistics := append(ask(t, "expect", limits, append(w, blocks[1:]...)...), ask(t, "expect", limits, append(w, blocks[0])...)...)
		state = ask(t, "advance", limits, append(of(state, remote.KindState), statistics...)...)
	}
	var about struct{ Divergences []float64 }
	if err := json.Unmarshal(of(state, remote.KindInfo)[0].Data, &about); err != nil {
		t.Fatal(err)
	}
	w := of(state, remote.KindW)
	both := append(of(c.blocks, kindDocuments), ask(t, "solve", limits, append(w, blocks...)...)...)
	slices.SortStableFunc(both, func(a, b remote.Frame) int { return int(a.Key - b.Key) })
	given := slices.Concat(of(c.vocabulary, kindVocabulary), w, of(c.counted, remote.KindInfo), both)
	file := ask(t, "model", map[string]any{"paths": []string{"s3://shop/reviews"}, "cluster": "Spark 4, 3 shards", "seed": 1, "passes": passes, "divergence": about.Divergences}, given...)
	m, err := topics.Read(bytes.NewReader(file[0].Data))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func checkModel(t *testing.T, m *topics.Model) {
	t.Helper()
	if m.Origin.Cluster != "Spark 4, 3 shards" || m.Outcome.Iterations != 6 || m.Origin.Program != "klew test" || m.Origin.Counting.MainLanguage != "en" {
		t.Errorf("origin %+v, outcome %+v", m.Origin, m.Outcome)
	}
	if !slices.IsSortedFunc(m.Outcome.Trace, func(a, b float64) int { return int(1e6 * (b - a)) }) {
		t.Errorf("D rises: %v", m.Outcome.Trace)
	}
	for j, d := range m.Documents {
		sum := 0.0
		for _, x := range m.Weights(j) {
			sum += x
		}
		if math.Abs(sum-float64(d.Tokens)) > 1e-3*float64(d.Tokens) {
			t.Errorf("%s has weights of %v for %d tokens", d.ID, sum, d.Tokens)
		}
	}
	var same int
	for j, d := range m.Documents { // of a theme most documents have one first topic
		if j > 0 && corpus.Value(d.Meta, corpus.Folder) == corpus.Value(m.Documents[j-1].Meta, corpus.Folder) && m.First(j) == m.First(j-1) {
			same++
		}
	}
	if same < len(m.Documents)/2 {
		t.Errorf("%d of %d documents have the first topic of their neighbour", same, len(m.Documents))
	}
}

// Files are read as klew reads files; what cannot be read is in the ledger.
func TestFiles(t *testing.T) {
	file := func(name, content string) remote.Frame {
		return remote.Frame{Kind: kindFile, Key: 3, Data: []byte("s3://shop/in/" + name + "\x00" + content)}
	}
	settled := ask(t, "settle", map[string]any{"counting": map[string]any{"language": "en"}}, file("a.txt", "orbits of satellites"))
	answer := ask(t, "count", nil, append(settled, file("a.txt", "orbits of satellites"), file("b.html", "<p>gardens &amp; orbits</p>"), file("c.jpg", "\xff\xd8\xff\xe0\x00\x10JFIF"))...)
	c, err := readCounted(of(answer, kindCounted)[0].Data)
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Documents) != 2 || c.Documents[1].ID != "s3://shop/in/b.html" || len(c.Terms) != 3 {
		t.Errorf("documents %+v, terms %+v", c.Documents, c.Terms)
	}
	if info := string(of(answer, remote.KindInfo)[0].Data); !strings.Contains(info, `"documents":2`) || !strings.Contains(info, "s3://shop/in/c.jpg") {
		t.Errorf("said %s", info)
	}
}

func TestMistakes(t *testing.T) {
	texts := frameOf(t, 0, []corpus.Document{{ID: "a", Text: "one two three"}})
	settled := ask(t, "settle", nil, texts)
	empty := frameOf(t, 0, []corpus.Document{{ID: "a", Text: ""}})
	nothing := ask(t, "count", nil, append(settled, empty)...)
	for _, test := range []struct {
		task    string
		request map[string]any
		frames  []remote.Frame
		want    string
	}{
		{"settle", nil, nil, "there is no document"},
		{"settle", map[string]any{"counting": map[string]any{"langauge": "en"}}, nil, `unknown field "langauge"`},
		{"settle", map[string]any{"counting": map[string]any{"language": "xx"}}, nil, "language"},
		{"settle", map[string]any{"counting": map[string]any{"phrases": true}}, nil, "--ngram-range"},
		{"settle", map[string]any{"counting": map[string]any{"weighting": "tfidf"}}, nil, "counts alone"},
		{"count", nil, []remote.Frame{texts}, "options of counting (COUN) must come first"},
		{"count", nil, append(settled, remote.Frame{Kind: kindTexts, Data: []byte("{")}), "no request"},
		{"count", nil, append(settled, remote.Frame{Kind: kindFile, Data: []byte("no zero byte")}), "no name"},
		{"terms", map[string]any{"buckets": 0}, nil, "0 buckets"},
		{"terms", map[string]any{"buckets": 1}, []remote.Frame{{Kind: kindCounted, Data: []byte("?")}}, "counted corpus"},
		{"vocabulary", nil, nil, "there is no document"},
		{"vocabulary", map[string]any{"documents": 1}, ask(t, "terms", map[string]any{"buckets": 1}, of(nothing, kindCounted)...), "no term is left of 1 documents"},
		{"blocks", nil, of(nothing, kindCounted), "vocabulary (VOCA) must come first"},
		{"model", nil, nil, "reading a W"},
	} {
		if _, err := converse(test.task, test.request, test.frames); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s %v: %v, want %q", test.task, test.request, err, test.want)
		}
	}
}

// Whatever comes, there is an answer, or it is said what is wrong.
func FuzzTasks(f *testing.F) {
	documents := demo(f)[:9]
	c := countDemo(f, documents, nil)
	settled := ask(f, "settle", nil, frameOf(f, 0, documents))
	f.Add("settle", frameOf(f, 0, documents).Data, byte(0))
	f.Add("count", frameOf(f, 0, documents).Data, byte(0))
	f.Add("count", []byte("a.csv\x00id,text\n1,one\n"), byte(1))
	f.Add("terms", of(c.counted, kindCounted)[0].Data, byte(2))
	f.Add("blocks", of(c.counted, kindCounted)[0].Data, byte(2))
	f.Add("blocks", of(c.vocabulary, kindVocabulary)[0].Data, byte(3))
	f.Add("model", of(c.blocks, kindDocuments)[0].Data, byte(4))
	kinds := []string{kindTexts, kindFile, kindCounted, kindVocabulary, kindDocuments, kindTerms, remote.KindInfo}
	f.Fuzz(func(t *testing.T, task string, data []byte, kind byte) {
		var before []remote.Frame
		switch task {
		case "count":
			before = settled
		case "blocks":
			before = of(c.vocabulary, kindVocabulary)
		case "settle", "terms", "merge", "vocabulary", "model":
		default:
			return // fitting is tried elsewhere
		}
		converse(task, map[string]any{"buckets": 3, "documents": 9}, append(before, remote.Frame{Kind: kinds[int(kind)%len(kinds)], Data: data}))
	})
}
