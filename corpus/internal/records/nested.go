package records

import (
	"slices"
	"strings"
)

// An array within an object may hold records of its own: the paragraphs of articles, the comments
// on an issue, the answers beside the questions. One array is taken; the others are told with the
// path to their texts, by which --text-column takes one of them in its place. Each of its elements
// is then a record, with the plain values of what is around it as metadata.

// step is a member on the way to an array, or that array.
type step struct {
	name  string
	array bool
}

const (
	// longestAround and mostAround bound what is repeated for each record of an array.
	longestAround = 256 // bytes
	mostAround    = 32  // members
	// arraysWithin is how deep arrays are looked for, and mostElements in how many elements.
	arraysWithin, mostElements = 6, 20
)

// stepsTo is the way to the innermost array on a dotted path, and what is left of the path behind
// it; nil if there is none, or nothing at the end of the path.
func stepsTo(raw []byte, path string) (steps []step, column string) {
	members := membersOf(raw)
	for _, m := range members {
		if m.path == path {
			return nil, path
		}
	}
	for _, m := range members {
		rest, below := strings.CutPrefix(path, m.path+".")
		if !below {
			continue
		}
		inside := [][]byte{m.raw}
		if m.raw[0] == '[' {
			inside = firstElements(m.raw, SampleRows)
		}
		for _, e := range inside {
			switch steps, column := stepsTo(e, rest); {
			case column == "":
			case m.raw[0] == '[' || steps != nil:
				return append([]step{{m.path, m.raw[0] == '['}}, steps...), column
			default:
				return nil, path
			}
		}
	}
	return nil, ""
}

// pathOf is the names of steps with dots.
func pathOf(steps []step) string {
	names := make([]string, len(steps))
	for i, s := range steps {
		names[i] = s.name
	}
	return strings.Join(names, ".")
}

// enter makes c one for the records of an array within those of a file, if the text column is
// there; without them, c as it is.
func (c Columns) enter(lines [][]byte) Columns {
	if len(c.Text) == 0 {
		return c
	}
	for _, line := range lines {
		steps, column := stepsTo(line, c.Text[0])
		if steps == nil && column != "" {
			return c
		} else if steps == nil {
			continue
		}
		c.within = steps
		c.Text = slices.Clone(c.Text)
		for _, name := range append([]*string{&c.ID, &c.Date}, pointers(c.Text)...) {
			*name = strings.TrimPrefix(*name, pathOf(steps)+".")
		}
		return c
	}
	return c
}

func pointers(names []string) (all []*string) {
	for i := range names {
		all = append(all, &names[i])
	}
	return all
}

// Each hands out the records of a line or an element: those of the array that the text column is
// in, or the one. It returns false if yield does.
func (c Columns) Each(raw []byte, yield func(record []byte) bool) bool {
	if c.within == nil {
		return yield(raw)
	}
	return eachWithin(raw, c.within, nil, "", yield)
}

func eachWithin(raw []byte, steps []step, around []part, prefix string, yield func([]byte) bool) bool {
	members := membersOf(raw)
	if len(members) == 0 {
		return yield(raw) // no object, or nothing in it
	} else if len(steps) == 0 {
		return yield(written(append(members, around...)))
	}
	i := slices.IndexFunc(members, func(m part) bool { return m.path == steps[0].name })
	if i < 0 || (members[i].raw[0] == '[') != steps[0].array {
		return yield(written(append(members, around...)))
	}
	around = append(around[:len(around):len(around)], plainOf(members, prefix)...)
	prefix += steps[0].name + "."
	if !steps[0].array {
		return eachWithin(members[i].raw, steps[1:], around, prefix, yield)
	}
	for _, e := range elementsOf(members[i].raw) {
		if !eachWithin(e, steps[1:], around, prefix, yield) {
			return false
		}
	}
	return true
}

// plainOf are the short plain values among members, by their whole paths.
func plainOf(members []part, prefix string) (plain []part) {
	for _, m := range members {
		if m.raw[0] == '{' || m.raw[0] == '[' || len(m.raw) > longestAround || len(plain) == mostAround {
			continue
		}
		name := prefix + m.path
		if find(idNames(), name) >= 0 { // which is not that of each record
			name = "parent"
		}
		plain = append(plain, part{name, m.raw})
	}
	return plain
}

// textArrays are the arrays of objects with texts in an object, wherever they lie, each with the
// column of its longest texts.
func textArrays(raw []byte, prefix string, depth int) (all []nested) {
	if depth == 0 {
		return nil
	}
	for _, m := range membersOf(raw) {
		path := prefix + m.path
		if m.raw[0] == '{' {
			all = append(all, textArrays(m.raw, path+".", depth-1)...)
		}
		if m.raw[0] != '[' {
			continue
		}
		elements := firstElements(m.raw, mostElements)
		if column := wordiest(elements); column != "" {
			all = append(all, nested{path, path + "." + column})
		}
		for _, e := range elements {
			all = append(all, textArrays(e, path+".", depth-1)...)
		}
	}
	return all
}

// nested is an array within records, and the path to its texts.
type nested struct{ path, column string }

// wordiest is the member of objects that has most words, if it has some in each.
func wordiest(objects [][]byte) (name string) {
	words, objectsSeen := map[string]int{}, 0
	for _, raw := range objects {
		if raw[0] != '{' {
			continue
		}
		o, err := readObject(raw)
		if err != nil {
			continue
		}
		objectsSeen++
		for _, m := range o {
			if !m.text || m.list {
				continue
			}
			words[m.name] += countWords(m.value[:min(len(m.value), SampleValue)])
			if n := words[m.name]; n > words[name] || n == words[name] && m.name < name {
				name = m.name
			}
		}
	}
	if words[name] < wordyMember*max(1, objectsSeen) {
		return ""
	}
	return name
}

// leftOut are the arrays in some lines that are not taken.
func leftOut(lines [][]byte, taken string) (left []nested) {
	for _, line := range lines[:min(len(lines), mostElements)] {
		for _, a := range textArrays(line, "", arraysWithin) {
			if a.path != taken && !slices.ContainsFunc(left, func(b nested) bool { return a.path == b.path }) {
				left = append(left, a)
			}
		}
	}
	return left
}

// Nested tells whether a line or an element may hold several records.
func (c Columns) Nested() bool { return c.within != nil }
