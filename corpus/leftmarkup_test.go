package corpus

import (
	"strings"
	"testing"
	"testing/fstest"
	"unicode"
)

// A plain text is read without the markup that is left in it, which is noted; what programmers and
// mathematicians write with the same signs is no markup.
func TestLeftMarkup(t *testing.T) {
	for _, test := range []struct{ text, want, first string }{
		{"A good film.<br /><br />The end is sad.", "A good film.  The end is sad.", "<br />"},
		{"one<BR>two<br/>three", "one two three", "<BR>"},
		{`<p class="lead">Kilns of the <b>north</b></p>`, " Kilns of the north ", `<p class="lead">`},
		{"H<sub>2</sub>O", "H2O", "</sub>"},
		{"fish &amp; chips, it&#39;s late", "fish & chips, it's late", "&amp;"},
		{"tea&nbsp;time", "tea\u00a0time", "&nbsp;"},
		{"see &lt;br&gt; <br> there", "see     there", "<br>"},
		{"fish &amp;amp; chips", "fish & chips", "&amp;"},
		{"caf&#101;&#769; bell &amp; cat", "café bell & cat", "&#101;"},
		{"caf&eacute; stra&szlig;e", "café straße", "&eacute;"},
		{"fish &amp; chips at x.org/?a=1&section=2&copy=3 rock&notice", "fish & chips at x.org/?a=1&section=2&copy=3 rock&notice", "&amp;"},
		{"if x<i and y>z then p </p> ok, a <b and c> d", "if x<i and y>z then p   ok, a <b and c> d", "</p>"},
		{"x <p and data[j]> y", "x <p and data[j]> y", ""},
		{`<p>a <a href='x.html' id=k>kiln</a></p><script type="x">var ash = "</p>";</script><!-- wax -->b`, " a kiln  " + " b", "<p>"},
		{"<log><title>Great whales</title></log>", "<log> Great whales </log>", "</title>"},
		{"a List<String> of <names>, if a < b && c > d", "a List<String> of <names>, if a < b && c > d", ""},
		{"AT&T; R&D &c. a<b>c", "AT&T; R&D &c. a<b>c", ""},
		{"", "", ""},
	} {
		d := decoded{text: test.text}
		d.withoutLeftMarkup()
		if d.text != test.want {
			t.Errorf("%q is read as %q, want %q", test.text, d.text, test.want)
		}
		if strings.ContainsFunc(d.text, unicode.IsControl) {
			t.Errorf("%q has control characters", d.text)
		}
		if noted := len(d.repairs) > 0; noted != (test.first != "") || noted && d.repairs[0].Detail != test.first {
			t.Errorf("%q: noted %v, want %q", test.text, d.repairs, test.first)
		}
	}
}

// Files and lines of texts are read without it, and one note stands for all of them.
func TestLeftMarkupIsNoted(t *testing.T) {
	text := "We saw seals.<br />They slept &amp; snored."
	for _, input := range []string{"", "lines"} {
		files := fstest.MapFS{}
		for name, text := range map[string]string{"t/a.txt": text, "t/b.txt": "Whales.<br>", "t/c.txt": "No seals."} {
			files[name] = &fstest.MapFile{Data: []byte(text)}
		}
		c, err := Open([]string{"t"}, Options{Files: files, Format: input})
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range gather(c) {
			if strings.Contains(d.Text, "br") || strings.Contains(d.Text, "amp") {
				t.Errorf("%s: %q", d.ID, d.Text)
			}
		}
		if l := c.Ledger(); len(l) != 1 || l[0].Reason != LeftMarkup || l[0].Files != 2 {
			t.Errorf("the ledger says %v", l)
		}
	}
}
