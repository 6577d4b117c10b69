package records

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf8"
)

func TestJSON(t *testing.T) {
	tests := []struct {
		name, line string
		columns    Columns
		want, err  string
	}{
		{name: "the usual names", line: `{"id": 7, "Text": "so\nit \u00e9goes", "date": "2020-01-02", "shelf": "a"}`,
			want: `0: 7|2020-01-02|"so\nit égoes" shelf=a`},
		{name: "kinds of metadata", line: `{"text": "a", "n": -1.50e3, "t": true, "f": false, "z": null, "s": ""}`,
			want: `0: ||"a" n=-1.50e3 t=true f=false z= s=`},
		{name: "groups", line: `{"text": "a", "user": {"name": "Ada", "place": {"town": "Bonn"}}, "n": 1}`,
			want: `0: ||"a" user.name=Ada user.place.town=Bonn n=1`},
		{name: "a text in a group", line: `{"data": {"story": "a"}, "id": 1}`, columns: Columns{Text: []string{"data.story"}}, want: `0: 1||"a"`},
		{name: "lists", line: `{"text": ["a", "b"], "tags": ["x", "y"], "n": [1, null, true], "e": [], "g": [{"a": 1}], "l": [[1]]}`,
			want: `0: ||"a\nb" tags=x, y n=1, , true e=`},
		{name: "two texts", line: `{"body": "b", "title": "a"}`, columns: Columns{Text: []string{"title", "body"}}, want: `0: ||"a\n\nb"`},
		{name: "one of two texts", line: `{"body": "b"}`, columns: Columns{Text: []string{"title", "body"}}, want: `0: ||"b"`},
		{name: "a text that is null", line: `{"text": null, "n": 1}`, want: `0: ||"" n=1`},
		{name: "a text that is a number", line: `{"text": 12}`, want: `0: ||"12"`},
		{name: "an id that this line lacks", line: `{"text": "a"}`, columns: Columns{ID: "nr", Date: "day"}, want: `0: ||"a"`},
		{name: "the order of names decides", line: `{"comment": "c", "body": "b", "_id": 2, "id": 1}`, want: `0: 1||"b" comment=c _id=2`},
		{name: "the only column", line: `{"story": "a"}`, want: `0: ||"a"`},
		{name: "the only text", line: `{"n": 1, "id": "x", "story": "a"}`, want: `0: x||"a" n=1`},
		{name: "space around", line: " {\"text\": \"a\"} \r", want: `0: ||"a"`},
		{name: "names twice", line: `{"text": "a", "text": "b"}`, want: `0: ||"a" text=b`},
		{name: "half a surrogate", line: `{"text": "a\ud800b"}`, want: "0: ||\"a\ufffdb\""},
		{name: "what Python writes", line: `{"text": "NaN \" Infinity", "a": NaN, "b": [-Infinity, Infinity]}`, want: `0: ||"NaN \" Infinity" a= b=, `},

		{name: "undecided", line: `{"q": "a", "a": "b"}`, err: "cannot tell which column is the text; name one of these with --text-column: q, a"},
		{name: "no such column", line: `{"q": "a", "u": {"b": 1}}`, columns: Columns{Text: []string{"u"}},
			err: `there is no column "u"; name one of these with --text-column: q, u.b`},
		{name: "an empty object", line: `{}`, err: "cannot tell which column is the text; name one of these with --text-column: (there are none)"},
		{name: "nothing", line: " ", err: "an empty line where a JSON object should be"},
		{name: "an array", line: `["a"]`, err: "an array where a JSON object should be"},
		{name: "a string", line: `"a"`, want: `0: ||"a"`},
		{name: "two strings", line: `"a" "b"`, err: "more than one JSON value on a line: each object must have a line of its own"},
		{name: "two objects", line: `{"text": "a"} {"text": "b"}`, err: "more than one JSON value on a line: each object must have a line of its own"},
		{name: "cut off", line: `{"text": "a`, err: "not JSON: it breaks off at byte 12"},
		{name: "words", line: `words`, err: "not JSON: invalid character 'w' at start of value at byte 1"},
		{name: "a wrong comma", line: `{"text": "a",}`, err: "not JSON: invalid character ',' at start of value at byte 13"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var got strings.Builder
			r, err := JSON([]byte(test.line), test.columns)
			if err == nil {
				collect(&got)(r, nil)
			}
			if shown := strings.TrimSuffix(got.String(), "\n"); shown != test.want {
				t.Errorf("JSON(%s) = %s, want %s", test.line, shown, test.want)
			}
			if err == nil && test.err != "" || err != nil && err.Error() != test.err {
				t.Errorf("JSON(%s) failed with %v, want %q", test.line, err, test.err)
			}
		})
	}
}

