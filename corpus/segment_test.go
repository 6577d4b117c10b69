package corpus

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"
)

func TestNextWord(t *testing.T) {
	tests := []struct {
		text string
		want []string
	}{
		{"", nil},
		{" \n\t\u00a0\u3000", nil},
		{"two words", []string{"two", "words"}},
		{" it's 3.14 — a.b@c.d! ", []string{"it's", "3.14", "—", "a.b@c.d!"}},
		{"Füße\u00a0naß\u3000über", []string{"Füße", "naß", "über"}},
		{"你好。世界", []string{"你", "好。", "世", "界"}},
		{"用Go写3行", []string{"用", "Go", "写", "3", "行"}},
		{"「東京」へ", []string{"「", "東", "京」", "へ"}},
		{"ที่นี่", []string{"ที่", "นี่"}},
		{"한국어 문장", []string{"한국어", "문장"}},
	}
	for _, test := range tests {
		var got []string
		for _, w := range allWords(test.text) {
			got = append(got, test.text[w[0]:w[1]])
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("words of %q: %q, want %q", test.text, got, test.want)
		}
	}
}

func allWords(text string) [][2]int {
	words, _ := wordBounds(text, nil, 0, len(text))
	return words
}

func TestSegments(t *testing.T) {
	tests := []struct {
		name, how, text string
		want            []string
	}{
		{"no text", "lines", "", []string{""}},
		{"blanks only", "paragraphs", " \n\n\t", []string{""}},
		{"no word", "words:3", "\n", []string{""}},
		{"lines", "lines", "one\n\n  two \r\nthree\rfour\u2028five", []string{"one", "two", "three", "four", "five"}},
		{"paragraphs", "paragraphs", "\na\nb\n \nc\n\n\n\nd\n", []string{"a\nb", "c", "d"}},
		{"paragraphs of Windows", "paragraphs", "a\r\nb\r\n\r\nc", []string{"a\r\nb", "c"}},
		{"as many words as asked for", "words:3", " a b c ", []string{"a b c"}},
		{"one more is halved", "words:4", "a b c d e", []string{"a b", "c d e"}},
		{"no good place", "words:2", "a b c d e f g", []string{"a b", "c d", "e", "f g"}},
		{"a sentence ends near the limit", "words:5", "a b c d. e f g h i j k", []string{"a b c d.", "e f g", "h i j k"}},
		{"too far from it", "words:5", "a b c. d e f g h i j", []string{"a b c. d e", "f g h i j"}},
		{"quoted sentences", "words:5", "a b c “d.” e f g h i j", []string{"a b c “d.”", "e f g", "h i j"}},
		{"a paragraph before a sentence", "words:10", "a b c d e f g h\n\ni. j. k l m n o p q r s t", []string{"a b c d e f g h", "i. j. k l m n", "o p q r s t"}},
		{"the rest ends at a sentence", "words:10", "a b c d e f g. h i j k l", []string{"a b c d e f g.", "h i j k l"}},
		{"without blanks", "words:5", "我喜欢你。你喜欢他吗", []string{"我喜欢你。", "你喜欢他吗"}},
		{"one word each", "words:1", "a b", []string{"a", "b"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			cut, err := newSegmenter(test.how)
			must(t, err)
			meta := []Field{{Folder, "f"}}
			var got []string
			for d := range cut.segments(Document{ID: "x", Meta: meta, Date: "1999", Text: test.text}) {
				if want := fmt.Sprintf("x#%d", len(got)+1); d.ID != want || d.Parent != "x" || d.Date != "1999" || !slices.Equal(d.Meta, meta) {
					t.Errorf("segment %+v, want the ID %s and all that the parent had", d, want)
				}
				got = append(got, d.Text)
			}
			if !slices.Equal(got, test.want) {
				t.Errorf("%q, want %q", got, test.want)
			}
		})
	}
}

func TestBadSegments(t *testing.T) {
	for how, want := range map[string]string{
		"words": "lines, paragraphs, or words:500", "words:": "from 1 to", "words:0": "from 1 to",
		"words:-3": "from 1 to", "words:x": "from 1 to", "words:99999999999999999999": "from 1 to", "pages": `not "pages"`,
	} {
		if _, err := newSegmenter(how); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q gave the error %v, want one with %q", how, err, want)
		}
	}
}

// someText draws texts in which everything occurs that segments depend on.
func someText() *rapid.Generator[string] {
	piece := rapid.SampledFrom([]string{"word", "a", "end.", "“end!”", "你", "好。", "ที่", "é", " ", " ", " ", "\n", "\n\n", "\r\n", "\r", "\u2029", "\u00a0", "—", "\ufffd"})
	return rapid.Map(rapid.SliceOfN(piece, 0, 200), func(p []string) string { return strings.Join(p, "") })
}

// squeezed is a text without white space.
func squeezed(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, text)
}

// All of a text is in one segment, and none is longer or much shorter than it should be.
func TestSegmentsAreTheText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text, n := someText().Draw(t, "text"), rapid.IntRange(1, 30).Draw(t, "n")
		how := rapid.SampledFrom([]string{"lines", "paragraphs", fmt.Sprintf("words:%d", n)}).Draw(t, "how")
		cut, err := newSegmenter(how)
		if err != nil {
			t.Fatal(err)
		}
		var all []string
		for d := range cut.segments(Document{ID: "x", Text: text}) {
			all = append(all, d.Text)
			if d.Text != strings.TrimSpace(d.Text) || d.Text == "" && squeezed(text) != "" {
				t.Fatalf("segment %q", d.Text)
			}
		}
		if got, want := squeezed(strings.Join(all, " ")), squeezed(text); got != want {
			t.Fatalf("segments hold %q, want %q", got, want)
		}
		if !strings.HasPrefix(how, "words") {
			return
		}
		for _, s := range all {
			if words := len(allWords(s)); words > n || len(all) > 1 && words < n*3/10 {
				t.Fatalf("a segment of %d words with %s: %q", words, how, s)
			}
		}
	})
}

func FuzzSegments(f *testing.F) {
	f.Add("One. Two.\n\nThree", uint8(2))
	f.Add("你好。世界", uint8(3))
	f.Fuzz(func(t *testing.T, text string, n uint8) {
		text = strings.ToValidUTF8(text, "\uFFFD")
		for _, how := range []string{"lines", "paragraphs", fmt.Sprintf("words:%d", int(n)+1)} {
			cut, err := newSegmenter(how)
			must(t, err)
			var all strings.Builder
			for d := range cut.segments(Document{Text: text}) {
				all.WriteString(d.Text)
			}
			if squeezed(all.String()) != squeezed(text) {
				t.Fatalf("%s: %q, want %q", how, all.String(), text)
			}
		}
	})
}

func BenchmarkSegments(b *testing.B) {
	text := strings.Repeat("The boats sail out of the harbour at dawn, and come back with the tide. ", 10000)
	for _, how := range []string{"words:500", "paragraphs", "lines"} {
		b.Run(how, func(b *testing.B) {
			cut, _ := newSegmenter(how)
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				for range cut.segments(Document{ID: "x", Text: text}) {
				}
			}
		})
	}
}
