// Package date reads dates as people and programs write them, and writes them in ISO 8601.
//
// What can be read in two ways is not guessed. 04/06/2023 alone is no date; in a column beside
// 13/06/2023 it is one, since the order of day and month is that of the column: Votes finds it
// out, and Parse takes it.
package date

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// longest is the length from which a text is no date, in bytes.
const longest = 200

// Parse reads a date in one of the forms that people and programs use, and writes it in ISO
// 8601, with as much as is known: a year, a month, a day, or a time.
//
//	1999, 1999-03, 1999-03-12, 1999/3/12, 1999.03.12, 19990312
//	1999-03-12 14:30, 1999-03-12T14:30:00.25+02:00, 19990312T143000Z   ISO, RFC 3339
//	Fri, 12 Mar 1999 14:30:00 +0200, 12 Mar 99 14:30 EST               RFC 5322
//	Fri Mar 12 14:30:00 1999, Fri Mar 12 14:30:00 +0000 1999          Unix's date, ctime; Twitter
//	12/Mar/1999:14:30:00 +0200, 1999-03-12 14:30:00,123               logs
//	12 March 1999, 12-Mar-1999, 12MAR1999, March 12th, 1999, 2:30 PM behind any of them
//	March 1999, Mar-1999, 1999, March; Mar-75 and March '75, if that is no day, or none in its column
//	Q1 1999, 1999-Q1, 1Q1999, 1. Quartal 1999                         a quarter, as its first month
//	12 mars 1999, 12 de marzo de 1999, 1999. március 12., 1999年3月12日
//	令和2年5月1日        by the eras of Japan and Taiwan
//	12.03.1999        the day first, as everywhere where dots are used; 99. 3. 12. in Korea by order
//	14:30:00 12 Mar 1999, 2:30 PM, March 12th, 1999                     the time first
//	13/03/1999        by order; without one, only if it has one meaning
//	921249000         seconds since 1970, of 9 or 10 digits, also 921249000.25; milliseconds, of
//	                  12 or 13; microseconds, of 16, and nanoseconds, of 19, from 2001 on
//
// Years go from 1000 to 2999. One of two digits is of this century below 50 and else of the
// last, as RFC 5322 has it. The time stays that of its zone; fractions of seconds go. What is
// also something else, such as 199903121430 (which is milliseconds, too), is no date, and
// neither are a day that there never was and anything with more words.
func Parse(text string, order Order) (iso string, ok bool) {
	text = strings.TrimSpace(text)
	switch {
	case isDigits(text):
		return parseDigits(text)
	case isISO(text):
		return text, true
	case isSeconds(text):
		return parseDigits(text[:strings.IndexByte(text, '.')])
	}
	m, ok := parse(text, order)
	if !ok {
		return "", false
	}
	return m.String(), true
}

// isISO is true of 1999-03-12, as most programs write a date: ten times quicker than to read it.
func isISO(text string) bool {
	if len(text) != 10 || text[4] != '-' || text[7] != '-' || !isDigits(text[:4]) || !isDigits(text[5:7]) || !isDigits(text[8:]) {
		return false
	}
	m := moment{year: yearOf(text[:4]), month: twoDigits(text[5:7]), day: twoDigits(text[8:])}
	return m.month > 0 && m.day > 0 && m.valid()
}

// parse reads a date that is not digits alone. Also without one it returns the three numbers
// that stand in its place.
func parse(text string, order Order) (m moment, ok bool) {
	if len(text) < 4 || len(text) > longest {
		return m, false
	}
	t, ok := newTokens(counted(plain(text)))
	if !ok {
		return m, false
	}
	m.order = order
	t.timeFirst()
	t.weekday()
	t.weekdayBehind()
	ok = (t.unixDate(&m) || t.quarter(&m) || t.date(&m) && t.behind(&m)) && t.kinds == "" && m.valid()
	return m, ok
}

// moment is a date, and a time if hasTime.
type moment struct {
	year, month, day  int // month and day are 0 where they are not known
	hour, minute, sec int
	hasTime           bool
	zone              string // "", "Z" or "+02:00"

	order      Order   // how to read numbers
	numbers    numbers // that were read, if there were any
	monthAlone bool    // a month with two digits, which may be a day or a year, is what was read
}

