package corpus

import (
	"strings"
	"testing"
)

// Texts in UTF-7, those of RFC 2152 among them.
func TestUTF7(t *testing.T) {
	c, err := encodingByName("UTF-7")
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ raw, want string }{
		{"A+ImIDkQ.", "A≢Α."},
		{"Hi Mom -+Jjo--!", "Hi Mom -☺-!"},
		{"+ZeVnLIqe-", "日本語"},
		{"Fr+APY-sche und mi+AN8-liche", "Frösche und mißliche"},
		{"1 +- 1", "1 + 1"},
		{"+2D3eWg- boat", "\U0001f65a boat"},
		{"left open +APY", "left open ö"},
		{"half +2Dw- a pair", "half \uFFFD a pair"},
		{"\xe4 byte", "\uFFFD byte"},
		{"", ""},
	} {
		if got := string(c.decode([]byte(test.raw))); got != test.want {
			t.Errorf("%q is %q, want %q", test.raw, got, test.want)
		}
	}
	if long := string(c.decode([]byte(strings.Repeat("+APY", 10000)))); !strings.HasPrefix(long, "ö") || strings.Contains(long, "+") {
		t.Errorf("a long run begins with %.20q", long)
	}
}
