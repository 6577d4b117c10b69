package mail

import (
	"regexp"
	"strings"
)

// Mail programs write what stands around a quotation in the language of their user. These are the
// words of the programs that most people use: Gmail, Outlook, Apple Mail and Thunderbird.

// role is what a field of a header says.
type role int

const (
	noRole role = iota
	fromRole
	toRole
	copyRole
	subjectRole
	sentRole // by Outlook
	dateRole
)

// roles are the names of fields, as they stand within bodies.
var roles = func() map[string]role {
	all := map[string]role{}
	for r, names := range map[role]string{
		fromRole: `from, von, de, da, van, od, från, fra, lähettäjä, kimden, gönderen, feladó, от, від, от кого, από, de la, מאת, من,
			发件人, 寄件者, 寄件人, 差出人, 送信者, 보낸 사람, 보낸사람`,
		toRole: `to, an, à, para, a, aan, do, till, til, vastaanottaja, kime, alıcı, címzett, кому, προς, către, komu, אל, إلى,
			收件人, 收件者, 宛先, 받는 사람, 받는사람`,
		copyRole: `cc, bcc, cci, ccn, kopie, copie, copia, cópia, kopia, kopi, kopio, dw, bilgi, másolatot kap, копия, копія, κοιν, 抄送, 副本, 참조`,
		subjectRole: `subject, betreff, objet, asunto, oggetto, assunto, onderwerp, temat, ämne, emne, aihe, předmět, predmet, konu, tárgy,
			тема, θέμα, subiect, נושא, الموضوع, 主题, 主旨, 件名, 제목`,
		sentRole: `sent, gesendet, envoyé, envoyé le, enviado, enviado el, enviado em, enviada em, inviato, verzonden, wysłano, skickat, sendt,
			lähetetty, odesláno, odoslané, gönderilme, gönderilme tarihi, gönderildi, elküldve, отправлено, надіслано, στάλθηκε, trimis, נשלח,
			تاريخ الإرسال, 发送时间, 發送時間, 寄件日期, 已发送, 送信日時, 보낸 날짜, 보낸날짜`,
		dateRole: `date, datum, fecha, data, dato, päivämäärä, päiväys, tarih, dátum, дата, ημερομηνία, תאריך, 日期, 日付, 日時, 날짜`,
	} {
		for name := range strings.SplitSeq(names, ",") {
			all[strings.TrimSpace(name)] = r
		}
	}
	return all
}()

// originals are what stands between dashes above the message that is answered, and forwards above
// one that is handed on.
var originals, forwards = set(`original message, originalnachricht, original-nachricht, ursprüngliche nachricht, urspr. nachricht,
	message d'origine, message d’origine, message original, mensaje original, mensagem original, messaggio originale, messaggio originario,
	oorspronkelijk bericht, originalmeddelande, ursprungligt meddelande, oprindelig meddelelse, opprinnelig melding, original besked,
	alkuperäinen viesti, wiadomość oryginalna, oryginalna wiadomość, původní zpráva, pôvodná správa, eredeti üzenet, özgün ileti,
	orijinal mesaj, исходное сообщение, пересылаемое сообщение, початкове повідомлення, αρχικό μήνυμα, mesaj original, mesajul original,
	הודעה מקורית, الرسالة الأصلية, 邮件原件, 原始邮件, 原始郵件, 原邮件, 元のメッセージ, 원본 메시지, 원본 메일, ข้อความต้นฉบับ, original appointment,
	reply message, reply to message`),
	set(`forwarded message, begin forwarded message, begin included message, end included message, end forwarded message,
	weitergeleitete nachricht, message transféré, message réexpédié, mensaje reenviado, mensagem encaminhada, messaggio inoltrato,
	doorgestuurd bericht, vidarebefordrat meddelande, videresendt meddelelse, videresendt melding, välitetty viesti, przekazana wiadomość,
	wiadomość przekazana, přeposlaná zpráva, továbbított üzenet, iletilen mesaj, перенаправленное сообщение, переслане повідомлення,
	προωθημένο μήνυμα, mesaj redirecționat, הודעה שהועברה, الرسالة المعاد توجيهها, 转发邮件, 轉寄郵件, 転送メッセージ, 전달된 메시지,
	begin included article, forwarded, text follows, cut here`)

