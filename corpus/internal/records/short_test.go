package records

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"unsafe"
)

// Values that come again are one string, and those of a row do not keep its text in memory.
func TestShortValuesAreShared(t *testing.T) {
	text := strings.Repeat("kelp and foam ", 50)
	var csv strings.Builder
	csv.WriteString("id,date,place,text\n")
	for i := range 20 {
		fmt.Fprintf(&csv, "r%d,2024-03-01,north,%s\n", i, text)
	}
	var all []Record
	err := CSV(strings.NewReader(csv.String()), Dialect{}, Columns{}, func(r Record, err error) bool {
		all = append(all, r)
		return err == nil
	})
	if err != nil || len(all) != 20 {
		t.Fatal(len(all), err)
	}
	first, last := all[0], all[19]
	if !isSame(first.Date, last.Date) || !isSame(first.Meta[0].Value, last.Meta[0].Value) || last.Date != "2024-03-01" || last.Meta[0].Value != "north" {
		t.Errorf("%+v and %+v have strings of their own", first.Meta, last.Meta)
	}
	row := uintptr(unsafe.Pointer(unsafe.StringData(last.Text)))
	for _, value := range []string{last.ID, last.Date, last.Meta[0].Value} {
		if at := uintptr(unsafe.Pointer(unsafe.StringData(value))); at > row-100 && at < row+uintptr(len(text)) {
			t.Errorf("%q is a piece of its row", value)
		}
	}
	one, _ := JSON([]byte(`{"text":"a","place":"north"}`), Columns{})
	two, _ := JSON([]byte(`{"text":"b","place":"north"}`), Columns{})
	if one.Meta[0] != two.Meta[0] || one.Meta[0] != (Field{"place", "north"}) {
		t.Errorf("%+v and %+v", one.Meta, two.Meta)
	}
}

func isSame(a, b string) bool { return unsafe.StringData(a) == unsafe.StringData(b) }

// A large object is read twice, and gives the records that it gives at once.
func TestLargeObjectIsReadAgain(t *testing.T) {
	data := `window.a.b = {"n": NaN, "records": [{"text":"kelp and foam","n":1}, {"text":"sand and sea","n":2}, {"text":"the lamp","n":-Infinity}], "padding": "` +
		strings.Repeat("x", largeObject) + `", "others": [1, 2]};`
	read := func(again func() (io.Reader, error)) (got []string) {
		err := JSONValuesAgain(strings.NewReader(data), again, Columns{}, func(r Record, err error) bool {
			got = append(got, fmt.Sprint(r.Number, r.Text, r.Meta, r.Table, err))
			return true
		})
		if err != nil {
			t.Error(err)
		}
		return got
	}
	times := 0
	want, got := read(nil), read(func() (io.Reader, error) { times++; return strings.NewReader(data), nil })
	if len(got) != 3 || !slices.Equal(got, want) || times != 1 {
		t.Errorf("read again %d times: %q, want %q", times, got, want)
	}
	broken := JSONValuesAgain(strings.NewReader(data), func() (io.Reader, error) { return strings.NewReader("{"), nil }, Columns{}, func(Record, error) bool { return true })
	if broken == nil {
		t.Error("a file that is another when it is read again gives no error")
	}
}
