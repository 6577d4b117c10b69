package extract

import (
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the golden files anew")

// readers are the functions of this package by the extension of their format.
var readers = map[string]func([]byte, int64) (Text, error){
	".html": HTML, ".md": Markdown, ".docx": DOCX, ".odt": ODT, ".epub": EPUB, ".rtf": RTF,
}

// putIn is what testdata/notebook.md says, from which other programs made the fixtures.
const putIn = `The Keeper’s Notebook
The lamp was lit at dusk, and the first officer of the ferry greeted it with three short
blasts. Nobody on the island needs a clock.
Weather
Fog came in from the north. A barometer that has fallen for two days is not wrong,
whatever the electroencephalographically minded doctor on the mainland says about keepers
and their moods. Für den Abend wurden Böen gemeldet; grüße an die Küste. The old word for
the sea is θάλασσα, and for calm it is γαλήνη. I went to sleep, and left a face in the
log: 😀
In the morning I counted:
seven gannets on the cliff
two seals below the jetty
one rowing boat without oars
Supplies
Ware Crates From
paraffin four Ålesund
biscuits eleven Tromsø
A light that is seen by nobody is still a light.
The supply boat leaves on Thursday & returns when it can.
Except the schoolmaster, who owns two of them.`

// titleBlock is what pandoc sets in front of a document.
const titleBlock = "The Keeper’s Notebook Ada Fjordström 2024-03-17"

func fixtures(t *testing.T) []string {
	t.Helper()
	var all []string
	for _, pattern := range []string{"pandoc.*", "office.*", "notebook.md"} {
		found, err := filepath.Glob(filepath.Join("testdata", pattern))
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, found...)
	}
	return slices.DeleteFunc(all, func(path string) bool { return filepath.Ext(path) == ".txt" })
}

func extracted(t *testing.T, path string) Text {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	text, err := readers[filepath.Ext(path)](raw, noLimit)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// Whatever wrote the document: what was put in comes out, word for word and in order, and
// nothing else does.
func TestWordForWord(t *testing.T) {
	for _, path := range fixtures(t) {
		t.Run(filepath.Base(path), func(t *testing.T) {
			got := strings.Join(strings.Fields(extracted(t, path).Body), " ")
			got = strings.ReplaceAll(got, "Keeper's", "Keeper’s") // Markdown's apostrophe is straight
			got = strings.TrimPrefix(got, titleBlock+" ")
			got = strings.ReplaceAll(got, "• ", "") // RTF has no lists, only paragraphs with bullets
			want := strings.Join(strings.Fields(putIn), " ")
			if got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}

func TestGolden(t *testing.T) {
	for _, path := range fixtures(t) {
		t.Run(filepath.Base(path), func(t *testing.T) {
			text := extracted(t, path)
			got := strings.Join([]string{"title: " + text.Title, "author: " + text.Author,
				"date: " + text.Date, "language: " + text.Language, "", text.Body, ""}, "\n")
			golden := path + ".txt"
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o666); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if got != string(want) {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}
