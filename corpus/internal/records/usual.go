package records

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"klew/corpus/internal/date"
)

// The names by which a column is chosen that the user does not name. The usual ones are believed;
// those of the other lists, which may mean something else, only if the cells agree.

func textNames() []string {
	return []string{"text", "body", "content", "message", "abstract", "description", "review", "comment", "tweet", "sentence"}
}

func idNames() []string { return []string{"id", "_id", "uuid", "doc_id", "key"} }

func dateNames() []string {
	return []string{"date", "created_at", "created", "timestamp", "published", "time", "year"}
}

// numberNames are those of running numbers and references.
var numberNames = phrases(`nr, no, num, number, #, n°, nº, №, index, idx, identifier, id str, guid, docid, doc id, document id, record id, row id,
	rowid, s no, sno, sl no, sr no, serial no, serial number, ref, reference, case no, nummer, lfd nr, lfdnr, laufende nummer,
	kennung, referenz, aktenzeichen, løbenr, löpnr, volgnummer, numéro, identifiant, référence, número, numero, nro, núm,
	identificador, referencia, identificativo, riferimento, nr crt, lp, numer, sygnatura, č, číslo, sorszám, sıra no, sıra, numara,
	номер, п/п, № п/п, αριθμός, αα, α/α, מספר, رقم, الرقم, ลำดับ, ลำดับที่, 编号, 序号, 編號, 序號, 番号, 번호, 순번`)

// dayNames are those of dates, years, months and quarters.
var dayNames = phrases(`day, datetime, date time, when, month, quarter, date created, date published, date posted, created on,
	creation date, published at, published on, ts, created utc, created at, web publication date, submitdate, published date, publication date, publish date, pub date, pubdate, posted, posted at,
	posted on, post date, post time, review date, submitted, submitted at, submitted on, submission date, sent, sent at, sent on,
	received, received on, updated, updated at, datum, tag, jahr, monat, quartal, zeit, zeitpunkt, zeitstempel, erstellt, erstellt am,
	erstelldatum, erstellungsdatum, veröffentlicht, veröffentlicht am, veröffentlichungsdatum, erscheinungsdatum, eingang, eingang am,
	eingangsdatum, gesendet am, dato, dag, år, måned, tidspunkt, månad, tid, jaar, maand, tijd, päivä, päivämäärä, pvm, vuosi,
	kuukausi, jour, année, annee, mois, date de publication, date de parution, date de création, publié le, créé le, envoyé le,
	horodateur, fecha, día, dia, año, ano, mes, fecha de publicación, fecha publicacion, fecha de creación, fecha creacion,
	marca temporal, data, data de publicação, data publicação, data de criação, mês, data di pubblicazione, giorno, anno, mese, rok,
	dzień, miesiąc, data publikacji, data utworzenia, an, an publicare, data publicării, dátum, év, nap, hónap, tarih, yıl, gün, ay,
	дата, год, день, месяц, дата публикации, рік, місяць, дата публікації, ημερομηνία, έτος, תאריך, שנה, تاريخ, التاريخ, السنة,
	วันที่, ปี, 日期, 时间, 年份, 發布日期, 发布日期, 日付, 日時, 年月日, 날짜, 일자, 작성일, 연도`)

// proseNames are those of texts. They decide where the cells of several columns have about as
// much to say.
var proseNames = phrases(`texte, texto, testo, tekst, teksti, textul, szöveg, metin, текст, κείμενο, טקסט, نص, النص, ข้อความ, 文本, 正文,
	内容, 內容, 本文, 텍스트, 본문, 내용, inhalt, kommentar, bemerkung, bemerkungen, beschreibung, nachricht, volltext, indhold,
	beskrivelse, beskrivning, innehåll, inhoud, omschrijving, opmerking, sisältö, kommentti, kuvaus, contenu, commentaire,
	commentaires, observations, contenido, comentario, comentarios, descripción, descripcion, mensaje, conteúdo, comentário,
	descrição, mensagem, contenuto, commento, descrizione, messaggio, treść, komentarz, opis, conținut, comentariu, descriere,
	tartalom, leírás, megjegyzés, içerik, yorum, açıklama, mesaj, содержание, комментарий, описание, сообщение, зміст, коментар,
	опис, περιεχόμενο, σχόλιο, περιγραφή, full text, fulltext, comments, remark, remarks, feedback, notes, transcript`)

// phrases are the names of a list with commas, as plainName writes them.
func phrases(list string) map[string]bool {
	all := map[string]bool{}
	for name := range strings.SplitSeq(list, ",") {
		all[plainName(strings.TrimSpace(name))] = true // a line may end before it
	}
	return all
}

// plainName is a name in small letters without what programs put between words: Lfd._Nr. is lfd nr,
// and publishedAt is published at.
func plainName(name string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(uncamel(name)), func(r rune) bool {
		return strings.ContainsRune(" \t\u00a0_-.:()", r)
	}), " ")
}

// uncamel puts a blank before a large letter behind a small one.
func uncamel(name string) string {
	var b strings.Builder
	small := false
	for _, r := range name {
		if small && unicode.IsUpper(r) {
			b.WriteByte(' ')
		}
		small = unicode.IsLower(r)
		b.WriteRune(r)
	}
	return b.String()
}

