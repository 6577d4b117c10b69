package extract

import (
	"testing"

	"pgregory.net/rapid"
)

func TestMend(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"nothing to mend", "well-known words\nstay", "well-known words\nstay"},
		{"a broken word", "hyphen-\nation", "hyphenation"},
		{"broken twice", "elec-\ntroen-\ncephalogram", "electroencephalogram"},
		{"a letter broken off", "a-\nb-\nc", "abc"},
		{"blanks around the line end", "hyphen- \r\n  ation", "hyphenation"},
		{"umlauts", "Gr\u00f6\u00dfen-\n\u00e4nderung", "Gr\u00f6\u00dfen\u00e4nderung"},
		{"Greek", "\u03b8\u03ac-\n\u03bb\u03b1\u03c3\u03c3\u03b1", "\u03b8\u03ac\u03bb\u03b1\u03c3\u03c3\u03b1"},
		{"a soft hyphen", "hyphen\u00ad\nation", "hyphenation"},
		{"Unicode's hyphen", "hyphen\u2010\nation", "hyphenation"},
		{"in front of a capital", "Franco-\nPrussian", "Franco-\nPrussian"},
		{"between numbers", "1914-\n18", "1914-\n18"},
		{"behind a number", "20-\nyear", "20-\nyear"},
		{"an abridged word", "Vor-\nund Nachteile", "Vor-\nund Nachteile"},
		{"a word that only begins like a conjunction", "un-\nderneath, or-\nganic", "underneath, organic"},
		{"a dash", "he said \u2014\nand left", "he said \u2014\nand left"},
		{"a dash made of a hyphen", "he said -\nand left", "he said -\nand left"},
		{"across a paragraph", "hyphen-\n\nation", "hyphen-\n\nation"},
		{"at the end", "hyphen-\n", "hyphen-\n"},
		{"ligatures", "\ufb01rst \ufb02oor o\ufb00er o\ufb03ce ba\ufb04e fa\ufb05 \ufb06", "first floor offer office baffle fast st"},
		{"a ligature behind the break", "of-\n\ufb01ce", "office"},
		{"not UTF-8", "a-\n\xff-\nb", "a-\n\xff-\nb"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := Mend(test.text); got != test.want {
				t.Errorf("Mend(%q) = %q, want %q", test.text, got, test.want)
			}
		})
	}
}

// Mending twice is mending once.
func TestMendIsIdempotent(t *testing.T) {
	pieces := []string{"a", "B", "\u00e9", "1", "-", "\u00ad", "\u2010", "\n", "\r\n", " ", "\ufb01", "und", "\xff"}
	rapid.Check(t, func(t *rapid.T) {
		var text string
		for _, i := range rapid.SliceOf(rapid.IntRange(0, len(pieces)-1)).Draw(t, "pieces") {
			text += pieces[i]
		}
		once := Mend(text)
		if twice := Mend(once); twice != once {
			t.Fatalf("Mend(%q) = %q, and of that %q", text, once, twice)
		}
	})
}

func FuzzMend(f *testing.F) {
	for _, seed := range []string{"", "hyphen-\nation", "\ufb01-\r\n x", "a-\nund-\nb"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		once := Mend(text)
		if twice := Mend(once); twice != once {
			t.Errorf("Mend(%q) = %q, and of that %q", text, once, twice)
		}
	})
}
