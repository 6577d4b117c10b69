package mail

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"
)

// keep leaves bodies as they are, but for data.
func keep() Options {
	return Options{KeepQuotes: true, KeepSignature: true, Decode: decodeText, HTML: func(html []byte) string { return "HTML:" + string(html) }}
}

// show writes a message in the form of the .want files.
func show(m Message) string {
	var b strings.Builder
	for _, f := range m.Header {
		fmt.Fprintf(&b, "%s: %s\n", f.Name, f.Value)
	}
	b.WriteString("\n" + m.Body)
	return b.String()
}

// The messages of testdata were written by Python; see make.py there. What must be read
// from them was written by that script too.
func TestFixtures(t *testing.T) {
	files, err := filepath.Glob("testdata/*.eml")
	if err != nil || len(files) < 10 {
		t.Fatalf("%d fixtures, %v", len(files), err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			raw, want := read(t, file), string(read(t, file+".want"))
			if !Is(raw) {
				t.Error("is not taken for a mail")
			}
			m, err := Parse(raw, keep())
			if got := show(m); err != nil || got != want {
				t.Errorf("read %v\n%s\nwant\n%s", err, got, want)
			}
		})
	}
}

func TestMboxFixture(t *testing.T) {
	raw := read(t, "testdata/three.mbox")
	var want, got []string
	if err := json.Unmarshal(read(t, "testdata/three.mbox.want"), &want); err != nil {
		t.Fatal(err)
	}
	err := Split(strings.NewReader(string(raw)), 1<<20, func(raw []byte) bool {
		m, err := Parse(raw, keep())
		got = append(got, m.Body)
		return err == nil
	})
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("read %q, %v, want %q", got, err, want)
	}
}

