package date

import "strings"

// quarterWords are what quarters are called, in the languages that have names of months here.
var quarterWords = words(`q qtr quarter kvartal kvt quartal kwartaal kw kwartał kwartale neljännes t tr trim trimestre trimestru
	trimestri çeyrek ç negyedév né квартал кв τρίμηνο 季度`)

// quarterForms are how a word, a number from 1 to 4 and a year stand, and where.
var quarterForms = []struct {
	kinds              string
	word, number, year int
}{
	{"a0 0", 0, 1, 3}, {"a0-0", 0, 1, 3}, {"a0/0", 0, 1, 3}, {"a0.0", 0, 1, 3}, {"a 0 0", 0, 2, 4}, // Q1 1999, Quarter 1 1999
	{"0 a0", 2, 3, 0}, {"0-a0", 2, 3, 0}, {"0/a0", 2, 3, 0}, {"0.a0", 2, 3, 0}, {"0a0", 1, 2, 0}, // 1999-Q1, 1999Q1
	{"0a0", 1, 0, 2}, {"0a 0", 1, 0, 3}, {"0a-0", 1, 0, 3}, {"0a/0", 1, 0, 3}, // 1Q1999
	{"0. a 0", 3, 0, 5}, {"0 a 0", 2, 0, 4}, // 1. Quartal 1999, 1st quarter 1999
}

// quarter reads a quarter that is the whole text, as its first month: ISO 8601 has no quarters.
func (t *tokens) quarter(m *moment) bool {
	for _, f := range quarterForms {
		if t.kinds != f.kinds || !quarterWords[strings.ToLower(t.texts[f.word])] {
			continue
		}
		n, year := t.texts[f.number], yearOf(t.texts[f.year])
		if year > 0 && len(n) == 1 && n >= "1" && n <= "4" {
			m.year, m.month = year, 3*int(n[0]-'1')+1
			t.kinds = ""
			return true
		}
	}
	return false
}