func TestResolve(t *testing.T) {
	lines := func(s ...string) (all [][]byte) {
		for _, line := range s {
			all = append(all, []byte(line))
		}
		return all
	}
	tests := []struct {
		name    string
		lines   [][]byte
		columns Columns
		want    string
		err     string
	}{
		{name: "names of any line", lines: lines(`{"n": 1}`, `{"Body": "a", "key": 1, "year": 1999}`), want: "{[Body] key year}"},
		{name: "most letters over all lines", lines: lines(`{"q": "one?", "a": "two!"}`, `{"a": "It took them three days"}`), want: "{[a]  }"},
		{name: "numbers have no letters", lines: lines(`{"t": true, "a": "yes"}`), want: "{[a]  }"},
		{name: "the user's names stay", lines: lines(`{"q": "a", "a": "b", "id": 1}`), columns: Columns{Text: []string{"q"}, ID: "a"}, want: "{[q] a }"},
		{name: "a name in none of the lines", lines: lines(`{"text": "a", "nr": 1}`), columns: Columns{ID: "key"},
			err: `there is no column "key"; name one of these with --id-column: text, nr`},
		{name: "undecided", lines: lines(`{"q": "ab", "a": "cd"}`), err: "cannot tell which column is the text; name one of these with --text-column: q, a"},
		{name: "nothing but faults", lines: lines(`words`, ``), want: "{[]  }"},
		{name: "no lines", want: "{[]  }"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := Resolve(test.lines, test.columns)
			if err == nil && test.err != "" || err != nil && err.Error() != test.err {
				t.Errorf("failed with %v, want %q", err, test.err)
			} else if shown := fmt.Sprintf("{%v %s %s}", got.Text, got.ID, got.Date); err == nil && shown != test.want {
				t.Errorf("got %s, want %s", shown, test.want)
			}
		})
	}
}

