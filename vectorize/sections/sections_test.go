package sections

import (
	"bytes"
	"errors"
	"io"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"pgregory.net/rapid"
)

const magic = "TEST\r\n\x1a\n"

// file is a file of sections.
func file(t rapid.TB, tags []string, payloads []Payload) []byte {
	t.Helper()
	var b bytes.Buffer
	w := NewWriter(&b, magic, 3)
	for i, tag := range tags {
		w.Section(tag, payloads[i])
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// What is written comes back, tag by tag, however the reader is served.
func TestSectionsComeBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tags := rapid.SliceOfN(rapid.StringMatching("[A-D]{4}"), 0, 5).Draw(t, "tags")
		var payloads []Payload
		for range tags {
			payloads = append(payloads, rapid.SliceOfN(rapid.Byte(), 0, 50).Draw(t, "payload"))
		}
		r, err := NewReader(iotest.HalfReader(bytes.NewReader(file(t, tags, payloads))), magic, 3)
		if err != nil {
			t.Fatal(err)
		}
		for i := range tags {
			tag, payload, err := r.Next()
			if err != nil || tag != tags[i] || !bytes.Equal(payload, payloads[i]) {
				t.Fatalf("section %d is %q %v (%v), want %q %v", i, tag, payload, err, tags[i], payloads[i])
			}
		}
		for range 2 {
			if _, _, err := r.Next(); err != io.EOF {
				t.Fatalf("at the end: %v", err)
			}
		}
	})
}

// Fields come back in the order in which they were put.
func TestFieldsComeBack(t *testing.T) {
	var p Payload
	p.Uvarint(1 << 30)
	p.String("wörter")
	p.Uint32(1 << 31)
	p.Bool(true)
	p.Bool(false)
	p.String("not\xffUTF-8")
	p.Strings([]string{"a", ""})
	p.Float64(-0.25)
	p.Byte(7)
	p = append(p, "rest"...)
	f := NewFields(p)
	n, s, u, yes, no, mended := f.Uvarint(), f.String(), f.Uint32(), f.Bool(), f.Bool(), f.String()
	list, x, b, rest := f.Strings(), f.Float64(), f.Byte(), string(f.Rest())
	if len(list) != 2 || list[0] != "a" || list[1] != "" || x != -0.25 || b != 7 || rest != "rest" {
		t.Errorf("got %q %v %d %q", list, x, b, rest)
	}
	if n != 1<<30 || s != "wörter" || u != 1<<31 || !yes || no || mended != "not\uFFFDUTF-8" || f.Close() != nil {
		t.Errorf("got %d %q %d %v %v %q (%v)", n, s, u, yes, no, mended, f.Close())
	}
}

// After its first error a Fields returns zeros, and the first error stays.
func TestFieldsRememberTheFirstError(t *testing.T) {
	for _, read := range []func(f *Fields){
		func(f *Fields) { f.Uvarint() }, func(f *Fields) { _ = f.String() }, func(f *Fields) { f.Uint32() },
		func(f *Fields) { f.Bool() }, func(f *Fields) { f.Count(1) },
		func(f *Fields) { f.Strings() }, func(f *Fields) { f.Float64() }, func(f *Fields) { f.Byte() },
	} {
		f := NewFields(nil)
		if read(f); f.Err() == nil {
			t.Error("nothing was read without an error")
		}
		first := f.Err()
		f.Fail("another")
		if f.Uvarint() != 0 || f.String() != "" || f.Uint32() != 0 || f.Bool() || f.Count(1) != 0 || f.Close() != first {
			t.Errorf("the error became %v", f.Err())
		}
	}
	if f := NewFields([]byte{0}); f.Close() == nil || len(f.Rest()) != 0 {
		t.Error("what is left over is no error")
	}
}

// A claim of length makes nothing be allocated, and a damaged file says so.
func TestHostileLengths(t *testing.T) {
	good := file(t, []string{"LONG"}, []Payload{Payload("payload")})
	for _, high := range []byte{0x00, 0x7f, 0xff} {
		bad := bytes.Clone(good)
		copy(bad[16:24], []byte{0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, high})
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		r, err := NewReader(bytes.NewReader(bad), magic, 3)
		if err != nil {
			t.Fatal(err)
		}
		_, _, err = r.Next()
		runtime.ReadMemStats(&after)
		if used := after.TotalAlloc - before.TotalAlloc; !errors.Is(err, ErrTruncated) || used > 1<<16 {
			t.Errorf("%d bytes (%v)", used, err)
		}
	}
}

