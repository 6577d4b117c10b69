package main

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"klew/cmd/klew/internal/lookup"
	"klew/cmd/klew/internal/print"
	"klew/cmd/klew/internal/source"
	"klew/cmd/klew/internal/usage"
	"klew/corpus/spelling"
	"klew/topics"
	"klew/topics/tables"
	"klew/topics/wholefile"

	"github.com/spf13/cobra"
)

// editCommand is the command edit.
type editCommand struct {
	*print.Console
	list, export bool
	undo         string
	file         string
	output       string
	save         func(m *topics.Model) error
	words        int
	format       print.Format
}

// lastLine is what --undo without a number takes back.
const lastLine = "last"

const journalHelp = `  rename 3 "space flight"   call topic 3 so; "" takes the label away
  merge 3 7                 make topic 7 part of topic 3
  drop 5                    leave out topic 5; proportions are taken among the others
  ban word                  never show the word as a keyword, in any of its forms, and
                            leave it out of the vocabulary when fitting again
  pin word 3                have the word in topic 3 alone when fitting again
`

func newEdit(p *print.Console) *cobra.Command {
	e := &editCommand{Console: p, words: lookup.DefaultWords}
	e.save = func(m *topics.Model) error { return m.Save(e.output) }
	c := &cobra.Command{
		Use:   "edit MODEL [LINE...]",
		Short: "Rename, merge and drop topics, ban and pin words",
		Long: `Correct the topics of a model. What was fitted stays as it is: each LINE goes into a
journal in the model file, and all commands see the model as its journal wants it. A LINE
is one of

` + journalHelp + `
Topics keep the numbers with which they were fitted, in the journal and everywhere: after
"merge 3 7" there is no topic 7, and topic 8 is still topic 8. A word is a keyword as klew
topics prints it, or another form of it; with blanks in it, it needs quotation marks.

A LINE may do the same to several: drop 5 6, merge 3 7 8, ban edu com, pin orbit comet 3.
Lines need no quotation marks, as long as they begin with one of these words: klew edit MODEL
drop 5 ban edu com does the same as 'drop 5' 'ban edu' 'ban com'.

All lines are checked before the model is written, and if one does not hold, none is kept;
only a line whose word the vocabulary does not hold is left out, and told.
Then the topics that they touch are printed as they are now, with the columns of klew
topics. --undo takes a line back, --list prints the lines with their numbers (columns:
line, edit), --export without. In a file for --file, lines that begin with # are comments.

"klew fit PATH... --edits MODEL" finds topics again, begins with those of MODEL, and keeps
their numbers and the journal.`,
		Example: `  klew edit notes.klew 'rename 3 "space flight"'
  klew edit notes.klew 'merge 3 7' 'drop 5' 'ban edu' 'pin orbit 3'
  klew edit notes.klew --list
  klew edit notes.klew --undo                    take back the last line
  klew edit notes.klew --undo 2                  take back line 2
  klew edit notes.klew --file corrections.txt -o corrected.klew
  klew edit notes.klew --export > corrections.txt
  klew fit notes -k 20 --edits notes.klew -o notes.klew`,
		Args: lineFirst,
		RunE: func(c *cobra.Command, args []string) error { return e.run(args[0], args[1:]) },
	}
	flags := c.Flags()
	flags.BoolVarP(&e.list, "list", "l", false, "print the journal, a line each, with numbers")
	flags.BoolVar(&e.export, "export", false, "print the lines of the journal as they are")
	flags.StringVar(&e.undo, "undo", "", "take back the last `line`, or the one with this number")
	flags.Lookup("undo").NoOptDefVal = lastLine
	flags.StringVar(&e.file, "file", "", "take lines from this `file`, too, before the others; - for standard input")
	flags.StringVarP(&e.output, "output", "o", "", "save the edited model to this `file`, and leave MODEL as it is")
	usage.Listed(c, &e.words, "words", "n", 1, "keywords to print for each topic")
	e.format.AddFlags(c)
	return c
}

