package mail

import (
	"errors"
	"io"
	"reflect"
	"strings"
	"testing"
	"testing/iotest"

	"pgregory.net/rapid"
)

func TestSplit(t *testing.T) {
	const from = "From a@b.c Tue Mar  2 10:00:00 2021\n"
	tests := []struct {
		name, mbox string
		want       []string
	}{
		{name: "nothing"},
		{name: "empty lines", mbox: "\n\n"},
		{name: "one", mbox: from + "Subject: x\n\nbody\n", want: []string{"Subject: x\n\nbody\n"}},
		{name: "two", mbox: from + "Subject: x\n\nbody\n\n" + from + "Subject: y\n\nbody", want: []string{"Subject: x\n\nbody\n\n", "Subject: y\n\nbody"}},
		{name: "carriage returns", mbox: "From a\r\nSubject: x\r\n\r\nbody\r\n\r\nFrom b\r\nSubject: y\r\n\r\n", want: []string{"Subject: x\r\n\r\nbody\r\n\r\n", "Subject: y\r\n\r\n"}},
		{name: "no From line", mbox: "Subject: x\n\nbody\n", want: []string{"Subject: x\n\nbody\n"}},
		{name: "a sentence", mbox: from + "Subject: x\n\nFrom here on it rains.\nAlways.\n", want: []string{"Subject: x\n\nFrom here on it rains.\nAlways.\n"}},
		{name: "within a paragraph", mbox: from + "Subject: x\n\nIt rains.\nFrom here: on\nSubject: y\n", want: []string{"Subject: x\n\nIt rains.\nFrom here: on\nSubject: y\n"}},
		{name: "marked", mbox: from + "Subject: x\n\n>From here\n>>From there\n> From\n", want: []string{"Subject: x\n\nFrom here\n>From there\n> From\n"}},
		{name: "From at the end", mbox: from + "Subject: x\n\nFrom here", want: []string{"Subject: x\n\nFrom here"}},
		{name: "From line at the end", mbox: from + "Subject: x\n\nFrom here\n", want: []string{"Subject: x\n\nFrom here\n"}},
		{name: "no empty line, dated", mbox: from + "Subject: x\n\nbody\n" + from + "Subject: y\n\nbody", want: []string{"Subject: x\n\nbody\n", "Subject: y\n\nbody"}},
		{name: "no empty line, an address", mbox: "From a@b.c\nSubject: x\n\nbody\nFrom d@e.f\nSubject: y\n\nbody", want: []string{"Subject: x\n\nbody\n", "Subject: y\n\nbody"}},
		{name: "a header behind a sentence", mbox: from + "Subject: x\n\nFrom the list of old\nSubject: y\nbody", want: []string{"Subject: x\n\nFrom the list of old\nSubject: y\nbody"}},
		{name: "words with colons", mbox: from + "Subject: x\n\nFrom my notes\nMonday: fog\nTuesday: sun\n\nbody", want: []string{"Subject: x\n\nFrom my notes\nMonday: fog\nTuesday: sun\n\nbody"}},
		{name: "two sentences", mbox: from + "Subject: x\n\nFrom here\n>From there\nFrom all: over\n", want: []string{"Subject: x\n\nFrom here\nFrom there\nFrom all: over\n"}},
		{name: "fields of other kinds first", mbox: "From a@b.c\nX-Mozilla-Status: 1\nSubject: x\n\nbody\n\nFrom ada lovelace\nFoo: bar\n baz\nTo: d\nSubject: y\n\n", want: []string{"X-Mozilla-Status: 1\nSubject: x\n\nbody\n\n", "Foo: bar\n baz\nTo: d\nSubject: y\n\n"}},
		{name: "another envelope", mbox: "From a@b.c\n>From d@e.f\nSubject: x\n\nbody", want: []string{"From d@e.f\nSubject: x\n\nbody"}},
		{name: "an empty message", mbox: from + "\n" + from + "Subject: y\n\nbody", want: []string{"\n", "Subject: y\n\nbody"}},
		{name: "nothing behind the line", mbox: from + "Subject: y\n\nbody\n" + from, want: []string{"Subject: y\n\nbody\n", ""}},
		{name: "no header", mbox: from + "\nbody\n", want: []string{"\nbody\n"}},
		{name: "too large", mbox: from + "Subject: x\n\n" + strings.Repeat("long ", 30) + "\n\n" + from + "Subject: y\n\nbody", want: []string{"", "Subject: y\n\nbody"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			for _, r := range []io.Reader{strings.NewReader(test.mbox), iotest.OneByteReader(strings.NewReader(test.mbox))} {
				var got []string
				err := Split(r, 100, func(raw []byte) bool {
					got = append(got, string(raw))
					return true
				})
				if err != nil || !reflect.DeepEqual(got, test.want) {
					t.Errorf("Split(%q) gave %q, %v, want %q", test.mbox, got, err, test.want)
				}
			}
		})
	}
}

