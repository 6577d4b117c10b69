package mail

import "strings"

// flowed reads lines that a program has broken for the way (RFC 3676). A blank in front of
// a line was put there to guard it. With delSp the blank at the end of a line was put there
// too: the next line goes on at once, perhaps in the middle of a word. Other lines that go
// on are left as they are, since their ends part words all the same.
func flowed(body string, delSp bool) string {
	var out strings.Builder
	out.Grow(len(body))
	open, depth := false, 0 // the last line goes on; and its marks of quotation
	for line := range strings.Lines(body) {
		text := strings.TrimRight(line, "\r\n")
		inner := strings.TrimLeft(text, ">")
		marks := len(text) - len(inner)
		inner = strings.TrimPrefix(inner, " ")
		if open && (marks != depth || inner == "-- ") {
			out.WriteByte('\n')
			open = false
		}
		if !open && marks > 0 {
			out.WriteString(text[:marks] + " ")
		}
		goesOn := delSp && strings.HasSuffix(inner, " ") && inner != "-- "
		if goesOn {
			inner = inner[:len(inner)-1]
		}
		out.WriteString(inner)
		if !goesOn && len(text) < len(line) {
			out.WriteByte('\n')
		}
		open, depth = goesOn, marks
	}
	return out.String()
}
