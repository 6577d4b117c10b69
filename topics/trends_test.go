package topics

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"klew/corpus"
	"klew/nmf"
	"klew/vectorize"
	"pgregory.net/rapid"
)

// dated makes documents with dates, of two topics: shares[j] of 100 tokens in the first.
func dated(dates []string, shares ...float32) *DocumentTopics {
	d := &DocumentTopics{}
	var weights []float32
	for j, date := range dates {
		document := vectorize.Document{ID: fmt.Sprint(j), Tokens: 100}
		if date != "" {
			document.Meta = []corpus.Field{{Name: "folder", Value: date[:2]}, {Name: "date", Value: date}}
		}
		d.Documents = append(d.Documents, document)
		weights = append(weights, 100*shares[j], 100*(1-shares[j]))
	}
	d.H = nmf.NewH(2, len(dates), weights)
	return d
}

func TestPeriod(t *testing.T) {
	for _, c := range []struct{ date, year, month, week string }{
		{"1999", "1999", "", ""},
		{"1999-03", "1999", "1999-03", ""},
		{"1999-03-12", "1999", "1999-03", "1999-W10"},
		{"1999-03-12T23:59:59-11:00", "1999", "1999-03", "1999-W10"},
		{"2021-01-03", "2021", "2021-01", "2020-W53"}, // a Sunday: the week is last year's
		{"2021-01-04", "2021", "2021-01", "2021-W01"},
		{"2018-12-31", "2018", "2018-12", "2019-W01"},
		{"1000-01-01", "1000", "1000-01", "1000-W01"},
		{"1999-02-30", "1999", "1999-02", ""},
		{"1999-13", "1999", "", ""},
		{"", "", "", ""}, {"19990312", "", "", ""}, {"yesterday", "", "", ""}, {"1999/03", "", "", ""}, {"-999", "", "", ""},
	} {
		day := ""
		if c.week != "" {
			day = c.date[:10]
		}
		for p, want := range map[Period]string{Year: c.year, Month: c.month, Week: c.week, Day: day} {
			at, ok := p.at(c.date)
			if ok != (want != "") || ok && p.Name(at) != want {
				t.Errorf("the %s of %q is %q, %v; want %q", p, c.date, p.Name(at), ok, want)
			}
		}
	}
}

// The next period has the next number, and the week is that of the standard library.
func TestPeriodsFollow(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		day := time.Date(1000, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, rapid.IntRange(0, 700_000).Draw(t, "day"))
		for p, next := range map[Period]time.Time{Year: day.AddDate(1, 0, 0), Month: day.AddDate(0, 0, 1-day.Day()).AddDate(0, 1, 0), Week: day.AddDate(0, 0, 7), Day: day.AddDate(0, 0, 1)} {
			a, ok := p.at(day.Format(time.DateOnly))
			b, ok2 := p.at(next.Format(time.DateOnly))
			if !ok || !ok2 || b != a+1 {
				t.Fatalf("%s: %v is number %d, %v is %d", p, day, a, next, b)
			}
		}
		at, _ := Week.at(day.Format(time.DateOnly))
		year, week := day.ISOWeek()
		if got, want := Week.Name(at), fmt.Sprintf("%04d-W%02d", year, week); got != want {
			t.Fatalf("%v is in %s, not %s", day, want, got)
		}
	})
}