// lineFirst wants MODEL, and says so where a line stands in its place.
func lineFirst(c *cobra.Command, args []string) error {
	if len(args) > 0 && !topics.IsModel(args[0]) {
		if verb, _, _ := strings.Cut(args[0], " "); slices.Contains(verbs, verb) {
			return fmt.Errorf("MODEL is missing: it stands before the lines: klew edit MODEL %s", strings.Join(args, " "))
		}
	}
	return usage.Args("MODEL", "[LINE...]")(c, args)
}

func (e *editCommand) run(path string, lines []string) error {
	if e.undo == lastLine && len(lines) == 1 && isNumber(lines[0]) { // --undo 2
		e.undo, lines = lines[0], nil
	}
	if err := e.check(lines); err != nil {
		return err
	}
	m, file, err := lookup.ModelFile(path)
	if err != nil {
		return err
	}
	switch {
	case e.list:
		return e.printJournal(m)
	case e.export:
		return e.exportJournal(m)
	}
	if e.output == "" {
		e.output, e.save = path, file.SaveJournal
	}
	if err := wholefile.Check(e.output, "model", topics.IsModel); err != nil {
		return err
	}
	if e.undo != "" {
		return e.takeBack(m, path)
	}
	return e.amend(m, path, lines)
}

func isNumber(text string) bool {
	_, err := strconv.Atoi(text)
	return err == nil
}

// check wants one thing to do.
func (e *editCommand) check(lines []string) error {
	var asked []string
	for _, a := range []struct {
		what  string
		given bool
	}{{"--list", e.list}, {"--export", e.export}, {"--undo", e.undo != ""}, {"lines to add", len(lines) > 0 || e.file != ""}} {
		if a.given {
			asked = append(asked, a.what)
		}
	}
	switch {
	case len(asked) == 0:
		return usage.Mistake(errors.New("there is nothing to do: give a LINE such as 'drop 5', or --list"))
	case len(asked) > 1:
		return usage.Mistakef("%s cannot go together", strings.Join(asked, " and "))
	case e.output != "" && (e.list || e.export):
		return usage.Mistakef("%s changes nothing that -o could save", asked[0])
	}
	return usage.Mistake(lookup.CheckOutput(e.output, "klew edit"))
}

func (e *editCommand) printJournal(m *topics.Model) error {
	return print.Table(e.Console, e.format, tables.Journal(m.Journal))
}

func (e *editCommand) exportJournal(m *topics.Model) error {
	for _, line := range m.Journal {
		if _, err := fmt.Fprintln(e.Out, line); err != nil {
			return err
		}
	}
	return nil
}

// amend adds lines to the journal.
func (e *editCommand) amend(m *topics.Model, path string, lines []string) error {
	edits, err := e.read(lines)
	if err != nil {
		return err
	}
	edits, unknown := m.Unknown(edits)
	if len(edits) == 0 {
		return fmt.Errorf("editing %s, which stays as it was: the vocabulary holds none of the words: %s", path, e.unknown(m, unknown))
	}
	before, err := m.Edited()
	if err == nil {
		err = m.Amend(edits)
	}
	if err != nil {
		return fmt.Errorf("editing %s, which stays as it was:\n%w", path, err)
	}
	if len(unknown) > 0 {
		e.Say("klew: left out, since the vocabulary does not hold the words: %s", e.unknown(m, unknown))
	}
	for _, edit := range edits {
		e.Say("klew: %s", edit.Told(before, e.words))
	}
	if err := e.keep(m); err != nil {
		return err
	}
	after, err := m.Edited()
	if err != nil {
		return err
	}
	return e.print(edits, before, after)
}

// unknown writes edits whose words the vocabulary does not hold, each with the term that is
// spelled nearest.
func (e *editCommand) unknown(m *topics.Model, edits []topics.Edit) string {
	var terms, written []string
	for _, t := range m.Vocabulary.Terms {
		terms = append(terms, t.Shown())
	}
	for _, edit := range edits {
		text := edit.String()
		if nearest, ok := spelling.Nearest(edit.Text, terms); ok {
			text += fmt.Sprintf(" (did you mean %s?)", nearest)
		}
		written = append(written, text)
	}
	return strings.Join(written, ", ")
}

