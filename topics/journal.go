package topics

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"klew/corpus/spelling"
)

// Verb is what an Edit does.
type Verb string

const (
	// RenameTopic gives a topic a label of the user's own, or takes it away again with an
	// empty one.
	RenameTopic Verb = "rename"
	// MergeTopics makes a topic part of another, whose number stays.
	MergeTopics Verb = "merge"
	// DropTopic leaves out a topic. Proportions are taken among the others.
	DropTopic Verb = "drop"
	// BanWord makes a word one that is never a keyword. A refit leaves it out of the
	// vocabulary.
	BanWord Verb = "ban"
	// PinWord makes a word one that has all its weight in one topic after a refit.
	PinWord Verb = "pin"
)

// forms shows each verb as it is written, in the order of the help.
var forms = []struct {
	verb Verb
	form string
}{
	{RenameTopic, `rename 3 "space flight"`},
	{MergeTopics, "merge 3 7"},
	{DropTopic, "drop 5"},
	{BanWord, "ban word"},
	{PinWord, "pin word 3"},
}

// Edit is a line of a journal.
type Edit struct {
	Verb Verb
	// Topic is what a topic's place was when the model was fitted, from 0. The line has
	// its number, from 1. A ban has none.
	Topic int
	// From is the topic that a merger makes part of Topic, numbered as that is.
	From int
	// Text is the label of a renaming, or the word of a ban or a pin.
	Text string
}

// String is the line, which ParseEdit reads.
func (e Edit) String() string {
	switch e.Verb {
	case RenameTopic:
		return fmt.Sprintf("rename %d %s", e.Topic+1, strconv.Quote(e.Text))
	case MergeTopics:
		return fmt.Sprintf("merge %d %d", e.Topic+1, e.From+1)
	case DropTopic:
		return fmt.Sprintf("drop %d", e.Topic+1)
	case BanWord:
		return "ban " + bare(e.Text)
	}
	return fmt.Sprintf("%s %s %d", e.Verb, bare(e.Text), e.Topic+1)
}

// bare is a word without quotation marks if it can do without.
func bare(word string) string {
	odd := func(r rune) bool { return r == '"' || !unicode.IsPrint(r) || unicode.IsSpace(r) }
	if word == "" || strings.ContainsFunc(word, odd) {
		return strconv.Quote(word)
	}
	return word
}

// ParseEdit reads a line of a journal; the package comment has the language.
func ParseEdit(line string) (Edit, error) {
	if !utf8.ValidString(line) {
		return Edit{}, fmt.Errorf("%q is not UTF-8", line)
	}
	name, rest := cutField(line)
	for _, f := range forms {
		if string(f.verb) != name {
			continue
		}
		e, err := f.verb.parse(rest)
		if err != nil {
			return Edit{}, fmt.Errorf("%s: %w; it is written like this: %s", told(line), err, f.form)
		}
		return e, nil
	}
	if name == "" {
		return Edit{}, errors.New("an empty line edits nothing")
	}
	hint := ""
	if near, ok := spelling.Nearest(name, []string{"rename", "merge", "drop", "ban", "pin"}); ok {
		hint = " (did you mean " + near + "?)"
	}
	return Edit{}, fmt.Errorf("%s: there is no edit %q%s; there are rename, merge, drop, ban and pin", told(line), name, hint)
}

// ParseEdits reads a line as people write it, which may do the same to several words or topics:
// "ban edu com", "drop 3 5", "merge 1 4 6" (4 and 6 become part of 1), "pin orbit comet 3". In a
// journal each is a line of its own.
func ParseEdits(line string) ([]Edit, error) {
	name, rest := cutField(line)
	lines := Verb(name).each(rest)
	if len(lines) < 2 {
		e, err := ParseEdit(line)
		if err != nil {
			return nil, err
		}
		return []Edit{e}, nil
	}
	var edits []Edit
	var faults []error
	for _, one := range lines {
		e, err := ParseEdit(name + " " + one)
		edits, faults = append(edits, e), append(faults, err)
	}
	if err := errors.Join(faults...); err != nil {
		return nil, err
	}
	return edits, nil
}

