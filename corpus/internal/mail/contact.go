package mail

import "strings"

// hasContact tells whether a line holds an e-mail address, a URL or a telephone number.
func hasContact(line string) bool {
	return strings.Contains(line, "://") || strings.Contains(line, "www.") || hasAddress(line) || hasPhone(line)
}

// hasAddress finds name@host, and the ways to write it from before it won: host!name and
// name%host.
func hasAddress(line string) bool {
	for i := 1; i+1 < len(line); i++ {
		if b := line[i]; (b == '@' || b == '!' || b == '%') && isWordByte(line[i-1]) && isWordByte(line[i+1]) {
			return true
		}
	}
	return false
}

func isWordByte(b byte) bool {
	return 'a' <= b && b <= 'z' || 'A' <= b && b <= 'Z' || '0' <= b && b <= '9' || b == '_'
}

// hasPhone finds seven digits or more that only the signs of telephone numbers part, and
// at least one of those does: 555-1234, (205) 461-4584, +49 228 12345.
func hasPhone(line string) bool {
	digits, signs := 0, 0
	for i := 0; i <= len(line); i++ {
		switch {
		case i < len(line) && '0' <= line[i] && line[i] <= '9':
			digits++
		case i < len(line) && digits > 0 && strings.IndexByte("-/.)( ", line[i]) >= 0 && !spaces(line, i):
			signs++
		default:
			if isPhone(digits, signs) {
				return true
			}
			digits, signs = 0, 0
		}
	}
	return false
}

// isPhone leaves out dates and amounts, most of which have fewer digits.
func isPhone(digits, signs int) bool { return digits >= 7 && digits <= 15 && signs >= 1 && signs <= 8 }

func spaces(line string, i int) bool {
	return line[i] == ' ' && i+1 < len(line) && line[i+1] == ' '
}
