package page

import (
	"encoding/binary"
	"encoding/json"
	"math"
	"strings"
	"testing"
)

// Of more documents than a page may list it has the typical ones and some of the others; what
// is told of topics comes from all.
func TestSample(t *testing.T) {
	m, documents := demo(t)
	o := Defaults()
	o.Documents, o.Typical = 40, 2
	text, report := write(t, pageOf(m, documents, o))
	all, _ := write(t, pageOf(m, documents, func() Options { x := Defaults(); x.Typical = 2; return x }()))
	var listed struct {
		ID     coded
		Tokens []int
	}
	var got, whole struct {
		Places [][]int
		Sheets json.RawMessage
		Mass   []float64
		Texts  textsBlock
	}
	for _, x := range []struct {
		page, name string
		to         any
	}{{text, "documents", &listed}, {text, "model", &got}, {all, "model", &whole}} {
		if err := json.Unmarshal(unpacked(t, x.page, x.name), x.to); err != nil {
			t.Fatal(err)
		}
	}
	n := len(listed.Tokens)
	if report.Held != n || report.Documents != len(documents) || n < 30 || n > 40 || report.Whole+report.Brief != n {
		t.Errorf("%d documents are listed: %+v", n, report)
	}
	if lists := int(binary.LittleEndian.Uint32(unpacked(t, text, "h"))); lists != n {
		t.Errorf("%d documents have proportions, %d are listed", lists, n)
	}
	var ids []string
	before := ""
	for i, same := range listed.ID.Same { // of ASCII
		before = before[:same] + listed.ID.Rest[i]
		ids = append(ids, before)
	}
	if string(got.Sheets) != string(whole.Sheets) || whole.Mass != nil {
		t.Error("topics are told from the sample")
	}
	for k, typical := range m.Typical(2) {
		for i, j := range typical {
			if id := ids[got.Places[k][i]]; id != m.Documents[j].ID {
				t.Errorf("topic %d: document %d is %s, want %s", k+1, i, id, m.Documents[j].ID)
			}
		}
		if sum := m.H.Sums()[k]; math.Abs(got.Mass[k]-sum) > 1e-6*sum {
			t.Errorf("topic %d has the mass %g, want %g", k+1, got.Mass[k], sum)
		}
	}
	if all, _ := write(t, pageOf(m, documents, Defaults())); !strings.Contains(all, `id="texts-0"`) {
		t.Error("a page of all has no texts")
	}
}
