package corpus

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// pathPattern finds metadata in paths. A pattern is compared with the end of the path
// below the folder that the user named; of a file that was itself named, with the end of
// the path as it was named.
//
//	{author}/{year}-*.txt   of notes/books/Dickens/1843-carol.txt: author Dickens, year 1843
//	{name}    something without a slash: as little as fits, but at least a character
//	{year}    four digits; {month} and {day} one or two: these make the date
//	{date}    the date, in any form that dates may have
//	*  ?      anything, or one character, without a slash
//	**/       any number of folders
//	/         in front: the pattern is for the whole path below the folder
//	\         quotes the character behind it
//
// The pattern becomes a regular expression, which Go compares in time that rises with
// the length of the path alone.
type pathPattern struct {
	whole *regexp.Regexp
	names []string // of what is captured, in order
}

// reserved are the fields that documents have anyway.
var reserved = []string{Folder, ParentField}

// newPathPattern reads a pattern.
func newPathPattern(text string) (*pathPattern, error) {
	p := &pathPattern{}
	rest, begin := text, "(?:^|/)"
	if cut, anchored := strings.CutPrefix(text, "/"); anchored {
		rest, begin = cut, "^"
	}
	expression := strings.Builder{}
	expression.WriteString("(?s)" + begin)
	for open := false; rest != ""; {
		part, length, err := p.next(rest, open)
		if err != nil {
			return nil, fmt.Errorf("the pattern %q: %w", text, err)
		}
		// A field without an end of its own must be followed by something else.
		open = strings.HasSuffix(part, "+?)")
		expression.WriteString(part)
		rest = rest[length:]
	}
	if err := p.check(text); err != nil {
		return nil, fmt.Errorf("the pattern %q: %w", text, err)
	}
	var err error
	if p.whole, err = regexp.Compile(expression.String() + "$"); err != nil {
		return nil, fmt.Errorf("the pattern %q is too long", text)
	}
	return p, nil
}

// check finds fault with a pattern as a whole.
func (p *pathPattern) check(text string) error {
	switch {
	case !utf8.ValidString(text):
		return errors.New("it is not UTF-8")
	case strings.HasSuffix(text, "/"):
		return errors.New("it ends in a slash, and so fits no file; to name a folder, go on with * for the file")
	case len(p.names) == 0:
		return errors.New("it has no {name}, and so tells nothing of a document; for instance {author}/{year}-*.txt")
	}
	return nil
}

// next translates the first part of a pattern into a regular expression. open says that
// a field stands before it of which the end is not known.
func (p *pathPattern) next(rest string, open bool) (expression string, length int, err error) {
	switch {
	case strings.HasPrefix(rest, "**/"):
		return "(?:.*/)?", 3, nil
	case rest[0] == '*':
		return "[^/]*", len(rest) - len(strings.TrimLeft(rest, "*")), nil
	case rest[0] == '?':
		return "[^/]", 1, nil
	case rest[0] == '{':
		return p.capture(rest, open)
	case rest[0] == '}':
		return "", 0, errors.New("a } has no { before it; if it is part of names, write \\}")
	case rest[0] == '\\' && len(rest) == 1:
		return "", 0, errors.New("its last character is a backslash, which quotes the character behind it")
	case rest[0] == '\\':
		_, size := utf8.DecodeRuneInString(rest[1:])
		return regexp.QuoteMeta(rest[1 : 1+size]), 1 + size, nil
	}
	_, size := utf8.DecodeRuneInString(rest)
	return regexp.QuoteMeta(rest[:size]), size, nil
}

// dateParts are the fields that are digits, and where two can touch.
var dateParts = map[string]string{"year": `([0-9]{4})`, "month": `([0-9]{1,2})`, "day": `([0-9]{1,2})`}

// capture translates "{name}".
func (p *pathPattern) capture(rest string, open bool) (expression string, length int, err error) {
	name, _, closed := strings.Cut(rest[1:], "}")
	switch {
	case !closed || strings.ContainsAny(name, "{/"):
		return "", 0, fmt.Errorf("the { before %q is not closed; a field is written {name}", shortened(rest[1:]))
	case !fieldName.MatchString(name):
		return "", 0, fmt.Errorf("{%s}: the name of a field is made of letters, digits, - and _", shortened(name))
	case slices.Contains(p.names, name):
		return "", 0, fmt.Errorf("{%s} occurs twice; what is of no use is *", name)
	case slices.Contains(reserved, name):
		return "", 0, fmt.Errorf("{%s}: every document has a field of that name; choose another", name)
	}
	expression, ended := dateParts[name]
	if !ended {
		expression = `([^/]+?)`
		if open {
			return "", 0, fmt.Errorf("nothing tells where {%s} ends and {%s} begins", p.names[len(p.names)-1], name)
		}
	}
	p.names = append(p.names, name)
	return expression, len(name) + 2, nil
}

var fieldName = regexp.MustCompile(`^[\pL\pN_-]{1,64}$`)

// shortened is the beginning of a text, for a message.
func shortened(text string) string {
	if r := []rune(text); len(r) > 20 {
		return string(r[:20]) + "…"
	}
	return text
}

// fields are the metadata in a path, and the date if there is one. They are nil where the
// path does not match.
func (p *pathPattern) fields(below string) (fields []Field, date string) {
	values := p.whole.FindStringSubmatch(shown(below))
	if values == nil {
		return nil, ""
	}
	part := map[string]string{}
	for i, name := range p.names {
		fields = append(fields, Field{name, values[i+1]})
		part[name] = values[i+1]
	}
	return fields, dateOf(part)
}

// dateOf is the date that the parts of a path make, as text.
func dateOf(part map[string]string) string {
	year, month, day := part["year"], part["month"], part["day"]
	if len(month) == 1 {
		month = "0" + month
	}
	switch {
	case part["date"] != "":
		return part["date"]
	case year == "" || month == "":
		return year
	case day == "":
		return year + "-" + month
	}
	return year + "-" + month + "-" + day
}
