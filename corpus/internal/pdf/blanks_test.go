package pdf

import (
	"math"
	"strings"
	"testing"
	"unicode/utf16"
)

// Where words have blanks that the next letters are printed over, and other words are apart without
// one, the room between letters parts them. Blanks that are seen stay, whatever is printed.
func TestOverprintedBlanks(t *testing.T) {
	needsEngine(t)
	line := func(y int, pieces string) string {
		return "BT /F 12 Tf 30 " + []string{"500", "480", "460", "440"}[y] + " Td [" + pieces + "] TJ ET\n"
	}
	tests := []struct{ name, page, want string }{
		{"over blanks", line(0, "(the har ) 278 (bour) -300 (light is a) -280 (boo) (le ) 278 (an) -290 (switch)") +
			line(1, "(and the ti ) 278 (des are high in au ) 278 (tumn ) (now)"), "the harbour light is a boolean switch\nand the tides are high in autumn now"},
		{"as all do", line(0, "(the harbour) -278 (light is a) -278 (boolean) -278 (switch)") + line(1, "(and the tides are high)"),
			"the harbour light is a boolean switch\nand the tides are high"},
		{"all of them", line(0, "(we ) 278 (are ) 278 (all ) 278 (so ) 278 (near)"), "we are all so near"}, // their fonts may be wrong
	}
	for _, test := range tests {
		text, err := Read(typeset(test.page), noLimit)
		if got := strings.TrimSpace(text.Body); err != nil || got != test.want {
			t.Errorf("%s: %q, %v; want %q", test.name, got, err, test.want)
		}
	}
}

// Blanks go where letters are further apart than they mostly are, and stay where that is not known.
func TestRejoined(t *testing.T) {
	nan := math.NaN()
	tests := []struct {
		text  string
		rooms []float64
		want  string
	}{
		{"a b cd", []float64{0, 0.3, 0}, "ab cd"},
		{"a b cd", []float64{-0.2, 0.2, -0.2}, "ab cd"}, // of a font whose letters are told too wide
		{"a b cd\r\n", []float64{nan, 0, 0.3}, "a bc d\r\n"},
		{"a b", []float64{nan}, "a b"},
		{"a", nil, "a"},
	}
	for _, test := range tests {
		units := utf16.Encode([]rune(test.text))
		var letters []int
		for i := range units {
			if len(wordAt(units[i:i+1])) > 0 {
				letters = append(letters, i)
			}
		}
		if got := string(utf16.Decode(rejoined(units, letters, test.rooms))); got != test.want {
			t.Errorf("%q with rooms %v: %q, want %q", test.text, test.rooms, got, test.want)
		}
	}
}
