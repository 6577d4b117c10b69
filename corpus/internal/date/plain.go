package date

import "strings"

// plain writes a date without what programs put around it or between its parts: brackets, the
// name of a zone or a day of the week in brackets behind, a dash or a dot between the time and the
// day, the halves of the day in other languages, and digits of other scripts.
func plain(text string) string {
	if strings.HasPrefix(text, "[") && strings.HasSuffix(text, "]") {
		text = text[1 : len(text)-1]
	}
	if at := strings.LastIndexAny(text, "(["); at > 0 && strings.IndexByte(")]", text[len(text)-1]) >= 0 {
		text = text[:at] // (CEST), [Europe/Berlin], (水)
	}
	if len(text) > 5 && text[0] == '+' && text[5] == '-' {
		text = text[1:] // as Wikidata has years
	}
	if isCommon(text) {
		return text
	}
	return strings.Map(westernDigit, halves.Replace(text))
}

// isCommon tells a text in which plain has nothing to replace, as most are.
func isCommon(text string) bool {
	for i := range len(text) {
		if text[i] >= 0x80 || text[i] == '|' || text[i] == '.' && i > 0 && text[i-1]|0x20 >= 'a' || text[i] == '-' && i > 0 && text[i-1] == ' ' {
			return false
		}
	}
	return true
}

// halves are the halves of the day as they are written beside am and pm, and what stands
// between a time and a day.
var halves = strings.NewReplacer(" - ", " ", " · ", " ", " | ", " ", " – ", " ",
	"a. m.", "am", "p. m.", "pm", "a.\u00a0m.", "am", "p.\u00a0m.", "pm", "π.μ.", "am", "μ.μ.", "pm", "πμ", "am", "μμ", "pm",
	"오전 ", " am ", "오후 ", " pm ", "上午", " am ", "下午", " pm ", "午前", " am ", "午後", " pm ", "ÖÖ", "am", "ÖS", "pm")

// westernDigit writes the Arabic, Persian and Indian digits as ours.
func westernDigit(r rune) rune {
	for _, zero := range []rune{'٠', '۰', '०'} {
		if zero <= r && r <= zero+9 {
			return r - zero + '0'
		}
	}
	return r
}
