package extract

import (
	"fmt"
	"strings"
	"testing"
)

// again repeats a piece of XML with running numbers.
func again(format string, n int) string {
	var all strings.Builder
	for i := range n {
		all.WriteString(strings.ReplaceAll(format, "#", fmt.Sprint(i+1)))
	}
	return all.String()
}

// A file of many texts is one list of them: known by its first element, or by how it is built.
func TestArticles(t *testing.T) {
	const words = "the keeper of the lantern writes of kelp and foam"
	for _, test := range []struct {
		name, raw, element string
		n                  int
		first              Article
	}{
		{"RSS", "<rss><channel><title>News</title>" + again(`<item><title>Kelp #</title><link>http://example.org/#</link><guid>g#</guid><pubDate>Mon, 1 Jan 2024 10:00:00 GMT</pubDate><category>sea</category><category>log</category><description>&lt;p&gt;a &lt;b&gt;lamp&lt;/b&gt; &amp;amp; foam&lt;/p&gt;</description></item>`, 2) + "</channel></rss>",
			"item", 2, Article{Body: "Kelp 1\n\na lamp & foam", ID: "g1", Date: "Mon, 1 Jan 2024 10:00:00 GMT", Fields: []ArticleField{{"title", "Kelp 1"}, {"link", "http://example.org/1"}, {"category", "sea; log"}}}},
		{"Atom", "<feed><title>News</title>" + again(`<entry><id>urn:#</id><updated>2024-03-01T10:00:00Z</updated><title>Kelp</title><author><name>Ada</name><email>a@example.org</email></author><content>foam</content></entry>`, 3) + "</feed>",
			"entry", 3, Article{Body: "Kelp\n\nfoam", ID: "urn:1", Date: "2024-03-01T10:00:00Z", Fields: []ArticleField{{"title", "Kelp"}, {"author", "Ada"}}}},
		{"RSS 1.0", "<rdf:RDF><channel><title>News</title></channel>" + again(`<item><title>Kelp #</title><dc:date>2024-03-01</dc:date><description>foam</description></item>`, 2) + "</rdf:RDF>",
			"item", 2, Article{Body: "Kelp 1\n\nfoam", Date: "2024-03-01", Fields: []ArticleField{{"title", "Kelp 1"}}}},
		{"PubMed", "<PubmedArticleSet>" + again(`<PubmedArticle><MedlineCitation><PMID>10#</PMID><DateCompleted><Year>2020</Year></DateCompleted><Article><Journal><JournalIssue><PubDate><Year>2019</Year><Month>May</Month></PubDate></JournalIssue><Title>Journal of Lamps</Title></Journal><ArticleTitle>On <i>kelp</i></ArticleTitle><Abstract><AbstractText>Foam and sand.</AbstractText></Abstract><AuthorList><Author><LastName>Byron</LastName><Initials>A</Initials><AffiliationInfo><Affiliation>Harbour</Affiliation></AffiliationInfo></Author></AuthorList></Article></MedlineCitation></PubmedArticle>`, 2) + "</PubmedArticleSet>",
			"pubmedarticle", 2, Article{Body: "On kelp\n\nFoam and sand.", ID: "101", Date: "2019 May", Fields: []ArticleField{{"title", "On kelp"}, {"author", "Byron A"}}}},
		{"a wiki", "<mediawiki><siteinfo><sitename>W</sitename></siteinfo>" + again(`<page><title>Kelp</title><ns>0</ns><id>7#</id><revision><id>9</id><timestamp>2024-03-01T10:00:00Z</timestamp><contributor><username>Ada</username></contributor><text>'''Kelp''' grows</text></revision></page>`, 2) + "</mediawiki>",
			"page", 2, Article{Body: "Kelp\n\n'''Kelp''' grows", ID: "71", Date: "2024-03-01T10:00:00Z", Fields: []ArticleField{{"title", "Kelp"}, {"ns", "0"}}}},
		{"TREC", again("<DOC>\n<DOCNO> AP-# </DOCNO>\n<TEXT>kelp and foam</TEXT></DOC>\n", 2), "doc", 2, Article{Body: "kelp and foam", ID: "AP-1"}},
		{"records of any kind", "<catalog>" + again(`<work id="b#"><author>Ada Byron</author><title>Kelp</title><genre>log</genre><publish_date>2000-10-01</publish_date><description>`+words+`</description></work>`, 5) + "</catalog>",
			"work", 5, Article{Body: "Kelp\n\n" + words, ID: "b1", Date: "2000-10-01", Fields: []ArticleField{{"author", "Ada Byron"}, {"title", "Kelp"}, {"genre", "log"}}}},
		{"two that their list is called after", "<letters>" + again(`<letter><from>Ada</from><body>`+words+`</body></letter>`, 2) + "</letters>",
			"letter", 2, Article{Body: words, Fields: []ArticleField{{"from", "Ada"}}}},
		{"records without a list around", again(`<STORY><TITLE>Kelp #</TITLE><BODY>`+words+`</BODY></STORY>`, 5), "story", 5, Article{Body: "Kelp 1\n\n" + words, Fields: []ArticleField{{"title", "Kelp 1"}}}},
	} {
		t.Run(test.name, func(t *testing.T) {
			found, alike, _ := ReadArticles([]byte(test.raw), ArticleNames{})
			if alike != "" || found.Element != test.element || len(found.All) != test.n {
				t.Fatalf("%d <%s>, %q; want %d <%s>", len(found.All), found.Element, alike, test.n, test.element)
			}
			if got := fmt.Sprintf("%+v", found.All[0]); got != fmt.Sprintf("%+v", test.first) {
				t.Errorf("got  %s\nwant %+v", got, test.first)
			}
		})
	}
}

