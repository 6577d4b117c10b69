package records

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// Columns of fixed width are found by the blanks between them, whichever side their cells stand at.
func TestAligned(t *testing.T) {
	var text strings.Builder
	var want []string
	fmt.Fprintf(&text, "%6s  %-12s%-30s%s\n", "id", "date", "comment", "place")
	for i := range 12 {
		comment, place := "the lamp is lit "+strings.Repeat("é", 1+i%4), []string{"north", ""}[i%2*i%3%2]
		fmt.Fprintf(&text, "%6d  2024-03-%02d  %-30s%s\n", i*i*37, i+1, comment, place)
		want = append(want, fmt.Sprintf("%d 2024-03-%02d %s [{place %s}]", i*i*37, i+1, comment, place))
	}
	if !IsTable([]byte(text.String()), true) {
		t.Error("taken for a text")
	}
	var got []string
	form := ""
	err := CSV(strings.NewReader(text.String()), Dialect{}, Columns{}, func(r Record, err error) bool {
		got, form = append(got, fmt.Sprint(r.ID, " ", r.Date, " ", r.Text, " ", r.Meta)), r.Table.Form
		return err == nil
	})
	if err != nil || form != "rows of columns of fixed width" || !slices.Equal(got, want) {
		t.Errorf("%s, %v\n got %q\nwant %q", form, err, got, want)
	}
}

// One blank at the same place in all lines parts words and not columns.
func TestAlignedWords(t *testing.T) {
	text := "id  the text\n" + strings.Repeat("1   the lamp is lit\n2   the kelp and foam\n", 4)
	var got []string
	err := CSV(strings.NewReader(text), Dialect{}, Columns{}, func(r Record, err error) bool {
		got = append(got, r.Text)
		return err == nil
	})
	if err != nil || len(got) != 8 || got[0] != "the lamp is lit" {
		t.Errorf("got %q, %v", got, err)
	}
}

// Lists, directories and lines with blanks within are no tables of texts.
func TestNotAligned(t *testing.T) {
	for name, text := range map[string]string{
		"files":     "mode        size  name\n" + strings.Repeat("-rw-r--r--  1024  lamp.txt\n-rw-r--r--  2048  kelp.txt\n", 5),
		"options":   "Options are:\n" + strings.Repeat("  -a  --all     the lamp and the kelp\n  -b  --both    all of it\n", 5),
		"sentences": strings.Repeat("The lamp is lit.  The kelp is gone.  Nobody knows why the foam\nwas white.  The sea, of course, is always there.  It is.\n", 5),
		"few rows":  "nr   comment          place\n1    the lamp is lit  north\n2    kelp and foam    south\n",
		"verses":    strings.Repeat("    the lamp        is lit\n        and the     kelp\n", 6),
	} {
		if IsTable([]byte(text), true) {
			t.Errorf("%s is taken for a table", name)
		}
	}
}
