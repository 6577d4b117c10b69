package date

import (
	"strings"
	"testing"
)

// The order is that of a column: what one of its dates tells holds for all.
func TestVotes(t *testing.T) {
	tests := []struct {
		name, dates string
		want        Order
		read        string // the dates in that order, as far as they are any
	}{
		{"none", "", Unknown, ""},
		{"no numbers", "2023-06-04|12 March 2023|1999", Unknown, "2023-06-04|2023-03-12|1999"},
		{"the day first", "13/06/2023|04/06/2023", DayFirst, "2023-06-13|2023-06-04"},
		{"the month first", "04/06/2023|06/13/2023", MonthFirst, "2023-04-06|2023-06-13"},
		{"a twelfth and a thirteenth", "12/06/2023|06/12/2023", Undecided, "|"},
		{"with times", "04/06/2023 14:22|13/06/2023 09:00", DayFirst, "2023-06-04T14:22:00|2023-06-13T09:00:00"},
		{"nothing tells", "04/06/2023|05/06/2023", Undecided, "|"},
		{"they contradict", "13/06/2023|06/13/2023|04/06/2023", Undecided, "||"},
		{"five against one", strings.Repeat("13/06/2023|", 5) + "06/13/2023", Undecided, strings.Repeat("|", 5)},
		{"one slip in twenty", strings.Repeat("13/06/2023|", 20) + "06/13/2023", DayFirst, strings.Repeat("2023-06-13|", 20)},
		{"dots", "05.06.23|04.06.2023", DayFirst, "2023-06-05|2023-06-04"},
		{"two digits", "13/06/23|04/06/23", DayFirst, "2023-06-13|2023-06-04"},
		{"two digits, the month first", "06/13/23|04/06/23", MonthFirst, "2023-06-13|2023-04-06"},
		{"the year first", "99-12-31|01-02-03", YearFirst, "1999-12-31|2001-02-03"},
		{"day or year", "23-06-13|23-06-14", Undecided, "|"},
		{"equal numbers", "3/3/1999", Unknown, "1999-03-03"},
		{"equal numbers beside others", "3/3/1999|13/06/2023|04/06/2023", DayFirst, "1999-03-03|2023-06-13|2023-06-04"},
		{"months and years", "Mar-12|Oct-75", MonthYear, "2012-03|1975-10"},
		{"months and days or years", "Mar-12|Oct-15", Unknown, "|"},
		{"quarters", "Q1 2020|2020-Q3", Unknown, "2020-01|2020-07"},
		{"others between", "unknown|13/06/2023||04/06/2023", DayFirst, "|2023-06-13||2023-06-04"},
	}
	for _, test := range tests {
		var v Votes
		dates := strings.Split(test.dates, "|")
		for _, d := range dates {
			v.Add(d)
		}
		var read []string
		for _, d := range dates {
			iso, _ := Parse(d, v.Order())
			read = append(read, iso)
		}
		if v.Order() != test.want || strings.Join(read, "|") != test.read {
			t.Errorf("%s: %v, %s; want %v, %s", test.name, v.Order(), strings.Join(read, "|"), test.want, test.read)
		}
	}
}

// More dates are asked for while they might decide, and no longer.
func TestVotesOpen(t *testing.T) {
	var v Votes
	if v.Open() {
		t.Error("open without a date")
	}
	if v.Add("04/06/2023"); !v.Open() {
		t.Error("closed while nothing tells")
	}
	if v.Add("13/06/2023"); v.Open() {
		t.Error("open though it is known")
	}
	if v.Add("06/13/2023"); v.Open() {
		t.Error("open though dates contradict each other")
	}
}

// A word is one month's name, or a day's of the week, or says nothing.
func TestNames(t *testing.T) {
	seen := map[string]int{}
	for i, forms := range monthForms {
		for form := range words(forms) {
			if other, twice := seen[form]; twice {
				t.Errorf("%q is month %d and month %d", form, other, i+1)
			}
			seen[form] = i + 1
			if weekdays[form] || passed[form] {
				t.Errorf("%q is a month, and a day of the week or a filler", form)
			}
			if form != strings.ToLower(form) {
				t.Errorf("%q is not in small letters", form)
			}
		}
	}
}

func TestFormat(t *testing.T) {
	tests := []struct{ format, text, want, fault string }{
		{"", "13/06/2023", "2023-06-13", ""},
		{"day-first", "04/06/2023", "2023-06-04", ""},
		{"month-first", "04/06/2023", "2023-04-06", ""},
		{"month-first", "13/06/2023", "", ""},
		{"month-first", "05.06.2023", "2023-06-05", ""},
		{"month-first", "2023-06-04", "2023-06-04", ""},
		{"year-first", "23-06-04", "2023-06-04", ""},
		{"%d/%m/%Y", "04/06/2023", "2023-06-04", ""},
		{"%d/%m/%Y", "4/6/2023", "2023-06-04", ""},
		{"%d/%m/%Y", "2023-06-04", "", ""},
		{"%m.%d.%y %I:%M %p", "06.04.23 02:22 PM", "2023-06-04T14:22:00", ""},
		{"%Y%m%d%H%M", "202306041422", "2023-06-04T14:22:00", ""},
		{"%FT%T%z", "2023-06-04T14:22:00+0200", "2023-06-04T14:22:00+02:00", ""},
		{"%a %d %b %Y", "dim. 4 juin 2023", "2023-06-04", ""},
		{"%B %Y", "juin 2023", "2023-06", ""},
		{"%B %Y", "nobody 2023", "", ""},
		{"%d/%m/%Y", "31/02/2023", "", ""},
		{"dd/mm/yyyy", "", "", "with a year"},
		{"%d/%m", "", "", "with a year"},
		{"%Q%Y", "", "", "%Q is none of"},
		{"%Y%", "", "", "is none of"},
		{"%m %b %Y %m", "", "", "twice"},
	}
	for _, test := range tests {
		f, err := ParseFormat(test.format)
		if err != nil || test.fault != "" {
			if err == nil || test.fault == "" || !strings.Contains(err.Error(), test.fault) {
				t.Errorf("%q: %v, want %s", test.format, err, test.fault)
			}
			continue
		}
		if iso, ok := f.Parse(test.text, Unknown); ok != (test.want != "") || ok && iso != test.want {
			t.Errorf("%q reads %q as %q, %v; want %q", test.format, test.text, iso, ok, test.want)
		}
	}
}
