package date

import "strings"

// Order says which of a date's three numbers is which.
type Order uint8

const (
	// Unknown reads only what has one meaning.
	Unknown Order = iota
	// DayFirst is 31/12/1999, MonthFirst 12/31/1999, YearFirst 99-12-31. A year of four digits
	// in front is read in any order, and so are dots: the day comes first.
	DayFirst
	MonthFirst
	YearFirst
	// MonthYear is a column of months with years of two digits: Mar-12 beside Oct-75.
	MonthYear
	// Undecided reads none of them: a column in which some dates have one meaning and the
	// others several would lose the others, and be bent.
	Undecided
)

func (o Order) String() string {
	return [...]string{"unknown", "day first", "month first", "year first", "month and year", "undecided"}[o]
}

// numbers are the three of a date, as they are written, and what stands between them.
type numbers struct {
	a, b, c string
	between byte
}

// day is what the numbers mean in an order, if that is a day.
func (n numbers) day(o Order) (year, month, day int, ok bool) {
	if len(n.a) == 4 {
		year, month, day = yearOf(n.a), twoDigits(n.b), twoDigits(n.c)
		return year, month, day, isDay(year, month, day)
	}
	y, mo, d := n.c, n.b, n.a
	switch o {
	case MonthFirst:
		mo, d = d, mo
	case YearFirst:
		y, d = d, y
	}
	switch year = yearOf(y); {
	case year == 0:
		year = shortYear(y)
	case year >= firstThai && year <= lastThai:
		year -= thaiYear
	}
	month, day = twoDigits(mo), twoDigits(d)
	return year, month, day, year > 0 && isDay(year, month, day)
}

// possible are the orders in which the numbers are a day, as a set with a bit for each. A year
// of two digits comes last if it can, but between hyphens, as in 99-12-31, it may come first.
func (n numbers) possible() (orders uint8) {
	for _, o := range []Order{DayFirst, MonthFirst} {
		if _, _, _, ok := n.day(o); ok {
			orders |= 1 << o
		}
	}
	if n.between == '.' && orders&(1<<DayFirst) != 0 {
		return 1 << DayFirst
	}
	if _, _, _, ok := n.day(YearFirst); ok && len(n.a) == 2 && (orders == 0 || n.between == '-') {
		orders |= 1 << YearFirst
	}
	return orders
}

// only is the order of a set with a single meaning, and Unknown where there are several.
func (n numbers) only(orders uint8) Order {
	found := Unknown
	var meaning [3]int
	for o := DayFirst; o <= YearFirst; o++ {
		if orders&(1<<o) == 0 {
			continue
		}
		y, m, d, _ := n.day(o)
		if found != Unknown && meaning != [3]int{y, m, d} {
			return Unknown
		}
		found, meaning = o, [3]int{y, m, d}
	}
	return found
}

// ofNumbers takes a date of three numbers.
func (m *moment) ofNumbers() bool {
	n, order := m.numbers, m.order
	possible := n.possible()
	switch {
	case len(n.a) == 4:
	case order == Unknown || n.between == '.' && possible == 1<<DayFirst:
		order = n.only(possible)
	}
	if len(n.a) != 4 && (order == Unknown || order == Undecided) {
		return false
	}
	var ok bool
	m.year, m.month, m.day, ok = n.day(order)
	return ok
}

// Votes finds out the order of a column from its dates.
type Votes struct {
	counts [1 << (YearFirst + 1)]int // of dates by the set of their possible orders
	months int                       // dates of a month and a year of two digits that is no day
}

// Add takes a date of the column.
func (v *Votes) Add(text string) {
	m, ok := parse(text, Unknown)
	if ok && m.monthAlone {
		v.months++
	}
	if m.numbers.a != "" && len(m.numbers.a) != 4 {
		possible := m.numbers.possible()
		if m.numbers.only(possible) != Unknown && possible&(possible-1) != 0 {
			return // 3/3/1999 says nothing
		}
		v.counts[possible]++
	}
}

// May tells whether a text is a date, in whatever order its day and month stand.
func May(text string) bool {
	if _, ok := Parse(text, Unknown); ok {
		return true
	}
	m, _ := parse(strings.TrimSpace(text), Unknown)
	return m.numbers.a != "" && m.numbers.possible() != 0
}

// Open tells whether more dates would help: there are some with several meanings, and none yet
// that tells which is meant.
func (v *Votes) Open() bool { return v.Order() == Undecided && v.conflict() == 0 }

// Order is the order that most dates have, if all but a tenth of what tells it agree. It is
// Unknown where no date depends on it.
func (v *Votes) Order() Order {
	var can [YearFirst + 1]int
	for set, n := range v.counts {
		for o := DayFirst; o <= YearFirst; o++ {
			if set&(1<<o) != 0 {
				can[o] += n
			}
		}
	}
	best := DayFirst
	for o := DayFirst; o <= YearFirst; o++ {
		if can[o] > can[best] {
			best = o
		}
	}
	switch {
	case can[best] == 0 && v.months > 0:
		return MonthYear
	case can[best] == 0:
		return Unknown
	}
	for o := DayFirst; o <= YearFirst; o++ {
		if o != best && v.only(best, o) <= 10*v.only(o, best) {
			if v.only(best, o)+v.only(o, best) > 0 || can[o] > 0 {
				return Undecided
			}
		}
	}
	return best
}

// only counts the dates that can have one order and not the other.
func (v *Votes) only(one, other Order) (n int) {
	for set, count := range v.counts {
		if set&(1<<one) != 0 && set&(1<<other) == 0 {
			n += count
		}
	}
	return n
}

// conflict counts the dates that contradict others.
func (v *Votes) conflict() int {
	return min(v.only(DayFirst, MonthFirst), v.only(MonthFirst, DayFirst))
}