func read(t *testing.T, file string) []byte {
	t.Helper()
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func TestIs(t *testing.T) {
	tests := []struct {
		name, raw string
		want      bool
	}{
		{"a mail", "From: a@b.c\nSubject: x\n\nbody", true},
		{"with carriage returns", "From: a@b.c\r\nSubject: x\r\n\r\nbody", true},
		{"a post", "Path: a!b!c\nNewsgroups: sci.med\n\nbody", true},
		{"a header alone", "From: a@b.c\nSubject: x\n", true},
		{"folded", "From: a\n <a@b.c>\nSubject: x\n\n", true},
		{"a broken line", "From: a@b.c\nSubject: x\nthat goes on\nDate: today\n\nbody", true},
		{"blanks before the colon", "From : a@b.c\nSubject : x\n\nbody", true},
		{"of an mbox", "From a@b.c Tue Mar  2 10:00:00 2021\nFrom: a@b.c\nSubject: x\n\n", true},

		{"nothing", "", false},
		{"words", "It was a dark night.\n", false},
		{"a sentence with a colon", "Remember: from here on\nit rains.\n\n", false},
		{"fields of another kind", "Title: Rain\nAuthor: Ada\nDate: 2021\n\nIt rained.", false},
		{"no empty line", "From: a@b.c\nSubject: x\nand then it rained\nand rained", false},
		{"no sender", "Subject: x\nDate: today\n\n", false},
		{"an empty line first", "\nFrom: a@b.c\nSubject: x\n\nbody", false},
		{"a play", "From: the wings\nEnter: Ada\n\nADA: So be it.", false},
		{"URLs", "http://a.b/c\nhttp://a.b/d\n\n", false},
	}
	for _, test := range tests {
		if got := Is([]byte(test.raw)); got != test.want {
			t.Errorf("%s: Is(%q) = %v", test.name, test.raw, got)
		}
	}
}

func TestParseHeader(t *testing.T) {
	tests := []struct{ name, raw, want string }{
		{"what is shown", "Path: a!b\nFrom: a@b.c\nX-Mailer: x\nOrganization: none\nReceived: by x\nNewsgroups: a.b,c.d\n\n",
			"from: a@b.c\norganization: none\nnewsgroups: a.b,c.d\n\n"},
		{"folded", "Subject: one\n two\n\tthree\n\n", "subject: one two three\n\n"},
		{"broken", "Subject: one\ntwo\nFrom: a\n\n", "subject: one two\nfrom: a\n\n"},
		{"twice", "To: a\nTo: b\n\n", "to: a\nto: b\n\n"},
		{"empty", "Subject:\nFrom:a\n\n", "subject: \nfrom: a\n\n"},
		{"no body", "Subject: x", "subject: x\n\n"},
		{"no empty line", "Subject: x\nIt rained.\nAnd rained.", "subject: x\n\nIt rained.\nAnd rained."},
		{"Latin-1", "From: Zo\xeb <z@b.c>\n\n", "from: Zoë <z@b.c>\n\n"},
		{"UTF-8", "From: Zoë <z@b.c>\n\n", "from: Zoë <z@b.c>\n\n"},
		{"encoded words", "Subject: =?utf-8?B?w6R0?= =?ISO-8859-1?Q?_=E4_?=x\n\n", "subject: ät ä x\n\n"},
		{"an encoded word of no charset", "Subject: =?x-none?Q?a=FFb?=\n\n", "subject: a\u00ffb\n\n"},
		{"broken words", "Subject: =?utf-8?B?w6R?= =?=\n\n", "subject: ä =?=\n\n"},
		{"a word without end", "Subject: =?utf-8?B?w6R\n\n", "subject: =?utf-8?B?w6R\n\n"},
		{"half letters in two words", "Subject: =?utf-8?B?w6TD?= =?UTF-8?B?pA==?=\n\n", "subject: ää\n\n"},
		{"blanks in a word", "Subject: =?utf-8?Q?two words?=\n\n", "subject: two words\n\n"},
		{"words that touch", "Subject: a=?utf-8?Q?=C3=A4?==?utf-8?Q?b?=c\n\n", "subject: aäbc\n\n"},
		{"a language", "Subject: =?utf-8*de?Q?=C3=A4?=\n\n", "subject: ä\n\n"},
		{"the letters of the body", "Subject: \xf3\xd9\xd2\nContent-Type: text/plain; charset=koi8-r\n\n\xf3\xd9\xd2", "subject: Сыр\n\nСыр"},
		{"the letters of the first part", "Subject: \xf3\xd9\xd2\nContent-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: text/plain; charset=koi8-r\n\n\xf3\xd9\xd2", "subject: Сыр\n\nСыр"},
		{"letters that are guessed by the body", "Subject: \xf3\xd9\xd2\n\n" + strings.Repeat("\xf3\xd9\xd2", 99), "subject: Сыр\n\n" + strings.Repeat("Сыр", 99)},
		{"blanks for the empty line", "From: a\nContent-Type: multipart/mixed; boundary=x\n \n--x\nContent-Type: text/plain\n\nIt rained.\n--x--\n", "from: a\n\nIt rained."},
		{"blanks within", "Subject: one\n \n two\nFrom: a\n\nIt rained.", "subject: one two\nfrom: a\n\nIt rained."},
		{"no empty line before a part", "From: a\nContent-Type: multipart/mixed; boundary=x\n--x\nContent-Type: text/plain\n\nIt rained.\n--x--\n", "from: a\n\nIt rained."},
		{"encoded words that are not indented", "Subject: =?utf-8?Q?one?=\n=?utf-8?Q?_two?=\n=?utf-8?Q?_three?=\nFrom: a\n\nIt rained.", "subject: one two three\nfrom: a\n\nIt rained."},
		{"blank lines first", "   \t \r\n\nSubject: one\n\n", "subject: one\n\n"},
		{"blanks before the colon", "Subject : one\nFrom\t: a@b.c\n\n", "subject: one\nfrom: a@b.c\n\n"},
		{"lines that end as on old Macs", "Subject: one\rFrom: a@b.c\r\rIt\rrained.", "subject: one\nfrom: a@b.c\n\nIt\nrained."},
	}
	for _, test := range tests {
		m, err := Parse([]byte(test.raw), keep())
		if got := show(m); err != nil || got != test.want {
			t.Errorf("%s: %q gave %v\n%s\nwant\n%s", test.name, test.raw, err, got, test.want)
		}
	}
}

func TestParseFields(t *testing.T) {
	m, err := Parse([]byte("Message-ID: <1@b.c>\nSubject: x\nDate: today\nSubject: y\n\n"), Options{})
	if err != nil || m.ID != "1@b.c" || m.Subject != "x" || m.Date != "today" {
		t.Errorf("%+v, %v", m, err)
	}
	if _, err := Parse([]byte("It was a dark night.\n"), Options{}); err == nil {
		t.Error("a text without a header is no mail")
	}
}

func TestParseBody(t *testing.T) {
	const from = "From: a@b.c\n"
	two := func(kind, first, second string) string {
		return from + "Content-Type: multipart/" + kind + "; boundary=\"cut here\"\n\npreamble\n--cut here\n" + first + "\n--cut here\n" + second + "\n--cut here--\nepilogue"
	}
	tests := []struct{ name, raw, want string }{
		{"no type", from + "\nÜber", "Über"},
		{"no type, Latin-1", from + "\n\xdcber", "Über"},
		{"a wrong type", from + "Content-Type: text\n\nwords", "words"},
		{"a type of 1993", from + "Content-Type: text/x-usenet-FAQ; version=1.0\n\nwords", "words"},
		{"a charset", from + "Content-Type: text/plain; charset=koi8-r\n\n\xf3\xd9\xd2", "Сыр"},
		{"a charset that is not so", from + "Content-Type: text/plain; charset=iso-8859-1\n\nÜber", "Über"},
		{"ASCII that is not", from + "Content-Type: text/plain; charset=us-ascii\n\n\xdcber", "Über"},
		{"no such charset", from + "Content-Type: text/plain; charset=x-none\n\n\xdcber", "Über"},
		{"a charset that hides text", from + "Content-Type: text/plain; charset=iso-2022-kr\n\nwords", "words"},
		{"quoted-printable", from + "Content-Transfer-Encoding: Quoted-Printable\n\na=\nb=3D=c3=a9\n=zz = \nc", "ab=é\n=zz c"},
		{"base64", from + "Content-Transfer-Encoding: base64\n\nd29y\nZHM=\n", "words"},
		{"base64, cut off", from + "Content-Transfer-Encoding: base64\n\nd29yZ", "wor"},
		{"a picture", from + "Content-Type: image/png\nContent-Transfer-Encoding: base64\n\nd29yZHM=", ""},
		{"two parts", two("mixed", "\none", "\ntwo"), "one\n\ntwo"},
		{"headers of parts", two("mixed", "Content-Transfer-Encoding: base64\n\nd29yZHM=", "Content-Type: image/png\n\nx"), "words"},
		{"an attachment", two("mixed", "\none", "Content-Disposition: attachment; filename=a.txt\n\ntwo"), "one"},
		{"alternatives", two("alternative", "Content-Type: text/html\n\n<p>one", "\ntwo"), "two"},
		{"alternatives without a plain one", two("alternative", "Content-Type: text/html\n\n<p>one", "Content-Type: text/html\n\n<p>two"), "HTML:<p>two"},
		{"an empty alternative", two("alternative", "\n ", "Content-Type: text/html\n\n<p>two"), "HTML:<p>two"},
		{"a page and its frames", two("related", "Content-Type: text/html\n\n<p>one", "Content-Type: text/html\n\n<p>two"), "HTML:<p>one"},
		{"a digest", two("digest", "\nSubject: x\n\none", "\nSubject: y\n\ntwo"), "one\n\ntwo"},
		{"no end", from + "Content-Type: multipart/mixed; boundary=x\n\n--x\n\none\n--x\n\ntw", "one\n\ntw"},
		{"no boundary and no parts", from + "Content-Type: multipart/mixed\n\none", "one"},
		{"no parts", from + "Content-Type: multipart/mixed; boundary=x\n\none", "one"},
		{"no boundary", from + "Content-Type: multipart/mixed\n\n--X\nContent-Type: text/plain\n\none\n--X\n\ntwo\n--X--\n", "one\n\ntwo"},
		{"another boundary", from + "Content-Type: multipart/mixed; boundary=Y\n\n--X\nContent-Type: text/plain\n\none\n--X--\n", "one"},
		{"no boundary, and a signature", from + "Content-Type: multipart/mixed\n\none\n\n-- \nAda\n--X\n\ntwo\n--X--\n", "two"},
		{"a boundary without quotation marks", from + "Content-Type: multipart/mixed; boundary=----=_Part_1; charset=x\n\n------=_Part_1\n\none\n------=_Part_1--\n", "one"},
		{"a charset with one quotation mark", from + "Content-Type: text/plain; charset=\"koi8-r\n\n\xf3\xd9\xd2", "Сыр"},
		{"a parameter twice", from + "Content-Type: text/plain; charset=koi8-r; charset=utf-8\n\n\xf3\xd9\xd2", "Сыр"},
		{"HTML that goes for plain text", from + "\n<html><p>one", "HTML:<html><p>one"},
		{"base64 that is none", from + "Content-Transfer-Encoding: base64\n\nA mail, in clear words.\nIndeed.\n", "A mail, in clear words.\nIndeed."},
		{"base64 with a footer", from + "Content-Transfer-Encoding: base64\n\nd29yZHM=\n\n--\nSent to the list\nharbour\n", "words\n--\nSent to the list\nharbour"},
		{"base64 without padding, and a footer", from + "Content-Transfer-Encoding: base64\n\n" + strings.Repeat("a2VscCBsYW50ZXJuIGZvYW0g", 2) + "\n_____________\nSent to the list harbour\nof all fishermen\n", "kelp lantern foam kelp lantern foam\n_____________\nSent to the list harbour\nof all fishermen"},
		{"base64 twice", from + "Content-Transfer-Encoding: base64\n\nd29yZHM=\nZm9hbQ==\n", "wordsfoam"},
		{"base64 with a broken line", from + "Content-Transfer-Encoding: base64\n\n" + strings.Repeat("a2VscCBsYW50ZXJuIGZvYW0g", 2) + "\n--- * ---\n" + strings.Repeat("a2VscCBsYW50ZXJuIGZvYW0g", 2) + "\n", strings.TrimSpace(strings.Repeat("kelp lantern foam ", 4))},
		{"an encoding with a remark", from + "Content-Transfer-Encoding: base64 (really)\n\nd29yZHM=\n", "words"},
		{"flowed", from + "Content-Type: text/plain; format=flowed\n\nIt is \nripe.\n From here\n> quo\n", "It is\nripe.\nFrom here\n> quo"},
		{"flowed, with blanks to be deleted", from + "Content-Type: text/plain; format=flowed; delsp=yes\n\nIt is ri \npe, and  \ngood.\n> quo \n> ted\nnot \n-- \nAda", "It is ripe, and good.\n> quoted\nnot\n--\nAda"},
		{"an attachment alone", from + "Content-Disposition: attachment\n\none", "one"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			m, err := Parse([]byte(test.raw), keep())
			if err != nil || m.Body != test.want {
				t.Errorf("%q gave %q, %v, want %q", test.raw, m.Body, err, test.want)
			}
		})
	}
}

