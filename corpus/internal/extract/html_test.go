package extract

import (
	"fmt"
	"strings"
	"testing"
)

func TestHTML(t *testing.T) {
	runTable(t, HTML, []extractTest{
		{"empty", "", ""},
		{"no markup", "plain words", "plain words"},
		{"paragraphs", "<p>one<p>two", "one\n\ntwo"},
		{"text behind a paragraph", "<p>one</p>two", "one\n\ntwo"},
		{"white space", "<p> one\n\t two&nbsp;three\u2003four ", "one two three four"},
		{"words in parts", "<p>f<b>oo</b>b<i>a</i>r", "foobar"},
		{"a proposed break", "<p>hyphen&shy;ation un<wbr>broken", "hyphenation unbroken"},
		{"headings", "<h1>One</h1>two<h2>Three</h2>four", "One\n\ntwo\n\nThree\n\nfour"},
		{"a line break", "one<br>two<br/>three", "one\ntwo\nthree"},
		{"a rule", "one<hr>two", "one\n\ntwo"},
		{"a list", "a<ul><li>one</li> <li>two</ul>b", "a\n\none\ntwo\n\nb"},
		{"a list of paragraphs", "<ol><li><p>one</p></li><li><p>two</p><p>more</p></li><li>three", "one\ntwo\n\nmore\nthree"},
		{"a list in a list", "<ul><li>a<ul><li>b<li>c</ul><li>d</ul>", "a\nb\nc\nd"},
		{"an empty item", "<ul><li></li><li>a</ul>", "a"},
		{"definitions", "<dl><dt>term<dd>meaning</dl>", "term\nmeaning"},
		{"a table", "a<table><tr><th>A<th>B<tr><td>1<td>2</table>b", "a\n\nA\tB\n1\t2\n\nb"},
		{"paragraphs in cells", "<table><tr><td><p>a</p></td><td><p>b</p></td></tr><tr><td><p>c</p>", "a\tb\nc"},
		{"empty cells", "a<table><tr><td></td><td>x</td><td></td></tr><tr><td></td></tr></table>b", "a\n\nx\n\nb"},
		{"a table in a cell", "<table><tr><td><table><tr><td>a<td>b</table><td>c</table>", "a\tb\tc"},
		{"a caption", "<table><caption>C</caption><tr><td>a</table>", "C\n\na"},
		{"a poem", "<pre>\none  two\n  three\n\n\nfour</pre>five", "one two\nthree\n\nfour\n\nfive"},
		{"a picture", "a<img src=x alt='a cat'>b<img alt=''>c", "a a cat bc"},
		{"entities", "&lt;p&gt; &amp;amp; &eacute; &#x1F600; &#0;", "<p> &amp; é 😀 \ufffd"},
		{"scripts and styles", "a<script>x</script><style>y</style><template>z</template><noscript>w</noscript>b", "ab"},
		{"navigation", "<nav>Home</nav><div role=navigation>Up</div><ul role=menu><li>File</ul>text", "text"},
		{"a whole page in a form", "<form><p>text<label>Name<input></label><select><option>x</select><button>Go</button></form>", "text"},
		{"hidden", "<p hidden>a<p aria-hidden=true>b<p style='DISPLAY : none'>c<p style='visibility:hidden'>d<p>text", "text"},
		{"only one item hidden", "<ul><li hidden>a<li>b</ul>", "b"},
		{"a dialog that is not open", "<dialog>a</dialog><dialog open>b</dialog>", "b"},
		{"the footer of the page", "<article>a<footer>by b</footer></article><footer>imprint</footer>", "a\n\nby b"},
		{"deleted and inserted", "a <del>b</del><ins>c</ins>", "a c"},
		{"readings", "<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp>字<rt>ji</rt></ruby>", "漢字"},
		{"a formula", "<math><mi>E</mi><mo>=</mo><mi>m</mi><annotation>E=m</annotation></math>", "E=m"},
		{"tabs", "<ul role=tablist><li role=tab>One<li role=tab>Two</ul><p>text", "text"},
		{"tabs and what they open", "<div role=tablist><a role=tab>One</a><div><p>first</p></div></div>", "One\n\nfirst"},
		{"a page that is drawn", "<svg><style>.a{}</style><title>no</title><desc>no</desc><text><tspan>Il en </tspan><tspan>avait</tspan></text><g><text>rêvé</text></g></svg>", "Il en avait\n\nrêvé"},
		{"a picture with a title", "<svg><title>logo</title><text>x</text></svg>text", "text"},
		{"a note", "text<a role=doc-noteref href=#1>1</a><div epub:type='footnote'>note<a role=doc-backlink>↩</a></div>", "text\n\nnote"},
		{"a comment", "a<!-- b -->c<![CDATA[d]]>", "ac"},
		{"not UTF-8", "caf\xe9 au lait", "caf au lait"},
		{"control characters", "a\x01b\x0cc", "a b c"},
		{"XML", "<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'><head><title/></head><body>a<br/><![CDATA[b]]>&eacute;</body></html>", "a\nbé"},
		{"no XML, whatever it says", "<?xml version='1.0'?><p>a<p>b", "a\n\nb"},
		{"words on one line in different blocks", "<div>a</div><div>b</div>", "a\n\nb"},
	})
}

