package mail

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

type cleanTest struct{ name, body, want string }

// cleanTests are bodies of answers by Ada Byron, ada@example.org.
func cleanTests() []cleanTest {
	const answer = "It is ripe, and it smells.\nCome and taste it."
	return []cleanTest{
		{"nothing to drop", answer, answer},
		{"empty", "", ""},
		{"empty lines", "\n\nOne.\n\n\n\nTwo.\n\n", "One.\n\nTwo."},

		{"a quotation", "In article <1@b.c> bob@b.c (Bob) writes:\n> Is it ripe?\n>\n>> Who knows?\n\n" + answer, answer},
		{"an attribution in two lines", "In article <1993Apr5.1234@example.edu>,\nbob@b.c (Bob) writes:\n>Is it ripe?\n" + answer, answer},
		{"three lines", "On Tue, 2 Mar 2021 at 10:00, Bob Miller\nof the cheese factory\n<bob@b.c> wrote:\n\n> Is it ripe?\n\n" + answer, answer},
		{"of an article alone", "From article <1@b.c>, by bob@b.c (Bob):\n> Is it ripe?\n" + answer, answer},
		{"in German", "Am 02.03.2021 um 10:00 schrieb Bob:\n> Ist er reif?\n\n" + answer, answer},
		{"in French", "Le 2 mars 2021 à 10:00, Bob a écrit :\n> Est-il mûr ?\n\n" + answer, answer},
		{"initials", "Bob wrote to Ada:\nBM> Is it ripe?\nBM> Or not?\n" + answer, answer},
		{"point by point", "> Is it ripe?\nYes.\n> Does it smell?\nYes, too.", "Yes.\n\nYes, too."},
		{"bars", "bob@b.c writes:\n|> Is it ripe?\n| Or not?\n\n" + answer, answer},
		{"colons", "Bob (bob@b.c) wrote:\n: Is it ripe?\n: Or not?\n\n" + answer, answer},
		{"another sign, behind an attribution", "bob@b.c writes:\n# Is it ripe?\n# Or not?\n\n" + answer + "\n# One more?\nNo.", answer + "\n\nNo."},
		{"another sign, on top", "%Is it ripe?\n%Or not?\n%Say!\n" + answer, answer},
		{"another sign in the middle is the author's", "Type this:\n%cut -f 1\n%sort\n%uniq", "Type this:\n%cut -f 1\n%sort\n%uniq"},
		{"an indented quotation", "In article <1@b.c> bob@b.c writes:\n\n   Is it ripe?\n   Or not?\n\n" + answer, answer},
		{"all indented but the signature", "In article <1@b.c> bob@b.c writes:\n\n   It is ripe.\n--\nAda", "   It is ripe."},
		{"all indented", "In article <1@b.c> bob@b.c writes:\n\n   It is ripe.\n   Or not.", "   It is ripe.\n   Or not."},
		{"a line that was broken", "> Is it ripe already, or would it be better to wait for another\nweek?\n> Tell me.\n" + answer, answer},
		{"a quoted signature", "> Is it ripe?\n--\n> Bob\n" + answer, answer},
		{"only a quotation", "> Is it ripe?", ""},
		{"a line of an mbox", ">From the cellar it came.\n" + answer, "From the cellar it came.\n" + answer},
		{"a sentence that says", "The paper says: cheese is healthy.\n" + answer, "The paper says: cheese is healthy.\n" + answer},
		{"a line that says", "As my grandmother said:\n\n" + answer, "As my grandmother said:\n\n" + answer},
		{"a table", "| cheese | price |\n| brie   | 5     |\n| gouda  | 4     |", "| cheese | price |\n| brie   | 5     |\n| gouda  | 4     |"},
		{"comparisons", "x > 5 holds.\na > b does not.", "x > 5 holds.\na > b does not."},

		{"the original message", answer + "\n\n-----Original Message-----\nFrom: Bob\nSent: Monday\nSubject: cheese\n\nIs it ripe?", answer},
		{"the original message alone", "-----Original Message-----\nFrom: Bob\nSent: Monday\nSubject: cheese\n\n" + answer, answer},
		{"a forwarded message", "For you:\n\n---------- Forwarded message ---------\nFrom: Bob <bob@b.c>\nDate: Monday\nSubject: cheese\nTo: Ada\n\n" + answer, "For you:\n\n" + answer},
		{"header fields", "Archive-name: cheese/faq\nLast-modified: 1993/04/01\n\n" + answer, answer},
		{"one sure field", "NNTP-Posting-Host: b.c\n" + answer, answer},
		{"one that need not be a field", "Subject: cheese.\n" + answer, "Subject: cheese.\n" + answer},
		{"questions and answers", "A: It is.\nA: It was.", "A: It is.\nA: It was."},

		{"a marked signature", answer + "\n-- \nAda Byron\nLondon", answer},
		{"without the space", answer + "\n--\nAny words at all, in a long sentence that goes on and on and on.", answer},
		{"a mark on top", "--\n" + answer, "--\n" + answer},
		{"a mark behind a quotation", "> Is it ripe?\n--\nAda", ""},
		{"a mark before the answer", "> Is it ripe?\n--\nIt is ripe, and it smells, as it should in the month of May.", "--\nIt is ripe, and it smells, as it should in the month of May."},
		{"behind two dashes", answer + "\n\n--Ada\n  (cheese is life)", answer},
		{"behind a rule", answer + "\n_______________\nAda Byron    Cheese Ltd.\nada@example.org", answer},
		{"between rules", answer + "\n=====================\n  Ada Byron, London\n=====================", answer},
		{"in a box", answer + "\n+------------------+\n| Ada  ada@c.d     |\n| London           |\n+------------------+", answer},
		{"name and telephone", answer + "\n\nAda Byron\nCheese Ltd., London\n(020) 461-4584", answer},
		{"an address", answer + "\n\nada@example.org", answer},
		{"right behind the text", answer + "\nAda\nada@example.org", answer},
		{"a name", answer + "\n\nAda", answer},
		{"wishes", answer + "\n\nBest regards,\n\n   Ada", answer},
		{"wishes and an address", answer + "\n\nThanks in advance,\nAda\n\nAda Byron     ada@example.org", answer},
		{"a disclaimer", answer + "\n\nDisclaimer: my opinions are not those of my employer.", answer},
		{"prose with an address", answer + "\n\nIf you would like to have a piece of it, send a mail to cheese@example.org before\nMonday, since it will be gone by then, as always.",
			answer + "\n\nIf you would like to have a piece of it, send a mail to cheese@example.org before\nMonday, since it will be gone by then, as always."},
		{"another's name", answer + "\n\nBob", answer + "\n\nBob"},
		{"a section behind a rule", "One.\n\n---------\n" + strings.Repeat("Two is a long section with many words in each of its lines.\n", 12), "One.\n\n---------\n" + strings.TrimSuffix(strings.Repeat("Two is a long section with many words in each of its lines.\n", 12), "\n")},
		{"nothing but a signature", "Ada Byron\nada@example.org", "Ada Byron"},

		{"uuencoded", answer + "\n\nbegin 644 cheese.gif\nM1TE&.#EA0`!``/<``/___P``````````````````````````````````````\nM1TE&.#EA0`!``/<``/___P``````````````````````````````````````\n`\nend\n\nMore.", answer + "\n\nMore."},
		{"to begin with", "begin 100 words of text\nand go on.", "begin 100 words of text\nand go on."},
		{"base64", answer + "\n" + strings.Repeat("TWFuIGlzIGRpc3Rpbmd1aXNoZWQsIG5vdCBvbmx5IGJ5IGhpcyByZWFzb24sIGJ1dCBieQ\n", 3) + "cmVzdA==\nMore.", answer + "\n\nMore."},
		{"PGP", "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA1\n\n" + answer + "\n-----BEGIN PGP SIGNATURE-----\nVersion: 2\n\niQCVAwUBK8\n-----END PGP SIGNATURE-----", answer},
		{"a key that breaks off", answer + "\n-----BEGIN PGP PUBLIC KEY BLOCK-----\nVersion: 2.2\n\nmQBNAiqx\nAAUR\nHere the words go on.", answer + "\n\nHere the words go on."},
	}
}