// Without a way to read it HTML is no text.
func TestParseWithoutHTML(t *testing.T) {
	m, err := Parse([]byte("From: a@b.c\nContent-Type: text/html\n\n<p>one"), Options{})
	if err != nil || m.Body != "" {
		t.Errorf("%q, %v", m.Body, err)
	}
}

// Parts in parts, and messages in messages, end somewhere; and in time.
func TestParseDeep(t *testing.T) {
	var parts strings.Builder
	for i := range 10000 {
		fmt.Fprintf(&parts, "Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n", i, i)
	}
	for _, raw := range []string{
		"From: a\n" + parts.String() + "\nwords",
		"From: a\n" + strings.Repeat("Content-Type: message/rfc822\n\n", 10000) + "words",
		"From: a\nContent-Type: multipart/mixed; boundary=x\n\n" + strings.Repeat("--x\n", 200000),
		"From: a\n" + strings.Repeat(" folded\n", 100000) + "\nwords",
		strings.Repeat("a:b\n", 200000),
		"From: a\n\n" + strings.Repeat("-----Original Message-----\n", 50000),
		"From: a\n\n" + strings.Repeat("-----BEGIN PGP\n", 50000),
		"From: a\n\n" + strings.Repeat("a writes:\n\n", 100000),
		"From: a\n\n" + strings.Repeat("|\n\n", 200000),
		"From: a\n\n" + strings.Repeat("begin 644 a\n", 100000),
		"From: a\n\n" + strings.Repeat("\n", maxBody+1),
	} {
		if _, err := Parse([]byte(raw), Options{}); err != nil {
			t.Errorf("%.40q: %v", raw, err)
		}
	}
}

// FuzzParse holds Parse to valid UTF-8 and to bodies that do not grow with what is
// dropped.
func FuzzParse(f *testing.F) {
	files, err := filepath.Glob("testdata/*.eml")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(raw)
	}
	for _, test := range cleanTests() {
		f.Add([]byte("From: ada@example.org (Ada)\nSubject: Re: x\n\n" + test.body))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		Is(raw)
		kept, err := Parse(raw, keep())
		if err != nil {
			return
		}
		cleaned, err := Parse(raw, Options{HTML: keep().HTML, Decode: decodeText})
		if err != nil || len(cleaned.Body) > len(kept.Body) {
			t.Errorf("cleaning %q gave %q, %v", kept.Body, cleaned.Body, err)
		}
		for _, m := range []Message{kept, cleaned} {
			if !utf8.ValidString(show(m)) {
				t.Errorf("%q is not valid UTF-8", show(m))
			}
		}
	})
}