// wishes are the words before a name at the end of a letter.
var wishes = set(`all the best, kind regards, warm regards, best regards, best wishes, yours sincerely, yours faithfully, yours truly,
	respectfully yours, freundliche grüße, freundliche grüsse, freundlichen grüßen, freundlichen grüssen, beste grüße, liebe grüße,
	herzliche grüße, schöne grüße, viele grüsse, lg, vg, hochachtungsvoll, bien à vous, bien à toi, bien cordialement, cordialement,
	sincères salutations, salutations distinguées, amicalement, bonne journée, bonne soirée, à bientôt, un saludo, saludos cordiales, un abrazo,
	atentamente, cordialmente, cordiali saluti, distinti saluti, un saluto, a presto, grazie, atenciosamente, cumprimentos,
	com os melhores cumprimentos, abraços, um abraço, obrigado, met vriendelijke groet, met vriendelijke groeten, vriendelijke groet, groeten,
	groetjes, mvg, med vänliga hälsningar, med vänlig hälsning, vänliga hälsningar, hälsningar, mvh, med venlig hilsen, venlig hilsen,
	med vennlig hilsen, vennlig hilsen, mange hilsner, hilsen, ystävällisin terveisin, terveisin, terv, pozdrawiam, z poważaniem,
	z wyrazami szacunku, s pozdravem, s pozdravom, üdvözlettel, tisztelettel, üdv, saygılarımla, iyi çalışmalar, selamlar, с уважением, с наилучшими пожеланиями,
	з повагою, με εκτίμηση, cu stimă, cu respect, toate cele bune, בברכה, مع التحية, 此致, 敬礼, 谢谢, よろしくお願いいたします, 敬具, 감사합니다`)

func set(list string) map[string]bool {
	all := map[string]bool{}
	for phrase := range strings.SplitSeq(list, ",") {
		all[strings.Join(strings.Fields(phrase), " ")] = true
	}
	return all
}

// device is a line with which telephones and programs end a mail.
var device = regexp.MustCompile(`(?i)^(?:sent (?:from|via) (?:my|mail|the|yahoo|outlook|samsung|proton)\b|sent from .*(?:phone|ipad|galaxy|blackberry)|` +
	`von meinem .+ gesendet|gesendet (?:von|mit|aus) |diese nachricht wurde von meinem .+ gesendet|envoyé (?:de|depuis|à partir) |` +
	`enviado desde mi |enviado (?:do|a partir do) meu |inviato da(?:l mio)? |verzonden (?:vanaf|met|vanuit) |skickat från min |sendt fra min |` +
	`lähetetty .*(?:laitteesta|puhelimesta)|wysłan[eoa] z |odesláno z |отправлено (?:с|из) |надіслано з |get outlook for |outlook für .*(?:beziehen|herunterladen)|` +
	`télécharger outlook |obtener outlook |obter o outlook |ottenere outlook |outlook voor .* downloaden|发自我的|發自我的|从我的.*发送|從我的.*傳送|\S+から送信|나의 \S+에서 보냄|yahoo mail for )`)

// isDevice is true of such a line, which is short.
func isDevice(line string) bool {
	const longest = 120
	line = strings.TrimSpace(line)
	return len(line) <= longest && device.MatchString(line)
}

// verbs say in attributions that somebody wrote what follows.
var verbs = set(`writes, wrote, write, written, says, said, asks, asked, states, stated, replies, replied, responds, responded, posted,
	posts, comments, commented, adds, continues, claims, schrieb, schreibt, meinte, écrit, escribió, escribe, scritto, scrive, schreef,
	skrev, escreveu, kirjoitti, napisał, napisal, napsal, napsala, napísal, pisze, píše, пишет, писал, написал, написала, написав, пише, yazdı, írta, scris, scrie,
	έγραψε, כתב, כתבה, كتب, كتابة, 写道, 寫道, 写了, 님이 작성, 작성`)

// sender is the end of an attribution without a verb, as Gmail has it in Russian, Hebrew or
// Japanese: a time, a name, an address and a colon.
var sender = regexp.MustCompile(`\d{1,2}[:.]\d\d.*@[^\s<>]+>[\p{Cf}\s]*[:：][\p{Cf}\s]*$`)

// forwarding are what programs put before the subject of a mail that is handed on.
var forwarding = regexp.MustCompile(`(?i)^(?:fwd?|wg|tr|rv|enc|vs|vb|vl|pd|i|ilt|доб|转发|轉寄|转寄) ?[:：]`)
