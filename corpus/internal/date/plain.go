package date

import "strings"

// plain writes a date without what programs put around it or between its parts: brackets, the
// name of a zone or a day of the week in brackets, a dash or a dot between the time and the
// day, the halves of the day in other languages, and digits of other scripts.
func plain(text string) string {
	if strings.HasPrefix(text, "[") && strings.HasSuffix(text, "]") {
		text = text[1 : len(text)-1]
	}
	if at := strings.LastIndexAny(text, "(["); at > 0 && strings.IndexByte(")]", text[len(text)-1]) >= 0 {
		text = text[:at] // (CEST), [Europe/Berlin], (水)
	}
	if at := strings.Index(text, " m="); at > 0 {
		text = text[:at] // what Go has of a clock that never goes back
	}
	if len(text) > 5 && text[0] == '+' && text[5] == '-' {
		text = text[1:] // as Wikidata has years
	}
	if isCommon(text) {
		return text
	}
	text = strings.Map(westernDigit, halves.Replace(thaiDay(text)))
	for _, unit := range []string{" s", " min"} { // 14 h 30 min 00 s, as in Canada
		text = strings.TrimSuffix(text, unit)
	}
	return text
}

// thaiDay leaves out the day of the week in front of a Thai date: วันอังคารที่ 14 กุมภาพันธ์.
func thaiDay(text string) string {
	if day, date, found := strings.Cut(text, " "); found && strings.HasPrefix(day, "วัน") {
		return date
	}
	return text
}

// isCommon tells a text in which plain has nothing to replace, as most are.
func isCommon(text string) bool {
	for i := range len(text) {
		b, last := text[i], text[max(i-1, 0)]
		if b >= 0x80 || b == '|' || b == '@' || b == '.' && last|0x20 >= 'a' || last == ' ' && (b == '-' || b == 'h') {
			return false
		}
	}
	return true
}

// halves are the halves of the day as they are written beside am and pm, and what stands
// between a time and a day.
var halves = strings.NewReplacer(" - ", " ", " · ", " ", " | ", " ", " – ", " ", " @ ", " ",
	" h ", ":", " min ", ":", " s ", " ", // 14 h 30 min 00 s
	" นาฬิกา ", ":", " นาที ", ":", " วินาที", "", "ค.ศ. ", "", "พ.ศ. ", "",
	"\u200e", "", "\u200f", "", "\u061c", "", "،", ",", "׳", ".",
	"a. m.", "am", "p. m.", "pm", "a.\u00a0m.", "am", "p.\u00a0m.", "pm", "π.μ.", "am", "μ.μ.", "pm", "πμ", "am", "μμ", "pm",
	"오전 ", " am ", "오후 ", " pm ", "上午", " am ", "下午", " pm ", "午前", " am ", "午後", " pm ", "ÖÖ", "am", "ÖS", "pm",
	"凌晨", " am ", "清晨", " am ", "早上", " am ", "中午", " pm ", "晚上", " pm ")

// westernDigit writes the Arabic, Persian, Indian and broad digits as ours.
func westernDigit(r rune) rune {
	for _, zero := range []rune{'٠', '۰', '०', '０'} {
		if zero <= r && r <= zero+9 {
			return r - zero + '0'
		}
	}
	return r
}
