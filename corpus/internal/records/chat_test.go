package records

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// messagesIn reads a table, of which each row is written as time, name and text.
func messagesIn(t *testing.T, text string) (got []string, form string) {
	t.Helper()
	err := CSV(strings.NewReader(text), Dialect{}, Columns{}, func(r Record, err error) bool {
		if err != nil {
			t.Errorf("record %d: %v", r.Number, err)
			return false
		}
		got, form = append(got, strings.TrimLeft(fmt.Sprint(r.Date, r.Meta, " ", r.Text), " ")), r.Table.Form
		return true
	})
	if err != nil {
		t.Error(err)
	}
	return got, form
}

// Each message of a conversation is a row, with what stands on more lines, whatever program wrote it.
func TestChats(t *testing.T) {
	for _, test := range []struct {
		name, text string
		want       []string
	}{
		{"telephones, with hyphens",
			"01/06/2023, 09:00 - Messages are encrypted: nobody reads them\n01/06/2023, 09:01 - Ada: the lamp\nof the \"harbour\"\n\nis lit\n" +
				"01/06/2023, 09:02 - Ben Li: good: go\n01/06/2023, 09:03 - Ada: kelp\n01/06/2023, 09:04 - Ben Li: \"foam\"\n01/06/2023, 09:05 - Ada: https://example.org",
			[]string{"01/06/2023, 09:00[{from Messages are encrypted}] nobody reads them", "01/06/2023, 09:01[{from Ada}] the lamp\nof the \"harbour\"\n\nis lit",
				"01/06/2023, 09:02[{from Ben Li}] good: go", "01/06/2023, 09:03[{from Ada}] kelp", "01/06/2023, 09:04[{from Ben Li}] \"foam\"", "01/06/2023, 09:05[{from Ada}] https://example.org"}},
		{"telephones, in brackets", strings.Repeat("\u200e[6/13/18, 9:25:15\u202fPM] Ada: the lamp\n[6/13/18, 9:26:15\u202fPM] ~Ben: is lit\n", 3),
			slices.Repeat([]string{"6/13/18, 9:25:15 PM[{from Ada}] the lamp", "6/13/18, 9:26:15 PM[{from Ben}] is lit"}, 3)},
		{"IRC", "--- Log opened\n" + strings.Repeat("09:00 <@ada> the lamp\n09:01 < ben> is lit\n", 3) + "09:02 -!- cleo has joined\n",
			append(append([]string{"[{at } {from }] --- Log opened"}, slices.Repeat([]string{"[{at 09:00} {from ada}] the lamp", "[{at 09:01} {from ben}] is lit"}, 3)...), "[{at 09:02} {from }] -!- cleo has joined")},
		{"names on lines of their own", strings.Repeat("[1-Jun-23 09:00 AM] ada#1234\nthe lamp\n\n[1-Jun-23 09:01 AM] ben\nis lit\nnow\n\n", 3),
			slices.Repeat([]string{"1-Jun-23 09:00 AM[{from ada#1234}] \nthe lamp\n", "1-Jun-23 09:01 AM[{from ben}] \nis lit\nnow\n"}, 3)},
	} {
		t.Run(test.name, func(t *testing.T) {
			if !IsTable([]byte(test.text), true) {
				t.Error("taken for one text")
			}
			got, form := messagesIn(t, test.text)
			if !slices.Equal(got, test.want) || form != "messages" {
				t.Errorf("%s\n got %q\nwant %q", form, got, test.want)
			}
		})
	}
}

// Logs of programs, diaries and programmes of an evening are no conversations.
func TestNoChats(t *testing.T) {
	for name, line := range map[string]string{
		"a log of a program": "2024-03-01 09:00:0# INFO: lamp is lit\n2024-03-01 09:00:0# WARNING: kelp\n",
		"a log of a system":  "2024-03-01T09:00:0# lamp kernel[12] usb is lit\n",
		"a diary":            "12 March 2024 9:0#\nThe lamp was lit, and the keeper wrote of kelp, of foam, and of the sea around the rock.\n\n",
		"a programme":        "09:0# Opening of the harbour by the mayor, with music\n",
		"talks":              "09:0# Ada#: kelp and foam\n",
		"a play":             "ADA: the lamp is lit\nBEN: and the kelp is gone #\n",
	} {
		var text strings.Builder
		for i := range 9 {
			text.WriteString(strings.ReplaceAll(line, "#", fmt.Sprint(i)))
		}
		if chatIn([]byte(text.String())) != nil {
			t.Errorf("%s is taken for a conversation", name)
		}
	}
}

// A bulk of a search engine is its documents, with the ids that the lines before them say.
func TestBulk(t *testing.T) {
	const data = `{"delete":{"_index":"a","_id":"1"}}
{"create":{"_id":"7","_index":"a"}}
{"title":"kelp","body":"lantern and foam"}
{"update":{"_id":8}}
{"doc":{"title":"sand","body":"a lamp in the sea"}}
{"index":{}}
{"title":"rock","body":"the keeper"}
`
	if !IsBulk([]byte(data)) || IsBulk([]byte(strings.ReplaceAll(data, "_i", "i"))) || IsBulk([]byte("{\"index\":{\"a\":\"b\"}}\n{\"text\":\"x\"}\n")) {
		t.Error("a bulk is not known, or other records are taken for one")
	}
	var got []string
	err := JSONValues(strings.NewReader(data), Columns{}, func(r Record, err error) bool {
		got = append(got, fmt.Sprint(r.ID, " ", r.Text, r.Meta, " ", err))
		return true
	})
	want := []string{"7 lantern and foam[{title kelp}] <nil>", "8 a lamp in the sea[{title sand}] <nil>", " the keeper[{title rock}] <nil>"}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("got %q, %v, want %q", got, err, want)
	}
}
