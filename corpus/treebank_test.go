package corpus

import (
	"strings"
	"testing"
	"testing/fstest"
)

// CoNLL-U by its ending and by what it holds: lemmas, the ids and fields of documents, and lines
// that are none told.
func TestTreebanks(t *testing.T) {
	row := func(id, form, lemma string) string {
		return strings.Join([]string{id, form, lemma, "NOUN", "_", "_", "0", "root", "_", "_"}, "\t") + "\n"
	}
	texts := "# newdoc id = a\n# meta::genre = news\n# meta::date = 2021-03-02\n" + row("1", "mice", "mouse") + row("2", "ran", "run") +
		"\n# newdoc\n2 geese\n" + row("1", "geese", "goose")
	files := fstest.MapFS{"r/a.conllu": {Data: []byte(texts)}, "r/b.txt": {Data: []byte(row("1", "mice", "mouse"))}, "r/c.conllu": {Data: []byte("# none\n")}, "r/d.conllu": {Data: []byte("no columns\n")}}
	c := open(t, Options{Files: files}, "r")
	var got []string
	for _, d := range gather(c) {
		got = append(got, strings.TrimSpace(d.ID+": "+d.Text+" "+Value(d.Meta, "genre")+" "+d.Date))
	}
	equal(t, "documents", got, []string{"a: mouse run news 2021-03-02", "r/a.conllu:2: goose", "r/b.txt:1: mouse"})
	var ledger []string
	for _, e := range c.Ledger() {
		ledger = append(ledger, e.Action()+" "+e.Path+" "+e.Reason+" "+e.Detail)
	}
	equal(t, "ledger", ledger, []string{
		"repaired r/a.conllu:2 " + BadLines + " 1 of them, the first is line 8: 1 columns in place of 10, with tabs between",
		"skipped r/c.conllu " + Unreadable + " no word in it",
		"skipped r/d.conllu:1 " + Unreadable + " 1 of them, the first is line 1: 1 columns in place of 10, with tabs between",
		"note r/a.conllu " + AsLemmas + " 3 words, 0 without a lemma", // for both
	})
}
