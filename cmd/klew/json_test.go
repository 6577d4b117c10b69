package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// shape is what klew help json says of a value.
type shape struct {
	kind    string // n, "", b, any, [ or {
	null    bool
	item    *shape
	members []member
}

type member struct {
	name     string
	optional bool // it may be missing, or is a name in capitals, which stands for any number
	shape    *shape
}

// shapes are those of the commands in klew help json.
func shapes(t *testing.T) map[string]*shape {
	all := map[string]*shape{}
	commands, text := "", ""
	end := func() {
		if commands == "" {
			return
		}
		tokens := regexp.MustCompile(`[\[\]{},?~]|""|\w+`).FindAllString(text, -1)
		s, rest := parseShape(t, tokens)
		if len(rest) > 0 {
			t.Fatalf("%s: %q is left over", commands, rest)
		}
		for name := range strings.SplitSeq(commands, ", ") {
			all[name] = s
		}
		commands, text = "", ""
	}
	for line := range strings.Lines(output(t, "help", "json")) {
		switch {
		case strings.HasPrefix(line, "  klew "):
			end()
			commands = strings.TrimSpace(line)
		case strings.HasPrefix(line, "    "):
			text += line
		default:
			end()
		}
	}
	return all
}

func parseShape(t *testing.T, tokens []string) (*shape, []string) {
	s, rest := &shape{kind: tokens[0]}, tokens[1:]
	switch s.kind {
	case "[":
		s.item, rest = parseShape(t, rest)
		rest = rest[1:]
	case "{":
		for rest[0] != "}" {
			m := member{name: rest[0], optional: rest[1] == "~" || rest[0] == strings.ToUpper(rest[0])}
			if rest = rest[1:]; rest[0] == "~" {
				rest = rest[1:]
			}
			m.shape, rest = parseShape(t, rest)
			if s.members = append(s.members, m); rest[0] == "," {
				rest = rest[1:]
			}
		}
		rest = rest[1:]
	}
	if len(rest) > 0 && rest[0] == "?" {
		s.null, rest = true, rest[1:]
	}
	return s, rest
}

// check compares what was printed with the shape, members in their order.
func (s *shape) check(d *json.Decoder) error {
	token, err := d.Token()
	if err != nil {
		return err
	}
	switch v := token.(type) {
	case nil:
		return s.want(s.null || s.kind == "any", "null")
	case string:
		return s.want(s.kind == `""` || s.kind == "any", v)
	case float64:
		return s.want(s.kind == "n" || s.kind == "any", v)
	case bool:
		return s.want(s.kind == "b" || s.kind == "any", v)
	case json.Delim:
		if v == '[' {
			return s.checkItems(d)
		}
		return s.checkMembers(d)
	}
	return nil
}

func (s *shape) want(ok bool, got any) error {
	if !ok {
		return fmt.Errorf("%v is not %s", got, s.kind)
	}
	return nil
}

func (s *shape) checkItems(d *json.Decoder) error {
	item := s.item
	if s.kind == "any" {
		item = s
	} else if item == nil {
		return fmt.Errorf("an array is not %s", s.kind)
	}
	for d.More() {
		if err := item.check(d); err != nil {
			return err
		}
	}
	_, err := d.Token()
	return err
}

func (s *shape) checkMembers(d *json.Decoder) error {
	if s.kind != "{" {
		return fmt.Errorf("an object is not %s", s.kind)
	}
	at := 0
	for d.More() {
		name, err := d.Token()
		if err != nil {
			return err
		}
		m := s.member(name.(string), &at)
		if m == nil {
			return fmt.Errorf("the member %v is not told, or not there", name)
		}
		if err := m.shape.check(d); err != nil {
			return fmt.Errorf("%v: %w", name, err)
		}
	}
	for _, m := range s.members[at:] {
		if !m.optional {
			return fmt.Errorf("the member %s is missing", m.name)
		}
	}
	_, err := d.Token()
	return err
}

// member is the one of this name, from the place at on; those before it must be optional.
func (s *shape) member(name string, at *int) *member {
	if i := slices.IndexFunc(s.members[*at:], func(m member) bool { return m.name == name }); i >= 0 {
		for _, m := range s.members[*at : *at+i] {
			if !m.optional {
				return nil
			}
		}
		*at += i + 1
		return &s.members[*at-1]
	}
	for i := *at; i < len(s.members); i++ {
		if m := &s.members[i]; m.name == strings.ToUpper(m.name) {
			*at = i
			return m
		} else if !m.optional {
			return nil
		}
	}
	return nil
}

// What commands print as JSON is what klew help json says.
func TestJSONIsAsDocumented(t *testing.T) {
	documented := shapes(t)
	for file, command := range map[string]string{
		"topics": "topics", "topics-details": "topics", "topics-stability": "topics", "edit-topics": "topics",
		"topics-long": "topics --long", "topics-frex": "topics --long", "docs": "docs", "docs-top": "docs", "docs-weights": "docs", "edit-merged-docs": "docs",
		"docs-long": "docs --long", "docs-long-top": "docs --long", "similar": "similar", "similar-long": "similar --long",
		"compare": "compare", "trends": "trends", "trends-both": "trends", "trends-wide": "trends --wide",
		"tree": "tree", "tree-merges": "tree --merges", "tree-pairs": "tree --pairs", "evaluate": "evaluate", "evaluate-topics": "evaluate --by-topic",
		"evaluate-labels": "evaluate --table labels", "evaluate-labels-long": "evaluate --table labels --long",
		"edit-list": "edit --list", "label": "label", "topic": "topic", "words": "words", "words-nothing-said": "words",
		"explain": "explain", "explain-topic": "explain", "explain-none": "explain", "info": "info", "info-cite": "info --cite",
	} {
		text, err := os.ReadFile(filepath.Join("testdata", "golden", file+".json"))
		must(t, err)
		s := documented["klew "+command]
		if s == nil {
			t.Fatalf("nothing is said of klew %s", command)
		}
		if err := s.check(json.NewDecoder(bytes.NewReader(text))); err != nil {
			t.Errorf("klew %s (%s.json): %v", command, file, err)
		}
	}
}
