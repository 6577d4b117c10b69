package corpus

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
)

// Each text in a list of XML is a document with what it says of itself, and it is told what was
// taken for what.
func TestArticlesAreDocuments(t *testing.T) {
	var feed strings.Builder
	feed.WriteString("<?xml version='1.0' encoding='windows-1251'?><rss><channel><title>The log</title>")
	for i := range 3 {
		fmt.Fprintf(&feed, "<item><title>Kelp %d</title><guid>g%[1]d</guid><pubDate>0%d/13/2024</pubDate><category>\xec\xee\xf0\xe5</category><description>lantern and foam</description></item>", i, i+1)
	}
	feed.WriteString("</channel></rss>")
	c, err := Open([]string{"log.rss"}, Options{Files: fstest.MapFS{"log.rss": {Data: []byte(feed.String())}}})
	if err != nil {
		t.Fatal(err)
	}
	got := gather(c)
	if len(got) != 3 || got[2].ID != "g2" || got[2].Place != "log.rss:3" || got[2].Text != "Kelp 2\n\nlantern and foam" ||
		got[2].Date != "2024-03-13" || Value(got[2].Meta, "category") != "море" || Value(got[2].Meta, "title") != "Kelp 2" {
		t.Errorf("documents are %+v", got)
	}
	var said []string
	for _, e := range c.Ledger() {
		if e.Reason == Taken {
			said = append(said, e.AsTable())
		}
	}
	const want = "log.rss: 3 elements <item>; words outside of them left out: 2; text from title and description, id from guid, date from pubdate (month first)"
	if len(said) != 1 || said[0] != want {
		t.Errorf("said %q, want %q", said, want)
	}
	if err := c.Err(); err != nil {
		t.Error(err)
	}
}

// Of elements that are perhaps texts it is told that they are one document.
func TestAlikeElementsAreTold(t *testing.T) {
	chapter := "<chapter><head>One</head>" + strings.Repeat("<p>the keeper of the lantern writes of kelp and foam and of the sea</p>", 5) + "</chapter>"
	files := fstest.MapFS{"novel.xml": {Data: []byte("<?xml version='1.0'?><novel>" + strings.Repeat(chapter, 24) + "</novel>")}}
	c, err := Open([]string{"novel.xml"}, Options{Files: files})
	if err != nil {
		t.Fatal(err)
	}
	if got := gather(c); len(got) != 1 || got[0].ID != "novel.xml" {
		t.Errorf("documents are %+v", got)
	}
	if l := c.Ledger(); len(l) != 1 || l[0].Reason != ManyAlike || l[0].Detail != "24 <chapter>" {
		t.Errorf("the ledger is %+v", l)
	}
}
