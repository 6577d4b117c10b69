package browser

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"testing"

	"klew/topics"
	"klew/topics/comparison"
	"klew/topics/evaluation"
	"klew/topics/page"
	"klew/topics/relations"
	"klew/topics/tables"
)

// What CSV saves is what the commands write, to the byte, and what SVG saves is a picture.
func TestFiles(t *testing.T) {
	m, texts := demo(t)
	b := open(t, m, texts)
	years, _, _ := m.ByPeriod(topics.Year)
	tree, err := relations.NewTree(relations.Distances(m), relations.Ward)
	if err != nil {
		t.Fatal(err)
	}
	own := page.Page{Model: m}
	if err := own.Evaluate(t.Context(), documentsOf(texts), 1); err != nil {
		t.Fatal(err)
	}
	ofModel, _ := tables.ModelMeasures(own.Evaluation, evaluation.Measures, map[evaluation.Need]string{evaluation.TheTexts: "texts", evaluation.TheModel: "model", evaluation.TheLabels: "folder"})
	ofTopics, _ := tables.TopicMeasures(own.Evaluation, evaluation.Measures)
	compared, err := comparison.Compare(t.Context(), m, m, 0)
	if err != nil {
		t.Fatal(err)
	}
	grouped := func(n int) *tables.Table { return tables.Groups(m, tree, tree.Cut(n), m.Correlations(), 6) }
	boot := topics.Bootstrap{Resamples: topics.DefaultResamples, Level: topics.DefaultLevel, Seed: 1}
	all := []int{0, 1, 2, 3, 4, 5, 6, 7}
	for hash, want := range map[string]*tables.Table{
		"#/topics":    tables.Topics(m, tables.TopicOptions{Details: true, Typical: 8}),
		"#/documents": tables.Documents(m, &m.DocumentTopics, tables.DocumentOptions{}),
		"#/trends":    tables.Trends(m, m.DocumentTopics.Trends(years, boot), []string{"period"}, all),

		"#/trends?as=stacked":    tables.Trends(m, m.DocumentTopics.Trends(years, boot), []string{"period"}, all),
		"#/compared":             tables.Comparison(m, m, compared, tables.KeywordsShown),
		"#/tree?groups=2":        grouped(2),
		"#/tree?groups=5":        grouped(5),
		"#/evaluation":           ofModel,
		"#/evaluation?of=topics": ofTopics,
	} {
		b.visit(hash)
		var file bytes.Buffer
		if err := tables.Write(&file, tables.CSV, want); err != nil {
			t.Fatal(err)
		}
		if got := b.saved("CSV"); got != file.String() {
			t.Errorf("%s: the page saves\n%.600s\nand the command writes\n%.600s", hash, got, file.String())
		}
	}
	for _, hash := range []string{"#/topics", "#/topic/1", "#/documents", "#/doc/0", "#/word/" + b.word, "#/map", "#/tree", "#/trends",
		"#/trends?as=stacked", "#/fields", "#/compared", "#/evaluation", "#/evaluation?of=topics", "#/sweep", "#/topics?as=table"} {
		b.visit(hash)
		picture := b.saved("SVG")
		if label := m.Labels()[0]; (hash == "#/fields" || hash == "#/topics" || hash == "#/compared") && !strings.Contains(picture, label) {
			t.Errorf("%s: the picture does not name the topic %q", hash, label)
		}
		if !strings.HasPrefix(picture, "<svg") || strings.Contains(picture, "var(--") || strings.Contains(picture, "class=") {
			t.Errorf("%s: the picture begins with %.200q", hash, picture)
		}
		for d := xml.NewDecoder(strings.NewReader(picture)); ; {
			if _, err := d.Token(); err == io.EOF {
				break
			} else if err != nil {
				t.Errorf("%s: the picture is no XML: %v", hash, err)
				break
			}
		}
	}
	b.quiet("files")
}

// saved is what a button of the view saves.
func (b *tab) saved(button string) string {
	b.Helper()
	return eval[string](b, fmt.Sprintf(`new Promise(done => {
		const make = URL.createObjectURL;
		URL.createObjectURL = blob => { blob.text().then(done); URL.createObjectURL = make; return 'blob:null/none'; };
		HTMLAnchorElement.prototype.click = () => {};
		[...document.querySelectorAll('.files button')].find(e => e.textContent === %q).click();
	})`, button))
}
