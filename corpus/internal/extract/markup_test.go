package extract

import (
	"strings"
	"testing"
)

func TestXML(t *testing.T) {
	const decl = `<?xml version="1.0" encoding="UTF-8"?>` + "\n"
	runTable(t, XML, []extractTest{
		{"nothing", "", ""},
		{"TEI", decl + `<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><p rend="italic">kelp <persName>lantern</persName> &amp; foam</p></body></text></TEI>`, "kelp lantern & foam"},
		{"parts of words", decl + `<d><p>the <hi>k</hi>eeper's <hi>lamp</hi>s</p><p>new</p></d>`, "the keeper's lamps\n\nnew"},
		{"elements that touch", decl + `<d><title>One</title><body>two</body></d>`, "One\n\ntwo"},
		{"among words in one place, and therefore in all", decl + `<d><p><em>one</em></p><p>t<em>w</em>o</p></d>`, "one\n\ntwo"},
		{"line ends", decl + `<d><p>one<lb/>two el<lb break="no"/>even</p></d>`, "one two eleven"},
		{"words of a corpus", decl + `<s><w>kelp</w><w>lantern</w><pc>.</pc></s>`, "kelp lantern ."},
		{"CDATA", decl + `<d><p><![CDATA[a < b & c]]></p></d>`, "a < b & c"},
		{"comments and instructions", decl + `<d><?php x ?><!-- no -->one</d>`, "one"},
		{"entities of its own", `<!DOCTYPE d [ <!ENTITY klew "ball of thread"> <!ENTITY x 'ä'> <!ELEMENT d (#PCDATA)> ]><d>a &klew; &x;&eacute;&#228;</d>`, "a ball of thread äéä"},
		{"entities in entities", `<!DOCTYPE d [ <!ENTITY a "aaa"> <!ENTITY b "&a;&a;"> ]><d>&b;</d>`, "&a;&a;"},
		{"entities of other files", `<!DOCTYPE d [ <!ENTITY a SYSTEM "file:///etc/passwd"> ]><d>x &a;</d>`, "x &a;"},
		{"SGML", "<!DOCTYPE lewis SYSTEM \"lewis.dtd\">\n<REUTERS ID=1 TOPICS=YES><PLACES><D>peru</D><D>chile</D></PLACES><TEXT>&#2;\n<TITLE>COCOA</TITLE><BODY>Showers &lt;ended>.\n&#3;</BODY></TEXT></REUTERS>", "peru\n\nchile\n\nCOCOA\n\nShowers <ended>."},
		{"elements without ends", "<doc><p>one<p>two</doc><doc>three</doc>", "one\n\ntwo\n\nthree"},
		{"ends without elements", "</x><doc>one</p> two</doc>", "one two"},
		{"names that HTML knows", decl + `<d><title>a</title><script>no</script><textarea>b</textarea><table>c</table><plaintext>d</plaintext><p>e</p></d>`, "a\n\nb\n\nc\n\nd\n\ne"},
		{"a feed", decl + `<rss version="2.0"><channel><title>News</title><link>http://example.org/</link><ttl>60</ttl><item><title>Kelp</title><pubDate>Mon, 1 Jan 2024 10:00:00 GMT</pubDate><description>&lt;p&gt;a &lt;b&gt;lamp&lt;/b&gt;&lt;/p&gt;&lt;p&gt;two&lt;/p&gt;</description><guid>x</guid></item></channel></rss>`, "News\n\nKelp\n\na lamp\n\ntwo"},
		{"Atom", decl + `<feed><id>urn:x</id><entry><title>Kelp</title><updated>2024</updated><content type="html"><![CDATA[<p>foam</p>]]></content></entry></feed>`, "Kelp\n\nfoam"},
		{"styles of FictionBook", decl + `<FictionBook><stylesheet type="text/css">.body{font-family: Verdana}</stylesheet><body><section><p>kelp <style name="foreign">and</style> foam</p></section></body></FictionBook>`, "kelp and foam"},
		{"FictionBook", decl + `<FictionBook><description><title-info><book-title>T</book-title><lang>de</lang></title-info></description><body><section><p>kelp <emphasis>and</emphasis> foam</p></section></body><binary id="a">aGVsbG8=</binary></FictionBook>`, "kelp and foam"},
		{"a header alone", decl + `<TEI><teiHeader><abstract><p>kelp and foam</p></abstract></teiHeader><text/></TEI>`, "kelp and foam"},
		{"prefixes", decl + `<x:d><x:p>one</x:p><y:p>two</y:p></x:d>`, "one\n\ntwo"},
		{"a drawing", `<svg><style>.a{}</style><text>kelp</text><desc>a lamp</desc></svg>`, "kelp\n\na lamp"},
	})
}

