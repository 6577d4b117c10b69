package relations

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// Formula is the right side of "share ~ party + year": the fields that a topic's share may
// differ by.
type Formula struct {
	Fields []Part
}

// Part is a field of a formula.
type Part struct {
	Field string
	// Categories is whether the field is taken for names, though its values be numbers:
	// C(year).
	Categories bool
}

// ParseFormula reads a formula: "share ~" may be left out, since shares are all there is to
// explain. C(field) takes numbers for names, and a name with blanks or signs stands in
// backquotes.
func ParseFormula(text string) (*Formula, error) {
	right := text
	if left, after, found := strings.Cut(text, "~"); found {
		if name := strings.TrimSpace(left); name != "share" && name != "" {
			return nil, fmt.Errorf("formula %q: %s on the left: it can only be share", text, name)
		}
		right = after
	}
	f := &Formula{}
	for _, part := range splitOutside(right, '+') {
		p, err := parsePart(strings.TrimSpace(part))
		if err != nil {
			return nil, fmt.Errorf("formula %q: %w", text, err)
		}
		if slices.ContainsFunc(f.Fields, func(q Part) bool { return q.Field == p.Field }) {
			return nil, fmt.Errorf("formula %q: %s stands in it twice", text, p.Field)
		}
		f.Fields = append(f.Fields, p)
	}
	return f, nil
}

func parsePart(text string) (Part, error) {
	inside, found := strings.CutPrefix(text, "C(")
	if inside, closed := strings.CutSuffix(inside, ")"); found && closed {
		p, err := parsePart(strings.TrimSpace(inside))
		p.Categories = true
		return p, err
	}
	if quoted, ok := strings.CutPrefix(text, "`"); ok {
		if name, ok := strings.CutSuffix(quoted, "`"); ok && name != "" && !strings.Contains(name, "`") {
			return Part{Field: name}, nil
		}
		return Part{}, fmt.Errorf("%s: a backquote is missing", text)
	}
	if text == "" {
		return Part{}, fmt.Errorf("the name of a field is missing; write for example share ~ party + year")
	}
	if strings.ContainsAny(text, "*:") {
		return Part{}, fmt.Errorf("%s: fields are joined by +, and interactions (*, :) are not estimated; a field of the table that has both values in one, such as yes/left, compares each pair", text)
	}
	if sign := strings.IndexFunc(text, notInName); sign >= 0 {
		return Part{}, fmt.Errorf("%s: fields are joined by +; a name with other signs stands in backquotes, as `%s`", text, text)
	}
	return Part{Field: text}, nil
}

func notInName(r rune) bool {
	return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("_.-", r)
}

// splitOutside splits at a sign that does not stand in backquotes.
func splitOutside(text string, at rune) []string {
	quoted := false
	var parts []string
	from := 0
	for i, r := range text {
		switch {
		case r == '`':
			quoted = !quoted
		case r == at && !quoted:
			parts = append(parts, text[from:i])
			from = i + 1
		}
	}
	return append(parts, text[from:])
}
