package corpus

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/transform"
)

// tablePage is an encoding of single bytes that package charmap does not have: what the bytes
// from 0x80 on stand for. It only reads.
type tablePage [128]rune

func newTablePage(upper string) *tablePage {
	var t tablePage
	copy(t[:], []rune(upper))
	return &t
}

// tablePages are the DOS pages of Greek, Baltic, Turkish, Icelandic and Ukrainian, and the
// Macintosh's of central Europe, Greece and Turkey.
var tablePages = map[string]*tablePage{
	"ibm737":        newTablePage("ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩαβγδεζηθικλμνξοπρσςτυφχψ░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀ωάέήϊίόύϋώΆΈΉΊΌΎΏ±≥≤ΪΫ÷≈°∙·√ⁿ²■\u00a0"),
	"ibm775":        newTablePage("ĆüéāäģåćłēŖŗīŹÄÅÉæÆōöĢ¢ŚśÖÜø£Ø×¤ĀĪóŻżź”¦©®¬½¼Ł«»░▒▓│┤ĄČĘĖ╣║╗╝ĮŠ┐└┴┬├─┼ŲŪ╚╔╩╦╠═╬Žąčęėįšųūž┘┌█▄▌▐▀ÓßŌŃõÕµńĶķĻļņĒŅ’\u00ad±“¾¶§÷„°∙·¹³²■\u00a0"),
	"ibm857":        newTablePage("ÇüéâäàåçêëèïîıÄÅÉæÆôöòûùİÖÜø£ØŞşáíóúñÑĞğ¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ºªÊËÈ\uFFFDÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµ\uFFFD×ÚÛÙìÿ¯´\u00ad±\uFFFD¾¶§÷¸°¨·¹³²■\u00a0"),
	"x-mac-ce":      newTablePage("ÄĀāÉĄÖÜáąČäčĆćéŹźĎíďĒēĖóėôöõúĚěü†°Ę£§•¶ß®©™ę¨≠ģĮįĪ≤≥īĶ∂∑łĻļĽľĹĺŅņŃ¬√ńŇ∆«»…\u00a0ňŐÕőŌ–—“”‘’÷◊ōŔŕŘ‹›řŖŗŠ‚„šŚśÁŤťÍŽžŪÓÔūŮÚůŰűŲųÝýķŻŁżĢˇ"),
	"ibm861":        newTablePage("ÇüéâäàåçêëèÐðÞÄÅÉæÆôöþûÝýÖÜø£Ø₧ƒáíóúÁÍÓÚ¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0"),
	"ibm1125":       newTablePage("АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдежзийклмноп░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀рстуфхцчшщъыьэюяЁёҐґЄєІіЇї·√№¤■\u00a0"),
	"x-mac-greek":   newTablePage("Ä¹²É³ÖÜ΅àâä΄¨çéèêë£™îï•½‰ôö¦€ùûü†ΓΔΘΛΞΠß®©ΣΪ§≠°·Α±≤≥¥ΒΕΖΗΙΚΜΦΫΨΩάΝ¬ΟΡ≈Τ«»…\u00a0ΥΧΆΈœ–―“”‘’÷ΉΊΌΎέήίόΏύαβψδεφγηιξκλμνοπώρστθωςχυζϊϋΐΰ\u00ad"),
	"x-mac-turkish": newTablePage("ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü†°¢£§•¶ß®©™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæø¿¡¬√ƒ≈∆«»…\u00a0ÀÃÕŒœ–—“”‘’÷◊ÿŸĞğİıŞş‡·‚„‰ÂÊÁËÈÍÎÏÌÓÔ\uf8ffÒÚÛÙ\uf8a0ˆ˜¯˘˙˚¸˝˛ˇ"),
}

// systemName is the name here of a page of DOS or the Macintosh, which have many: ibm866 for
// cp866, cp-866 and csibm866.
func systemName(name string) string {
	if number, ok := strings.CutPrefix(strings.NewReplacer("_", "", "-", "").Replace(name), "iso8859"); ok {
		return "iso-8859-" + number
	}
	switch name {
	case "cp932", "ms932":
		return "shift_jis"
	case "cp936", "ms936":
		return "gbk"
	case "cp949", "uhc", "ms949":
		return "euc-kr"
	case "cp950", "ms950":
		return "big5"
	case "x-mac-centraleurroman", "maccentraleurope", "macce", "mac-ce", "maclatin2", "mac-latin2", "mac_latin2", "x-mac-centraleurope":
		return "x-mac-ce"
	case "mac-greek", "macgreek", "mac_greek":
		return "x-mac-greek"
	case "mac-turkish", "macturkish", "mac_turkish":
		return "x-mac-turkish"
	case "ruscii", "cp866u":
		return "ibm1125"
	case "mac-cyrillic", "maccyrillic", "mac_cyrillic":
		return "x-mac-cyrillic"
	}
	for _, prefix := range []string{"csibm", "ibm", "cp", "x-cp", "dos", "oem"} {
		if rest, ok := strings.CutPrefix(name, prefix); ok {
			return "ibm" + strings.TrimLeft(rest, "-_0")
		}
	}
	return name
}

func (t *tablePage) NewDecoder() *encoding.Decoder {
	return &encoding.Decoder{Transformer: tableReader{t}}
}

func (t *tablePage) NewEncoder() *encoding.Encoder { return encoding.Replacement.NewEncoder() }

type tableReader struct{ *tablePage }

func (tableReader) Reset() {}

func (t tableReader) Transform(dst, src []byte, atEOF bool) (nDst, nSrc int, err error) {
	for _, b := range src {
		c := rune(b)
		if b >= utf8.RuneSelf {
			c = t.tablePage[b-utf8.RuneSelf]
		}
		if nDst+utf8.RuneLen(c) > len(dst) {
			return nDst, nSrc, transform.ErrShortDst
		}
		nDst += utf8.EncodeRune(dst[nDst:], c)
		nSrc++
	}
	return nDst, nSrc, nil
}