func TestXMLSaysOfItself(t *testing.T) {
	for raw, want := range map[string]Text{
		`<TEI xml:lang="en"><teiHeader><fileDesc><titleStmt><title>The Log</title><author>Ada</author></titleStmt><publicationStmt><date>1852</date></publicationStmt></fileDesc></teiHeader><text><p>kelp</p></text></TEI>`: {Body: "kelp", Title: "The Log", Author: "Ada", Language: "en", Date: "1852"},
		`<FictionBook><description><title-info><book-title>T</book-title><lang>de</lang></title-info></description><body><p>kelp</p></body></FictionBook>`:                                                                   {Body: "kelp", Title: "T", Language: "de"},
		`<TEI><teiHeader><titleStmt><title>Thought</title><author><persName><forename>Leonid</forename> <surname>Andreyev</surname></persName><persName xml:lang="de"><surname>Andrejew</surname></persName><idno>Q1</idno></author><author>Another</author></titleStmt></teiHeader>` +
			`<standOff><event type="print" when="1914"><desc>printed</desc></event><event type="written" when="1913"/></standOff><text><castList><castItem>Kraft, a man</castItem></castList><sp><speaker>KRAFT</speaker><p>kelp</p></sp></text></TEI>`: {Body: "kelp", Title: "Thought", Author: "Leonid Andreyev", Date: "1913"},
		`<TEI><teiHeader><sourceDesc><date when="1852-03">March of that year</date></sourceDesc></teiHeader><text>kelp</text></TEI>`:                                                               {Body: "kelp", Date: "1852-03"},
		`<TEI><teiHeader><publicationStmt><date when="2017-02">of the edition</date></publicationStmt></teiHeader><standOff><event type="written" when="1601"/></standOff><text>kelp</text></TEI>`: {Body: "kelp", Date: "1601"},
		`<play><castList>Kraft</castList><speaker>KRAFT</speaker></play>`:                                                                                                                          {Body: "Kraft\n\nKRAFT"},
		`<FictionBook><description><title-info><author><first-name>Ada</first-name><last-name>Byron</last-name></author></title-info></description><body><p>kelp</p></body></FictionBook>`:         {Body: "kelp", Author: "Ada Byron"},
		`<rss><channel><title>News</title><item><title>Kelp</title></item></channel></rss>`:                                                                                                        {Body: "News\n\nKelp", Title: "News"},
	} {
		if got, err := XML([]byte(raw), noLimit); err != nil || got != want {
			t.Errorf("%s gave %+v, %v, want %+v", raw, got, err, want)
		}
	}
}

// What is hostile costs neither time nor memory.
func TestXMLHostile(t *testing.T) {
	for name, raw := range map[string]string{
		"deep":             strings.Repeat("<a>", 1<<20),
		"many names":       strings.Repeat("<a>x<b>", 1<<18),
		"ends only":        strings.Repeat("</a>", 1<<20),
		"laughs":           laughs,
		"many entities":    "<!DOCTYPE d [" + strings.Repeat(`<!ENTITY a "bbbbbbbbbbbbbbbbbbbbbbbbbbb">`, 1<<14) + "]><d>" + strings.Repeat("&a;", 1<<16) + "</d>",
		"a type, no end":   "<!DOCTYPE d [" + strings.Repeat("[", 1<<20),
		"many attributes":  "<d " + strings.Repeat("a='b' ", 1<<18) + ">x</d>",
		"pages in text":    "<rss>" + strings.Repeat("<i>&lt;p&gt;a&lt;/p&gt;</i>", 1<<15) + "</rss>",
		"comments in tags": strings.Repeat("<!--", 1<<19),
	} {
		t.Run(name, func(t *testing.T) {
			if text, err := XML([]byte(raw), noLimit); err == nil {
				checkForm(t, text)
			}
		})
	}
}

// Entities may add 16 MB to a document, and no more.
func TestXMLEntitiesGrow(t *testing.T) {
	long := strings.Repeat("word ", 190)
	raw := `<!DOCTYPE d [ <!ENTITY e "` + long + `"> ]><d>` + strings.Repeat("<p>&e;</p>", 100_000) + "</d>"
	text, err := XML([]byte(raw), noLimit)
	if err != nil || len(text.Body) > 20<<20 || !strings.HasPrefix(text.Body, "word word") || !strings.HasSuffix(text.Body, "&e;") {
		t.Errorf("%d bytes, %v", len(text.Body), err)
	}
}

func FuzzXML(f *testing.F) {
	f.Add([]byte(`<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "b">]><rss><title>x</title><i>&a;&lt;p>y&lt;/p></i><w>a</w><lb/></rss>`))
	f.Add([]byte(`<TEI><teiHeader><title>T</title></teiHeader><p>a<hi>b</hi></p><![CDATA[x]]></TEI>`))
	fuzzReader(f, XML)
}