func TestSplitStops(t *testing.T) {
	n := 0
	err := Split(strings.NewReader(strings.Repeat("From a\nSubject: x\n\n", 5)), 100, func([]byte) bool { n++; return n < 2 })
	if n != 2 || err != nil {
		t.Errorf("%d messages, %v", n, err)
	}
	broken := errors.New("the disk is on fire")
	if err := Split(iotest.ErrReader(broken), 100, func([]byte) bool { return true }); err != broken {
		t.Errorf("a failing reader ended with %v", err)
	}
}

// Messages that are put together as an mbox come apart again.
func TestSplitRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		line := rapid.SampledFrom([]string{"", "words", "From here", ">From there", "> quoted", "Subject: x", "From: a"})
		var mbox strings.Builder
		var want []string
		for range rapid.IntRange(1, 4).Draw(t, "messages") {
			body := strings.Join(rapid.SliceOf(line).Draw(t, "lines"), "\n")
			want = append(want, "Subject: s\n\n"+body+"\n\n")
			mbox.WriteString("From a@b.c\nSubject: s\n\n")
			for _, line := range strings.Split(body, "\n") {
				if strings.HasPrefix(strings.TrimLeft(line, ">"), "From ") {
					line = ">" + line
				}
				mbox.WriteString(line + "\n")
			}
			mbox.WriteString("\n")
		}
		var got []string
		err := Split(strings.NewReader(mbox.String()), 1<<20, func(raw []byte) bool {
			got = append(got, string(raw))
			return true
		})
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Fatalf("%q gave %q, %v, want %q", mbox.String(), got, err, want)
		}
	})
}

// FuzzSplit holds Split to losing nothing but "From " lines, marks and empty messages.
func FuzzSplit(f *testing.F) {
	for _, seed := range []string{"", "From a\nSubject: x\n\nbody\n\nFrom b\nSubject: y\n\nbody", "\n\nFrom a\n>From b\nx: y", "From a", ">From b\n"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, mbox string) {
		split := func(r io.Reader) (all []string) {
			if err := Split(r, 1<<20, func(raw []byte) bool { all = append(all, string(raw)); return true }); err != nil {
				t.Error(err)
			}
			return all
		}
		got := split(strings.NewReader(mbox))
		if pieces := split(iotest.OneByteReader(strings.NewReader(mbox))); !reflect.DeepEqual(got, pieces) {
			t.Errorf("%q: by pieces %q, else %q", mbox, pieces, got)
		}
		rest := mbox
		for _, line := range strings.Split(strings.Join(got, ""), "\n") {
			i := strings.Index(rest, line)
			if i < 0 {
				t.Fatalf("%q: %q is not in what is left of it", mbox, line)
			}
			rest = rest[i+len(line):]
		}
	})
}

func TestIsDated(t *testing.T) {
	for line, want := range map[string]bool{
		"From ada@b.c Tue Mar  2 10:00:00 2021":                           true,
		"From ada@b.c Tue Mar 2 10:00 2021\r\n":                           true,
		"From - Tue Mar 02 10:00:00 +0100 2021":                           true,
		"From ada@b.c Tue Mar  2 10:00:00 MET DST 2021":                   true,
		"From ada@b.c Tue Mar  2 10:00:00 2021 +0100":                     true,
		"From ada@b.c Tue, 02 Mar 2021 10:00:00 GMT":                      true,
		"From ada@b.c  Tue, 2 Mar 2021 10:00:00 -0800 (PST)":              true,
		"From ada at b.c  Tue Mar  2 10:00:00 2021":                       true,
		"From \"Ada L\"@b.c Tue Mar  2 10:00:00 2021":                     true,
		"From ada Tue Mar  2 10:00:00 1993 remote from host":              true,
		"From MAILER-DAEMON Tue Mar  2 10:00:00 21":                       true,
		"From 1234567@xxx Tue Mar 02 10:00:00 +0000 2021":                 true,
		"From ???@??? Tue Mar 02 10:00:00 2021":                           true,
		"From the quay we saw seals":                                      false,
		"From Tue Mar 2 on it rained":                                     false,
		"From what I heard on Tue Mar  2 10:00:00 2021":                   false,
		"From here it goes on until Tue Mar  2 10:00:00 2021, they said.": false,
		"From ada@b.c":        false,
		"From 10:00 to 11:00": false,
	} {
		if got := isDated([]byte(line)); got != want {
			t.Errorf("isDated(%q) = %v", line, got)
		}
	}
}

func TestIsMbox(t *testing.T) {
	for head, want := range map[string]bool{
		"From a@b.c Tue Mar  2 10:00:00 2021\nSubject: x\n\nbody": true,
		"From a@b.c\nFrom: a@b.c\nSubject: x\n\nbody":             true,
		"From a@b.c\r\nFrom: a@b.c\r\nSubject: x\r\n\r\nbody":     true,
		"From a@b.c Tue Mar  2 10:00:00 2021\nIt rains.":          false,
		"From here on\nit rains: always\n":                        false,
		"From: a@b.c\nSubject: x\n\nbody":                         false,
		"From a@b.c Tue Mar  2 10:00:00 2021":                     false,
		"":                                                        false,
	} {
		if got := IsMbox([]byte(head)); got != want {
			t.Errorf("IsMbox(%q) = %v", head, got)
		}
	}
}
