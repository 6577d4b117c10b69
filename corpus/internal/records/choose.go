package records

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"klew/corpus/internal/date"
)

const (
	// SampleRows and SampleBytes bound what is looked at to choose a text column.
	SampleRows  = 100
	SampleBytes = 1 << 20
	// SampleValue is how much of a value counts: more tells no more.
	SampleValue = 1 << 10
	// clearly is how many times the letters of the next column the text must have. Titles
	// beside their texts have a tenth; questions beside their answers about as many, and
	// which of them is meant only the user knows.
	clearly = 2
)

// Layout says which of a table's columns is which, by their numbers; -1 is none.
type Layout struct {
	names    []string
	Lists    []bool // whose values are lists, an element a line; nil if there are none
	text     []int
	id, date int
	votes    date.Votes // on the order of the dates
	markup   Markup     // of the text
	short    *shortTexts
}

// order counts what the first rows tell of the order of the dates.
func (l *Layout) order(sample [][]string) {
	for _, row := range sample {
		l.AddDate(row)
	}
}

// AddDate looks at the date of a row, for Taken to tell the order of all.
func (l *Layout) AddDate(row []string) {
	if l.date >= 0 && l.date < len(row) {
		l.votes.Add(row[l.date])
	}
}

// Open tells whether more dates could show their order.
func (l *Layout) Open() bool { return l.votes.Open() }

// Taken is what was chosen.
func (l *Layout) Taken() *Taken {
	t := &Taken{Order: l.votes.Order(), Markup: l.markup}
	for _, i := range l.text {
		t.Text = append(t.Text, l.names[i])
	}
	if l.id >= 0 {
		t.ID = l.names[l.id]
	}
	if l.date >= 0 {
		t.Date = l.names[l.date]
	}
	return t
}

// Choose applies the rules of the package comment to the columns names, of which the
// first rows are in sample.
func Choose(names []string, sample [][]string, c Columns) (Layout, error) {
	l := Layout{names: names}
	err := l.choose(sample, c)
	l.markup = l.markupOf(sample)
	return l, err
}

func (l *Layout) choose(sample [][]string, c Columns) (err error) {
	names := l.names
	if l.id, err = pick(names, sample, c.ID, idColumn, "--id-column"); err != nil {
		return err
	}
	if l.date, err = pick(names, sample, c.Date, dateColumn, "--date-column"); err != nil {
		return err
	}
	if len(c.Text) == 0 {
		return l.chooseText(sample)
	}
	for _, name := range c.Text {
		i := find(names, name)
		if i < 0 {
			return missing(names, name, "--text-column")
		}
		l.text = append(l.text, i)
	}
	l.letGo(c)
	return nil
}

// letGo leaves a column to the text that the user named for it, where the rules alone
// had made it the id or the date.
func (l *Layout) letGo(c Columns) {
	if c.ID == "" && slices.Contains(l.text, l.id) {
		l.id = -1
	}
	if c.Date == "" && slices.Contains(l.text, l.date) {
		l.date = -1
	}
}

// chooseText finds the text column that the user did not name.
func (l *Layout) chooseText(sample [][]string) error {
	profiles := l.profiles(sample)
	i := l.usualText(profiles)
	if i < 0 && len(l.names) == 1 {
		i, l.id, l.date = 0, -1, -1
	}
	if i < 0 {
		i = mostToSay(profiles)
	}
	if i < 0 {
		i = slices.IndexFunc(numberedNames(l.names, proseNames), func(i int) bool { return i >= 0 && !profiles[i].isStatus() })
	}
	if i < 0 && !slices.ContainsFunc(profiles, func(p profile) bool { return p.words > 0 }) && len(sample) > 0 {
		return noTexts(l.names)
	}
	if i < 0 {
		return undecided(l.names)
	}
	l.text = []int{i}
	return nil
}

// usualText is the first column with a usual name, unless its cells are those of a status and
// another column has clearly more to say; or -1.
func (l *Layout) usualText(profiles []profile) int {
	most := mostToSay(profiles)
	for _, name := range textNames() {
		i := find(l.names, name)
		if i >= 0 && (most < 0 || most == i || !profiles[i].isStatus()) {
			return i
		}
	}
	return -1
}

// profile is what the cells of a column hold.
type profile struct {
	filled, words int
	letters       int // of cells with several words; a single one, such as a link, counts as a letter
	distinct      map[string]bool
}

// profiles looks at the columns. The id and the date cannot be the text.
func (l *Layout) profiles(sample [][]string) []profile {
	all := make([]profile, len(l.names))
	for _, row := range sample {
		for i, value := range row {
			if i < len(all) && i != l.id && i != l.date {
				all[i].add(value[:min(len(value), SampleValue)])
			}
		}
	}
	return all
}

func (p *profile) add(value string) {
	if value = strings.TrimSpace(value); value == "" {
		return
	}
	if p.distinct == nil {
		p.distinct = map[string]bool{}
	}
	p.filled++
	words := countWords(value)
	if p.words += words; words > 1 {
		p.letters += countLetters(value)
	} else {
		p.letters += words
	}
	p.distinct[value] = true
}

