package page

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf16"

	"golang.org/x/net/html"
	"klew/corpus"
	"klew/examples"
	"klew/nmf"
	"klew/topics"
	"klew/topics/comparison"
	"klew/topics/evaluation"
	"klew/topics/relations"
	"klew/topics/tables"
	"klew/vectorize"
)

// demo is the model of the sample texts, and these.
func demo(t *testing.T) (*topics.Model, []corpus.Document) {
	t.Helper()
	c, err := corpus.Open([]string{"demo"}, corpus.Options{Files: examples.Demo})
	if err != nil {
		t.Fatal(err)
	}
	documents := slices.Collect(c.Documents(t.Context()))
	return fit(t, documents, 8), documents
}

func fit(t *testing.T, documents []corpus.Document, k int) *topics.Model {
	t.Helper()
	counting, fitting := vectorize.Defaults(), nmf.Defaults()
	counting, all, fitting := vectorize.Defaults(), vectorize.Verbatim(), nmf.Defaults()
	counting.MinDF, counting.MaxDF = all.MinDF, all.MaxDF
	table, err := vectorize.Count(t.Context(), slices.Values(documents), counting)
	if err != nil {
		t.Fatal(err)
	}
	fitting.Topics, fitting.MaxIter, fitting.Init = k, 50, nmf.Random
	result, err := nmf.Fit(t.Context(), table.V, fitting)
	if err != nil {
		t.Fatal(err)
	}
	return topics.New(table, result, topics.Origin{Counting: counting, Fitting: fitting})
}

func pageOf(m *topics.Model, documents []corpus.Document, o Options) *Page {
	return &Page{Model: m, Name: "test", Options: o, Texts: func(yield func(int, string) bool) {
		for j, d := range documents {
			if !yield(j, d.Text) {
				return
			}
		}
	}}
}

func write(t *testing.T, p *Page) (string, Report) {
	t.Helper()
	var out bytes.Buffer
	report, err := p.Write(context.Background(), &out)
	if err != nil {
		t.Fatal(err)
	}
	if report.Size != int64(out.Len()) {
		t.Errorf("the report says %d bytes of %d", report.Size, out.Len())
	}
	return out.String(), report
}

