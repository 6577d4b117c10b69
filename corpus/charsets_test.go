package corpus

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/simplifiedchinese"
)

const fishers = "Рыбаки вышли в море рано утром и вернулись к вечеру с хорошим уловом. Старый маяк стоит на скале.\n"

// The text of a mail is right, and the ledger says what was guessed, whatever the mail
// says of its charset: nothing, what is not so, or what nobody knows.
func TestMailCharsets(t *testing.T) {
	in := func(e encoding.Encoding, text string) string {
		raw, err := e.NewEncoder().String(text)
		must(t, err)
		return raw
	}
	koi8, cp1251 := in(charmap.KOI8R, fishers), in(charmap.Windows1251, fishers)
	const subject, plain = "Subject: x\nFrom: a@b.c\n", "Content-Type: text/plain; charset="
	tests := []struct{ name, mail, want, ledger string }{
		{"none", subject + "\n" + koi8, "x\n\n" + fishers, Guessed + ": koi8-r"},
		{"none, in Windows", subject + "\n" + cp1251, "x\n\n" + fishers, Guessed + ": windows-1251"},
		{"UTF-8 that it is not", subject + plain + "utf-8\n\n" + koi8, "x\n\n" + fishers, Guessed + ": koi8-r"},
		{"ASCII that it is not", subject + plain + "us-ascii\n\n" + koi8, "x\n\n" + fishers, Guessed + ": koi8-r"},
		{"Latin-1 that it is not", subject + plain + "iso-8859-1\n\n" + koi8, "x\n\n" + fishers, Guessed + ": koi8-r"},
		{"Japanese that it is not", subject + plain + "euc-jp\n\n" + koi8, "x\n\n" + fishers, Guessed + ": koi8-r"},
		{"nobody knows it", subject + plain + "x-unknown\n\n" + koi8, "x\n\n" + fishers, Guessed + ": koi8-r"},
		{"impossible", subject + plain + "\"?\x80\"\n\n" + koi8, "x\n\n" + fishers, Guessed + ": koi8-r"},
		{"said", subject + plain + "koi8-r\n\n" + koi8, "x\n\n" + fishers, ""},
		{"said, and UTF-8", subject + plain + "iso-8859-1\n\n" + fishers, "x\n\n" + fishers, ""},
		{"a few accents", subject + plain + "iso-8859-1\n\nh\xe9las, ferm\xe9", "x\n\nhélas, fermé", ""},
		{"of the IBM PC", subject + plain + "ibm850\n\nh\x82las", "x\n\nhélas", ""},
		{"Chinese of mails", subject + plain + "hz-gb-2312\n\n" + in(simplifiedchinese.HZGB2312, "海边的灯塔"), "x\n\n海边的灯塔", ""},
		{"Japanese of mails", subject + plain + "iso-2022-jp\n\n" + in(japanese.ISO2022JP, "港の灯台は古い"), "x\n\n港の灯台は古い", ""},
		{"a header in the letters of the body", "Subject: " + in(charmap.Windows1251, "Старый маяк") + "\nFrom: a@b.c\n" + plain + "windows-1251\n\n" + cp1251,
			"Старый маяк\n\n" + fishers, ""},
		{"a header in letters that the body tells", "Subject: " + in(charmap.KOI8R, "Старый маяк") + "\nFrom: a@b.c\n\n" + koi8,
			"Старый маяк\n\n" + fishers, Guessed + ": koi8-r"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			c := open(t, Options{Files: fstest.MapFS{"a.eml": {Data: []byte(test.mail)}}}, "a.eml")
			documents, ledger := gather(c), ""
			for _, e := range c.Ledger() {
				ledger += e.Reason + ": " + e.Detail
			}
			if len(documents) != 1 || documents[0].Text != strings.TrimSpace(test.want) || ledger != test.ledger {
				t.Errorf("%q, ledger %q, want %q, %q", documents, ledger, test.want, test.ledger)
			}
		})
	}
}

// Texts that begin with the headers of mails are told if they are most, and only then.
func TestAsMails(t *testing.T) {
	for _, test := range []struct {
		mails, others int
		mail, want    bool
	}{{3, 2, false, true}, {2, 2, false, false}, {3, 2, true, false}, {0, 2, false, false}} {
		files := fstest.MapFS{}
		for i := range test.mails {
			files[fmt.Sprintf("r/mail%d", i)] = &fstest.MapFile{Data: []byte(strings.Replace(post, "ripe", strings.Repeat("ripe ", i), 2))}
		}
		for i := range test.others {
			files[fmt.Sprintf("r/text%d", i)] = &fstest.MapFile{Data: fmt.Append(nil, "words ", i)}
		}
		c := open(t, Options{Files: files, Mail: test.mail}, "r")
		gather(c)
		var want []string
		if test.want {
			want = []string{"r/mail0 " + AsMails + " 5 3"}
		}
		equal(t, "ledger", said(c.Ledger()), want)
	}
}

// A mailbox has a document or a line in the ledger for each mail.
func TestMboxCounts(t *testing.T) {
	const from = "From a@b.c Tue Mar  2 10:00:00 2021\n"
	mbox := from + "Subject: x\n\none\n" + from + "\nno header\n" + from + from + "Subject: y\nContent-Type: multipart/mixed\n\n--X\nContent-Type: image/png\n\nabc\n--X\n\ntwo\n--X--\n"
	c := open(t, Options{Files: fstest.MapFS{"inbox": {Data: []byte(mbox)}}}, "inbox")
	var texts []string
	for _, d := range gather(c) {
		texts = append(texts, d.ID+" "+d.Text)
	}
	equal(t, "texts", texts, []string{"inbox:1 x\n\none", "inbox:2 no header", "inbox:4 y\n\ntwo"})
	equal(t, "ledger", said(c.Ledger()), []string{"inbox:3 " + Empty + " a line that begins a mail, and no mail 1", "inbox:4 " + Attachments + "  1"})
}

// said is a ledger in lines.
func said(l Ledger) (lines []string) {
	for _, e := range l {
		lines = append(lines, fmt.Sprintf("%s %s %s %d", e.Path, e.Reason, e.Detail, e.number()))
	}
	return lines
}
