package matrixfile

import "strconv"

// skipBlanks takes off the blanks that a line begins with. The '\r' of a line end is one.
func skipBlanks(line []byte) []byte {
	for len(line) > 0 && isBlank(line[0]) {
		line = line[1:]
	}
	return line
}

func isBlank(b byte) bool { return b == ' ' || b == '\t' || b == '\r' }

// cutField returns what stands before the next blank, and the rest of the line.
func cutField(line []byte) (field, rest []byte) {
	line = skipBlanks(line)
	i := 0
	for i < len(line) && !isBlank(line[i]) {
		i++
	}
	return line[:i], line[i:]
}

// wholeNumber reads the number that a line begins with, which a blank or the end must
// follow, and returns the rest of the line.
func wholeNumber(line []byte) (n int64, rest []byte, ok bool) {
	const digits = 18 // that an int64 surely holds
	line = skipBlanks(line)
	u, i := addDigits(0, line)
	if i == 0 || i > digits || i < len(line) && !isBlank(line[i]) {
		return 0, line, false
	}
	return int64(u), line[i:], true
}

// addDigits appends the digits that text begins with to those of n, and counts them.
func addDigits(n uint64, text []byte) (uint64, int) {
	i := 0
	for i < len(text) && text[i]-'0' < 10 {
		n = 10*n + uint64(text[i]-'0')
		i++
	}
	return n, i
}

// tenTo holds the powers of ten that are exact.
var tenTo = [...]float64{1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11,
	1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22}

// digitsOf64Bits is how many digits 64 bits hold, whichever they are.
const digitsOf64Bits = 19

// decimal reads a number such as 3, 0.25 or 1e-3; ok says whether it is one. It is what
// strconv.ParseFloat reads in a third of the time, but for an error of at most two
// units in the last of 16 digits, of which single precision keeps 7. What is too large
// is infinite.
func decimal(text []byte) (x float64, ok bool) {
	digits, negative := cutSign(text)
	mantissa, whole := addDigits(0, digits)
	rest, fraction := digits[whole:], 0
	if len(rest) > 0 && rest[0] == '.' {
		mantissa, fraction = addDigits(mantissa, rest[1:])
		rest = rest[1+fraction:]
	}
	power, ok := exponent(rest)
	if !ok || whole+fraction == 0 {
		return 0, false
	}
	power -= fraction
	if whole+fraction > digitsOf64Bits || power >= len(tenTo) || -power >= len(tenTo) {
		x, _ = strconv.ParseFloat(string(text), 64) // which can only be out of range
		return x, true
	}
	if x = float64(mantissa); power < 0 {
		x /= tenTo[-power]
	} else {
		x *= tenTo[power]
	}
	if negative {
		x = -x
	}
	return x, true
}

func cutSign(text []byte) (rest []byte, negative bool) {
	if len(text) > 0 && (text[0] == '-' || text[0] == '+') {
		return text[1:], text[0] == '-'
	}
	return text, false
}

// exponent reads what follows the digits of a number: nothing, or a power of ten. One of
// more than four digits is beyond all that decimal reads itself, and so is what it
// returns.
func exponent(text []byte) (power int, ok bool) {
	if len(text) == 0 {
		return 0, true
	}
	if text[0] != 'e' && text[0] != 'E' {
		return 0, false
	}
	digits, negative := cutSign(text[1:])
	n, count := addDigits(0, digits)
	if count == 0 || count < len(digits) {
		return 0, false
	}
	if power = int(n); count > 4 {
		power = 9999
	}
	if negative {
		power = -power
	}
	return power, true
}
