package corpus

import (
	"slices"
	"testing"
)

// The most frequent reason comes first, and among equals the one that was met first, so
// that a report never changes from one run to the next.
func TestCounts(t *testing.T) {
	skipped := func(reason string) Entry { return Entry{Path: "a", Reason: reason} }
	repaired := func(reason string) Entry { return Entry{Path: "a", Reason: reason, Repaired: true} }
	// Enough of them that no sorting is stable by chance.
	var many Ledger
	var twice, once []Count
	for letter := 'z'; letter >= 'a'; letter-- {
		many = append(many, skipped(string(letter)))
		if letter%2 == 0 {
			many = append(many, skipped(string(letter)))
			twice = append(twice, Count{Reason: string(letter), Files: 2})
		} else {
			once = append(once, Count{Reason: string(letter), Files: 1})
		}
	}
	tests := []struct {
		name   string
		ledger Ledger
		want   []Count
	}{
		{"empty", nil, nil},
		{"many equals", many, slices.Concat(twice, once)},
		{
			"the most frequent first",
			Ledger{skipped(Hidden), skipped(Binary), skipped(Binary)},
			[]Count{{Reason: Binary, Files: 2}, {Reason: Hidden, Files: 1}},
		}, {
			"equals in the order met",
			Ledger{skipped(Special), skipped(Hidden), skipped(Binary), skipped(Binary), skipped(Hidden), skipped(Special), skipped(Repeated)},
			[]Count{{Reason: Special, Files: 2}, {Reason: Hidden, Files: 2}, {Reason: Binary, Files: 2}, {Reason: Repeated, Files: 1}},
		}, {
			"repairs apart from skips",
			Ledger{skipped(Controls), repaired(Controls), repaired(Controls)},
			[]Count{{Reason: Controls, Repaired: true, Files: 2}, {Reason: Controls, Files: 1}},
		}, {
			"details do not matter",
			Ledger{{Path: "a", Reason: Binary, Detail: "image/png"}, {Path: "b", Reason: Binary}},
			[]Count{{Reason: Binary, Files: 2}},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			kept := slices.Clone(test.ledger)
			if got := test.ledger.Counts(); !slices.Equal(got, test.want) {
				t.Errorf("Counts() = %v, want %v", got, test.want)
			}
			if !slices.Equal(test.ledger, kept) {
				t.Errorf("Counts reordered the ledger to %v", test.ledger)
			}
		})
	}
}

// Entries that stand for many count as many.
func TestCountsOfMany(t *testing.T) {
	ledger := Ledger{
		{Path: "a\tb\nc\\d\r.png", Reason: Binary, Detail: "image/png"},
		{Path: "é", Repaired: true, Reason: Windows1252},
		{Path: "*.log", Reason: Excluded, Files: 1234},
		{Path: "x", Note: true, Reason: Duplicate, Detail: "y", Files: 2},
	}
	counts := []Count{{Reason: Excluded, Files: 1234}, {Reason: Duplicate, Note: true, Files: 2}, {Reason: Binary, Files: 1}, {Reason: Windows1252, Repaired: true, Files: 1}}
	if got := ledger.Counts(); !slices.Equal(got, counts) {
		t.Errorf("Counts() = %v, want %v", got, counts)
	}
}