// read parses the lines that are given, those of the file first.
func (e *editCommand) read(lines []string) ([]topics.Edit, error) {
	var edits []topics.Edit
	if e.file != "" {
		text, err := source.ReadJournal(e.In, e.file)
		if err != nil {
			return nil, err
		}
		if edits, err = topics.ParseJournal(text); err != nil {
			return nil, fmt.Errorf("reading the edits in %s:\n%w", e.file, err)
		}
	}
	var faults []error
	for _, line := range asLines(lines) {
		some, err := topics.ParseEdits(line)
		edits, faults = append(edits, some...), append(faults, err)
	}
	if err := errors.Join(faults...); err != nil {
		return nil, usage.Mistake(err)
	}
	if len(edits) == 0 {
		return nil, fmt.Errorf("there is no edit in %s", e.file)
	}
	return edits, nil
}

// verbs begin a line.
var verbs = []string{string(topics.RenameTopic), string(topics.MergeTopics), string(topics.DropTopic), string(topics.BanWord), string(topics.PinWord)}

// asLines puts together lines that were not quoted: of "drop 5 rename 3 space flight ban edu com"
// it makes drop 5, rename 3 "space flight", and ban edu com. A line ends where another may begin.
func asLines(given []string) (lines []string) {
	var words []string
	for _, arg := range given {
		verb, _, quoted := strings.Cut(arg, " ")
		if isWhole(words) && slices.Contains(verbs, verb) {
			lines, words = append(lines, asLine(words)), nil
		}
		if quoted && len(words) == 0 {
			lines = append(lines, arg)
		} else {
			words = append(words, arg)
		}
	}
	if len(words) > 0 {
		lines = append(lines, asLine(words))
	}
	return lines
}

// isWhole says whether words may be a line: what comes next may be a label or a word, even if it
// is spelled as a verb.
func isWhole(words []string) bool {
	return len(words) > 2 || len(words) == 2 && words[0] != string(topics.RenameTopic)
}

// asLine is one line of unquoted words.
func asLine(words []string) string {
	if words[0] == string(topics.RenameTopic) && len(words) > 2 {
		return strings.Join(words[:2], " ") + " " + strconv.Quote(strings.Join(words[2:], " "))
	}
	for i, w := range words {
		if strings.Contains(w, " ") {
			words[i] = strconv.Quote(w)
		}
	}
	return strings.Join(words, " ")
}

// keep saves the model.
func (e *editCommand) keep(m *topics.Model) error {
	if err := e.save(m); err != nil {
		return err
	}
	e.Say("klew: saved the model to %s", e.output)
	return nil
}

// takeBack removes a line from the journal.
func (e *editCommand) takeBack(m *topics.Model, path string) error {
	n, err := e.lineOf(m)
	if err != nil {
		return fmt.Errorf("editing %s: %w", path, err)
	}
	line := m.Journal[n]
	e.Say("klew: took back line %d: %s", n+1, print.Printable(line))
	if err := errors.Join(m.Undo(n), e.keep(m)); err != nil {
		return err
	}
	after, err := m.Edited()
	if err != nil {
		return fmt.Errorf("editing %s: %w", path, err)
	}
	edit, err := topics.ParseEdit(line)
	if err != nil {
		return nil // the line is a comment: it changed no topic
	}
	return e.print([]topics.Edit{edit}, after, after)
}

// lineOf is the line to take back, from 0.
func (e *editCommand) lineOf(m *topics.Model) (int, error) {
	last := len(m.Journal)
	if last == 0 {
		return 0, errors.New("its journal is empty: there is nothing to take back")
	}
	if e.undo == lastLine {
		return last - 1, nil
	}
	n, err := strconv.Atoi(e.undo)
	if err != nil || n < 1 || n > last {
		return 0, usage.Mistakef("--undo %s: must be the number of a line, from 1 to %d; --list prints them", e.undo, last)
	}
	return n - 1, nil
}

// print prints the topics that edits change, as they are now; without is the model in which the
// edits are not made.
func (e *editCommand) print(edits []topics.Edit, without, now *topics.Model) error {
	r := topics.NewRanker(now)
	keywords := func(k int) []topics.Ranked { return r.Top(k, e.words, topics.Divergence, 0) }
	return print.Table(e.Console, e.format, tables.Topics(now, tables.TopicOptions{Keywords: keywords, Only: topics.Touched(edits, without, now, e.words)}))
}