// each is what stands behind the verb in each of the lines for which one line stands, if it
// stands for several.
func (v Verb) each(rest string) (lines []string) {
	var words []string
	for left := strings.TrimSpace(rest); left != ""; left = strings.TrimSpace(left) {
		word, after, err := cutWord(left)
		if err != nil { // ParseEdit says what is wrong
			words = append(words, left)
			break
		}
		words, left = append(words, bare(word)), after
	}
	last := len(words) - 1
	switch {
	case v == BanWord, v == DropTopic:
		return words
	case v == MergeTopics && last > 0:
		for _, from := range words[1:] {
			lines = append(lines, words[0]+" "+from)
		}
	case v == PinWord && last > 0:
		for _, word := range words[:last] {
			lines = append(lines, word+" "+words[last])
		}
	}
	return lines
}

// told is a line as an error may show it: a file may hold what moves the cursor.
func told(line string) string {
	line = strings.TrimSpace(line)
	if strings.ContainsFunc(line, func(r rune) bool { return r != '\t' && !unicode.IsPrint(r) }) {
		return strconv.Quote(line)
	}
	return line
}

// parse reads what follows the verb.
func (v Verb) parse(rest string) (e Edit, err error) {
	e.Verb = v
	if v == BanWord || v == PinWord {
		if e.Text, rest, err = cutWord(rest); err != nil {
			return e, err
		}
	}
	if v != BanWord {
		if e.Topic, rest, err = cutTopic(rest); err != nil {
			return e, err
		}
	}
	if v == MergeTopics {
		if e.From, rest, err = cutTopic(rest); err != nil {
			return e, err
		}
	}
	if v == RenameTopic {
		e.Text, err = parseLabel(rest)
		return e, err
	}
	if rest = strings.TrimSpace(rest); rest != "" {
		return e, fmt.Errorf("%q is too much", rest)
	}
	return e, nil
}

// cutField cuts off what stands before the first blank.
func cutField(text string) (field, rest string) {
	text = strings.TrimSpace(text)
	if end := strings.IndexFunc(text, unicode.IsSpace); end >= 0 {
		return text[:end], text[end:]
	}
	return text, ""
}

func cutTopic(text string) (topic int, rest string, err error) {
	field, rest := cutField(text)
	n, err := strconv.Atoi(field)
	switch {
	case field == "":
		return 0, "", errors.New("the number of a topic is missing")
	case err != nil || n < 1:
		return 0, "", fmt.Errorf("%q is not the number of a topic", field)
	}
	return n - 1, rest, nil
}

// cutWord cuts off a word, in quotation marks if it holds blanks.
func cutWord(text string) (word, rest string, err error) {
	text = strings.TrimSpace(text)
	word, rest = cutField(text)
	if strings.HasPrefix(text, `"`) {
		quoted, err := strconv.QuotedPrefix(text)
		if err != nil {
			return "", "", errors.New("the word's quotation mark is never closed, or a \\ in it is not followed as Go has it")
		}
		rest = text[len(quoted):]
		word, _ = strconv.Unquote(quoted) // which is one now
	}
	word = oneLine(word)
	if word == "" {
		return "", "", errors.New("the word is missing")
	}
	return word, rest, nil
}

// parseLabel is what is left of a line, with or without quotation marks around it.
func parseLabel(text string) (string, error) {
	text = strings.TrimSpace(text)
	if text == "" {
		return "", errors.New(`the label is missing ("" takes it away)`)
	}
	if strings.HasPrefix(text, `"`) {
		whole, err := strconv.Unquote(text)
		if err != nil {
			return "", errors.New("the label's quotation mark is not closed at the end, or a \\ or \" in it is not written as \\\\ or \\\"")
		}
		text = whole
	}
	return oneLine(text), nil
}

// oneLine has one blank wherever there is white space, and is UTF-8 whatever an escape
// has put there.
func oneLine(text string) string {
	return strings.ToValidUTF8(strings.Join(strings.Fields(text), " "), "\uFFFD")
}

// ParseJournal reads a journal as people write it: by ParseEdits, but for empty lines and those
// that begin with #. It reports every fault, with the number of the line.
func ParseJournal(text string) ([]Edit, error) {
	var edits []Edit
	var faults []error
	n := 0
	for line := range strings.Lines(strings.TrimPrefix(text, "\uFEFF")) { // a byte order mark
		n++
		if says(line) {
			some, err := ParseEdits(line)
			if err != nil {
				faults = append(faults, fmt.Errorf("line %d: %w", n, err))
			}
			edits = append(edits, some...)
		}
	}
	if err := errors.Join(faults...); err != nil {
		return nil, err
	}
	return edits, nil
}

// says reports whether a line of a journal is more than a comment.
func says(line string) bool {
	line = strings.TrimSpace(line)
	return line != "" && line[0] != '#'
}
