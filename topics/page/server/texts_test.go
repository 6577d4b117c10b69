package server

import (
	"context"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// Texts in memory, in an index, and read again each time give the same answers.
func TestTextsAgree(t *testing.T) {
	m, texts := demo()
	texts = slices.Clone(texts)
	texts[0] += " Straße İstanbul ΟΔΟΣ \u212aelvin \x00 \"quoted\" a_b"
	cache := t.TempDir()
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	all := map[string]Texts{}
	for name, c := range map[string]struct {
		limit int
		cache string
	}{"memory": {1 << 30, ""}, "index": {1000, cache}, "again": {1000, filepath.Join(file, "nowhere")}, "no cache": {1000, ""}} {
		got, told, err := Gather(t.Context(), m, sourceOf(texts), c.limit, Cache{Folder: c.cache, Model: "m.klew"})
		if err != nil || (told == "") != (name == "memory") {
			t.Fatalf("%s: %q, %v", name, told, err)
		}
		all[name] = got
	}
	if _, is := all["index"].(*index); !is {
		t.Fatalf("the index is %T", all["index"])
	}
	if again, _, err := Gather(t.Context(), m, nil, 1000, Cache{Folder: cache, Model: "m.klew"}); err != nil || again.Len() != len(texts) {
		t.Errorf("the index is not found again: %v", err)
	}
	asked := []string{"honey", "hone", "ho", "h", "zyxwv", "straße", "istanbul", "οδο", "kelvin", "\"quoted\"", "a_b", "the the", "%", "\x00", strings.ToLower(texts[5][10:150])}
	for _, some := range asked {
		want := matching(all["memory"], some)
		for name, texts := range all {
			if got := matching(texts, some); !slices.Equal(got, want) {
				t.Errorf("%s: %.30q is in %v, want %v", name, some, got, want)
			}
		}
	}
	for name, some := range all {
		for j := range texts {
			if got, err := some.Text(t.Context(), j); err != nil || got != texts[j] {
				t.Errorf("%s: text %d is %.30q, %v", name, j, got, err)
			}
		}
		if _, err := some.Text(t.Context(), len(texts)); err != ErrNoText {
			t.Errorf("%s: a text beyond all: %v", name, err)
		}
	}
}

// An index of which the building was interrupted is not there, so that none lacks texts that there
// were.
func TestIndexInterrupted(t *testing.T) {
	m, texts := demo()
	cache := t.TempDir()
	ctx, stop := context.WithCancel(t.Context())
	source := func(ctx context.Context) iter.Seq2[int, string] {
		return func(yield func(int, string) bool) {
			for j, text := range texts {
				if j == 50 {
					stop()
				}
				if ctx.Err() != nil || !yield(j, text) {
					return
				}
			}
		}
	}
	if _, _, err := Gather(ctx, m, source, 1000, Cache{Folder: cache}); err != context.Canceled {
		t.Errorf("interrupted: %v", err)
	}
	if entries, _ := os.ReadDir(cache); len(entries) > 0 {
		t.Errorf("there are %v", entries)
	}
}

// matching are the documents that hold a string.
func matching(texts Texts, some string) (list []int) {
	for j, text := range texts.Having(context.Background(), some) {
		if from, _ := find(text, some); from >= 0 {
			list = append(list, j)
		}
	}
	return list
}

// What is found is what was asked for, but for the case of letters.
func TestFind(t *testing.T) {
	for _, c := range []struct{ text, low, want string }{
		{"Honey", "hone", "Hone"}, {"İİ İstanbul", "stan", "stan"}, {"x İstanbul!", "istanbul", "İstanbul"}, {"ȺȺ end", "end", "end"}, {"a", "b", ""}, {"ȺȾ", "ⱥⱦ", "ȺȾ"},
	} {
		from, to := find(c.text, c.low)
		got := ""
		if from >= 0 {
			got = c.text[from:to]
		}
		if got != c.want {
			t.Errorf("%q in %q is %q, want %q", c.low, c.text, got, c.want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		text, low := rapid.String().Draw(t, "text"), strings.ToLower(rapid.StringN(1, 3, -1).Draw(t, "low"))
		from, to := find(text, low)
		if from >= 0 && !strings.Contains(strings.ToLower(text[from:to]), low) {
			t.Errorf("%q is found in %q as %q", low, text, text[from:to])
		}
		if from < 0 != !strings.Contains(strings.ToLower(text), low) {
			t.Errorf("%q in %q: %d", low, text, from)
		}
		if !strings.HasPrefix(text, firstBytes(text, 3)) || !strings.HasSuffix(text, lastBytes(text, 3)) {
			t.Errorf("%q begins with %q, and ends with %q", text, firstBytes(text, 3), lastBytes(text, 3))
		}
	})
}

// The words of a text are found where klew words --context finds them, and counted as klew words
// counts them.
func TestWords(t *testing.T) {
	m, texts := demo()
	in := newMemory(len(texts))
	for j, text := range texts {
		in.add(j, text)
	}
	o := newOccurrences(m, in)
	o.find(t.Context())
	for row := range m.Vocabulary.Terms {
		n := 0
		for _, x := range o.of[row] {
			n += int(x.count)
		}
		if term := &m.Vocabulary.Terms[row]; n != term.Count || len(o.of[row]) != term.DF {
			t.Errorf("%s: %d times in %d documents, want %d in %d", term.Shown(), n, len(o.of[row]), term.Count, term.DF)
		}
	}
	s := &Server{Options: Options{Texts: in}}
	lines, err := s.lines(t.Context(), m, 0, o.of[0])
	if err != nil || len(lines) != min(mostLines, m.Vocabulary.Terms[0].Count) {
		t.Errorf("%d lines, %v", len(lines), err)
	}
	if got := fmt.Sprint(most(m, 0, o.of[0])); len(o.of[0]) > 0 && got == "[]" {
		t.Errorf("most of it have %s", got)
	}
}
