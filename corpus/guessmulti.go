package corpus

import (
	"unicode"
	"unicode/utf8"
)

// multiByte is an encoding of two bytes a character.
type multiByte struct {
	page   textEncoding
	common map[rune]bool
	ofKind func(c rune) float64 // of what is not common
}

func multiBytes() []multiByte {
	var all []multiByte
	for _, m := range []struct {
		name, common string
		ofKind       func(c rune) float64
	}{
		{"gbk", simplifiedCharacters, ofChinese}, {"big5", traditionalCharacters, ofChinese},
		{"shift_jis", japaneseCharacters, ofJapanese}, {"euc-jp", japaneseCharacters, ofJapanese},
		{"euc-kr", koreanSyllables, ofKorean},
	} {
		page, err := encodingByName(m.name)
		if err != nil {
			panic("corpus: " + err.Error())
		}
		common := map[rune]bool{}
		for _, c := range m.common {
			common[c] = true
		}
		all = append(all, multiByte{page, common, m.ofKind})
	}
	return all
}

const (
	handicapOfMixed  = 5
	handicapOfMulti  = 6
	ofCommonOfMulti  = -6.2  // one of some 200 that make a good third of a text
	ofRareOfMulti    = -9.2  // one of thousands
	ofNothingOfMulti = -20.7 // what no text has
)

func ofChinese(c rune) float64 {
	switch {
	case unicode.Is(unicode.Han, c):
		return ofRareOfMulti
	case '\u3000' <= c && c <= '\u3020', '\uff01' <= c && c <= '\uff5e', c == '“', c == '”', c == '…':
		return -5.5
	}
	return -14
}

func ofJapanese(c rune) float64 {
	switch {
	case unicode.Is(unicode.Hiragana, c):
		return -4.6
	case unicode.Is(unicode.Katakana, c) && c < '\uff00', c == 'ー':
		return -6
	case unicode.Is(unicode.Han, c):
		return -8.8
	case '\u3000' <= c && c <= '\u3020', '\uff01' <= c && c <= '\uff5e':
		return -5
	}
	return -14 // and so are Katakana of half width, which single bytes of anything are
}

func ofKorean(c rune) float64 {
	switch {
	case unicode.Is(unicode.Hangul, c):
		return -8
	case unicode.Is(unicode.Han, c):
		return -11
	case '\u3000' <= c && c <= '\u3020':
		return -7
	}
	return -14
}

// score is the logarithm of how likely bytes are in the encoding.
func (m *multiByte) score(part []byte) float64 {
	total := -float64(handicapOfMulti)
	run, behind := 0, false // characters in a row, and whether a Latin letter stood before them
	for _, c := range string(m.page.decode(part)) {
		latin := c < utf8.RuneSelf && inWord(byte(c))
		if latin && behind && 0 < run && run <= 2 {
			total += 2 * twoScripts // one character within a Latin word
		}
		switch {
		case c < utf8.RuneSelf:
			run, behind = 0, latin
			continue
		case c == utf8.RuneError || unicode.Is(unicode.Co, c) || unicode.IsControl(c):
			total += ofNothingOfMulti
		case m.common[c]:
			total += ofCommonOfMulti
		default:
			total += m.ofKind(c)
		}
		run++
	}
	return total
}
