package date

import "strings"

// monthForms are the names of the months, as they stand in dates, and their usual
// abbreviations, of the languages that klew has stop words for, and Czech: Arabic (Egypt, Maghreb, Levant),
// Danish, Dutch, English, Finnish, French, German and Austrian, Greek, Hebrew, Hungarian,
// Italian, Norwegian, Polish, Portuguese, Romanian, Russian, Spanish, Swedish, Thai, Turkish and
// Ukrainian. Chinese, Japanese and Korean count their months. No form means two months.
var monthForms = [12]string{
	`january jan januar januari janvier janv jänner jän gennaio gen enero ene janeiro tammikuuta tammikuu tammi ianuarie ian
		ocak oca stycznia styczeń sty január января январь янв січня січень січ ιανουαρίου ιανουάριος ιαν ינואר בינואר
		يناير جانفي มกราคม ม.ค
		ledna leden ינו בינו`,
	`february feb februar februari février févr fév fevrier febbraio febrero fevereiro fev helmikuuta helmikuu helmi februarie
		şubat şub lutego luty lut február febr февраля февраль фев февр лютого лютий лют φεβρουαρίου φεβρουάριος φεβ פברואר
		בפברואר فبراير فيفري شباط กุมภาพันธ์ ก.พ
		února únor פבר בפבר`,
	`march mar marts mars maart mrt märz mär mrz marzo março maaliskuuta maaliskuu maalis martie mart marca marzec március márc
		марта март мар березня березень бер μαρτίου μάρτιος μαρ מרץ במרץ مارس آذار มีนาคม มี.ค
		března březen maerz берез`,
	`april apr avril avr aprile abril abr huhtikuuta huhtikuu huhti aprilie nisan nis kwietnia kwiecień kwi április ápr апреля
		апрель апр квітня квітень кві απριλίου απρίλιος απρ אפריל באפריל أبريل أفريل نيسان เมษายน เม.ย
		dubna duben квіт אפר באפר`,
	`may maj mei mai maggio mag mayo maio toukokuuta toukokuu touko mayıs maja május máj мая май травня травень тра μαΐου μάιος
		μαϊ מאי במאי مايو ماي أيار พฤษภาคม พ.ค
		května květen трав μαΐ`,
	`june jun juni juin giugno giu junio junho kesäkuuta kesäkuu kesä iunie iun haziran haz czerwca czerwiec cze június jún
		июня июнь июн червня червень чер ιουνίου ιούνιος ιουν יוני ביוני يونيو جوان حزيران มิถุนายน มิ.ย
		června červen черв`,
	`july jul juli juillet juil luglio lug julio julho heinäkuuta heinäkuu heinä iulie iul temmuz tem lipca lipiec lip július júl
		июля июль июл липня липень лип ιουλίου ιούλιος ιουλ יולי ביולי يوليو جويلية تموز กรกฎาคม ก.ค
		července červenec juill يوليوز`,
	`august aug augustus augusti août aout agosto ago elokuuta elokuu elo ağustos ağu sierpnia sierpień sie augusztus августа
		август авг серпня серпень сер αυγούστου αύγουστος αυγ אוגוסט באוגוסט أغسطس أوت آب สิงหาคม ส.ค
		srpna srpen серп אוג באוג غشت`,
	`september sep sept septembre settembre set septiembre setiembre setembro syyskuuta syyskuu syys septembrie eylül eyl
		września wrzesień wrz szeptember szept сентября сентябрь сен сент вересня вересень вер σεπτεμβρίου σεπτέμβριος σεπ
		ספטמבר בספטמבר سبتمبر أيلول กันยายน ก.ย
		září верес ספט בספט شتنبر`,
	`october oct oktober okt octobre ottobre ott octubre outubro out lokakuuta lokakuu loka octombrie ekim eki października
		październik paź október октября октябрь окт жовтня жовтень жов οκτωβρίου οκτώβριος οκτ אוקטובר באוקטובר أكتوبر ตุลาคม
		ต.ค
		října říjen жовт אוק באוק`,
	`november nov novembre noviembre novembro marraskuuta marraskuu marras noiembrie noi kasım kas listopada listopad lis ноября
		ноябрь ноя листопада листопад νοεμβρίου νοέμβριος νοε נובמבר בנובמבר نوفمبر พฤศจิกายน พ.ย
		listopadu листоп лист נוב בנוב نونبر нояб`,
	`december dec dezember dez décembre déc decembre dicembre dic diciembre dezembro joulukuuta joulukuu joulu decembrie aralık
		ara grudnia grudzień gru декабря декабрь дек грудня грудень гру δεκεμβρίου δεκέμβριος δεκ דצמבר בדצמבר ديسمبر
		ธันวาคม ธ.ค desember des prosince prosinec груд דצמ בדצמ دجنبر`,
}

