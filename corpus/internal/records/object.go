package records

import (
	"slices"
	"strings"
)

// find is the number of a column, or -1.
func (o object) find(name string) int {
	folded := -1
	for i := range o {
		if o[i].name == name {
			return i
		}
		if folded < 0 && len(o[i].name) == len(name) && strings.EqualFold(o[i].name, name) {
			folded = i
		}
	}
	return folded
}

func (o object) firstOf(usual []string) int {
	for _, name := range usual {
		if i := o.find(name); i >= 0 {
			return i
		}
	}
	return -1
}

func (o object) names() []string {
	names := make([]string, len(o))
	for i := range o {
		names[i] = o[i].name
	}
	return names
}

// record makes a record of the columns.
func (o object) record(c Columns) (Record, error) {
	id, date := o.named(c.ID, idNames()), o.named(c.Date, dateNames())
	text, err := o.textColumns(c.Text, id, date)
	if err != nil {
		return Record{}, err
	}
	if c.noID || c.ID == "" && slices.Contains(text, id) {
		id = -1
	}
	if c.Date == "" && slices.Contains(text, date) {
		date = -1
	}
	rec := Record{Text: o.join(text)}
	if id >= 0 {
		rec.ID = o[id].value
	}
	if date >= 0 {
		rec.Date = o[date].value
	}
	rec.Meta = o.meta(id, date, text)
	return rec, nil
}

func (o object) join(text []int) string {
	joined := o[text[0]].value
	for _, i := range text[1:] {
		if joined != "" && o[i].value != "" {
			joined += "\n\n"
		}
		joined += o[i].value
	}
	return joined
}

func (o object) meta(id, date int, text []int) []Field {
	if len(o) == len(text) {
		return nil
	}
	fields := make([]Field, 0, len(o)-len(text))
	for i, m := range o {
		if i == id || i == date || slices.Contains(text, i) {
			continue
		}
		if m.list {
			m.value = strings.ReplaceAll(m.value, "\n", ", ")
		}
		fields = append(fields, Field{m.name, m.value})
	}
	return fields
}

// named is the number of a column that the user named, or else of the usual ones; -1
// where this line does not have it.
func (o object) named(name string, usual []string) int {
	if name == "" {
		return o.firstOf(usual)
	}
	return o.find(name)
}

// textColumns are the numbers of the columns of the text.
func (o object) textColumns(named []string, id, date int) ([]int, error) {
	if len(named) == 0 {
		i := o.firstOf(textNames())
		if i < 0 {
			i = o.only(id, date)
		}
		if i < 0 {
			return nil, undecided(o.names())
		}
		return []int{i}, nil
	}
	var found []int
	for _, name := range named {
		if i := o.find(name); i >= 0 {
			found = append(found, i)
		}
	}
	if found == nil {
		return nil, missing(o.names(), named[0], "--text-column")
	}
	return found, nil
}

// only is the number of the only column, or of the only one that holds text and is
// neither id nor date; else -1.
func (o object) only(id, date int) int {
	if len(o) == 1 {
		return 0
	}
	at := -1
	for i, m := range o {
		if m.text && i != id && i != date {
			if at >= 0 {
				return -1
			}
			at = i
		}
	}
	return at
}
