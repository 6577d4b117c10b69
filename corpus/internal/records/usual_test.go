package records

import "testing"

// A name that may mean something else makes an id or a date of a column if its cells agree.
func TestNamesAndCells(t *testing.T) {
	days, shares := []string{"31.12.2023", "", "1.1.2024", "open"}, []string{"0.5", "0.7", "1.2", "9"}
	full := []string{"2015-02-24 11:35:52 -0800", "2015-02-24 11:15:59 -0800", "2015-02-23", "2015-02-22"}
	keys, words := []string{"1", "2", "3", "4"}, []string{"yes", "no", "yes", "no"}
	tests := []struct {
		name     string
		names    []string
		columns  [][]string
		id, date string // the names of the columns
	}{
		{name: "a running number and a day", names: []string{"nr", "day"}, columns: [][]string{keys, days}, id: "nr", date: "day"},
		{name: "an answer and a day of the month", names: []string{"No", "day"}, columns: [][]string{words, keys}},
		{name: "fractions", names: []string{"number", "time"}, columns: [][]string{shares, shares}},
		{name: "an id before a number", names: []string{"#", "ID"}, columns: [][]string{keys, keys}, id: "ID"},
		{name: "an id that repeats, and a number", names: []string{"id", "#"}, columns: [][]string{words, keys}, id: "#"},
		{name: "a usual name without dates", names: []string{"time", "datum"}, columns: [][]string{shares, days}, date: "datum"},
		{name: "a usual name, to tell that none could be read", names: []string{"date"}, columns: [][]string{words}, date: "date"},
		{name: "the only name with a date", names: []string{"Eingangsdatum", "mandate"}, columns: [][]string{days, words}, date: "Eingangsdatum"},
		{name: "two of them", names: []string{"vote_date", "end_date"}, columns: [][]string{days, days}},
		{name: "dates by another name", names: []string{"due"}, columns: [][]string{days}},
		{name: "the only dates, by another name", names: []string{"text", "tweet_created"}, columns: [][]string{words, full}, date: "tweet_created"},
		{name: "two by other names", names: []string{"born", "died"}, columns: [][]string{full, full}},
		{name: "one day in all rows", names: []string{"fetched"}, columns: [][]string{{"2015-02-24", "2015-02-24", "2015-02-24", "2015-02-24"}}},
		{name: "numbers like years", names: []string{"visitors"}, columns: [][]string{{"1999", "2015", "1812", "2001"}}},
		{name: "a usual name before", names: []string{"born", "date"}, columns: [][]string{full, full}, date: "date"},
		{name: "empty", names: []string{"nr", "day"}, columns: [][]string{{"", "", "", ""}, {"", "", "", ""}}},
	}
	for _, test := range tests {
		sample := make([][]string, len(keys))
		for i := range sample {
			for _, column := range test.columns {
				sample[i] = append(sample[i], column[i])
			}
		}
		name := func(i int) string {
			if i < 0 {
				return ""
			}
			return test.names[i]
		}
		if id, date := name(idColumn(test.names, sample)), name(dateColumn(test.names, sample)); id != test.id || date != test.date {
			t.Errorf("%s: id %q, date %q; want %q, %q", test.name, id, date, test.id, test.date)
		}
	}
}

// Names are compared without what programs put between their words.
func TestPlainName(t *testing.T) {
	for name, want := range map[string]string{"Lfd._Nr.": "lfd nr", " Publié-le ": "publié le", "fecha publicación": "fecha publicación", "#": "#"} {
		if got := plainName(name); got != want {
			t.Errorf("%q is %q, want %q", name, got, want)
		}
	}
}
