package topics

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"klew/corpus"
	"klew/vectorize"
)

// Selection is conditions on the metadata of documents, which those selected meet all. It is
// written
//
//	region=north and year>=2020 and title~"new york"
//
// A condition is the name of a field, one of = != < <= > >= ~, and a value. Names and values
// that hold blanks, signs or the word "and" stand in quotation marks, in which \" is one of
// them. ~ asks whether the value is in the field's text, whatever the case of letters.
//
// If the value and that of the document are numbers, they are compared as such. If they are
// dates in ISO 8601, they are compared as far as the condition's goes: date=2020-03 is met by
// all days of that March, and date<=2020 by all of that year. Else = and != compare texts, and
// so do < and the like if the condition's value is neither number nor date. A document that
// lacks the field, or has nothing in it, meets no condition, != among them; nor does one whose
// value cannot be compared, as "unknown" with 2020.
type Selection struct {
	Conditions []Condition
}

// Condition is one of a Selection.
type Condition struct {
	Field    string
	Operator Operator
	Value    string
}

// Operator says how a document's value is compared with that of a condition.
type Operator string

// The operators.
const (
	Equal    Operator = "="
	Unequal  Operator = "!="
	Less     Operator = "<"
	AtMost   Operator = "<="
	Greater  Operator = ">"
	AtLeast  Operator = ">="
	Contains Operator = "~"
)

// operators are all, each before those that it begins with.
var operators = []Operator{Unequal, AtMost, AtLeast, Equal, Less, Greater, Contains}

// String is the conditions as they may be written.
func (s *Selection) String() string {
	var all []string
	for _, c := range s.Conditions {
		all = append(all, c.String())
	}
	return strings.Join(all, " and ")
}

// ParseSelection reads conditions. An error says what is wrong, and where.
func ParseSelection(text string) (*Selection, error) {
	s, p := &Selection{}, conditionText{whole: text, rest: text}
	for {
		c, err := p.condition()
		if err != nil {
			return nil, s.hinted(c, err)
		}
		s.Conditions = append(s.Conditions, c)
		if p.blanks(); p.rest == "" {
			return s, nil
		}
		if !p.take("and") {
			return nil, p.fault(`conditions are joined by "and", and a value with blanks stands in quotation marks`)
		}
	}
}

// hinted adds a hint to what is wrong with a condition: what looks like a field may be the end of
// the value before.
func (s *Selection) hinted(c Condition, err error) error {
	if n := len(s.Conditions); n > 0 && c.Field != "" && c.Operator == "" {
		return fmt.Errorf(`%w; if "and %s" belongs to the value before, that stands in quotation marks: %s"%s and %s"`,
			err, c.Field, s.Conditions[n-1].Field+string(s.Conditions[n-1].Operator), s.Conditions[n-1].Value, c.Field)
	}
	return err
}

// conditionText is what is left to read of conditions.
type conditionText struct{ whole, rest string }

func (p *conditionText) blanks() { p.rest = strings.TrimLeft(p.rest, " \t\n") }

// fault says what is wrong at the place that has been reached.
func (p *conditionText) fault(what string) error {
	if p.rest == "" {
		return fmt.Errorf("at its end: %s", what)
	}
	at := len([]rune(p.whole[:len(p.whole)-len(p.rest)])) + 1
	return fmt.Errorf("at %q (character %d): %s", p.rest, at, what)
}

// take reads a word that stands alone, in letters of any case.
func (p *conditionText) take(word string) bool {
	first, _ := cutField(p.rest)
	if !strings.EqualFold(first, word) {
		return false
	}
	p.rest = p.rest[len(first):]
	return true
}

func (p *conditionText) condition() (c Condition, err error) {
	p.blanks()
	before := *p
	if c.Field, err = p.word("the name of a field", "=!<>~"); err != nil {
		return c, err
	}
	if c.Field == "" {
		return c, before.fault("the name of a field is empty")
	}
	p.blanks()
	if c.Operator, err = p.operator(); err != nil {
		return c, err
	}
	p.blanks()
	before = *p
	if c.Value, err = p.word("a value", "=!<>~"); err == nil && c.Value == "" {
		return c, before.fault("the value is empty, and a document that has none meets no condition")
	}
	return c, err
}

func (p *conditionText) operator() (Operator, error) {
	for _, o := range operators {
		rest, found := strings.CutPrefix(p.rest, string(o))
		if !found {
			continue
		}
		if strings.HasPrefix(rest, "=") || strings.HasPrefix(rest, "<") || strings.HasPrefix(rest, ">") {
			break
		}
		p.rest = rest
		return o, nil
	}
	return "", p.fault("a field is followed by one of = != < <= > >= ~")
}

// word reads a word up to a blank or one of some signs, or what stands in quotation marks.
func (p *conditionText) word(what, signs string) (string, error) {
	if strings.HasPrefix(p.rest, `"`) || strings.HasPrefix(p.rest, "'") {
		return p.quoted()
	}
	end := strings.IndexAny(p.rest, " \t\n"+signs)
	if end < 0 {
		end = len(p.rest)
	}
	if end == 0 {
		return "", p.fault(what + " is missing")
	}
	word := p.rest[:end]
	if strings.EqualFold(word, "and") {
		return "", p.fault(what + ` is missing, or it is "and", and stands in quotation marks`)
	}
	p.rest = p.rest[end:]
	return word, nil
}

