package corpus

import (
	"fmt"
	"strings"

	"klew/corpus/internal/date"
	"klew/corpus/internal/extract"
	"klew/corpus/internal/records"
)

// markup makes documents of a file of XML: of each article, if it is a list of some, and else one.
func (c *Corpus) markup(in *input, raw []byte) batch {
	t, ok := c.decoder.decode(raw)
	if !ok {
		return in.noted(t.repairs)
	}
	text := bytesOf(t.text) // which readers of texts leave as it is
	found, alike, many := extract.ReadArticles(text, extract.ArticleNames{Text: c.columns.Text, ID: c.columns.ID, Date: c.columns.Date})
	if len(found.All) > 0 {
		return c.articles(in, found, t)
	}
	b := in.document(extract.XML, text, t)
	if alike != "" && len(b.documents) > 0 {
		b.entries = append(b.entries, Entry{Path: in.id, Note: true, Reason: ManyAlike, Detail: fmt.Sprintf("%d <%s>", many, alike)})
	}
	return b
}

// articles makes a document of each article, as of the rows of a table.
func (c *Corpus) articles(in *input, found extract.Articles, t decoded) batch {
	b := in.noted(t.repairs)
	b.table, b.ends = &table{path: in.path}, true
	taken := takenOf(found)
	for i, a := range found.All {
		r := records.Record{Number: i + 1, ID: a.ID, Date: a.Date, Text: a.Body, Table: taken}
		for _, f := range a.Fields {
			r.Meta = append(r.Meta, records.Field(f))
		}
		b.addRecord(in, r, nil, decoded{encoding: t.encoding, forced: t.forced})
	}
	return b
}

// takenOf says what was taken for what in a list of articles.
func takenOf(found extract.Articles) *records.Taken {
	const most = 5
	var votes date.Votes
	for _, a := range found.All {
		votes.Add(a.Date)
	}
	t := &records.Taken{Form: "elements <" + found.Element + ">", Text: found.Text, ID: found.ID, Date: found.Date, Order: votes.Order()}
	if n := len(t.Text) - most; n > 0 {
		t.Text = append(t.Text[:most:most], fmt.Sprintf("%d more", n))
	}
	if found.Around > 0 {
		t.Form += "; words outside of them left out: " + fmt.Sprint(found.Around)
	}
	t.Form = strings.TrimSpace(t.Form)
	return t
}