// What is one text stays one, and of many long elements that may be texts it is told.
func TestNoArticles(t *testing.T) {
	const words = "the keeper of the lantern writes of kelp and foam and of the sea around the rock"
	chapter := "<chapter><head>One</head>" + again("<p>"+words+"</p>", 5) + "</chapter>"
	for _, test := range []struct {
		name, raw, alike string
	}{
		{"a book", "<book>" + again(chapter, 30) + "</book>", ""},
		{"TEI", "<TEI><text><body>" + again(chapter, 30) + "</body></text></TEI>", ""},
		{"few chapters", "<novel>" + again(chapter, 10) + "</novel>", ""},
		{"many chapters", "<novel>" + again(chapter, 30) + "</novel>", "chapter"},
		{"chapters with numbers", "<novel>" + again("<chapter><nr>#</nr><head>One</head>"+again("<p>"+words+"</p>", 5)+"</chapter>", 30) + "</novel>", "chapter"},
		{"one part each", "<lines>" + again("<l><t>"+words+"</t></l>", 10) + "</lines>", ""},
		{"a play", "<drama>" + again("<act>"+again("<speech><speaker>Ada</speaker><line>"+words+"</line></speech>", 20)+"</act>", 3) + "</drama>", ""},
		{"elements among words", "<d>" + again("<p>of <a>Ada</a> and <b>Ben</b> "+words+"</p>", 10) + "</d>", ""},
		{"settings", "<resources>" + again("<string><name>a</name><value>b</value></string>", 50) + "</resources>", ""},
		{"nothing", "", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			if found, alike, _ := ReadArticles([]byte(test.raw), ArticleNames{}); found.All != nil || alike != test.alike {
				t.Errorf("%d <%s>, alike %q, want none and %q", len(found.All), found.Element, alike, test.alike)
			}
		})
	}
}

// The user says which elements are the text, the id and the date.
func TestArticlesByName(t *testing.T) {
	raw := "<rss>" + again("<item><title>Kelp</title><nr>#</nr><day>2024-03-01</day><description>foam</description></item>", 2) + "</rss>"
	found, _, _ := ReadArticles([]byte(raw), ArticleNames{[]string{"Description"}, "nr", "day"})
	if a := found.All[1]; a.Body != "foam" || a.ID != "2" || a.Date != "2024-03-01" {
		t.Errorf("got %+v", a)
	}
}

// Every element of a list is an article, however long the list and whatever stands in it.
func TestArticlesHostile(t *testing.T) {
	for name, raw := range map[string]string{
		"deep":        "<rss>" + strings.Repeat("<item>", 1<<16),
		"many names":  "<rss><item>" + again("<a#>x</a#>", 1<<14) + "</item></rss>",
		"ends only":   strings.Repeat("</item>", 1<<18),
		"no ends":     "<rss>" + strings.Repeat("<item>a<b>", 1<<12),
		"long fields": "<rss><item><id>" + strings.Repeat("word ", 1<<18) + "</id></item></rss>",
		"many":        "<rss>" + strings.Repeat("<item/>", 1<<16) + "</rss>",
	} {
		t.Run(name, func(t *testing.T) {
			found, _, _ := ReadArticles([]byte(raw), ArticleNames{})
			if name == "many" && len(found.All) != 1<<16 {
				t.Errorf("%d articles", len(found.All))
			}
		})
	}
}

func FuzzArticles(f *testing.F) {
	f.Add([]byte("<rss><item><title>a</title><id>1</id>b</item><item/></rss>"))
	f.Add([]byte("<l>" + again("<x><id>#</id><date>1</date><t>a b c d e f g h i</t></x>", 5) + "</l>"))
	f.Add([]byte("<PubmedArticleSet><PubmedArticle><ArticleTitle><![CDATA[a]]></ArticleTitle></PubmedArticle></PubmedArticleSet>"))
	f.Add([]byte("<rss><item><title>t</title><a:>x</a:></item></rss>")) // a name that is only a prefix
	f.Fuzz(func(t *testing.T, raw []byte) {
		found, _, _ := ReadArticles(raw, ArticleNames{Text: []string{"t"}})
		for _, a := range found.All {
			for _, field := range a.Fields {
				if field.Name == "" || len(field.Value) > longestField {
					t.Errorf("field %q", field)
				}
			}
		}
	})
}