const (
	// A status has few words, and the same in many rows.
	statusWords, statusVariety = 3, 0.2
	// leastFilled is the number of cells from which it can be told.
	leastFilled = 3
)

// isStatus tells a column of states: ok, ok, failed, ok.
func (p *profile) isStatus() bool {
	few := p.words <= statusWords*p.filled && p.variety() <= statusVariety
	return p.filled >= leastFilled && (p.words == 0 || few)
}

// variety is the share of cells that differ from those before.
func (p *profile) variety() float64 { return float64(len(p.distinct)) / float64(max(1, p.filled)) }

// weight is how much a column has to say: its letters, but less if cells are the same, and
// nothing if all are.
func (p *profile) weight() float64 {
	if p.filled >= leastFilled && len(p.distinct) == 1 {
		return 0
	}
	return float64(p.letters) * p.variety()
}

// mostToSay is the column with clearly the most to say, or -1.
func mostToSay(profiles []profile) int {
	best, next, at := 0.0, 0.0, -1
	for i := range profiles {
		switch w := profiles[i].weight(); {
		case w > best:
			best, next, at = w, best, i
		case w > next:
			next = w
		}
	}
	if best < clearly*next {
		return -1
	}
	return at
}

func countLetters(value string) (n int) {
	for _, r := range value {
		if unicode.IsLetter(r) {
			n++
		}
	}
	return n
}

// countWords counts words with a letter, and two characters for one where there are no blanks
// between words, as in Chinese.
func countWords(value string) (n int) {
	for word := range strings.FieldsSeq(value) {
		spaceless, letter := 0, false
		for _, r := range word {
			letter = letter || unicode.IsLetter(r)
			if unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar) {
				spaceless++
			}
		}
		if letter {
			n += max(1, spaceless/2)
		}
	}
	return n
}

// pick finds the column that the user named, or else the one that choose takes.
func pick(names []string, sample [][]string, named string, choose func([]string, [][]string) int, flag string) (int, error) {
	if named == "" {
		return choose(names, sample), nil
	}
	i := find(names, named)
	if i < 0 {
		return -1, missing(names, named, flag)
	}
	return i, nil
}

// repeats is true of a column whose cells mostly say what others do: "ID" of a table of comics is
// whether the hero's identity is secret.
func repeats(sample [][]string, column int) bool {
	var p profile
	eachCell(sample, column, p.add)
	return p.filled >= leastFilled && p.variety() <= 0.5
}

func firstOf(names, usual []string) int {
	for _, name := range usual {
		if i := find(names, name); i >= 0 {
			return i
		}
	}
	return -1
}

// find is the number of a column by its name, or -1.
func find(names []string, name string) int {
	if i := slices.Index(names, name); i >= 0 {
		return i
	}
	return slices.IndexFunc(names, func(n string) bool { return strings.EqualFold(n, name) })
}

func missing(names []string, name, flag string) error {
	return fmt.Errorf("there is no column %q; name one of these with %s: %s", name, flag, list(names))
}

func undecided(names []string) error {
	return fmt.Errorf("cannot tell which column is the text; name one of these with --text-column: %s", list(names))
}

// noTexts is the fault of a table of numbers.
func noTexts(names []string) error {
	return fmt.Errorf("no column holds texts, only numbers; to read one all the same, name it with --text-column: %s", list(names))
}

// list shows names, but not thousands of them.
func list(names []string) string {
	const most = 50
	if len(names) == 0 {
		return "(there are none)"
	}
	if n := len(names) - most; n > 0 {
		return strings.Join(names[:most], ", ") + fmt.Sprintf(" and %d more", n)
	}
	return strings.Join(names, ", ")
}

// Record makes a record of a row that has a value for each column. What is not the text keeps nothing
// else in memory: rows come as one piece, with the text.
func (l *Layout) Record(number int, row []string) Record {
	if l.short == nil {
		l.short = new(shortTexts)
	}
	rec := Record{Number: number, Text: l.join(row), Markup: l.markup}
	if l.id >= 0 {
		rec.ID = strings.Clone(row[l.id])
	}
	if l.date >= 0 {
		rec.Date = l.short.of(row[l.date])
	}
	if n := len(row) - len(l.text); n > 0 {
		rec.Meta = make([]Field, 0, n)
	}
	for i, value := range row {
		if i != l.id && i != l.date && !slices.Contains(l.text, i) {
			if l.Lists != nil && l.Lists[i] {
				value = strings.ReplaceAll(value, "\n", ", ")
			}
			rec.Meta = append(rec.Meta, Field{l.names[i], l.short.of(value)})
		}
	}
	return rec
}

func (l *Layout) join(row []string) string {
	if len(l.text) == 1 && !isNull(row[l.text[0]]) {
		return row[l.text[0]]
	}
	var parts []string
	for _, i := range l.text {
		if row[i] != "" && !isNull(row[i]) {
			parts = append(parts, row[i])
		}
	}
	return strings.Join(parts, "\n\n")
}