// quoted reads what stands between two quotation marks.
func (p *conditionText) quoted() (string, error) {
	mark, text := p.rest[0], ""
	for i := 1; i < len(p.rest); i++ {
		switch c := p.rest[i]; {
		case c == mark:
			p.rest = p.rest[i+1:]
			return text, nil
		case c == '\\' && i+1 < len(p.rest) && (p.rest[i+1] == mark || p.rest[i+1] == '\\'):
			i++
			text += p.rest[i : i+1]
		default:
			text += p.rest[i : i+1]
		}
	}
	return "", p.fault("the quotation mark is never closed")
}

// Select finds the documents that meet all conditions, in their order. The fields are found
// whatever the case of their letters; document and tokens are a document's id and its number
// of tokens, unless the metadata has such a field. notes tell of documents that could not be
// compared. It is an error if a field is none, or if no document meets them.
func (s *Selection) Select(documents []vectorize.Document) (members []int, notes []string, err error) {
	for j := range documents {
		members = append(members, j)
	}
	for _, c := range s.Conditions {
		of, err := valuesOf(documents, c.Field)
		if err != nil {
			return nil, nil, err
		}
		met, missing, unlike := c.meet(members, of)
		if len(met) == 0 {
			return nil, nil, fmt.Errorf("no document meets %s: %s", c, whyNone(members, of, missing))
		}
		if missing > 0 {
			notes = append(notes, fmt.Sprintf("%s: %s without %s left out", c, documentCount(missing), c.Field))
		}
		if unlike > 0 {
			notes = append(notes, fmt.Sprintf("%s: %s left out, whose %s cannot be compared with it", c, documentCount(unlike), c.Field))
		}
		members = met
	}
	return members, notes, nil
}

func documentCount(n int) string {
	if n == 1 {
		return "1 document"
	}
	return strconv.Itoa(n) + " documents"
}

// String is the condition as it may be written.
func (c Condition) String() string {
	quote := func(text string) string {
		if strings.ContainsAny(text, " \t\n=!<>~\"'") || strings.EqualFold(text, "and") {
			return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(text) + `"`
		}
		return text
	}
	return quote(c.Field) + string(c.Operator) + quote(c.Value)
}

// valuesOf gives a document's value of the field that is called so.
func valuesOf(documents []vectorize.Document, name string) (func(j int) string, error) {
	field, err := FindField(documents, name)
	switch {
	case err == nil:
		return func(j int) string { return corpus.Value(documents[j].Meta, field) }, nil
	case strings.EqualFold(name, "document"):
		return func(j int) string { return documents[j].ID }, nil
	case strings.EqualFold(name, "tokens"):
		return func(j int) string { return strconv.Itoa(documents[j].Tokens) }, nil
	}
	return nil, err
}

// meet are the members that meet the condition. Of the others it counts those without a value,
// and those with one that cannot be compared.
func (c Condition) meet(members []int, of func(j int) string) (met []int, missing, unlike int) {
	test := c.test()
	for _, j := range members {
		value := of(j)
		if value == "" {
			missing++
			continue
		}
		is, err := test(value)
		if err != nil {
			unlike++
		} else if is {
			met = append(met, j)
		}
	}
	return met, missing, unlike
}

// whyNone says what values there are where none meets a condition.
func whyNone(members []int, of func(j int) string, missing int) string {
	if missing == len(members) {
		return "none has a value there"
	}
	var values []string
	for _, j := range members {
		if v := of(j); v != "" && !slices.Contains(values, v) {
			if values = append(values, v); len(values) == valuesTold {
				return "values are such as " + strings.Join(values, ", ")
			}
		}
	}
	return "the values are " + strings.Join(values, ", ")
}

// valuesTold is how many values an error names.
const valuesTold = 6

// errUnlike is of values that cannot be compared.
var errUnlike = errors.New("not to be compared")

// test compares documents' values with that of the condition.
func (c Condition) test() func(value string) (bool, error) {
	if c.Operator == Contains {
		part := strings.ToLower(c.Value)
		return func(value string) (bool, error) { return strings.Contains(strings.ToLower(value), part), nil }
	}
	number, isNumber := asNumber(c.Value)
	dated := isDate(c.Value)
	return func(value string) (bool, error) {
		if x, ok := asNumber(value); ok && isNumber {
			return c.Operator.holds(cmp.Compare(x, number)), nil
		}
		if dated && startsAsDate(value, c.Value) {
			return c.Operator.holds(strings.Compare(value[:len(c.Value)], c.Value)), nil
		}
		if (isNumber || dated) && c.Operator != Equal && c.Operator != Unequal {
			return false, errUnlike
		}
		return c.Operator.holds(strings.Compare(value, c.Value)), nil
	}
}

// holds says whether the operator holds of two values of which the first is less than the
// second (−1), the same (0), or more (1).
func (o Operator) holds(order int) bool {
	switch o {
	case Equal:
		return order == 0
	case Unequal:
		return order != 0
	case Less:
		return order < 0
	case AtMost:
		return order <= 0
	case Greater:
		return order > 0
	}
	return order >= 0
}

// asNumber reads a number as people write it: no infinity, and none in hexadecimal.
func asNumber(text string) (x float64, ok bool) {
	if strings.Trim(text, "0123456789.-+eE") != "" {
		return 0, false
	}
	x, err := strconv.ParseFloat(text, 64)
	return x, err == nil
}

// dateLayouts are those of a date in a condition.
var dateLayouts = []string{"2006", "2006-01", "2006-01-02"}

func isDate(text string) bool {
	return slices.ContainsFunc(dateLayouts, func(layout string) bool {
		_, err := time.Parse(layout, text)
		return err == nil
	})
}

// startsAsDate says whether a text begins with a date that tells as much as another.
func startsAsDate(text, like string) bool {
	n := len(like)
	return len(text) >= n && isDate(text[:n]) && (len(text) == n || text[n] == '-' || text[n] == 'T' || text[n] == ' ')
}
