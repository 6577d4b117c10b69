package topics

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"time"

	"klew/corpus"
)

// Group is documents that are looked at together: those of a year, or those with one value
// of their metadata.
type Group struct {
	Name string
	// At is its place: groups of neighbouring periods have neighbouring numbers, and what
	// lies between others is periods without a document.
	At int
	// Members are the numbers of its documents, at least one.
	Members []int
	// Of are the groups of which it is what they have in common, if it is such: see Cross.
	Of []Group
}

// Period is a length of time by which documents can be grouped.
type Period string

const (
	Year Period = "year"
	// Quarter is three months, the first of which is January, April, July or October.
	Quarter Period = "quarter"
	Month   Period = "month"
	// Week begins on Monday, and belongs to the year that its Thursday lies in (ISO 8601).
	Week Period = "week"
	Day  Period = "day"
)

// Periods lists every Period.
func Periods() []Period { return []Period{Year, Quarter, Month, Week, Day} }

// monday is the first day of the week with the number 0.
var monday = time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC)

// at is the number of the period of a date in ISO 8601, which may be a year, a month, a
// day, or have a time. ok is false if it does not tell, as 1999-03 does not tell the week.
// The time of day, and the zone with it, is left out: a text is of the day its author had.
func (p Period) at(date string) (at int, ok bool) {
	layout, end := "2006", 4
	switch p {
	case Month, Quarter:
		layout, end = "2006-01", 7
	case Week, Day:
		layout, end = "2006-01-02", 10
	}
	if len(date) < end || len(date) > end && date[end] != '-' && date[end] != 'T' {
		return 0, false
	}
	t, err := time.Parse(layout, date[:end])
	switch {
	case err != nil:
		return 0, false
	case p == Month:
		return t.Year()*12 + int(t.Month()) - 1, true
	case p == Quarter:
		return t.Year()*4 + (int(t.Month())-1)/3, true
	case p == Week, p == Day: // by days, since a Duration ends after 292 years
		days := int((t.Unix() - monday.Unix()) / (24 * 60 * 60))
		if p == Week {
			days /= 7
		}
		return days, t.Unix() >= monday.Unix()
	}
	return t.Year(), true
}

// Name is how a period is written: 1999, 1999-Q1, 1999-03, 1999-W09, 1999-03-01.
func (p Period) Name(at int) string {
	switch p {
	case Month:
		return fmt.Sprintf("%04d-%02d", at/12, at%12+1)
	case Quarter:
		return fmt.Sprintf("%04d-Q%d", at/4, at%4+1)
	case Week:
		year, week := monday.AddDate(0, 0, 7*at).ISOWeek()
		return fmt.Sprintf("%04d-W%02d", year, week)
	case Day:
		return monday.AddDate(0, 0, at).Format(time.DateOnly)
	}
	return fmt.Sprintf("%04d", at)
}

// ByPeriod groups documents by their date, in the order of time. Of those that are in no
// group it counts the ones without a date, and the ones whose date does not tell the period.
func (d *DocumentTopics) ByPeriod(p Period) (groups []Group, undated, vague int) {
	members := map[int][]int{}
	for j := range d.Documents {
		date := corpus.Value(d.Documents[j].Meta, corpus.DateField)
		at, ok := p.at(date)
		switch {
		case date == "":
			undated++
		case !ok:
			vague++
		default:
			members[at] = append(members[at], j)
		}
	}
	for at, in := range members {
		groups = append(groups, Group{Name: p.Name(at), At: at, Members: in})
	}
	slices.SortFunc(groups, func(a, b Group) int { return cmp.Compare(a.At, b.At) })
	return groups, undated, vague
}

// ByField groups documents by the value of a field of their metadata: by number if all
// values are whole numbers, else in byte order. It counts those for which the field is
// missing or empty, which are in no group.
func (d *DocumentTopics) ByField(name string) (groups []Group, without int) {
	members := map[string][]int{}
	for j := range d.Documents {
		value := corpus.Value(d.Documents[j].Meta, name)
		if value == "" {
			without++
			continue
		}
		members[value] = append(members[value], j)
	}
	for value, in := range members {
		groups = append(groups, Group{Name: value, Members: in})
	}
	slices.SortFunc(groups, byNumber(groups))
	for n := range groups {
		groups[n].At = n
	}
	return groups, without
}

// byNumber compares names as numbers, if all are.
func byNumber(groups []Group) func(a, b Group) int {
	numbers := map[string]int{}
	for _, g := range groups {
		n, err := strconv.Atoi(g.Name)
		if err != nil {
			return func(a, b Group) int { return cmp.Compare(a.Name, b.Name) }
		}
		numbers[g.Name] = n
	}
	return func(a, b Group) int {
		return cmp.Or(cmp.Compare(numbers[a.Name], numbers[b.Name]), cmp.Compare(a.Name, b.Name))
	}
}

// Cross groups documents by two things at once: what each group of the first has in common with
// each of the second, as far as there are such documents. The order is that of the first, and
// within it that of the second, whose places the groups have.
func Cross(first, second []Group) (groups []Group) {
	of := map[int]int{} // of each document the second group, from 1
	for n, g := range second {
		for _, j := range g.Members {
			of[j] = n + 1
		}
	}
	for _, a := range first {
		members := make([][]int, len(second)+1)
		for _, j := range a.Members {
			members[of[j]] = append(members[of[j]], j)
		}
		for n, b := range second {
			if in := members[n+1]; len(in) > 0 {
				groups = append(groups, Group{Name: a.Name + ", " + b.Name, At: b.At, Members: in, Of: []Group{a, b}})
			}
		}
	}
	return groups
}
