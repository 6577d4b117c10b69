package corpus

import (
	"strings"
	"testing"
	"testing/fstest"
)

// lost is a sentence, turned by a word each time, without its blanks.
func lost(sentence string, lines int) string {
	words := strings.Fields(strings.ReplaceAll(sentence, ".", ""))
	var b strings.Builder
	for i := range lines {
		i %= len(words)
		b.WriteString(strings.Join(words[i:], "") + strings.Join(words[:i], "") + "\n")
	}
	return b.String()
}

// A document of which the words run together is told, and no other: neither one with long words, nor
// one in a script without blanks, nor one with little of it.
func TestRunTogether(t *testing.T) {
	english := "the harbour lay quiet in the morning and the boats had not yet come back from the bank. "
	glued := lost(english, 20)
	german := "Das Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz galt, und die Donaudampfschifffahrtsgesellschaft fuhr weiter. "
	russian := "гавань лежала тихо утром и лодки ещё не вернулись с отмели. "
	for name, test := range map[string]struct {
		text string
		want bool
	}{
		"English":                {strings.Repeat(english, 20), false},
		"without blanks":         {glued, true},
		"half of it":             {strings.Repeat(english+"\n", 20) + glued, true},
		"a sixth of it":          {strings.Repeat(english+"\n", 100) + glued, false},
		"Russian":                {strings.Repeat(russian, 20), false},
		"Russian without blanks": {lost(russian, 10), true},
		"long German words":      {strings.Repeat(german, 20), false},
		"a single long word":     {"Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz", false},
		"Finnish":                {strings.Repeat("lentokonesuihkuturbiinimoottoriapumekaanikkoaliupseerioppilas ei ehtinyt aamuksi satamaan. ", 20), false},
		"Chinese":                {strings.Repeat("港口在早晨很安静船只还没有从浅滩回来因为风从海上吹来而且潮水很低所以渔民们等到了中午才能够进港卸货", 20), false},
		"Japanese with katakana": {strings.Repeat("朝の港は静かでコンピューターネットワークシステムエンジニアリングサービスセンターオペレーションはまだ戻っていなかった", 20), false},
		"Thai":                   {strings.Repeat("ท่าเรือเงียบสงบในตอนเช้าและเรือยังไม่กลับมาจากสันดอน", 20), false},
		"Korean":                 {strings.Repeat("아침 항구는 조용했고 배들은 아직 돌아오지 않았다. ", 20), false},
		"lines of base64":        {strings.Repeat("SGVsbG8gd29ybGQ5+aGVsbG8gd29ybGQ/aGVsbG8gd29ybGQxaGVsbG8\n", 20), false},
	} {
		if got := runsTogether(test.text); (got != "") != test.want {
			t.Errorf("%s: %.40q", name, got)
		}
		c, err := Open([]string{"a.txt"}, Options{Files: fstest.MapFS{"a.txt": {Data: []byte(test.text)}}})
		if err != nil {
			t.Fatal(err)
		}
		gather(c)
		if told := len(c.Ledger()) == 1 && c.Ledger()[0].Reason == RunTogether; told != test.want {
			t.Errorf("%s: ledger %v", name, c.Ledger())
		}
	}
}

// The stride over a text finds what a look at each letter finds.
func TestRunTogetherIsFoundAnywhere(t *testing.T) {
	for before := range 2 * longRun {
		text := strings.Repeat("ab ", before)[:before] + " " + strings.Repeat("x", longRun) + " " + strings.Repeat("y", 4*longRun)
		if before > 3*longRun {
			continue
		}
		if got := runsTogether(text); got != strings.Repeat("x", longRun) {
			t.Fatalf("%d bytes before: %q", before, got)
		}
	}
}
