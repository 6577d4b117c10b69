package corpus

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// longestDate is the length from which a text is no date.
const longestDate = 100

// parseDate reads a date in one of the forms that people and programs use, and writes it
// in ISO 8601, with as much as is known: a year, a month, a day, or a time.
//
//	1999, 1999-03, 1999-03-12, 1999/3/12, 1999.03.12, 19990312
//	1999-03-12 14:30, 1999-03-12T14:30:00.25+02:00, 19990312T143000Z   ISO, RFC 3339
//	Fri, 12 Mar 1999 14:30:00 +0200, 12 Mar 99 14:30 EST               RFC 5322
//	Fri Mar 12 14:30:00 1999                                          Unix's date, ctime
//	12 March 1999, 12-Mar-1999, March 12th, 1999, March 1999, 2:30 PM behind any of them
//	12.03.1999        the day first, as everywhere where dots are used
//	13/03/1999        only if one number is above 12, or both are the same
//	921249000         seconds since 1970, of 9 or 10 digits; milliseconds, of 12 or 13
//
// Years go from 1000 to 2999. One of two digits is understood in e-mail alone, where RFC
// 5322 says what it means: with the month's name and a time behind it. Names are English.
// The time stays that of its zone; fractions of seconds go. Nothing is guessed: what can
// be read in two ways, such as 03/12/1999 or 199903121430 (which is milliseconds, too),
// is no date, and neither are a day that there never was and anything with more words.
func parseDate(text string) (iso string, ok bool) {
	text = strings.TrimSpace(text)
	if len(text) < 4 || len(text) > longestDate {
		return "", false
	}
	if isDigits(text) {
		return parseDigits(text)
	}
	if at := strings.LastIndex(text, " ("); at > 0 && strings.HasSuffix(text, ")") {
		text = text[:at] // a comment, as mail programs put behind: (CEST)
	}
	t, ok := newDateTokens(text)
	if !ok {
		return "", false
	}
	t.weekday()
	var m moment
	if !t.unixDate(&m) && !(t.date(&m) && t.behind(&m)) || t.kinds != "" || !m.valid() {
		return "", false
	}
	return m.String(), true
}

// moment is a date, and a time if hasTime.
type moment struct {
	year, month, day  int // month and day are 0 where they are not known
	hour, minute, sec int
	hasTime           bool
	short             bool   // the year was of two digits
	zone              string // "", "Z" or "+02:00"
}

func (m *moment) valid() bool {
	if m.year < 1000 || m.year > 2999 || m.month > 12 || m.short && !m.hasTime || m.hasTime && m.day == 0 {
		return false
	}
	if m.day > 0 && time.Date(m.year, time.Month(m.month), m.day, 0, 0, 0, 0, time.UTC).Day() != m.day {
		return false
	}
	return m.hour < 24 && m.minute < 60 && m.sec < 60
}

// String is the moment in ISO 8601.
func (m *moment) String() string {
	switch {
	case m.month == 0:
		return fmt.Sprintf("%04d", m.year)
	case m.day == 0:
		return fmt.Sprintf("%04d-%02d", m.year, m.month)
	case !m.hasTime:
		return fmt.Sprintf("%04d-%02d-%02d", m.year, m.month, m.day)
	}
	return fmt.Sprintf("%04d-%02d-%02dT%02d:%02d:%02d%s", m.year, m.month, m.day, m.hour, m.minute, m.sec, m.zone)
}

func isDigits(text string) bool { return strings.Trim(text, "0123456789") == "" }

// parseDigits reads a date that is digits and nothing else.
func parseDigits(text string) (iso string, ok bool) {
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return "", false
	}
	written, isWritten := compact(text)
	var counted time.Time
	switch len(text) {
	case 4, 8, 14:
		return written, isWritten
	case 9, 10:
		counted = time.Unix(n, 0)
	case 12, 13:
		counted = time.UnixMilli(n)
	}
	if counted.IsZero() || isWritten || counted.UTC().Year() < 1970 {
		return "", false
	}
	return counted.UTC().Format(time.RFC3339), true
}

// compact reads a year, a day of 8 digits, or with a time 12 or 14.
func compact(text string) (iso string, ok bool) {
	number := func(from, to int) int {
		n, _ := strconv.Atoi(text[min(from, len(text)):min(to, len(text))])
		return n
	}
	m := moment{year: number(0, 4), month: number(4, 6), day: number(6, 8),
		hour: number(8, 10), minute: number(10, 12), sec: number(12, 14), hasTime: len(text) > 8}
	switch len(text) {
	case 4:
		return m.String(), m.valid()
	case 8, 12, 14:
		return m.String(), m.month > 0 && m.day > 0 && m.valid()
	}
	return "", false
}

// dateTokens are the numbers (0), words (a), blanks and other characters of a text, each
// of a kind that is one byte: "12 Mar 1999" is "0 a 0".
type dateTokens struct {
	kinds string
	texts []string
}

