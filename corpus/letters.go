package corpus

import "strings"

// language is what a guess of an encoding knows of one: its letters beyond ASCII in lower case,
// the most frequent first, and the encodings that its texts are found in.
type language struct {
	letters string
	pages   []string
	latin   bool // ASCII letters stand beside them in a word
}

// The encodings of groups of languages. The first is the one that is taken where several read
// the same.
var (
	western    = strings.Fields("windows-1252 macintosh ibm850 ibm437 iso-8859-15")
	nordic     = append(western[:len(western):len(western)], "ibm865")
	central    = strings.Fields("windows-1250 iso-8859-2 ibm852 x-mac-ce")
	baltic     = strings.Fields("windows-1257 iso-8859-13 ibm775 iso-8859-4")
	turkic     = strings.Fields("windows-1254 ibm857 iso-8859-3 x-mac-turkish")
	cyrillic   = strings.Fields("windows-1251 koi8-r ibm866 iso-8859-5 x-mac-cyrillic ibm855")
	ukrainian  = strings.Fields("windows-1251 koi8-u ibm866 iso-8859-5 x-mac-cyrillic ibm1125")
	greek      = strings.Fields("windows-1253 iso-8859-7 ibm737 x-mac-greek")
	hebrew     = strings.Fields("windows-1255 iso-8859-8 ibm862")
	arabic     = strings.Fields("windows-1256 iso-8859-6")
	thai       = strings.Fields("windows-874")
	vietnamese = strings.Fields("windows-1258")
	esperanto  = strings.Fields("iso-8859-3")
)

// knownLanguages are those whose letters a guess goes by. The first has none: an English text
// whose quotation marks and dashes are all that is not ASCII.
var knownLanguages = []language{
	{"’“”–—‘…é", western, true}, // English
	{"éàèêçôîûâùëïœüæ", western, true},
	{"óíáéñúü", western, true},
	{"ãçáéíõóêâúàôü", append(western[:len(western):len(western)], "ibm860"), true},
	{"àèùòìéî", western, true},
	{"üäößé", western, true},
	{"àéèíóòçúïü·", western, true},
	{"ëéïèóüêá", western, true},
	{"åøæéôêüö", nordic, true},
	{"äåöéüà", western, true},
	{"áðíöéúþóæý", append(western[:len(western):len(western)], "ibm861"), true},
	{"łęąóżśćńź", central, true},
	{"íáěéýřčšžůúťňóď", central, true},
	{"áíéúýčšžľťňôóďĺäŕ", central, true},
	{"áéőöíóüúű", central, true},
	{"ăîâşţșț", append(central[:len(central):len(central)], "iso-8859-16"), true},
	{"čšžćđ", central, true},
	{"ıüşçğöİâî", turkic, true},
	{"ėžšįųąčęū", baltic, true},
	{"āīēšņļūžķģč", baltic, true},
	{"äõüöšž", append(baltic[:len(baltic):len(baltic)], "windows-1252"), true},
	{"đêâ\u0301ô\u0300ơưă\u0323\u0309\u0303éàáóíúè", vietnamese, true},
	{"ŭĝĉŝĵĥ", esperanto, true},
	{"оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё", cyrillic, false},
	{"оаинвіетрслкудмпзяьбгйчхцїюжєшщфґ", ukrainian, false},
	{"аеоитнрсвлпдкмзъугбчщжяцхшюйфь", cyrillic, false},
	{"аоиенрстјувкдмпљбгзчцшжњхћђџф", cyrillic, false},
	{"аінеоцярылсудкўпмзтбьгчйшжэюхвёф", cyrillic, false},
	{"αοιετνσηυρπκμςλωίάόγέδήχύθώφβξζψϊϋΰΐ", greek, false},
	{"יוהלאמתרבשנדעםקחפכגסןטצזךףץ", hebrew, false},
	{"اليمونتربةعدفسكهقحجشصطخأئضذثزغظءىإآؤ", arabic, false},
	{"ایاردنهيمتوبسشكزفگخقجعحلپچطصآغضثظذژ", arabic, false},
	{"านรอก่เง้ิมีัยลวุดทสตะ์ปบคหแจพชขใไ็ผูโธฉำศืษซฟถญณฐ", thai, false},
	{"─│═║┌┐└┘├┤┬┴┼╔╗╚╝░▒▓█▀▄■·°²", strings.Fields("ibm437 ibm850"), true}, // frames of DOS
}

// marks are what stands between words in any language, and the marks that belong to letters
// without being some.
const marks = "’“”«»–—…„‘‚‹›•·°§©®™£€¿¡´¨\u00a0\u00ad№½¼¾¹²³ªºµ±×÷¢¥¦¬،؛؟ـ־ๆฯ"

// The characters of languages that have thousands, some of the most frequent of each.
const (
	simplifiedCharacters  = `的一是不了在人有我他这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可她里后小么心多天而能好都然没日于起还发成事只作当想看文无开手十用主行方又如前所本见经头面公同三已老从动两长知民样现分将外但身些与高意进把法此实回二理美点月明其种声全工己话儿者向情部正名定女问力机给等几很业最间新什打便位因重被走电四第门相次东政海口使教西再平真听世气信北少关并内加化由却代军产入先山五太水万市`
	traditionalCharacters = `的一是不了在人有我他這中大來上國個到說們為子和你地出道也時年得就那要下以生會自著去之過家學對可她裡後小麼心多天而能好都然沒日於起還發成事只作當想看文無開手十用主行方又如前所本見經頭面公同三已老從動兩長知民樣現分將外但身些與高意進把法此實回二理美點月明其種聲全工己話兒者向情部正名定女問力機給等幾很業最間新什打便位因重被走電四第門相次東政海口使教西再平真聽世氣信北少關並內加化由卻代軍產入先山五太水萬市`
	japaneseCharacters    = `日一人年大国本中長出三時行見月分後前生五間上東四今金九入学高円子外八六下来気小七山話女北午百書先名川千水半男西電校語土木聞食車何南万毎白天母火右読友左休父雨`
	koreanSyllables       = `이다는의가에을고지로하기리한나사도자어인대정시수아들해상그제으보일전부여장구선서주과니를조있와게라국은성만스우동문경면마소연공유원계중신생생무세위`
)