func TestJSONValues(t *testing.T) {
	tests := []struct {
		name, data string
		want, err  string
	}{
		{name: "objects", data: ` [{"text": "a", "n": 1}, {"text": "b"} ] `, want: "1: ||\"a\" n=1\n2: ||\"b\"\n"},
		{name: "nothing in it", data: "[]"},
		{name: "what is no object", data: `[{"text": "a"}, 7, [{}], {"text": "b"}]`,
			want: "1: ||\"a\"\n2: fault: a number where a JSON object should be\n3: fault: an array where a JSON object should be\n4: ||\"b\"\n"},
		{name: "the columns are those of all", data: `[{"q": "a", "a": "a long answer"}, {"q": "b"}]`,
			want: "1: ||\"a long answer\" q=a\n2: fault: there is no column \"a\"; name one of these with --text-column: q\n"},
		{name: "cut off", data: `[{"text": "a"}, {"tex`, want: "1: ||\"a\"\n", err: "after element 1: not JSON: it breaks off at byte 22"},
		{name: "cut off after an element", data: `[{"text": "a"}`, want: "1: ||\"a\"\n", err: "after element 1: not JSON: it breaks off at byte 15"},
		{name: "a fault", data: `[{"text": "a"} {"text": "b"}]`, want: "1: ||\"a\"\n",
			err: "after element 1: not JSON: invalid character '{' after array element (expecting ',' or ']') at byte 16"},
		{name: "two arrays", data: `[{"text": "a"}] [{"text": "b"}]`, want: "1: ||\"a\"\n2: ||\"b\"\n"},
		{name: "an object", data: `{"text": "a"}`, want: "1: ||\"a\"\n"},
		{name: "a number", data: "7", err: "a number where a JSON array or object should be"},
		{name: "nothing", err: "there is nothing in it, where JSON should be"},
		{name: "objects one after the other", data: "{\n \"id\":1,\n \"text\":\"kelp\"\n}\n{\n \"id\":2,\n \"text\":\"foam\"\n}\n", want: "1: 1||\"kelp\"\n2: 2||\"foam\"\n"},
		{name: "without a blank between", data: `{"text":"kelp"}{"text":"foam"}`, want: "1: ||\"kelp\"\n2: ||\"foam\"\n"},
		{name: "a text sequence", data: "\x1e{\"text\":\"kelp\"}\n\x1e{\"text\":\"foam\"}\n", want: "1: ||\"kelp\"\n2: ||\"foam\"\n"},
		{name: "texts", data: `["kelp drifts", "foam\nrises"]`, want: "1: ||\"kelp drifts\"\n2: ||\"foam\\nrises\"\n"},
		{name: "the answer of a web service", data: `{"status":"ok","totalResults":2,"articles":[{"title":"A","content":"Kelp drifts"},{"title":"B","content":"Foam rises"}]}`,
			want: "1: ||\"Kelp drifts\" title=A\n2: ||\"Foam rises\" title=B\n"},
		{name: "hits within hits", data: `{"took":3,"hits":{"total":1,"hits":[{"_id":"7","_source":{"body":"Kelp drifts far","n":1}}]}}`,
			want: "1: 7||\"Kelp drifts far\" _source.n=1\n"},
		{name: "texts in an object", data: `{"lang":"en","lines":["Kelp drifts far out","Foam rises at noon"]}`, want: "1: ||\"Kelp drifts far out\"\n2: ||\"Foam rises at noon\"\n"},
		{name: "a record with a list of records", data: `{"text":"Kelp drifts far out","replies":[{"by":"Ada","text":"Foam rises"}]}`, want: "1: ||\"Kelp drifts far out\"\n"},
		{name: "a record with tags", data: `{"title":"Kelp drifts along the coast","tags":["sea","tide"]}`, want: "1: ||\"Kelp drifts along the coast\" tags=sea, tide\n"},
		{name: "objects by their keys", data: `{"a":{"text":"kelp","n":1},"b":{"text":"foam","n":2}}`, want: "1: a||\"kelp\" n=1\n2: b||\"foam\" n=2\n"},
		{name: "columns, as pandas writes them", data: `{"text":{"0":"kelp","1":"foam"},"n":{"0":1,"1":2}}`, want: "1: ||\"kelp\" n=1\n2: ||\"foam\" n=2\n"},
		{name: "split, as pandas writes it", data: `{"columns":["id","text"],"index":[0,1],"data":[[7,"kelp"],[8,"foam"]]}`, want: "1: 7||\"kelp\"\n2: 8||\"foam\"\n"},
		{name: "split, as SQL over HTTP writes it", data: `{"columns":[{"name":"id","type":"integer"},{"name":"text","type":"text"}],"rows":[[7,"kelp"],[8,"foam"]]}`, want: "1: 7||\"kelp\"\n2: 8||\"foam\"\n"},
		{name: "split, with names of other databases", data: `{"schema":[{"name":"id"},{"name":"text"}],"datarows":[[7,"kelp"],[8,"foam"]],"total":2}`, want: "1: 7||\"kelp\"\n2: 8||\"foam\"\n"},
		{name: "what Python writes", data: `[{"text": "NaN", "n": NaN}, {"text": "-Infinity", "n": -Infinity}]`, want: "1: ||\"NaN\" n=\n2: ||\"-Infinity\" n=\n"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			for _, r := range []io.Reader{strings.NewReader(test.data), iotest.OneByteReader(strings.NewReader(test.data))} {
				var got strings.Builder
				err := JSONValues(r, Columns{}, collect(&got))
				if got.String() != test.want {
					t.Errorf("gave\n%swant\n%s", got.String(), test.want)
				}
				if err == nil && test.err != "" || err != nil && err.Error() != test.err {
					t.Errorf("ended with %v, want %q", err, test.err)
				}
			}
		})
	}
}

// More elements than are looked at to choose the columns, and a reader that fails.
func TestJSONValuesEndsWithItsReader(t *testing.T) {
	broken := errors.New("the disk is on fire")
	n := 0
	data := io.MultiReader(strings.NewReader("["+strings.Repeat(`{"text": "a"},`, 250)), iotest.ErrReader(broken))
	err := JSONValues(data, Columns{}, func(r Record, err error) bool {
		n++
		return err == nil && r.Number == n && r.Text == "a"
	})
	if n != 250 || !errors.Is(err, broken) {
		t.Errorf("%d elements, %v", n, err)
	}
}