// newDateTokens cuts a text. Commas and blanks are one blank; what says nothing goes:
// the ending of 12th, and the dot of an abbreviated word.
func newDateTokens(text string) (t dateTokens, ok bool) {
	var kinds []byte
	for at := 0; at < len(text); {
		kind := kindOfDate(text[at])
		if kind == 0 {
			return t, false
		}
		from := at
		for at++; at < len(text) && kindOfDate(text[at]) == kind && strings.IndexByte("0a ", kind) >= 0; at++ {
		}
		part, last := text[from:at], byte(' ')
		if len(kinds) > 0 {
			last = kinds[len(kinds)-1]
		}
		if last == '0' && isOrdinal(part) || last == 'a' && part == "." {
			continue
		}
		kinds, t.texts = append(kinds, kind), append(t.texts, part)
	}
	t.kinds = string(kinds)
	return t, true
}

// kindOfDate is the kind of a character, or 0 if dates hold no such.
func kindOfDate(c byte) byte {
	switch {
	case '0' <= c && c <= '9':
		return '0'
	case 'a' <= c|0x20 && c|0x20 <= 'z':
		return 'a'
	case c == ' ' || c == '\t' || c == ',':
		return ' '
	case strings.IndexByte("-/.:+", c) >= 0:
		return c
	}
	return 0
}

func isOrdinal(word string) bool {
	return slices.Contains([]string{"st", "nd", "rd", "th"}, strings.ToLower(word))
}

// take takes tokens if they are of these kinds.
func (t *dateTokens) take(kinds string) (texts []string, ok bool) {
	if !strings.HasPrefix(t.kinds, kinds) {
		return nil, false
	}
	texts = t.texts[:len(kinds)]
	t.kinds, t.texts = t.kinds[len(kinds):], t.texts[len(kinds):]
	return texts, true
}

