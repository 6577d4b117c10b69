package mail

import (
	"fmt"
	"strings"
	"testing"
)

// Mailboxes of other kinds give their messages one by one.
func TestOtherMailboxes(t *testing.T) {
	var messages []string
	for i := range 3 {
		messages = append(messages, fmt.Sprintf("From: j%d@example.org\nSubject: Kelp %d\n\nIt drifts %d.\n\nFrom here.\n", i, i, i))
	}
	batch, mmdf, babyl := "", "", "BABYL OPTIONS:\nVersion: 5\n\x1f"
	for _, m := range messages {
		batch += fmt.Sprintf("#! rnews %d\n%s", len(m), m)
		mmdf += "\x01\x01\x01\x01\n" + m + "\x01\x01\x01\x01\n"
		header, _, _ := strings.Cut(m, "\n\n")
		babyl += "\f\n1,,\nX-All: 7\n" + header + "\n\n*** EOOH ***\n" + m + "\x1f"
	}
	for name, box := range map[string]string{"news": batch, "MMDF": mmdf, "Babyl": strings.ReplaceAll(babyl, "\n\x1f\f", "\n\x1f\f") + "\n"} {
		if !IsMbox([]byte(box)) {
			t.Errorf("%s is not known", name)
		}
		var got []string
		err := Split(strings.NewReader(box), 1000, func(raw []byte) bool {
			got = append(got, string(raw))
			return true
		})
		if err != nil || fmt.Sprintf("%q", got) != fmt.Sprintf("%q", messages) {
			t.Errorf("%s: %q, %v", name, got, err)
		}
		tooLarge := 0
		Split(strings.NewReader(box), 20, func(raw []byte) bool {
			if raw == nil {
				tooLarge++
			}
			return true
		})
		if tooLarge != len(messages) {
			t.Errorf("%s: %d of %d are told to be too large", name, tooLarge, len(messages))
		}
	}
}

// A message of Apple Mail has its length above it, and a list of facts behind.
func TestMessageWithLength(t *testing.T) {
	message := "From: a@example.org\nSubject: Kelp\n\nIt drifts.\n"
	for _, raw := range []string{
		fmt.Sprintf("%d      \n%s<?xml version=\"1.0\"?>\n<plist/>\n", len(message), message),
		message,
	} {
		if m, err := Parse([]byte(raw), Options{}); err != nil || m.Subject != "Kelp" || m.Body != "It drifts." {
			t.Errorf("%q: %+v, %v", raw, m, err)
		}
	}
}
