package records

import (
	"strings"
	"testing"
)

// A column has tags if some of its cells have tags of prose; what programmers write is no tag.
func TestMarkup(t *testing.T) {
	for _, test := range []struct {
		cells string
		want  Markup
	}{
		{"<p>The kiln was hot.</p>|Nothing", Tags},
		{"A good film.<br /><br />The end is sad.|I slept.|I wept.", Tags},
		{"<jats:p>Glazes of the north.</jats:p>", Tags},
		{"fish &amp; chips|tea", Entities},
		{"it&#39;s late|tea", Entities},
		{"a List<String> of <names>|if a < b && c > d", Plain},
		{"AT&T; fish & chips", Plain},
	} {
		var sample [][]string
		for cell := range strings.SplitSeq(test.cells, "|") {
			sample = append(sample, []string{cell})
		}
		l, err := Choose([]string{"text"}, sample, Columns{})
		if err != nil || l.markup != test.want || l.Record(1, sample[0]).Markup != test.want {
			t.Errorf("%q: %v, %v, want %v", test.cells, l.markup, err, test.want)
		}
	}
}

// What programs write where there is no text is none; what people write is one.
func TestNoText(t *testing.T) {
	l, err := Choose([]string{"text"}, nil, Columns{})
	if err != nil {
		t.Fatal(err)
	}
	for cell, want := range map[string]string{"NULL": "", "nan": "", `\N`: "", "none": "none", "NA": "NA", "null and void": "null and void"} {
		if got := l.Record(1, []string{cell}).Text; got != want {
			t.Errorf("%q is read as %q", cell, got)
		}
	}
}

// The names of columns are known in the ways that programs write them, also within groups if no
// other group has one, and wherever they stand in the lists of names.
func TestNamesOfPrograms(t *testing.T) {
	for _, test := range []struct{ names, row, id, date string }{
		{"publishedAt|text", "2023-05-01|Kelp", "", "publishedAt"},
		{"node.number|node.createdAt|node.text", "7|2023-05-01|Kelp", "", "node.createdAt"},
		{"data.id|data.created_utc|data.body", "x1|1684000000.0|Kelp", "data.id", "data.created_utc"},
		{"a.id|b.id|text", "x1|y1|Kelp", "", ""},
		{"last_activity_date|creation_date|text", "1684000000|1683000000|Kelp", "", "creation_date"},
		{"Kennung|text", "x1|Kelp", "Kennung", ""},
	} {
		names, row := strings.Split(test.names, "|"), strings.Split(test.row, "|")
		l, err := Choose(names, [][]string{row}, Columns{})
		if got := l.Taken(); err != nil || got.ID != test.id || got.Date != test.date {
			t.Errorf("%s: id %q, date %q, %v", test.names, got.ID, got.Date, err)
		}
	}
}
