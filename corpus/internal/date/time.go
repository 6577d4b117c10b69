package date

import (
	"fmt"
	"strconv"
	"strings"
)

// basic reads 19990312T143000, or without seconds.
func (t *tokens) basic(m *moment) bool {
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
func (t *tokens) behind(m *moment) bool {
	if t.kinds == "" || m.hasTime {
		return t.kinds == ""
	}
	if strings.HasPrefix(t.kinds, ". ") {
		t.take(".") // 2018. 10. 10. 14:30, 5 мая 2005 г. 14:30
	}
	if strings.HasPrefix(t.kinds, "a0") && t.texts[0] == "T" {
		t.take("a")
	} else if _, blank := t.take(" "); !blank {
		return false
	}
	t.halfBehind()
	t.colons()
	x, ok := t.take("0:0")
	if french, h := t.take("0a0"); !ok && h && strings.EqualFold(french[1], "h") { // 14h22
		x, ok = []string{french[0], "", french[2]}, true
	}
	if !ok || m.day == 0 {
		return false
	}
	m.hour, m.minute, m.hasTime = clock(x[0]), clock(x[2]), true
	if x, ok := t.take(":0"); ok {
		m.sec = clock(x[1])
		t.take(".0")
		if x, ok := t.take(" 0"); ok && len(x[1]) != 3 { // which a comma of Python's logs is
			return false
		}
	}
	return t.half(m) && t.zone(m)
}

// halfBehind puts the half of the day behind the time, where it stands before: 下午 2:30.
func (t *tokens) halfBehind() {
	for _, form := range []string{"a 0:0:0", "a 0:0"} {
		if x, ok := t.take(form); ok {
			time := append(x[2:len(x):len(x)], " ", x[0])
			t.kinds, t.texts = form[2:]+" a"+t.kinds, append(time, t.texts...)
			return
		}
	}
}

// colons makes colons of the dots in a time: 9.07.03 in Denmark, klo 14.22 in Finland.
func (t *tokens) colons() {
	last := 0
	switch {
	case strings.HasPrefix(t.kinds, "0.0.0") && len(t.texts[4]) == 2:
		last = 4
	case strings.HasPrefix(t.kinds, "0.0") && !strings.HasPrefix(t.kinds, "0.0."):
		last = 2
	}
	if last > 0 && len(t.texts[2]) == 2 {
		t.kinds = strings.ReplaceAll(t.kinds[:last], ".", ":") + t.kinds[last:]
	}
}

// halvesOf are AM and PM, in Arabic and in Finnish.
var halvesOf = map[string]string{"am": "am", "pm": "pm", "ص": "am", "م": "pm", "ap": "am", "ip": "pm"}

// half reads AM or PM.
func (t *tokens) half(m *moment) bool {
	at := 0
	if strings.HasPrefix(t.kinds, " ") {
		at = 1
	}
	if len(t.texts) <= at || halvesOf[strings.ToLower(t.texts[at])] == "" {
		return true
	}
	half := halvesOf[strings.ToLower(t.texts[at])]
	t.kinds, t.texts = t.kinds[at+1:], t.texts[at+1:]
	return m.half(half)
}

// zones are the names of RFC 5322. Of others it says that they tell nothing; they mean
// different times in different countries.
var zones = map[string]string{
	"z": "Z", "ut": "Z", "utc": "Z", "gmt": "Z",
	"est": "-05:00", "edt": "-04:00", "cst": "-06:00", "cdt": "-05:00",
	"mst": "-07:00", "mdt": "-06:00", "pst": "-08:00", "pdt": "-07:00",
}

// zone reads the zone at the end: a name, +0200, +02:00, +02, GMT+0200, or +0200 CEST.
func (t *tokens) zone(m *moment) bool {
	t.take(" ")
	named := false
	if x, ok := t.take("a"); ok {
		named = true
		m.zone, ok = zones[strings.ToLower(x[0])]
		if known := ok || len(x[0]) > 1 && len(x[0]) < 6; t.kinds == "" || !known {
			return known // or unknown to us
		}
	}
	if t.kinds == "" {
		return true
	}
	sign := t.texts[0]
	t.zoneAgain()
	if x, ok := t.take(sign + "0:0"); ok {
		return m.offset(sign, x[1], x[3])
	} else if x, ok := t.take(sign + "0"); ok && len(x[1]) == 4 {
		return m.offset(sign, x[1][:2], x[1][2:])
	} else if ok && (named || len(x[1]) == 2) { // GMT+2
		return m.offset(sign, x[1], "00")
	}
	return false
}

// zoneAgain leaves out the name of a zone, or its number, behind one: +0000 UTC, as Go writes.
func (t *tokens) zoneAgain() {
	n := len(t.kinds)
	switch t.kinds[1:] {
	case "0 a", "0:0 a":
		if name := len(t.texts[n-1]); name > 1 && name < 6 {
			t.kinds, t.texts = t.kinds[:n-2], t.texts[:n-2]
		}
	case "0 " + t.kinds[:1] + "0":
		if strings.HasPrefix(t.texts[1], t.texts[n-1]) {
			t.kinds, t.texts = t.kinds[:n-3], t.texts[:n-3]
		}
	}
}

func (m *moment) offset(sign, hours, minutes string) bool {
	h, min := clock(hours), clock(minutes)
	if sign != "+" && sign != "-" || len(hours) > 2 || h > 23 || min > 59 {
		return false
	}
	m.zone = fmt.Sprintf("%s%02d:%02d", sign, h, min)
	if h == 0 && min == 0 {
		m.zone = "Z"
	}
	return true
}

// clock is a number of one or two digits on a clock, or one that is on none.
func clock(text string) int {
	if len(text) > 2 {
		return 99
	}
	n, _ := strconv.Atoi(text)
	return n
}
