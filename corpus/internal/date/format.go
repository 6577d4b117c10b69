package date

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// Format says how dates are written: in one order of three numbers, or by a pattern. The zero
// value finds it out.
type Format struct {
	order   Order
	pattern *regexp.Regexp
}

// orders are the formats that are no patterns, by their names.
var orders = map[string]Order{"": Unknown, "auto": Unknown, "day-first": DayFirst, "month-first": MonthFirst, "year-first": YearFirst}

// directives are the parts of a pattern, as strftime has them, as regular expressions.
var directives = map[byte]string{
	'Y': `(?P<Y>\d{4})`, 'y': `(?P<y>\d{2})`, 'm': `(?P<m>\d{1,2})`, 'd': `(?P<d>\d{1,2})`, 'e': `(?P<d>\d{1,2})`,
	'H': `(?P<H>\d{1,2})`, 'I': `(?P<H>\d{1,2})`, 'M': `(?P<M>\d{1,2})`, 'S': `(?P<S>\d{1,2})`, 'f': `\d+`, 'p': `(?P<p>[AaPp]\.?[Mm]\.?)`,
	'z': `(?P<z>Z|[+-]\d\d:?\d\d)`, 'Z': `(?P<Z>[A-Za-z]+)`, 'b': `(?P<b>[\pL\pM]+)\.?`, 'B': `(?P<b>[\pL\pM]+)\.?`, 'h': `(?P<b>[\pL\pM]+)\.?`,
	'a': `[\pL\pM]+\.?`, 'A': `[\pL\pM]+\.?`, '%': `%`,
}

// whole are directives that stand for several.
var whole = strings.NewReplacer("%F", "%Y-%m-%d", "%T", "%H:%M:%S", "%R", "%H:%M", "%D", "%m/%d/%y")

// ParseFormat reads day-first, month-first, year-first, auto, or a pattern such as
// "%d/%m/%Y %H:%M".
func ParseFormat(text string) (Format, error) {
	if order, ok := orders[text]; ok {
		return Format{order: order}, nil
	}
	var expression strings.Builder
	rest := whole.Replace(text)
	for rest != "" {
		literal, after, found := strings.Cut(rest, "%")
		expression.WriteString(strings.ReplaceAll(regexp.QuoteMeta(literal), " ", `\s+`))
		if !found {
			break
		}
		if after == "" || directives[after[0]] == "" {
			return Format{}, fmt.Errorf("date format %q: %%%.1s is none of %%Y %%y %%m %%d %%e %%b %%B %%H %%I %%M %%S %%f %%p %%z %%Z %%a %%A %%F %%T %%R %%D", text, after)
		}
		expression.WriteString(directives[after[0]])
		rest = after[1:]
	}
	all := expression.String()
	if !strings.Contains(all, "<Y>") && !strings.Contains(all, "<y>") {
		return Format{}, fmt.Errorf("date format %q: it is day-first, month-first, year-first, or a pattern with a year, such as %%d/%%m/%%Y %%H:%%M", text)
	}
	for _, name := range []string{"m", "b", "d", "H"} {
		if strings.Count(all, "<"+name+">") > 1 {
			return Format{}, fmt.Errorf("date format %q: a part of the date occurs twice", text)
		}
	}
	pattern, err := regexp.Compile("^" + all + "$")
	if err != nil {
		return Format{}, fmt.Errorf("date format %q: it cannot be read as a pattern", text)
	}
	return Format{pattern: pattern}, nil
}

// Auto tells whether the order is to be found out.
func (f Format) Auto() bool { return f.pattern == nil && f.order == Unknown }

// Parse reads a date, in the given order if the format leaves it open.
func (f Format) Parse(text string, order Order) (iso string, ok bool) {
	if f.pattern != nil {
		return f.match(strings.TrimSpace(text))
	}
	if f.order != Unknown {
		order = f.order
	}
	return Parse(text, order)
}

// match reads a date by the pattern.
func (f Format) match(text string) (iso string, ok bool) {
	values := f.pattern.FindStringSubmatch(text)
	if values == nil {
		return "", false
	}
	part := func(name string) string {
		if i := f.pattern.SubexpIndex(name); i >= 0 {
			return values[i]
		}
		return ""
	}
	number := func(name string) int {
		n, _ := strconv.Atoi(part(name))
		return n
	}
	m := moment{year: number("Y"), month: number("m"), day: number("d"), hour: number("H"), minute: number("M"), sec: number("S"), hasTime: part("H") != ""}
	if m.year == 0 {
		m.year = shortYear(part("y"))
	}
	if name := part("b"); name != "" {
		m.month = monthOf(name)
	}
	if !m.half(part("p")) || !m.zoned(part("z"), part("Z")) || m.month == 0 && part("m")+part("b") != "" {
		return "", false
	}
	return m.String(), m.valid() && (m.day > 0 || part("d") == "")
}

// half adds twelve hours behind noon.
func (m *moment) half(half string) bool {
	if half == "" {
		return true
	}
	if m.hour < 1 || m.hour > 12 {
		return false
	}
	m.hour %= 12
	if half[0]|0x20 == 'p' {
		m.hour += 12
	}
	return true
}

// zoned sets the zone by its offset or its name.
func (m *moment) zoned(offset, name string) bool {
	switch {
	case offset == "" || offset == "Z":
		m.zone = zones[strings.ToLower(name+offset)]
		return true
	}
	return m.offset(offset[:1], offset[1:3], strings.TrimPrefix(offset[3:], ":"))
}
