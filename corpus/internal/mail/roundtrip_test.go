package mail

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/textproto"
	"reflect"
	"strings"
	"testing"

	"golang.org/x/text/encoding/htmlindex"
	"pgregory.net/rapid"
)

// written is a mail that the standard library has written, which knows nothing of this
// package, and what must be read of it.
type written struct{ raw, subject, body string }

// words are in letters that all charsets of charsetsOf have, or that only some have.
var words = map[string][]string{
	"utf-8":        {"kelp", "From", ">From", "Ærø", "маяк", "灯台", "=41", "--"},
	"koi8-r":       {"kelp", "From", "маяк", "Рыбаки", "="},
	"iso-8859-1":   {"kelp", "From", "Ærø", "Übung", "écrit"},
	"shift_jis":    {"kelp", "From", "灯台", "カモメ"},
	"windows-1251": {"kelp", "маяк", "їжак"},
}

func drawMail(t *rapid.T) written {
	charset := rapid.SampledFrom([]string{"utf-8", "koi8-r", "iso-8859-1", "shift_jis", "windows-1251"}).Draw(t, "charset")
	word := rapid.SampledFrom(words[charset])
	line := rapid.Custom(func(t *rapid.T) string { return strings.Join(rapid.SliceOfN(word, 1, 12).Draw(t, "line"), " ") })
	subject := "about " + line.Draw(t, "subject")
	var raw bytes.Buffer
	fmt.Fprintf(&raw, "From: ada@b.c\nSubject: %s\n", rapid.SampledFrom([]mime.WordEncoder{mime.BEncoding, mime.QEncoding}).Draw(t, "words").Encode("utf-8", subject))
	many := rapid.IntRange(0, 3).Draw(t, "parts")
	if many == 0 {
		header, body, text := drawPart(t, charset, line)
		for name, values := range header {
			fmt.Fprintf(&raw, "%s: %s\n", name, values[0])
		}
		raw.WriteString("\n" + body)
		return written{raw.String(), subject, text}
	}
	parts := multipart.NewWriter(&raw)
	fmt.Fprintf(&raw, "Content-Type: multipart/mixed; boundary=%q\n\n", parts.Boundary())
	var texts []string
	for range many {
		header, body, text := drawPart(t, charset, line)
		w, err := parts.CreatePart(header)
		if err != nil {
			t.Fatal(err)
		}
		w.Write([]byte(body))
		texts = append(texts, text)
	}
	parts.Close()
	return written{raw.String(), subject, strings.Join(texts, "\n\n")}
}

func drawPart(t *rapid.T, charset string, line *rapid.Generator[string]) (header textproto.MIMEHeader, body, text string) {
	text = strings.Join(rapid.SliceOfN(line, 1, 5).Draw(t, "lines"), "\n")
	enc, err := htmlindex.Get(charset)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := enc.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	transfer := rapid.SampledFrom([]string{"8bit", "quoted-printable", "base64"}).Draw(t, "transfer")
	header = textproto.MIMEHeader{"Content-Type": {"text/plain; charset=" + charset}, "Content-Transfer-Encoding": {transfer}}
	var out bytes.Buffer
	switch transfer {
	case "8bit":
		out.WriteString(raw)
	case "quoted-printable":
		w := quotedprintable.NewWriter(&out)
		w.Write([]byte(raw))
		w.Close()
	case "base64":
		for encoded := base64.StdEncoding.EncodeToString([]byte(raw)); encoded != ""; encoded = encoded[min(76, len(encoded)):] {
			out.WriteString(encoded[:min(76, len(encoded))] + "\n")
		}
	}
	return header, out.String(), text
}

// A mailbox of mails that others have written comes back: with and without empty lines
// between them, and with lines "From " of several programs.
func TestMailboxRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		froms := rapid.SampledFrom([]string{"From ada@b.c Tue Mar  2 10:00:00 2021\n", "From - Tue Mar 02 10:00:00 +0100 2021\n", "From ada@b.c\n"})
		between := rapid.SampledFrom([]string{"", "\n", "\n\n"})
		var mbox strings.Builder
		var want, got []written
		for range rapid.IntRange(1, 5).Draw(t, "mails") {
			m := drawMail(t)
			mbox.WriteString(froms.Draw(t, "from"))
			for line := range strings.Lines(m.raw) {
				if strings.HasPrefix(strings.TrimLeft(line, ">"), "From ") {
					line = ">" + line
				}
				mbox.WriteString(line)
			}
			mbox.WriteString("\n" + between.Draw(t, "between"))
			want = append(want, written{subject: m.subject, body: m.body})
		}
		err := Split(strings.NewReader(mbox.String()), 1<<20, func(raw []byte) bool {
			m, err := Parse(raw, keep())
			got = append(got, written{subject: m.Subject, body: m.Body})
			return err == nil
		})
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Fatalf("%q gave\n%q, %v, want\n%q", mbox.String(), got, err, want)
		}
	})
}