var (
	months   = []string{"january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"}
	weekdays = []string{"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}
)

// among finds a name, or its first three letters, and counts from 1. Sept is usual, too.
func among(names []string, word string) int {
	word = strings.ToLower(word)
	if word == "sept" || word == "tues" || word == "thur" || word == "thurs" {
		word = word[:3]
	}
	return 1 + slices.IndexFunc(names, func(name string) bool { return word == name || word == name[:3] })
}

// weekday passes over a day of the week in front.
func (t *dateTokens) weekday() {
	if strings.HasPrefix(t.kinds, "a ") && among(weekdays, t.texts[0]) > 0 {
		t.take("a ")
	}
}

// unixDate reads "Mar 12 14:30:00 1999", which may have a zone before the year, and is
// the whole text.
func (t *dateTokens) unixDate(m *moment) bool {
	if t.kinds != "a 0 0:0:0 0" && t.kinds != "a 0 0:0:0 a 0" {
		return false
	}
	last := len(t.texts) - 1
	m.month, m.day, m.year = among(months, t.texts[0]), twoDigits(t.texts[2]), yearOf(t.texts[last])
	t.kinds, t.texts = t.kinds[3:last-1], t.texts[3:last-1]
	return m.month > 0 && m.day > 0 && t.behind(m)
}

// date reads the date in front.
func (t *dateTokens) date(m *moment) bool {
	if x, ok := t.take("0-0-0"); ok {
		return m.ofNumbers(x[0], x[2], x[4], false)
	} else if x, ok := t.take("0/0/0"); ok {
		return m.ofNumbers(x[0], x[2], x[4], false)
	} else if x, ok := t.take("0.0.0"); ok {
		return m.ofNumbers(x[0], x[2], x[4], true)
	} else if x, ok := t.take("0 a 0"); ok {
		return m.ofName(x[0], x[2], x[4])
	} else if x, ok := t.take("0-a-0"); ok {
		return m.ofName(x[0], x[2], x[4])
	} else if x, ok := t.take("0. a 0"); ok {
		return m.ofName(x[0], x[3], x[5])
	} else if x, ok := t.take("a 0 0"); ok {
		return len(x[4]) == 4 && m.ofName(x[2], x[0], x[4])
	} else if x, ok := t.take("a 0"); ok {
		m.month, m.year = among(months, x[0]), yearOf(x[2])
		return m.month > 0 && m.year > 0
	} else if strings.HasPrefix(t.kinds, "0a0") && len(t.texts[0]) == 8 {
		return t.basic(m)
	} else if x, ok := t.take("0-0"); ok {
		return m.ofMonth(x[0], x[2])
	} else if x, ok := t.take("0/0"); ok {
		return m.ofMonth(x[0], x[2])
	}
	return false
}

// ofNumbers takes a date of three numbers. dots say that the day is before the month.
func (m *moment) ofNumbers(a, b, c string, dots bool) bool {
	if len(a) == 4 {
		m.year, m.month, m.day = yearOf(a), twoDigits(b), twoDigits(c)
		return m.month > 0 && m.day > 0
	}
	m.day, m.month, m.year = twoDigits(a), twoDigits(b), yearOf(c)
	if !dots && m.day <= 12 && m.month <= 12 && m.day != m.month {
		return false
	}
	if !dots && m.month > 12 {
		m.day, m.month = m.month, m.day
	}
	return m.month > 0 && m.day > 0 && m.year > 0
}

// ofName takes a date with the name of its month.
func (m *moment) ofName(day, month, year string) bool {
	if len(day) == 4 {
		day, year = year, day
	}
	m.day, m.month, m.year = twoDigits(day), among(months, month), yearOf(year)
	if n, err := strconv.Atoi(year); err == nil && len(year) == 2 {
		m.year, m.short = 1900+n, true
		if n < 50 {
			m.year = 2000 + n
		}
	}
	return m.day > 0 && m.month > 0 && m.year > 0
}

func (m *moment) ofMonth(year, month string) bool {
	m.year, m.month = yearOf(year), twoDigits(month)
	return m.year > 0 && m.month > 0 && len(month) == 2
}

// basic reads 19990312T143000, or without seconds.
func (t *dateTokens) basic(m *moment) bool {
	x, _ := t.take("0a0")
	if x[1] != "T" || len(x[2]) != 4 && len(x[2]) != 6 {
		return false
	}
	n, err := strconv.Atoi(x[0])
	at, err2 := strconv.Atoi((x[2] + "00")[:6])
	if err != nil || err2 != nil {
		return false
	}
	m.year, m.month, m.day = n/10000, n/100%100, n%100
	m.hour, m.minute, m.sec, m.hasTime = at/10000, at/100%100, at%100, true
	return m.month > 0 && m.day > 0 && t.zone(m)
}

// behind reads the time behind a date, if there is one.
func (t *dateTokens) behind(m *moment) bool {
	if t.kinds == "" || m.hasTime {
		return t.kinds == ""
	}
	if strings.HasPrefix(t.kinds, "a0") && t.texts[0] == "T" {
		t.take("a")
	} else if _, blank := t.take(" "); !blank {
		return false
	}
	x, ok := t.take("0:0")
	if !ok || m.day == 0 {
		return false
	}
	m.hour, m.minute, m.hasTime = clock(x[0]), clock(x[2]), true
	if x, ok := t.take(":0"); ok {
		m.sec = clock(x[1])
		t.take(".0")
	}
	return t.half(m) && t.zone(m)
}

// half reads AM or PM.
func (t *dateTokens) half(m *moment) bool {
	at := 0
	if strings.HasPrefix(t.kinds, " ") {
		at = 1
	}
	if len(t.texts) <= at || !strings.EqualFold(t.texts[at], "am") && !strings.EqualFold(t.texts[at], "pm") {
		return true
	}
	if m.hour < 1 || m.hour > 12 {
		return false
	}
	m.hour %= 12
	if strings.EqualFold(t.texts[at], "pm") {
		m.hour += 12
	}
	t.kinds, t.texts = t.kinds[at+1:], t.texts[at+1:]
	return true
}

// zones are the names of RFC 5322. Of others it says that they tell nothing; they mean
// different times in different countries.
var zones = map[string]string{
	"z": "Z", "ut": "Z", "utc": "Z", "gmt": "Z",
	"est": "-05:00", "edt": "-04:00", "cst": "-06:00", "cdt": "-05:00",
	"mst": "-07:00", "mdt": "-06:00", "pst": "-08:00", "pdt": "-07:00",
}

// zone reads the zone at the end: a name, +0200, +02:00, +02, or GMT+0200.
func (t *dateTokens) zone(m *moment) bool {
	t.take(" ")
	if x, ok := t.take("a"); ok {
		m.zone, ok = zones[strings.ToLower(x[0])]
		if m.zone != "Z" || t.kinds == "" {
			return ok || len(x[0]) > 1 && len(x[0]) < 6 // unknown
		}
	}
	if t.kinds == "" {
		return true
	}
	sign := t.texts[0]
	if x, ok := t.take(sign + "0:0"); ok {
		return m.offset(sign, x[1], x[3])
	} else if x, ok := t.take(sign + "0"); ok && len(x[1]) == 4 {
		return m.offset(sign, x[1][:2], x[1][2:])
	} else if ok {
		return m.offset(sign, x[1], "00")
	}
	return false
}

func (m *moment) offset(sign, hours, minutes string) bool {
	h, min := clock(hours), clock(minutes)
	if sign != "+" && sign != "-" || len(hours) != 2 || h > 23 || min > 59 {
		return false
	}
	m.zone = fmt.Sprintf("%s%02d:%02d", sign, h, min)
	if h == 0 && min == 0 {
		m.zone = "Z"
	}
	return true
}

// yearOf is the year of four digits, or 0.
func yearOf(text string) int {
	if len(text) != 4 {
		return 0
	}
	n, _ := strconv.Atoi(text)
	return n
}

// twoDigits is the number of one or two digits, or 0.
func twoDigits(text string) int {
	if len(text) > 2 {
		return 0
	}
	n, _ := strconv.Atoi(text)
	return n
}

// clock is a number of one or two digits on a clock, or one that is on none.
func clock(text string) int {
	if len(text) > 2 {
		return 99
	}
	n, _ := strconv.Atoi(text)
	return n
}