// inner is the name of a column within groups without theirs, if no other column has it: id of
// data.id, where data is around all.
func inner(names []string) []string {
	count := map[string]int{}
	last := make([]string, len(names))
	for i, name := range names {
		last[i] = name[strings.LastIndexByte(name, '.')+1:]
		count[last[i]]++
	}
	for i, name := range names {
		if count[last[i]] > 1 || strings.ContainsAny(name, " ") {
			last[i] = name
		}
	}
	return last
}

// idColumn is the column of the ids: with a usual name, unless its cells mostly say what others do,
// or with another name, or with a usual one within groups, if they are keys; or -1.
func idColumn(names []string, sample [][]string) int {
	if i := firstOf(names, idNames()); i >= 0 && !repeats(sample, i) {
		return i
	}
	for _, i := range append(numberedNames(names, numberNames), firstOf(inner(names), idNames())) {
		if i >= 0 && areKeys(sample, i) {
			return i
		}
	}
	return -1
}

// numberedNames are the numbers of the columns with a name in a list, and -1 for the others.
func numberedNames(names []string, list map[string]bool) []int {
	numbers := make([]int, len(names))
	for i, name := range names {
		if numbers[i] = -1; list[plainName(name)] {
			numbers[i] = i
		}
	}
	return numbers
}

// dateColumn is the column of the dates, most of whose cells are some: the first with a usual name,
// or with another for dates, or the only one whose name begins or ends with such a word, or else the only
// one in which every cell is a date with its year (tweet_created). A usual
// name is believed without them, so that it is told that none could be read, unless its cells
// are numbers, such as seconds. Without any it is -1.
func dateColumn(names []string, sample [][]string) int {
	for _, all := range [][]string{names, inner(names)} {
		var named []int
		for _, name := range dateNames() {
			named = append(named, find(all, name))
		}
		for _, i := range append(named, numberedNames(all, dayNames)...) {
			if i >= 0 && areDates(sample, i) {
				return i
			}
		}
	}
	if i := onlyDated(names, sample); i >= 0 {
		return i
	}
	if i := firstOf(names, dateNames()); i >= 0 && !areNumberCells(sample, i) {
		return i
	}
	return onlyOfDates(names, sample)
}

// yearWithin is a year that is written in full.
var yearWithin = regexp.MustCompile(`(?:^|\D)(?:1[5-9]|20)\d\d(?:\D|$)`)

// onlyOfDates is the column in which every cell is a date with its year, and no number, and two differ, if
// there is but one; else -1.
func onlyOfDates(names []string, sample [][]string) int {
	at := -1
	for i := range names {
		seen, dates := map[string]bool{}, true
		eachCell(sample, i, func(cell string) {
			seen[cell] = true
			dates = dates && !isDecimal(cell) && yearWithin.MatchString(cell) && date.May(cell)
		})
		if !dates || len(seen) < 2 {
			continue
		}
		if at >= 0 {
			return -1
		}
		at = i
	}
	return at
}

// dateWords are what the names of columns of dates begin or end with, in many tables: vote_date,
// Eingangsdatum, fecha de alta.
var dateWords = []string{"date", "datum", "dato", "data", "fecha", "дата", "dátum", "timestamp", "tarihi", "日期", "日付", "日"}

// onlyDated is the column of dates whose name says so, if there is but one; else -1.
func onlyDated(names []string, sample [][]string) int {
	at := -1
	for i, name := range names {
		name = plainName(name)
		says := slices.ContainsFunc(dateWords, func(word string) bool { return strings.HasPrefix(name, word) || strings.HasSuffix(name, word) })
		if !says || !areDates(sample, i) {
			continue
		}
		if at >= 0 {
			return -1
		}
		at = i
	}
	return at
}

// eachCell calls do with the cells of a column, without blanks around them.
func eachCell(sample [][]string, column int, do func(cell string)) {
	for _, row := range sample {
		if column < len(row) {
			do(strings.TrimSpace(row[column]))
		}
	}
}

// areDates is true of a column of which most cells that are filled are dates, in some order of
// day and month.
func areDates(sample [][]string, column int) bool {
	dates, filled := 0, 0
	eachCell(sample, column, func(cell string) {
		if cell != "" {
			filled++
		}
		if date.May(cell) {
			dates++
		}
	})
	return 2*dates > filled
}

// areNumberCells is true of a column in which numbers stand.
func areNumberCells(sample [][]string, column int) bool {
	numbers, filled := 0, 0
	eachCell(sample, column, func(cell string) {
		if cell != "" {
			filled++
		}
		if isDecimal(cell) {
			numbers++
		}
	})
	return 2*numbers > filled
}

// isDecimal tells a number, with a point or a comma in it.
func isDecimal(cell string) bool {
	_, err := strconv.ParseFloat(strings.Replace(cell, ",", ".", 1), 64)
	return err == nil
}

// longestKey is the length of a key, in letters.
const longestKey = 40

// areKeys is true of a column whose cells are all filled, short, different, and no fractions.
func areKeys(sample [][]string, column int) bool {
	seen, keys := map[string]bool{}, true
	eachCell(sample, column, func(cell string) {
		_, notWhole := strconv.ParseInt(cell, 10, 64)
		keys = keys && cell != "" && !seen[cell] && utf8.RuneCountInString(cell) <= longestKey &&
			len(strings.Fields(cell)) <= 2 && (!isDecimal(cell) || notWhole == nil)
		seen[cell] = true
	})
	return keys && len(seen) > 0
}
