package evaluation

import (
	"fmt"
	"math"
	"reflect"
	"strings"
	"testing"

	"klew/nmf"
	"klew/topics"
	"klew/vectorize"
)

// sheetOf is a sheet with an answer to each question.
func sheetOf(asked []Intrusion, answer func(q *Intrusion) string) string {
	text := "question;a;b;c;d;e;f;answer\r\n"
	for n := range asked {
		shown := append([]string{}, asked[n].Shown...)
		for len(shown) < 6 {
			shown = append(shown, "")
		}
		text += fmt.Sprintf("%d;%s;%s\r\n", n+1, strings.Join(shown, ";"), answer(&asked[n]))
	}
	return "\uFEFF" + text
}

func askable(t *testing.T) *topics.Model {
	return fitted(t, func(_ *vectorize.Options, o *nmf.Options) { o.Topics = 3 })
}

// Who finds all intruders gives a precision of 1 and log odds of 0; who finds none, 0 and less.
func TestIntrusion(t *testing.T) {
	m := askable(t)
	asked := Intrusions(m, 1)
	if !reflect.DeepEqual(asked, Intrusions(m, 1)) {
		t.Error("the same seed asks something else")
	}
	words, documents := 0, 0
	for _, q := range asked {
		if q.Topic >= 0 {
			words++
		} else {
			documents++
		}
	}
	if words == 0 || documents == 0 {
		t.Fatalf("%d questions about words, and %d about documents", words, documents)
	}
	right, err := Score(m, asked, strings.NewReader(sheetOf(asked, func(q *Intrusion) string { return strings.ToUpper(Letter(q.Intruder)) })))
	if err != nil || right.MeanPrecision() != 1 || right.LogOdds != 0 || right.Words != words || right.Documents != documents {
		t.Errorf("all found: %+v (%v)", right, err)
	}
	wrong, err := Score(m, asked, strings.NewReader(sheetOf(asked, func(q *Intrusion) string { return q.Shown[(q.Intruder+1)%len(q.Shown)] })))
	if err != nil || wrong.MeanPrecision() != 0 || !(wrong.LogOdds < 0) {
		t.Errorf("none found: %+v (%v)", wrong, err)
	}
	none, err := Score(m, asked, strings.NewReader(sheetOf(asked, func(*Intrusion) string { return "" })))
	if err != nil || none.Open != len(asked) || !math.IsNaN(none.MeanPrecision()) {
		t.Errorf("none answered: %+v (%v)", none, err)
	}
}

// A sheet that is none, or of another model, is told.
func TestSheetsThatAreNone(t *testing.T) {
	m := askable(t)
	asked := Intrusions(m, 1)
	for sheet, want := range map[string]string{
		"":                         "no sheet of questions",
		"a,b\n1,2":                 "no sheet of questions",
		"question,a,answer\nx,y,a": "row 1 is no question about this model",
		"question,a,answer\n1,y,a": "row 1 is no question about this model",
		sheetOf(asked, func(*Intrusion) string { return "z" }): `the answer "z" is neither a letter from a to f`,
	} {
		if _, err := Score(m, asked, strings.NewReader(sheet)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %s", sheet, err, want)
		}
	}
}
