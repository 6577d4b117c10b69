package records

import (
	"fmt"
	"io"
	"strings"
	"testing"
)

// Records in the shapes in which web services, spreadsheets and programs write them.
func TestShapesOfRecords(t *testing.T) {
	for name, test := range map[string]struct{ data, want, form string }{
		"rows with names":    {`[["id","comment"],[7,"kelp drifts"],[8,"foam rises"]]`, "[7 kelp drifts 8 foam rises]", "records; text from comment, id from id"},
		"rows without names": {`[[7,"kelp drifts in"],[8,"foam rises"],[9,"tide"]]`, "[ kelp drifts in  foam rises  tide]", "text from column2"},
		"a sheet":            {`{"range":"A1:B9","majorDimension":"ROWS","values":[["id","comment"],["7","kelp drifts in"],["8","foam rises"]]}`, "[7 kelp drifts in 8 foam rises]", "records of values"},
		"lists by column":    {`{"nr":[7,8],"comment":["kelp drifts","foam rises"]}`, "[7 kelp drifts 8 foam rises]", "text from comment, id from nr"},
		"texts by name":      {`{"a.txt":"kelp drifts in","b.txt":"foam rises again","c.txt":"the tide turns"}`, "[a.txt kelp drifts in b.txt foam rises again c.txt the tide turns]", "id from id"},
		"objects by key within": {`{"done":true,"query":{"pages":{"12":{"title":"A","extract":"kelp drifts in the bay"},"13":{"title":"B","extract":"foam rises high up"}}}}`,
			"[12 kelp drifts in the bay 13 foam rises high up]", "records of query.pages"},
		"a text in pieces": {`[{"id":1,"text":["see ",{"type":"link","text":"the bay"}," of kelp"]},{"id":2,"text":"foam rises"}]`, "[1 see the bay of kelp 2 foam rises]", "text from text"},
		"hardly a word outside": {`{"data":[{"title":"A","parts":[{"about":"kelp drifts in the bay, and further out to sea"},{"about":"foam rises high up, above the boats"}]}]}`,
			"[ kelp drifts in the bay, and further out to sea  foam rises high up, above the boats]", "records of data.parts; text from about"},
		"words outside": {`{"data":[{"title":"Harbours and bays of the north","parts":[{"about":"kelp drifts"},{"about":"foam rises"}]}]}`,
			"[ Harbours and bays of the north]", "records of data; text from title"},
		"a script":   {"window.YTD.posts.part0 = [ {\n \"text\" : \"kelp drifts (in)\"\n} ];\n", "[ kelp drifts (in)]", "text from text"},
		"a callback": {`show({"n":1,"posts":[{"text":"kelp drifts in"},{"text":"foam rises up"}]});`, "[ kelp drifts in  foam rises up]", "records of posts"},
	} {
		var got []string
		form := ""
		err := JSONValues(strings.NewReader(test.data), Columns{}, func(r Record, err error) bool {
			if err != nil {
				t.Errorf("%s: %v", name, err)
				return false
			}
			got, form = append(got, r.ID+" "+r.Text), r.Table.String()
			return true
		})
		if err != nil || fmt.Sprint(got) != test.want || !strings.Contains(form, test.form) {
			t.Errorf("%s: %q, %q, %v", name, got, form, err)
		}
	}
}

// An object of texts is one record unless their names are those of a series.
func TestColumnsAreNoSeries(t *testing.T) {
	for _, names := range []string{"title summary author", "a.txt b.pdf c.txt", "text1 title2 body3"} {
		var members []part
		for name := range strings.FieldsSeq(names) {
			members = append(members, part{name, []byte(`"three words here"`)})
		}
		if rows := textRows(members); rows != nil {
			t.Errorf("%s: %s", names, rows)
		}
	}
}

// The end of a script is left out wherever its pieces are read.
func TestScriptsInPieces(t *testing.T) {
	body := `[{"text":"` + strings.Repeat("kelp ", 3000) + `"}]`
	n := 0
	err := JSONValues(&slow{"window.a.b = " + body + ";\r\n"}, Columns{}, func(r Record, err error) bool {
		n += len(r.Text)
		return err == nil
	})
	if err != nil || n != 15000 {
		t.Errorf("%d bytes, %v", n, err)
	}
}

// slow is read seven bytes at a time.
type slow struct{ rest string }

func (s *slow) Read(p []byte) (int, error) {
	n := copy(p[:min(len(p), 7)], s.rest)
	s.rest = s.rest[n:]
	return n, eofIf(n == 0)
}

func eofIf(ended bool) error {
	if ended {
		return io.EOF
	}
	return nil
}

// JSON that a script hands to a page is read; a program that begins with a list is no JSON.
func TestIsAssigned(t *testing.T) {
	for text, want := range map[string]bool{
		`window.data.posts = [{"text": "bread"}];`:                   true,
		`callback([{"text": "bread"}, {"text": "oven"}]);`:           true,
		`/**/handle({"posts": [{"text": "bread and`:                  true, // there is more than was looked at
		"licences([\"open\"])\n\nlibrary(\n    name = \"bread\",\n)": false,
		"setup([\"bread\", oven, dough])\n":                          false,
	} {
		if IsAssigned([]byte(text)) != want {
			t.Errorf("%q: %t, want %t", text, !want, want)
		}
	}
}