func TestWhatIsNoFile(t *testing.T) {
	good := file(t, nil, nil)
	for _, c := range []struct{ text, want string }{
		{"", "another kind"},
		{"TEST\n\x1a\n\x03\x00\x00\x00", "another kind"},
		{magic, "incomplete"},
		{magic + "\x04\x00\x00\x00", "newer klew (its format is version 4, this program reads up to 3)"},
		{magic + "\x00\x00\x00\x00", "never was"},
		{string(good) + "x", "follows its end"},
		{string(good[:len(good)-1]), "incomplete"},
	} {
		r, err := NewReader(strings.NewReader(c.text), magic, 3)
		if err == nil {
			_, _, err = r.Next()
		}
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q: error %v, want %q", c.text, err, c.want)
		}
	}
}

// The first error of writing is the one that is told.
func TestWriterRemembersTheFirstError(t *testing.T) {
	broken := errors.New("broken")
	w := NewWriter(failing{broken}, magic, 1)
	w.Section("LONG", make(Payload, 1<<20))
	if w.Err() != broken || w.Close() != broken {
		t.Errorf("error %v", w.Err())
	}
}

type failing struct{ err error }

func (f failing) Write([]byte) (int, error) { return 0, f.err }

// A section that is written in pieces has the bytes of one that is written whole, and one that is read
// as it is asked for the fields.
func TestLongSections(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfN(rapid.StringN(0, 300_000, 300_000), 0, 6).Draw(t, "words")
		var p Payload
		p.Strings(words)
		p.Float64(0.5)
		whole := file(t, []string{"LONG", "NEXT"}, []Payload{p, {7}})
		var b bytes.Buffer
		w := NewWriter(&b, magic, 3)
		w.Long("LONG", func(add func(Payload)) {
			for from := 0; from < len(p); from += 1000 {
				add(p[from:min(from+1000, len(p))])
			}
		})
		w.Section("NEXT", Payload{7})
		if err := w.Close(); err != nil || !bytes.Equal(b.Bytes(), whole) {
			t.Fatalf("in pieces it is another file (%v)", err)
		}
		r, err := NewReader(iotest.OneByteReader(bytes.NewReader(whole)), magic, 3)
		if err != nil {
			t.Fatal(err)
		}
		r.Limit(int64(len(whole)) - 12)
		tag, f, err := r.Open()
		if got := f.Strings(); err != nil || tag != "LONG" || !slices.Equal(got, words) || f.Left() != 8 || f.Float64() != 0.5 || f.Close() != nil {
			t.Fatalf("section %q of %d strings (%v, %v)", tag, len(got), err, f.Err())
		}
		if err := r.Check(); err != nil {
			t.Fatal(err)
		}
		tag, payload, err := r.Next()
		if tag != "NEXT" || !bytes.Equal(payload, []byte{7}) || err != nil {
			t.Fatalf("then section %q (%v)", tag, err)
		}
		if _, _, err = r.Open(); err != io.EOF {
			t.Fatalf("then %v", err)
		}
	})
}

// What a section claims beyond the file's size is known before anything is read, and damage within a
// section that is read as it is asked for is found by Check.
func TestDamagedLongSections(t *testing.T) {
	good := file(t, []string{"LONG"}, []Payload{make(Payload, 100_000)})
	r, err := NewReader(bytes.NewReader(good), magic, 3)
	if err != nil {
		t.Fatal(err)
	}
	r.Limit(50_000)
	if _, _, err := r.Open(); !errors.Is(err, ErrTruncated) {
		t.Errorf("of a file that is too short: %v", err)
	}
	good[70_000] ^= 1
	if r, err = NewReader(bytes.NewReader(good), magic, 3); err != nil {
		t.Fatal(err)
	}
	_, f, err := r.Open()
	if err != nil || f.Uvarint() != 0 {
		t.Errorf("opened: %v", err)
	}
	if err := r.Check(); err == nil || !strings.Contains(err.Error(), `checksum of section "LONG"`) {
		t.Errorf("a flipped bit: %v", err)
	}
	if r, err = NewReader(bytes.NewReader(good[:60_000]), magic, 3); err != nil {
		t.Fatal(err)
	}
	_, f, _ = r.Open()
	for f.Err() == nil {
		f.Bytes(1000)
	}
	if !errors.Is(f.Err(), ErrTruncated) {
		t.Errorf("a file that is cut off: %v", f.Err())
	}
}
