package corpus

import (
	"bytes"
	"os"
	"strings"
	"testing"
	"testing/fstest"
)

// post is one as newsgroups have, with a quotation and a signature.
const post = `From: bob@example.org (Bob)
Newsgroups: rec.food
Subject: Re: RE: ripe cheese
Date: 2 Mar 2021 11:00:00 GMT

ada@example.org (Ada) writes:
> Is it ripe?

It is, and smells of it.
--
Bob    bob@example.org
`

// A mail is known by its ending; without one only where the user says that there are mails,
// for a text may well begin with such lines.
func TestMails(t *testing.T) {
	files := fstest.MapFS{"r/a.eml": {Data: []byte(post)}, "r/post": {Data: []byte(post)}, "r/text": {Data: []byte("Subject: none\n\nwords")}}
	whole := strings.TrimSpace(post[strings.Index(post, "\n\n")+2:])
	tests := []struct {
		mail bool
		want []string
	}{
		{false, []string{"ripe cheese\n\n" + whole, post, "Subject: none\n\nwords"}},
		{true, []string{"ripe cheese\n\nIt is, and smells of it.", "ripe cheese\n\nIt is, and smells of it.", "Subject: none\n\nwords"}},
	}
	for _, test := range tests {
		documents := gather(open(t, Options{Files: files, Mail: test.mail}, "r"))
		var texts []string
		for _, d := range documents {
			texts = append(texts, d.Text)
		}
		equal(t, "texts", texts, test.want)
		if d := documents[0]; d.Date != "2021-03-02T11:00:00Z" || len(d.Meta) != 4 || d.Meta[1] != (Field{"from", "bob@example.org (Bob)"}) || d.Meta[3].Value != "Re: RE: ripe cheese" {
			t.Errorf("date %q, metadata %q", d.Date, d.Meta)
		}
	}
}

// A quotation in HTML goes as one in plain text does, and stays where quotations do.
func TestQuotationsInHTML(t *testing.T) {
	raw := "From: ada@example.org\nSubject: Re: bay\nContent-Type: text/html\n\n<p>Kelp drifts.</p><div>On Mon, Bob wrote:<br><blockquote type=\"cite\">The gulls are loud." +
		"<blockquote>Is it far?</blockquote>Yes.</blockquote></div><p>And foam rises.</p>\n"
	for mails, want := range map[bool]string{true: "bay\n\nKelp drifts.\n\nAnd foam rises.", false: "bay\n\nKelp drifts.\n\nOn Mon, Bob wrote:\n\nThe gulls are loud.\n\nIs it far?\n\nYes.\n\nAnd foam rises."} {
		documents := gather(open(t, Options{Files: fstest.MapFS{"a.eml": {Data: []byte(raw)}}, Mail: mails}, "a.eml"))
		if len(documents) != 1 || documents[0].Text != want {
			t.Errorf("%v: %q", mails, documents)
		}
	}
}

// Text editors save a mail as UTF-16 with a mark, whatever it says that it is in; and in UTF-7,
// which its header and its body are said to be in, all is ASCII.
func TestMailsInWideAndNarrowLetters(t *testing.T) {
	wide, err := utf16le.NewEncoder().String("\ufeffFrom: a@b.c\nSubject: fog\nContent-Type: text/plain; charset=utf-8\n\nThe café is closed.\n")
	must(t, err)
	for name, raw := range map[string]string{
		"UTF-16": wide,
		"UTF-7":  "From: a@b.c\nSubject: =?utf-7?Q?fog?=\nContent-Type: text/plain; charset=unicode-1-1-utf-7\n\nThe caf+AOk- is closed.\n",
	} {
		documents := gather(open(t, Options{Files: fstest.MapFS{"a.eml": {Data: []byte(raw)}}}, "a.eml"))
		if len(documents) != 1 || documents[0].Text != "fog\n\nThe café is closed." {
			t.Errorf("%s: %+v", name, documents)
		}
	}
}

// Outlook's files are mails whatever they are called; what other programs keep in files of the
// kind is named.
func TestOutlook(t *testing.T) {
	raw, err := os.ReadFile("internal/mail/testdata/fog.msg")
	must(t, err)
	old := append(raw[:512:512], bytes.Repeat(append([]byte{0}, wide("WordDocument")...), 9)...)
	files := fstest.MapFS{"r/a.msg": {Data: raw}, "r/b": {Data: raw}, "r/c.doc": {Data: old}, "r/d.msg": {Data: raw[:1000]}, "r/e.msg": {Data: []byte("A text about fog.")}}
	for cleaned, want := range map[bool]string{false: "fog\n\nThe café is closed.\n\n> Is it?", true: "fog\n\nThe café is closed."} {
		c := open(t, Options{Files: files, Mail: cleaned}, "r")
		documents := gather(c)
		equal(t, "documents", ids(documents), []string{"r/a.msg", "r/b", "r/e.msg"})
		if d := documents[1]; d.Text != want || d.Date != "2021-03-02T11:00:00Z" || Value(d.Meta, "from") != "Ada" || Value(d.Meta, "to") != "Bob" {
			t.Errorf("%+v, want %q", d, want)
		}
		equal(t, "ledger", []string{c.Ledger()[0].Detail, c.Ledger()[1].Reason}, []string{"a document of Word before 2007 (.doc); save it as DOCX", Binary})
	}
}

// Python made this mbox.
func TestMbox(t *testing.T) {
	raw, err := os.ReadFile("internal/mail/testdata/three.mbox")
	must(t, err)
	files := fstest.MapFS{"inbox": {Data: raw}, "a.tgz": {Data: packed(".tar.gz", []member{{name: "inbox", data: raw}})}}
	documents := gather(open(t, Options{Files: files}, "inbox", "a.tgz"))
	equal(t, "documents", ids(documents), []string{"inbox:1", "inbox:2", "inbox:3", "a.tgz/inbox:1", "a.tgz/inbox:2", "a.tgz/inbox:3"})
	if want := "Cheese\n\nOne.\n\nFrom the cellar comes a smell."; documents[0].Text != want {
		t.Errorf("%q, want %q", documents[0].Text, want)
	}
}

func TestSubject(t *testing.T) {
	for given, want := range map[string]string{
		"": "", "cheese": "cheese", "Re: cheese": "cheese", "RE:re: Fwd: cheese": "cheese", "AW: Käse": "Käse",
		"Cheese: a guide": "Cheese: a guide", "re": "re", "Re:": "", "Research: x": "Research: x",
	} {
		if got := subject(given); got != want {
			t.Errorf("subject(%q) = %q, want %q", given, got, want)
		}
	}
}
