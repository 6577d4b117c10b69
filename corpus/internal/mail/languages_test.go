package mail

import (
	"fmt"
	"strings"
	"testing"
)

// answer is a mail whose own words are "Kelp drifts in the bay.", with something around them.
func answer(subject, before, behind string) string {
	return "From: Ada <ada@example.org>\nTo: bob@example.org\nSubject: " + subject + "\nMIME-Version: 1.0\n" +
		"Content-Type: text/plain; charset=utf-8\n\n" + before + "Kelp drifts in the bay.\n\n" + behind
}

func own(t *testing.T, raw string) string {
	m, err := Parse([]byte(raw), Options{})
	if err != nil {
		t.Fatal(err)
	}
	return m.Body
}

// What mail programs put above a quotation goes with it, in the languages of their users.
func TestAttributionsOfLanguages(t *testing.T) {
	for _, line := range []string{
		"On Mon, Mar 1, 2021 at 9:30 AM Bob <bob@example.org> wrote:",
		"tir. 18. apr. 2017 kl. 13:09 skrev Bob <bob@example.org\n>:",
		"Op 12 december 2016 19:05 schreef Bob of the Bay <\nbob@example.org>:",
		"po 1. 3. 2021 v 9:30 odesílatel Bob <bob@example.org> napsal:",
		"Dne 01. 03. 21 v 9:30 Bob napsal(a):",
		"Bob <bob@example.org> ezt írta (időpont: 2021. márc. 1., H, 9:30):",
		"În lun., 1 mar. 2021 la 09:30, Bob <bob@example.org> a scris:",
		"Στις Δευ 1 Μαρ 2021 στις 9:30 π.μ., ο/η Bob <bob@example.org> έγραψε:",
		"пн, 1 мар. 2021 г. в 09:30, Bob <bob@example.org>:",
		"пн, 1 бер. 2021 р. о 09:30 Bob <bob@example.org> пише:",
		"2021年3月1日(月) 9:30 Bob <bob@example.org>:",
		"Bob <bob@example.org> 于2021年3月1日周一 上午9:30写道：",
		"2021년 3월 1일 (월) 오전 9:30, Bob <bob@example.org>님이 작성:",
		"\u202bבתאריך יום ב׳, 1 במרץ 2021 ב-9:30 מאת Bob <\u202abob@example.org\u202c\u200f>:\u202c",
		"في الاثنين، ١ مارس ٢٠٢١ في ٩:٣٠ ص تمت كتابة ما يلي بواسطة Bob <bob@example.org>:",
	} {
		if got := own(t, answer("Re: bay", "", line+"\n\n> The gulls are loud.\n")); got != "Kelp drifts in the bay." {
			t.Errorf("%s: left %q", line, got)
		}
	}
}

// quoted is longer than any signature.
var quoted = strings.Repeat("The gulls are loud at the end of the pier.\n", 40)

// Outlook puts the header of the mail that is answered above it, or a line of dashes.
func TestRepliesOfOutlook(t *testing.T) {
	for _, fields := range []string{
		"From: Bob\nSent: Monday, March 1, 2021 9:30 AM\nTo: Ada\nSubject: bay",
		"________________________________\nFrom: Bob\nDate: Monday, 1 March 2021\nTo: Ada\nSubject: bay",
		"From: Bob\n<bob-with-a-long-address@example.org>\nSent: Monday\nTo: Ada\nSubject: bay",
		"De : Bob\nEnvoyé le :lundi\nÀ : Ada\nObjet :bay",
		"De : Bob\nEnvoyé\u00a0: lundi\nÀ : Ada\nObjet : bay",
		"De: Bob\nEnviado el: lunes\nPara: Ada\nAsunto: bay",
		"Od: Bob\nWysłano: poniedziałek\nDo: Ada\nTemat: bay",
		"Från: Bob\nSkickat: den 1 mars\nTill: Ada\nÄmne: bay",
		"От: Bob\nОтправлено: 1 марта\nКому: Ada\nТема: bay",
		"发件人：Bob\n发送时间：2021年3月1日\n收件人：Ada\n主题：bay",
		"-----Message d’origine-----\nDe : Bob", "-----Исходное сообщение-----", "‐‐‐‐‐‐‐ Original Message ‐‐‐‐‐‐‐",
		"-----Původní zpráva-----", "------------------ 原始邮件 ------------------",
	} {
		if got := own(t, answer("Re: bay", "", fields+"\n\n"+quoted)); got != "Kelp drifts in the bay." {
			t.Errorf("%s: left %.80q", fields, got)
		}
	}
}

// What a mail hands on is its text, and so is what people write with colons.
func TestRepliesAreNoForwards(t *testing.T) {
	fields := "From: Bob\nSent: Monday\nTo: Ada\nSubject: bay\n\n"
	for subject, behind := range map[string]string{
		"Fwd: bay": fields + "The gulls are loud.", "WG: bay": fields + "The gulls are loud.",
		"bay": "From: Bob\nTo: Ada\n\nThe gulls are loud.", "boat": "-------- Weitergeleitete Nachricht --------\n\nThe gulls are loud.",
	} {
		if got, want := own(t, answer(subject, "", behind+"\n")), "Kelp drifts in the bay.\n\nThe gulls are loud."; got != want {
			t.Errorf("%s: left %q", subject, got)
		}
	}
	if got := own(t, answer("bay", "", fields+"The gulls are loud.\n")); strings.Contains(got, "gulls") {
		t.Errorf("left %q", got)
	}
	text := "Sent from here were boats with a cargo of timber, salt and herring, and most of them came back.\nSubject: none"
	if got := own(t, answer("bay", "", text+"\n")); !strings.Contains(got, "herring") || !strings.Contains(got, "none") {
		t.Errorf("left %q", got)
	}
}

// Wishes, and what telephones write, are no words of the author.
func TestWishesOfLanguages(t *testing.T) {
	for _, line := range []string{
		"Mit freundlichen Grüßen", "Bien à vous", "Un saludo,", "Cordiali saluti", "Atenciosamente,", "Met vriendelijke groet,", "Pozdrawiam,",
		"С уважением,", "Med vänliga hälsningar", "Med venlig hilsen", "Ystävällisin terveisin", "S pozdravem", "Üdvözlettel,", "Saygılarımla,", "All the best,",
	} {
		if got := own(t, answer("bay", "", line+"\nAda\n")); got != "Kelp drifts in the bay." {
			t.Errorf("%s: left %q", line, got)
		}
	}
	for _, line := range []string{
		"Sent from my iPhone", "Von meinem iPhone gesendet", "Envoyé de mon iPhone", "Enviado desde mi iPhone", "Inviato da iPhone",
		"Get Outlook for iOS<https://aka.ms/o0ukef>", "Outlook für Android<https://aka.ms/AAb9ysg> herunterladen", "Sent from Mail for Windows 10", "发自我的iPhone",
	} {
		if got := own(t, answer("bay", "", fmt.Sprintf("Thanks,\nAda\n\n%s\n", line))); got != "Kelp drifts in the bay." {
			t.Errorf("%s: left %q", line, got)
		}
	}
}