func adas(body string, o Options) string {
	m, err := Parse([]byte("From: ada@example.org (Ada Byron)\nSubject: Re: cheese\n\n"+body), o)
	if err != nil {
		return err.Error()
	}
	return m.Body
}

func TestClean(t *testing.T) {
	for _, test := range cleanTests() {
		t.Run(test.name, func(t *testing.T) {
			if got := adas(test.body, Options{}); got != test.want {
				t.Errorf("%s\ngave\n%s\nwant\n%s", test.body, got, test.want)
			}
		})
	}
}

func TestCleanKeeps(t *testing.T) {
	const body = "Bob (bob@b.c) wrote:\n> Is it ripe?\nYes.\n--\nAda"
	tests := []struct {
		name    string
		options Options
		want    string
	}{
		{"nothing", Options{}, "Yes."},
		{"quotations", Options{KeepQuotes: true}, "Bob (bob@b.c) wrote:\n> Is it ripe?\nYes."},
		{"the signature", Options{KeepSignature: true}, "Yes.\n--\nAda"},
		{"both", Options{KeepQuotes: true, KeepSignature: true}, body},
	}
	for _, test := range tests {
		if got := adas(body, test.options); got != test.want {
			t.Errorf("keeping %s: %q, want %q", test.name, got, test.want)
		}
	}
}

// What answers nothing and is nothing but quotation would be empty, and is kept.
func TestCleanQuotationOfNobody(t *testing.T) {
	m, err := Parse([]byte("From: ada@example.org\nSubject: a poem\n\n> It is ripe,\n> my cheese."), Options{})
	if want := "> It is ripe,\n> my cheese."; err != nil || m.Body != want {
		t.Errorf("%q, %v, want %q", m.Body, err, want)
	}
}

// Whatever is dropped, what is left are lines of the body in their order.
func TestCleanLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		line := rapid.SampledFrom([]string{"", "It is ripe.", "> quoted", "bob@b.c writes:", "| bar", "--", "Ada", "-----", "ada@example.org", "Subject: x", "Lines: 3", "   indented"})
		lines := rapid.SliceOf(line).Draw(t, "lines")
		rest := lines
		for _, line := range strings.Split(adas(strings.Join(lines, "\n"), Options{}), "\n") {
			if line == "" {
				continue
			}
			for len(rest) > 0 && rest[0] != line {
				rest = rest[1:]
			}
			if len(rest) == 0 {
				t.Fatalf("%q is not a line of %q in its place", line, lines)
			}
			rest = rest[1:]
		}
	})
}

// What goes as a file is counted, so that it can be told.
func TestUuencodedFilesAreCounted(t *testing.T) {
	file := "begin 644 a.gif\n" + strings.Repeat("M"+strings.Repeat("1", 60)+"\n", 3) + "`\nend\n"
	m, err := Parse([]byte("From: a@example.org\nSubject: x\n\nKelp.\n\n"+file+"\n"+file+"Foam.\n"), Options{})
	if err != nil || m.Unread != 2 || strings.Contains(m.Body, "begin") {
		t.Errorf("%d files, %v, body %q", m.Unread, err, m.Body)
	}
}