func TestHTMLSaysOfItself(t *testing.T) {
	tests := []struct {
		name, page string
		want       Text
	}{
		{"nothing", "", Text{}},
		{"a title", "<title> One\n two &amp; </title><svg><title>no</title></svg>", Text{Title: "One two &"}},
		{"a title for sharing", "<meta property=og:title content=Shared>", Text{Title: "Shared"}},
		{"language", "<html lang=de><body lang=en>", Text{Language: "de"}},
		{"language in XML", `<html xml:lang="el">`, Text{Language: "el"}},
		{"language of the old kind", "<meta http-equiv=Content-Language content=fr>", Text{Language: "fr"}},
		{"author", "<meta name=Author content='Ada F.'><meta name=author content='Ben'><meta name=dc.creator content=Ben>", Text{Author: "Ada F.; Ben"}},
		{"an author that is an address", "<meta property=article:author content=https://example.org/ada>", Text{}},
		{"date", "<meta property=article:published_time content=2024-03-17T10:00:00Z><meta name=date content=2020>", Text{Date: "2024-03-17T10:00:00Z"}},
		{"date for search machines", "<meta itemprop=datePublished content=2024-03-17>", Text{Date: "2024-03-17"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := HTML([]byte(test.page+"<p>x"), noLimit)
			test.want.Body = "x"
			if err != nil || got != test.want {
				t.Errorf("got %+v, %v, want %+v", got, err, test.want)
			}
		})
	}
}

// What is nested deeper than the parser follows is read all the same.
func TestHTMLDeep(t *testing.T) {
	for _, tag := range []string{"font", "div", "b", "table><tr><td", "ul><li"} {
		page := "<title>T</title><script>s</script>" + strings.Repeat("<"+tag+">", 10_000) + "deep<style>s</style>"
		text, err := HTML([]byte(page), noLimit)
		if err != nil || text.Body != "deep" || text.Title != "T" {
			t.Errorf("%s: got %.50q, %q, %v", tag, text.Body, text.Title, err)
		}
		page = "<?xml version='1.0'?>" + strings.Repeat("<div>", 10_000) + "deep" + strings.Repeat("</div>", 10_000)
		if text, err := HTML([]byte(page), noLimit); err != nil || text.Body != "deep" {
			t.Errorf("XML: got %.50q, %v", text.Body, err)
		}
	}
}

// A page that begins ten thousand times would take the parser seconds.
func TestHTMLManyBodies(t *testing.T) {
	var page strings.Builder
	for i := range 100_000 {
		fmt.Fprintf(&page, "<body a%d><html b%[1]d>x", i)
	}
	text, err := HTML([]byte(page.String()), noLimit)
	if want := strings.Repeat("x\n\n", 100_000); err != nil || text.Body != strings.TrimSpace(want) {
		t.Errorf("got %.50q, %v", text.Body, err)
	}
}

// A document can define entities that grow without measure. They are not known here.
const laughs = `<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><d><p>&c;</p></d>`

func TestHTMLEntityExpansion(t *testing.T) {
	text, err := HTML([]byte(laughs), noLimit)
	if err != nil || strings.Contains(text.Body, "haha") {
		t.Errorf("got %q, %v", text.Body, err)
	}
}

func FuzzHTML(f *testing.F) {
	addFixtures(f, "pandoc.html", "office.html")
	f.Add([]byte("<?xml version='1.0'?><html><body>a<br/>&eacute;</body></html>"))
	f.Add([]byte(laughs))
	f.Add([]byte(strings.Repeat("<font>", 600) + "a<table><li>b<pre>c\n\nd"))
	fuzzReader(f, HTML)
}

// A page of very many tags is read tag by tag, and says the same.
func TestLargePagesAreReadFlat(t *testing.T) {
	const one = "<p>A quiet <b>boat</b>, with good sails.</p>\n"
	small, large := strings.Repeat(one, 100), strings.Repeat(one, mostOfTree/perTag/4+1)
	if !fitsTree([]byte(small)) || fitsTree([]byte(large)) {
		t.Fatalf("a tree fits %d and %d bytes", len(small), len(large))
	}
	want, err := HTML([]byte(small), noLimit)
	got, flat := HTML([]byte(large), noLimit)
	if err != nil || flat != nil || !strings.HasPrefix(got.Body, want.Body) {
		t.Errorf("read as %.80q, want %.80q; %v, %v", got.Body, want.Body, err, flat)
	}
}
