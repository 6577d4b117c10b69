package mail

import "strings"

// dropData drops what is no text.
func (t *text) dropData() {
	for i := 0; i < len(t.lines); {
		end := t.dataEnd(i)
		t.cut(i, end)
		i = max(end, i+1)
	}
}

// dataEnd is where the block of data ends that begins at line i; i if none does.
func (t *text) dataEnd(i int) int {
	line := t.lines[i]
	switch {
	case strings.HasPrefix(line, "-----BEGIN PGP SIGNED MESSAGE"):
		return t.afterArmorHeader(i)
	case strings.HasPrefix(line, "-----BEGIN "):
		return t.armorEnd(i)
	case strings.HasPrefix(line, "begin ") && isBegin(line):
		if end := t.uuEnd(i + 1); end > i+2 {
			t.files++
			return end
		}
	}
	return t.densEnd(i)
}

// afterArmorHeader leaves the words of a signed message and drops only what says so.
func (t *text) afterArmorHeader(i int) int {
	for i++; i < len(t.lines) && strings.HasPrefix(t.lines[i], "Hash:"); i++ {
	}
	return i
}

// armorEnd is behind the END line of an armored block; without one the block goes as far
// as its lines look like data.
func (t *text) armorEnd(i int) int {
	const longest = 2000
	end := min(len(t.lines), i+longest)
	for j := max(i+1, t.noArmor); j < end; j++ {
		if strings.HasPrefix(t.lines[j], "-----END ") {
			return j + 1
		}
	}
	t.noArmor = end
	j := i + 1
	for j < len(t.lines) && (t.lines[j] == "" || strings.Contains(t.lines[j], ": ") || !strings.Contains(t.lines[j], " ")) {
		j++
	}
	return j
}

// isBegin is true of "begin 644 name".
func isBegin(line string) bool {
	words := strings.Fields(line)
	return len(words) >= 3 && len(words[1]) >= 3 && strings.Trim(words[1], "01234567") == ""
}

// uuEnd is behind uuencoded lines.
func (t *text) uuEnd(i int) int {
	for i < len(t.lines) && (isUU(t.lines[i]) || t.lines[i] == "") {
		i++
	}
	if i < len(t.lines) && t.lines[i] == "end" {
		i++
	}
	return i
}

// isUU is true of a uuencoded line: its first sign says how many bytes it holds, each
// three of them in four signs from the space to the backquote. Spaces at the end may
// have been lost, and a sign added as a checksum.
func isUU(line string) bool {
	if line == "" || line[0] < ' ' || line[0] > '`' {
		return false
	}
	want := (int(line[0]-' ')&63 + 2) / 3 * 4
	if got := len(line) - 1; got > want+2 || got < want-8 {
		return false
	}
	for _, b := range []byte(line) {
		if b < ' ' || b > '`' {
			return false
		}
	}
	return true
}

// densEnd is behind at least three long lines without a space, such as base64, uuencoded
// parts of posts that came in pieces, and BinHex.
func (t *text) densEnd(i int) int {
	j := i
	for j < len(t.lines) && isDense(t.lines[j]) {
		j++
	}
	if j-i < 3 {
		return i
	}
	// The last line of a block is as long as there is data.
	if j < len(t.lines) && t.lines[j] != "" && !strings.Contains(t.lines[j], " ") {
		j++
	}
	return j
}

// isDense is true of long lines that look like data: no words of letters alone, and no
// rules, which are one sign over and over.
func isDense(line string) bool {
	if line = strings.TrimLeft(line, " >"); len(line) < 56 || len(line) > 80 {
		return false
	}
	if line[0] == 'M' && len(line) >= 60 && isUU(line) && strings.ToUpper(line) == line {
		return true
	}
	const few = 16
	var seen [128]bool
	signs := 0
	for _, b := range []byte(line) {
		if b <= ' ' || b > '~' {
			return false
		}
		if !seen[b] {
			seen[b] = true
			signs++
		}
	}
	return signs > few && !strings.Contains(line, "://")
}