// weekdayForms are the names of days of the week in the same languages, which a date may begin
// with. Which day it is does not matter.
const weekdayForms = `monday mon tuesday tue tues wednesday wed thursday thu thur thurs friday fri saturday sat sunday sun
	mandag man tirsdag tir onsdag ons torsdag tor tors fredag fre lørdag lør søndag søn måndag mån tisdag tis lördag lör söndag
	sön maandag ma dinsdag di woensdag wo donderdag do vrijdag vr zaterdag za zondag zo montag mo dienstag mittwoch mi
	donnerstag freitag fr samstag sonnabend sa sonntag so lundi lun mardi mercredi mer jeudi jeu vendredi ven samedi sam
	dimanche dim lunedì martedì mercoledì giovedì gio venerdì sabato sab domenica dom lunes martes miércoles mié jueves jue
	viernes vie sábado sáb domingo segunda-feira terça-feira quarta-feira quinta-feira sexta-feira segunda terça quarta
	quinta sexta maanantai maanantaina tiistai tiistaina keskiviikko keskiviikkona torstai torstaina perjantai perjantaina
	lauantai lauantaina sunnuntai sunnuntaina luni marți miercuri joi vineri sâmbătă duminică pazartesi salı çarşamba perşembe
	cuma cumartesi pazar poniedziałek wtorek środa czwartek piątek sobota niedziela pon wt śr czw pt sob niedz hétfő kedd szerda
	csütörtök péntek szombat vasárnap понедельник вторник среда четверг пятница суббота воскресенье пн вт ср чт пт сб вс
	понеділок вівторок середа четвер п'ятниця субота неділя нд 星期一 星期二 星期三 星期四 星期五 星期六 星期日 星期天 周一 周二 周三 周四 周五
	周六 周日 月曜日 火曜日 水曜日 木曜日 金曜日 土曜日 日曜日 월요일 화요일 수요일 목요일 금요일 토요일 일요일 δευτέρα τρίτη τετάρτη πέμπτη παρασκευή σάββατο κυριακή
	пнд втр срд чтв птн сбт вск пʼятниця pondělí úterý středa čtvrtek pátek neděle
	الاثنين الإثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد ראשון שני שלישי רביעי חמישי שישי שבת`

// fillers are words inside dates that say nothing: 12 de marzo de 2023, 12 mars 2023 à 14:22,
// kl. 14:22, 14:22 Uhr, 12 марта 2023 г.
const fillers = `de del d of the at à um kl klo uhr den der le il el στις г года году р року в о r a
	às ore alle klo las los dia día dnia roku uur h יום يوم`

var months, weekdays, passed = numbered(), words(weekdayForms), words(fillers)

func numbered() map[string]int {
	all := map[string]int{}
	for i, forms := range monthForms {
		for name := range words(forms) {
			all[strings.ReplaceAll(name, ".", "")] = i + 1 // as tokens have them
		}
	}
	return all
}

func words(list string) map[string]bool {
	all := map[string]bool{}
	for _, word := range strings.Fields(list) {
		all[word] = true
	}
	return all
}

// monthOf is the month of a name, from 1, or 0.
func monthOf(word string) int { return months[strings.ToLower(word)] }

// thaiYear is the difference between the Thai calendar, which Thai dates use, and ours.
const thaiYear = 543

// firstThai and lastThai are years that mean 1900 to 2100 where they stand behind a day and a
// month: of our calendar texts have hardly any of them.
const firstThai, lastThai = 1900 + thaiYear, 2100 + thaiYear

func isThai(word string) bool {
	return strings.IndexFunc(word, func(r rune) bool { return r >= 0x0e00 && r < 0x0e80 }) >= 0
}