func TestByPeriod(t *testing.T) {
	d := dated([]string{"2001", "1999-05", "", "2001-01-01", "what?", "1999-05-07"}, 1, 1, 1, 1, 1, 1)
	groups, undated, vague := d.ByPeriod(Year)
	if got, want := fmt.Sprint(groups, undated, vague), "[{1999 1999 [1 5] []} {2001 2001 [0 3] []}] 1 1"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	groups, undated, vague = d.ByPeriod(Month)
	if got, want := fmt.Sprint(groups, undated, vague), "[{1999-05 23992 [1 5] []} {2001-01 24012 [3] []}] 1 2"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// Numbers are ordered as such, and other values by their bytes.
func TestByField(t *testing.T) {
	d := dated([]string{"10x", "9 x", "", "10y"}, 1, 1, 1, 1)
	groups, without := d.ByField("date")
	if got, want := fmt.Sprint(groups, without), "[{10x 0 [0] []} {10y 1 [3] []} {9 x 2 [1] []}] 1"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	d.Documents[1].Meta[0].Value = "9"
	groups, _ = d.ByField("folder")
	if got, want := fmt.Sprint(groups), "[{9 0 [1] []} {10 1 [0 3] []}]"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// Shares are by tokens: of a document of 100 and one of 300, the second counts threefold.
func TestTrendsByTokens(t *testing.T) {
	d := dated([]string{"1999", "1999", "2000"}, 1, 0, 0.25)
	d.H.Item(1)[1] = 300
	groups, _, _ := d.ByPeriod(Year)
	trends := d.Trends(groups, Bootstrap{Resamples: 1000, Level: 0.95, Seed: 1})
	if got := trends[0]; got.Weight != 400 || got.Shares[0] != 0.25 || got.Low[0] != 0 || got.High[0] != 1 {
		t.Errorf("got %+v", got)
	}
	if got := trends[1]; got.Shares[0] != 0.25 || got.Low != nil || got.High != nil {
		t.Errorf("of a single document: got %+v", got)
	}
	if got, want := Changes(trends), 0.0; math.Abs(got[0]-want) > 1e-12 {
		t.Errorf("changes %v where there is none", got)
	}
}

// A group of which nothing was counted has no shares.
func TestTrendsOfNothing(t *testing.T) {
	d := dated([]string{"1999", "1999"}, 1, 0)
	clear(d.H.Item(0))
	clear(d.H.Item(1))
	groups, _, _ := d.ByPeriod(Year)
	if got := d.Trends(groups, Bootstrap{Resamples: 10, Level: 0.9}); got[0].Shares != nil || got[0].Low != nil {
		t.Errorf("got %+v", got)
	}
	if got := Changes(nil); got != nil {
		t.Errorf("got %v", got)
	}
}

// Of many documents the interval is that of the central limit theorem: 1.96 standard
// errors of the ratio on each side. It is so whether documents are drawn, or heaps of them.
func TestIntervalsOfMany(t *testing.T) {
	for _, n := range []int{900, 1500, 20000} {
		random := rand.New(rand.NewPCG(7, uint64(n)))
		var dates []string
		var shares []float32
		for range n {
			dates = append(dates, "1999")
			shares = append(shares, float32(math.Pow(random.Float64(), 3)))
		}
		d := dated(dates, shares...)
		for j := range n { // of different lengths
			length := float32(math.Exp(random.NormFloat64() / 2))
			d.H.Item(j)[0] *= length
			d.H.Item(j)[1] *= length
		}
		groups, _, _ := d.ByPeriod(Year)
		got := d.Trends(groups, Bootstrap{Resamples: 2000, Level: 0.95, Seed: 1})[0]
		square := 0.0
		for j := range n {
			h := d.H.Item(j)
			square += math.Pow(float64(h[0])-got.Shares[0]*float64(h[0]+h[1]), 2)
		}
		want := 1.96 * math.Sqrt(square) / got.Weight
		for _, half := range []float64{got.High[0] - got.Shares[0], got.Shares[0] - got.Low[0]} {
			if math.Abs(half/want-1) > 0.1 {
				t.Errorf("%d documents: half the interval is %g, by theory %g", n, half, want)
			}
		}
	}
}

// The laws of every trend: shares sum to 1 and lie in their intervals or near them, a
// higher level gives a wider interval, and the same seed the same numbers.
func TestTrendsLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 30).Draw(t, "documents")
		dates := rapid.SliceOfN(rapid.SampledFrom([]string{"1999", "2000", "2001"}), n, n).Draw(t, "dates")
		shares := rapid.SliceOfN(rapid.Float32Range(0, 1), n, n).Draw(t, "shares")
		d := dated(dates, shares...)
		groups, _, _ := d.ByPeriod(Year)
		narrow := d.Trends(groups, Bootstrap{Resamples: 200, Level: 0.5, Seed: 3})
		wide := d.Trends(groups, Bootstrap{Resamples: 200, Level: 0.95, Seed: 3})
		again := d.Trends(groups, Bootstrap{Resamples: 200, Level: 0.95, Seed: 3})
		members := 0
		for g := range groups {
			members += len(groups[g].Members)
			if sum := wide[g].Shares[0] + wide[g].Shares[1]; math.Abs(sum-1) > 1e-12 {
				t.Fatalf("shares sum to %v", sum)
			}
			if !slices.Equal(wide[g].Low, again[g].Low) || !slices.Equal(wide[g].High, again[g].High) {
				t.Fatal("other intervals with the same seed")
			}
			for k := range wide[g].Low {
				if wide[g].Low[k] > narrow[g].Low[k] || wide[g].High[k] < narrow[g].High[k] || narrow[g].Low[k] > narrow[g].High[k] {
					t.Fatalf("%v of 0.95 does not hold %v of 0.5", wide[g], narrow[g])
				}
			}
		}
		if members != n {
			t.Fatalf("%d of %d documents in groups", members, n)
		}
	})
}

func TestChanges(t *testing.T) {
	trends := []Trend{
		{Weight: 100, Shares: []float64{0.2, 0.5, 0.3}},
		{Weight: 0},
		{Weight: 300, Shares: []float64{0.6, 0.1, 0.3}},
	}
	want := []float64{math.Sqrt(0.25 * 0.75 * 0.16), math.Sqrt(0.25 * 0.75 * 0.16), 0}
	for k, got := range Changes(trends) {
		if math.Abs(got-want[k]) > 1e-12 {
			t.Errorf("topic %d: %v, want %v", k, got, want[k])
		}
	}
}

// Groups by two things are what pairs of groups have in common, and every document that both
// have is in one.
func TestCross(t *testing.T) {
	first := []Group{{Name: "a", Members: []int{0, 1, 2, 5}}, {Name: "b", At: 1, Members: []int{3}}}
	second := []Group{{Name: "x", At: 7, Members: []int{2, 0, 3}}, {Name: "y", At: 9, Members: []int{1, 4}}}
	var got []string
	for _, g := range Cross(first, second) {
		got = append(got, fmt.Sprint(g.Of[0].Name, g.Of[1].Name, g.At, g.Members))
	}
	if want := []string{"ax7 [0 2]", "ay9 [1]", "bx7 [3]"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestQuarter(t *testing.T) {
	for date, want := range map[string]string{"1999-01-31": "1999-Q1", "1999-03": "1999-Q1", "1999-04-01T00:00:00Z": "1999-Q2", "2000-12-31": "2000-Q4", "1999": ""} {
		name := ""
		if at, ok := Quarter.at(date); ok {
			name = Quarter.Name(at)
		}
		if name != want {
			t.Errorf("%s is in %q, want %q", date, name, want)
		}
	}
}
