package usage

import (
	"fmt"
	"strconv"
	"strings"
)

// Memory is an amount of memory, or the size of a file, as text "500MB" or "2GB".
type Memory int64

// units are powers of 1024, as memory is sold; the sizes that klew prints are in them, too.
var units = []struct {
	name string
	size int64
}{{"GB", 1 << 30}, {"MB", 1 << 20}, {"KB", 1 << 10}}

func (b *Memory) String() string {
	for _, u := range units {
		if n := int64(*b); n >= u.size && n%u.size == 0 {
			return strconv.FormatInt(n/u.size, 10) + u.name
		}
	}
	return strconv.FormatInt(int64(*b), 10)
}

func (b *Memory) Type() string { return "amount" }

func (b *Memory) Set(text string) error {
	number, size := strings.ToUpper(strings.TrimSpace(text)), int64(1)
	for _, u := range units {
		if n, ok := cutUnit(number, u.name); ok {
			number, size = n, u.size
			break
		}
	}
	n, err := strconv.ParseInt(strings.TrimSpace(number), 10, 64)
	if err != nil || n < 1 || n > (1<<50)/size {
		return fmt.Errorf("%q is no size such as 500MB or 4GB", text)
	}
	*b = Memory(n * size)
	return nil
}

// cutUnit takes off a unit, also one that is written "G" or "GiB".
func cutUnit(text, unit string) (number string, ok bool) {
	for _, end := range []string{unit[:1] + "IB", unit, unit[:1]} {
		if number, ok = strings.CutSuffix(text, end); ok {
			return number, true
		}
	}
	return text, false
}