// unpacked is a block of a page, nil if it is not there.
func unpacked(t *testing.T, text, name string) []byte {
	t.Helper()
	_, after, there := strings.Cut(text, `id="`+name+`">`)
	if !there {
		return nil
	}
	data, err := base64.StdEncoding.DecodeString(after[:strings.Index(after, "<")])
	if err != nil {
		t.Fatal(err)
	}
	z, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	all, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestSameBytes(t *testing.T) {
	m, documents := demo(t)
	one, _ := write(t, pageOf(m, documents, Defaults()))
	two, _ := write(t, pageOf(m, documents, Defaults()))
	if one != two {
		t.Error("the same model gives two pages")
	}
}

// The numbers of a page are those of the commands, as they write them.
func TestNumbersOfCommands(t *testing.T) {
	m, documents := demo(t)
	p := pageOf(m, documents, Defaults())
	p.Older = fit(t, documents, 5)
	if err := p.Evaluate(t.Context(), slices.Values(documents), 1); err != nil {
		t.Fatal(err)
	}
	text, _ := write(t, p)
	var got struct {
		Topics json.RawMessage
		Sheets []json.RawMessage
		Info   json.RawMessage
		Older  struct{ Rows json.RawMessage }
		Tree   struct{ Rows json.RawMessage }

		Measures struct{ Model, Topics json.RawMessage }
	}
	if err := json.Unmarshal(unpacked(t, text, "model"), &got); err != nil {
		t.Fatal(err)
	}
	same := func(what string, got json.RawMessage, want []byte) {
		t.Helper()
		var a, b bytes.Buffer
		if err := json.Compact(&b, want); err != nil {
			t.Fatal(err)
		}
		json.Compact(&a, got)
		if a.String() != b.String() {
			t.Errorf("%s: the page has\n%s\nand the command prints\n%s", what, a.String(), b.String())
		}
	}
	var want bytes.Buffer
	tables.Write(&want, tables.JSON, tables.Topics(m, tables.TopicOptions{Details: true, Typical: 8}))
	same("klew topics", got.Topics, want.Bytes())
	info := tables.ModelInfo(m)
	want.Reset()
	tables.WriteObject(&want, &info, true)
	same("klew info", got.Info, want.Bytes())
	c, err := comparison.Compare(t.Context(), p.Older, m, 0)
	if err != nil {
		t.Fatal(err)
	}
	want.Reset()
	tables.Write(&want, tables.JSON, tables.Comparison(p.Older, m, c, 10))
	same("klew compare", got.Older.Rows, want.Bytes())
	measures, _ := tables.ModelMeasures(p.Evaluation, evaluation.Measures, measuredOn)
	want.Reset()
	tables.Write(&want, tables.JSON, measures)
	same("klew evaluate", got.Measures.Model, want.Bytes())
	measures, _ = tables.TopicMeasures(p.Evaluation, evaluation.Measures)
	want.Reset()
	tables.Write(&want, tables.JSON, measures)
	same("klew evaluate --by-topic", got.Measures.Topics, want.Bytes())
	tree, err := relations.NewTree(relations.Distances(m), relations.Ward)
	if err != nil {
		t.Fatal(err)
	}
	want.Reset()
	tables.Write(&want, tables.JSON, tables.Groups(m, tree, tree.Cut(1), m.Correlations(), 6))
	same("klew tree --groups 1", got.Tree.Rows, want.Bytes())
	quoter, err := topics.NewQuoter(m)
	if err != nil {
		t.Fatal(err)
	}
	for k := range m.Topics() {
		x := tables.TopicSheet{Overall: tables.NewOverall(m), Topic: k, Words: 20, Weight: weightOf, Typical: m.Typical(8)[k], Neighbours: 8, Quotes: map[int][]topics.Quote{}}
		for _, j := range x.Typical {
			x.Quotes[j] = quoter.Quotes(k, j, documents[j].Text, 2)
		}
		sheet := x.Sheet()
		want.Reset()
		tables.WriteObject(&want, &sheet, true)
		same("klew topic "+strconv.Itoa(k+1), got.Sheets[k], want.Bytes())
	}
}

// reader reads varints.
type reader struct{ data []byte }

func (r *reader) unsigned() int {
	x, n := binary.Uvarint(r.data)
	r.data = r.data[n:]
	return int(x)
}

func (r *reader) signed() int {
	x, n := binary.Varint(r.data)
	r.data = r.data[n:]
	return int(x)
}

// The factors come out as they are, to the last bit.
func TestFactors(t *testing.T) {
	m, documents := demo(t)
	text, _ := write(t, pageOf(m, documents, Defaults()))
	for _, f := range []struct {
		name string
		at   func(list, place int) float32
		size int
	}{
		{"w", func(k, i int) float32 { return m.W.Item(i)[k] }, m.W.Items() * m.Topics()},
		{"h", func(j, k int) float32 { return m.H.Item(j)[k] }, m.H.Items() * m.Topics()},
	} {
		data := unpacked(t, text, f.name)
		lists, n := int(binary.LittleEndian.Uint32(data)), int(binary.LittleEndian.Uint32(data[4:]))
		r := &reader{data[8+4*lists:]}
		values := data[len(data)-4*n:]
		e, zeros := 0, f.size
		for list := range lists {
			place := 0
			for range binary.LittleEndian.Uint32(data[8+4*list:]) {
				place += r.unsigned()
				bits := uint32(values[e]) | uint32(values[n+e])<<8 | uint32(values[2*n+e])<<16 | uint32(values[3*n+e])<<24
				if x := math.Float32frombits(bits); x != f.at(list, place) || x == 0 {
					t.Fatalf("%s: list %d, place %d is %v, want %v", f.name, list, place, x, f.at(list, place))
				}
				e++
				zeros--
			}
		}
		if e != n || len(r.data) != 4*n {
			t.Errorf("%s: %d of %d entries, and %d bytes before the values", f.name, e, n, len(r.data)-4*n)
		}
	}
}

// Every token of every text comes out where klew explain has it, as the same term.
func TestTokens(t *testing.T) {
	_, documents := demo(t)
	// The same word is a term in one language, and a stop word in another; and places are
	// counted in UTF-16 behind what needs two units, and behind what no text should hold.
	documents = append(documents, corpus.Document{ID: "odd", Text: "🐝 Bees \U0001F41D honey é\u202e hive a1b2 the\x00 the"})
	m := fit(t, documents, 4)
	text, _ := write(t, pageOf(m, documents, Defaults()))
	var list []string
	if err := json.Unmarshal(unpacked(t, text, "texts-0"), &list); err != nil {
		t.Fatal(err)
	}
	type span struct {
		text string
		code int32
	}
	r := &reader{unpacked(t, text, "tokens-0")}
	var got [][]span
	for j := range list {
		units, end := utf16.Encode([]rune(list[j])), 0
		if r.unsigned() != 1 {
			t.Fatalf("text %d is not whole", j)
		}
		var spans []span
		for range r.unsigned() {
			from := end + r.signed()
			end = from + r.unsigned()
			spans = append(spans, span{string(utf16.Decode(units[from:end])), 0})
		}
		got = append(got, spans)
	}
	codes := map[string]int32{}
	var all []*span
	for _, spans := range got {
		for i := range spans {
			s := &spans[i]
			if _, known := codes[s.text]; !known {
				codes[s.text] = int32(r.signed())
			}
			s.code = codes[s.text]
			all = append(all, s)
		}
	}
	at := 0
	for range r.unsigned() {
		at += r.unsigned()
		all[at].code = int32(r.signed())
	}
	for j := range documents {
		explained, err := m.Explain(t.Context(), documents[j].Text, &m.DocumentTopics, j)
		if err != nil {
			t.Fatal(err)
		}
		var want []span
		for _, e := range explained {
			want = append(want, span{documents[j].Text[e.From:e.To], e.Row})
		}
		if !slices.Equal(got[j], want) {
			t.Errorf("%s: tokens are\n%v, want\n%v", documents[j].ID, got[j], want)
		}
	}
}

// Where the same word is two terms, both come out.
func TestExceptions(t *testing.T) {
	c := chunk{}
	c.add(0, "die die", []token{{0, 3, 7, 1}, {4, 7, -2, 1}}, true)
	c.add(1, "die", []token{{0, 3, 7, 1}}, false)
	c.add(2, "die", []token{{0, 3, 9, 2.5}}, true)
	want := []byte{
		1, 2, 0, 3, 2, 3, // whole; two tokens: at 0, 3 long; 1 behind it (zigzag), 3 long
		0, 1, 0, 3,
		1, 1, 0, 3,
		14,             // the code of "die", zigzag
		2, 1, 3, 2, 18, // two others: token 1 is -2, token 3 is 9
		1, // weights
	}
	data := append(slices.Clone(c.spans), c.codes...)
	data = append(append(data, byte(c.other)), c.others...)
	if !slices.Equal(data, want[:len(want)-1]) || !c.weighted {
		t.Errorf("written as %v, want %v", data, want)
	}
}

func TestTextModes(t *testing.T) {
	m, documents := demo(t)
	n := len(documents)
	sizes := map[TextMode]int64{}
	for mode, want := range map[TextMode]func(r Report) bool{
		AllTexts:  func(r Report) bool { return r.Whole == n && r.Brief == 0 },
		AutoTexts: func(r Report) bool { return r.Whole == n && r.Brief == 0 && r.Full == 0 },
		Excerpts:  func(r Report) bool { return r.Whole+r.Brief == n && r.Brief > 0 && r.Whole > 0 },
		NoTexts:   func(r Report) bool { return r.Whole == 0 && r.Brief == 0 },
	} {
		o := Defaults()
		o.Texts, o.Typical = mode, 2
		text, report := write(t, pageOf(m, documents, o))
		if !want(report) {
			t.Errorf("--texts %s: %+v", mode, report)
		}
		if has := strings.Contains(text, `id="texts-0"`); has != (mode != NoTexts) {
			t.Errorf("--texts %s: texts are there: %t", mode, has)
		}
		if quotes := bytes.Contains(unpacked(t, text, "model"), []byte(`"sentence":`)); quotes != (mode != NoTexts) {
			t.Errorf("--texts %s: sentences are quoted: %t", mode, quotes)
		}
		sizes[mode] = report.Size
	}
	o := Defaults()
	o.Typical, o.MaxSize = 2, sizes[AllTexts]-1
	if _, report := write(t, pageOf(m, documents, o)); report.Brief == 0 || report.Full <= 0 {
		t.Errorf("a page that is one byte too large with all texts: %+v", report)
	}
}

// Typical texts are whole among excerpts, but for such as would make the page too large.
func TestLongTypicalTexts(t *testing.T) {
	m, documents := demo(t)
	for j := range documents {
		var long strings.Builder
		for i := range 8000 {
			fmt.Fprintf(&long, "w%d ", (i*7919+j*104729)%99991) // what packs badly
		}
		documents[j].Text += " " + long.String()
	}
	o := Defaults()
	o.MaxSize = 1 << 20
	html, report := write(t, pageOf(m, documents, o))
	if int64(len(html)) > o.MaxSize || report.Brief == 0 {
		t.Errorf("the page has %d bytes, with %d whole and %d brief texts", len(html), report.Whole, report.Brief)
	}
	o.Texts, o.MaxSize = Excerpts, 100<<20
	if _, report = write(t, pageOf(m, documents, o)); report.Whole == 0 {
		t.Error("with room for them no typical text is whole")
	}
}

// Without texts a page is made, and keeps why they are missing.
func TestNoTexts(t *testing.T) {
	m, documents := demo(t)
	p := pageOf(m, documents, Defaults())
	p.Texts, p.Why = nil, "They are gone."
	text, report := write(t, p)
	if report.Whole != 0 || !bytes.Contains(unpacked(t, text, "model"), []byte("They are gone.")) {
		t.Errorf("%+v, and the page does not say why", report)
	}
}

// What stands in texts, ids, metadata and labels makes no element: the page has those that the
// package writes, and one script that runs, the one whose hash the policy names.
func TestHostile(t *testing.T) {
	nasty := `</script><script>alert(1)</script><img src=x onerror=alert(1)> javascript:alert(1) " ' & \u202e ]]> <!-- </noscript></table>`
	var documents []corpus.Document
	for i := range 12 {
		text := strings.Repeat([]string{"bees honey hive ", "train rail station ", "wolf forest moon "}[i%3], 5) + nasty + " onerror"
		documents = append(documents, corpus.Document{ID: nasty + strconv.Itoa(i), Text: text, Meta: []corpus.Field{{Name: nasty, Value: nasty}}})
	}
	m := fit(t, documents, 3)
	if err := m.Amend([]topics.Edit{{Verb: topics.RenameTopic, Topic: 0, Text: nasty}}); err != nil {
		t.Fatal(err)
	}
	edited, err := m.Edited()
	if err != nil {
		t.Fatal(err)
	}
	p := pageOf(edited, documents, Defaults())
	p.Name = nasty
	text, _ := write(t, p)
	root, err := html.Parse(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	elements, scripts := map[string]int{}, 0
	for n := range root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		elements[n.Data]++
		for _, a := range n.Attr {
			if strings.HasPrefix(a.Key, "on") || a.Key == "style" || a.Key == "src" {
				t.Errorf("<%s> has the attribute %s", n.Data, a.Key)
			}
		}
		if n.Data == "script" && len(n.Attr) == 0 {
			scripts++
			if !strings.Contains(policy(), hashOf(n.FirstChild.Data)) {
				t.Error("the policy does not name the script")
			}
		}
		if n.Data == "style" && !strings.Contains(policy(), hashOf(n.FirstChild.Data)) {
			t.Error("the policy does not name the style sheet")
		}
	}
	if scripts != 1 || elements["style"] != 1 || elements["img"] != 0 || elements["meta"] != 5 {
		t.Errorf("elements: %v", elements)
	}
}

// A page of a few documents with nothing in them is a page.
func TestEmptyDocuments(t *testing.T) {
	documents := []corpus.Document{{ID: "a", Text: "bees"}, {ID: "b"}, {ID: "c", Text: "trains"}}
	text, report := write(t, pageOf(fit(t, documents, 2), documents, Defaults()))
	if report.Whole != 3 || unpacked(t, text, "h") == nil {
		t.Errorf("%+v", report)
	}
}

// The bundle stays small, for it is in every page.
func TestBundleSize(t *testing.T) {
	if n := len(script) + len(style); n > 150_000 || len(script) < 1000 {
		t.Errorf("script and style sheet are %d bytes", n)
	}
	if strings.Contains(script, "</script") || strings.Contains(script, "innerHTML") || strings.Contains(script, "eval(") {
		t.Error("the script holds what it must not")
	}
}

// Strings that are written by what they share with others come out as they are, and cut no pair
// of UTF-16; what is no UTF-8 becomes U+FFFD.
func TestCoded(t *testing.T) {
	list := []string{"", "bee", "bees", "be", "x", "🐝 honey", "🐝 hive", "🐞 hive", "caf\xff", "caf\xffe", "café", "cafè", ""}
	var c coded
	before := ""
	for i, text := range list {
		was := utf16.Encode([]rune(before))
		before = c.add(before, text)
		if got := string(utf16.Decode(was[:c.Same[i]])) + c.Rest[i]; got != strings.ToValidUTF8(text, "\ufffd") {
			t.Errorf("%q comes out as %q", text, got)
		}
	}
	if want := []int{0, 0, 3, 2, 0, 0, 4, 0, 0, 4, 3, 3, 0}; !slices.Equal(c.Same, want) {
		t.Errorf("shared are %v, want %v", c.Same, want)
	}
	if got := runs([][]int{{0, 1, 2, 7, 8}, {}, {3}}); !slices.EqualFunc(got, [][]int{{0, 3, 7, 2}, {}, {3, 1}}, slices.Equal) {
		t.Errorf("runs are %v", got)
	}
}