func TestJSONValuesTooLarge(t *testing.T) {
	if testing.Short() {
		t.Skip("takes half a gigabyte of memory")
	}
	data := io.MultiReader(strings.NewReader(`[{"text": "a"}, {"text": "`), io.LimitReader(endless("words "), 2*MaxRecord))
	err := JSONValues(data, Columns{}, func(Record, error) bool { return true })
	if want := "element 2: larger than 256 MB, the largest record that is read"; err == nil || err.Error() != want {
		t.Errorf("%v, want %s", err, want)
	}
}

// Names repeat those of the groups around them: deep groups must not multiply a line.
func TestJSONDeep(t *testing.T) {
	const deep = 5000
	line := `{"text": "a", "d": ` + strings.Repeat(`{"`+strings.Repeat("x", 100)+`":`, deep) + "1" + strings.Repeat("}", deep) + "}"
	if r, err := JSON([]byte(line), Columns{}); err != nil || r.Text != "a" || len(r.Meta) > 0 {
		t.Errorf("a group too deep for a name: %v, %v", r, err)
	}
	var wide strings.Builder
	wide.WriteString(`{"text": "a"`)
	for i := range MaxColumns {
		fmt.Fprintf(&wide, `, "%d": 0`, i)
	}
	wide.WriteString("}")
	if _, err := JSON([]byte(wide.String()), Columns{}); err != errTooManyColumns {
		t.Errorf("too many columns: %v", err)
	}
}

// FuzzJSON holds JSON to encoding/json: what that takes for an object gives the same
// text, and what it does not take gives an error, NaN apart.
func FuzzJSON(f *testing.F) {
	for _, seed := range []string{
		`{"text": "a"}`, `{"text": ["a", "b"], "a": {"b": [1, {}]}}`, `{"TEXT": "\ud83d\ude00\n", "n": -0.5e-7}`, `{`, `[]`, `nul`, `{"text": NaN}`, "", `{"text":"\xff"}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, line []byte) {
		r, err := JSON(line, Columns{Text: []string{"text"}})
		if !utf8.ValidString(r.Text) {
			t.Errorf("%q gave the text %q, which is not valid UTF-8", line, r.Text)
		}
		var want map[string]any
		if json.Unmarshal(line, &want) != nil {
			isText := bytes.HasPrefix(bytes.TrimSpace(line), []byte(`"`))
			if err == nil && withoutNaN(line) == nil && !isText {
				t.Errorf("%q is not JSON, but gave %v", line, r)
			}
			return
		}
		// Names that come twice, and others in other case, may each be meant.
		if text, ok := want["text"].(string); ok && strings.Count(strings.ToLower(string(line)), "text") == 1 && (err != nil || r.Text != text) {
			t.Errorf("%q gave the text %q, %v; want %q", line, r.Text, err, text)
		}
		_ = JSONValues(strings.NewReader("["+string(line)+"]"), Columns{}, func(Record, error) bool { return true })
	})
}

// FuzzJSONValues holds the reader of arrays to encoding/json.
func FuzzJSONValues(f *testing.F) {
	for _, seed := range []string{`[]`, `[{"text": "a"}, {"text": "b"}]`, `[1, [2], {`, `[{}] x`, ``} {
		f.Add(seed)
	}
	f.Add("{\"index\":{\"_id\":\"7\"}}\n{\"text\":\"the lamp\"}\n{\"delete\":{}}\n{\"update\":{}}\n{\"doc\":{\"text\":\"a\"}}")
	f.Fuzz(func(t *testing.T, data string) {
		n := 0
		err := JSONValues(strings.NewReader(data), Columns{Text: []string{"text"}}, func(Record, error) bool { n++; return true })
		var want []json.RawMessage
		if valid := json.Unmarshal([]byte(data), &want) == nil; valid && want != nil && err == nil && n != len(want) {
			t.Errorf("%q: %d elements, want %d", data, n, len(want))
		}
	})
}

func BenchmarkJSON(b *testing.B) {
	c := Columns{}
	for _, repeat := range []int{1, 4, 40} {
		text := strings.Repeat(`It rained \"hard\", and the river rose above the old bridge.\n`, repeat)
		line := []byte(`{"id": "a-12345", "text": "` + text + `", "date": "2020-02-03", "category": "news"}`)
		b.Run(fmt.Sprintf("bytes=%d", len(line)), func(b *testing.B) {
			b.SetBytes(int64(len(line)))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := JSON(line, c); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
