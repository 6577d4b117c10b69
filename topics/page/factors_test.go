package page

import (
	"encoding/json"
	"testing"

	"klew/topics"
)

// What a browser keeps for a page, such as chosen colours, stays after an edit and goes to no
// other model, whatever that is called.
func TestChecksumIsOfTheTopicsAsFitted(t *testing.T) {
	m, documents := demo(t)
	if err := m.Amend([]topics.Edit{{Verb: topics.MergeTopics, Topic: 0, From: 1}}); err != nil {
		t.Fatal(err)
	}
	edited, err := m.Edited()
	if err != nil {
		t.Fatal(err)
	}
	checksumOf := func(m *topics.Model) string {
		var b modelBlock
		text, _ := write(t, pageOf(m, documents, Defaults()))
		if err := json.Unmarshal(unpacked(t, text, "model"), &b); err != nil {
			t.Fatal(err)
		}
		return b.Checksum
	}
	fitted, _ := demo(t)
	if of := checksumOf(fitted); checksumOf(edited) != of || checksumOf(fit(t, documents, 7)) == of {
		t.Errorf("%s of a model, %s edited, %s of another", of, checksumOf(edited), checksumOf(fit(t, documents, 7)))
	}
}