func (m *moment) valid() bool {
	if m.year < 1000 || m.year > 2999 || m.month > 12 || m.hasTime && m.day == 0 {
		return false
	}
	if m.day > 0 && !isDay(m.year, m.month, m.day) {
		return false
	}
	return m.hour < 24 && m.minute < 60 && m.sec < 60
}

// isDay tells whether there was such a day.
func isDay(year, month, day int) bool {
	return month >= 1 && month <= 12 && day >= 1 && day <= 31 &&
		time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC).Day() == day
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

func isDigits(text string) bool { return text != "" && strings.Trim(text, "0123456789") == "" }

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
	case 16:
		counted = time.UnixMicro(n)
	case 19:
		counted = time.Unix(0, n)
	}
	if counted.IsZero() || isWritten || counted.UTC().Year() < 1970 {
		return "", false
	}
	return counted.UTC().Format(time.RFC3339), true
}

// isSeconds is true of seconds with a fraction, as Python has them.
func isSeconds(text string) bool {
	seconds, fraction, found := strings.Cut(text, ".")
	return found && (len(seconds) == 9 || len(seconds) == 10) && isDigits(seconds) && isDigits(fraction)
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

// eastern parts the numbers of Chinese, Japanese and Korean dates, which name what each is.
var eastern = strings.NewReplacer("年", "-", "년", "-", "月", "-", "월", "-", "日", " ", "일", " ",
	"时", ":", "時", ":", "시", ":", "点", ":", "分", ":", "분", ":", "秒", "", "초", "")

// easternDays are the days of the week behind such dates.
var easternDays = func() *strings.Replacer {
	var all []string
	for day := range strings.SplitSeq("月 火 水 木 金 土 日", " ") {
		all = append(all, day+"曜日", " ", "("+day+")", " ", "（"+day+"）", " ")
	}
	for day := range strings.SplitSeq("一 二 三 四 五 六 日 天", " ") {
		all = append(all, "星期"+day, " ", "周"+day, " ", "週"+day, " ")
	}
	for day := range strings.SplitSeq("월 화 수 목 금 토 일", " ") {
		all = append(all, day+"요일", " ", "("+day+")", " ")
	}
	return strings.NewReplacer(all...)
}()

// eras are the years before the first of each, by which Japan and Taiwan count.
var eras = map[string]int{"令和": 2018, "平成": 1988, "昭和": 1925, "大正": 1911, "明治": 1867, "民國": 1911, "民国": 1911}

// ofEra writes the year of an era, such as 令和2年 or 平成元年, as ours.
func ofEra(text string) string {
	const size = len("令和")
	year, rest, found := strings.Cut(text, "年")
	if before, known := eras[text[:min(size, len(text))]]; known && found {
		if n, err := strconv.Atoi(strings.TrimSpace(year[size:])); err == nil && n < 150 {
			return strconv.Itoa(before+n) + "年" + rest
		} else if year[size:] == "元" {
			return strconv.Itoa(before+1) + "年" + rest
		}
	}
	return text
}

// counted writes 1999年3月12日 as 1999-03-12, and leaves other texts as they are.
func counted(text string) string {
	if !strings.ContainsAny(text, "年년") {
		return text
	}
	text = eastern.Replace(easternDays.Replace(ofEra(text)))
	text, rest, _ := strings.Cut(strings.ReplaceAll(strings.ReplaceAll(text, "- ", "-"), ": ", ":"), " ")
	parts := strings.Split(strings.TrimRight(text, "-"), "-")
	for i := range parts {
		if parts[i] = strings.TrimSpace(parts[i]); len(parts[i]) == 1 {
			parts[i] = "0" + parts[i]
		}
	}
	return strings.TrimSpace(strings.Join(parts, "-") + " " + strings.TrimRight(rest, ": "))
}

// unixDate reads "Mar 12 14:30:00 1999", which may have a zone before the year, as a name or a
// number, and is the whole text.
func (t *tokens) unixDate(m *moment) bool {
	switch t.kinds {
	case "a 0 0:0:0 0", "a 0 0:0:0 a 0", "a 0 0:0:0 +0 0", "a 0 0:0:0 -0 0", "a 0 0:0:0 a+0 0", "a 0 0:0:0 a-0 0":
	default:
		return false
	}
	last := len(t.texts) - 1
	m.month, m.day, m.year = monthOf(t.texts[0]), twoDigits(t.texts[2]), yearOf(t.texts[last])
	t.kinds, t.texts = t.kinds[3:last-1], t.texts[3:last-1]
	return m.month > 0 && m.day > 0 && t.behind(m)
}

// date reads the date in front.
func (t *tokens) date(m *moment) bool {
	for _, form := range []struct {
		kinds   string
		a, b, c int
	}{{"0-0-0", 0, 2, 4}, {"0/0/0", 0, 2, 4}, {"0.0.0", 0, 2, 4}, {"0. 0. 0", 0, 3, 6}} {
		if x, ok := t.take(form.kinds); ok {
			m.numbers = numbers{x[form.a], x[form.b], x[form.c], form.kinds[1]}
			if form.c == 6 && len(x[0]) == 2 && (t.dotted || strings.HasPrefix(t.kinds, ". ")) {
				m.numbers.between = '-' // 23. 2. 14. is the 14th in Korea
			}
			return m.ofNumbers()
		}
	}
	if x, ok := t.take("0 a 0"); ok {
		return m.ofName(x[0], x[2], x[4])
	} else if x, ok := t.take("0-a-0"); ok {
		return m.ofName(x[0], x[2], x[4])
	} else if x, ok := t.take("0/a/0"); ok {
		if strings.HasPrefix(t.kinds, ":0:0") {
			t.kinds = " " + t.kinds[1:] // of a log
		}
		return m.ofName(x[0], x[2], x[4])
	} else if x, ok := t.take("0. a 0"); ok {
		return m.ofName(x[0], x[3], x[5])
	} else if x, ok := t.take("0.a0"); ok {
		return m.ofName(x[0], x[2], x[3])
	} else if x, ok := t.take("a 0 0"); ok {
		return m.ofName(x[2], x[0], x[4])
	} else if x, ok := t.take("a 0"); ok {
		return m.ofName("", x[0], x[2])
	} else if strings.HasPrefix(t.kinds, "0a0") && len(t.texts[0]) == 8 {
		return t.basic(m)
	} else if x, ok := t.take("0a0"); ok {
		return len(x[2]) == 4 && m.ofName(x[0], x[1], x[2])
	} else if x, ok := t.take("a-0"); ok {
		return m.ofName("", x[0], x[2])
	} else if x, ok := t.take("0 a"); ok {
		return m.ofName("", x[2], x[0])
	} else if x, ok := t.take("0-0"); ok {
		return m.ofMonth(x[0], x[2])
	} else if x, ok := t.take("0/0"); ok {
		return m.ofMonth(x[0], x[2])
	}
	return false
}

// ofName takes a date with the name of its month. Without a day the year has four digits.
func (m *moment) ofName(day, month, year string) bool {
	if len(day) == 4 {
		day, year = year, day
	}
	m.day, m.month, m.year = twoDigits(day), monthOf(month), yearOf(year)
	if m.monthAlone = day == "" && len(year) == 2 && m.month > 0; day != "" || m.monthAlone {
		m.year = cmp.Or(m.year, shortYear(year))
	}
	if n, _ := strconv.Atoi(year); m.monthAlone && m.order != MonthYear && n > 0 && n <= 31 {
		return false // which may be the day
	}
	if isThai(month) && m.year >= firstThai && m.year <= lastThai {
		m.year -= thaiYear
	}
	return m.month > 0 && m.year > 0 && (m.day > 0 || day == "")
}

func (m *moment) ofMonth(year, month string) bool {
	m.year, m.month = yearOf(year), twoDigits(month)
	return m.year > 0 && m.month > 0 && len(month) == 2
}

// yearOf is the year of four digits, or 0.
func yearOf(text string) int {
	if len(text) != 4 {
		return 0
	}
	n, _ := strconv.Atoi(text)
	return n
}

// pivot is the first year of two digits that is of the last century (RFC 5322, 4.3).
const pivot = 50

// shortYear is the year of two digits, or 0.
func shortYear(text string) int {
	n, err := strconv.Atoi(text)
	switch {
	case err != nil || len(text) != 2:
		return 0
	case n < pivot:
		return 2000 + n
	}
	return 1900 + n
}

// twoDigits is the number of one or two digits, or 0.
func twoDigits(text string) int {
	if len(text) > 2 {
		return 0
	}
	n, _ := strconv.Atoi(text)
	return n
}
