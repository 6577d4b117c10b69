package corpus

import (
	"cmp"
	"slices"
)

// Entry says of one file or folder that it was skipped, or read with a repair.
type Entry struct {
	// Path is as it would be in Document.ID.
	Path string
	// Repaired is set for a document that was yielded all the same.
	Repaired bool
	// Reason is one of a few short phrases, to be counted.
	Reason string
	// Detail is what more is known, or empty.
	Detail string
}

// The reasons of entries.
const (
	Unreadable  = "could not be read"
	Binary      = "not text"
	Hidden      = "hidden"
	Repeated    = "folder or file already read"
	BrokenLink  = "link leads nowhere"
	Special     = "not a regular file"
	TooLarge    = "too large for one document"
	Encrypted   = "encrypted"
	OverLimit   = "over a limit"
	NoText      = "no text in it"
	Empty       = "holds no document"
	BadRecord   = "a record that could not be read"
	RepeatedID  = "an id that came before replaced"
	Windows1252 = "not UTF-8, read as Windows-1252"
	Guessed     = "not UTF-8, encoding guessed"
	BadUTF8     = "bytes that are not UTF-8 replaced"
	BadUTF16    = "characters that are not UTF-16 replaced"
	// BadCharacters is as BadUTF8 and BadUTF16, for other encodings.
	BadCharacters = "characters that the encoding does not have replaced"
	Controls      = "control characters replaced by blanks"
)

// Ledger lists what was skipped or repaired: first what was passed over in looking for
// files, then, in the order of the corpus, what was found in reading them.
type Ledger []Entry

// Count is how often one reason occurs.
type Count struct {
	Reason   string
	Repaired bool
	Files    int
}

// Counts adds the entries up by reason, the most frequent first.
func (l Ledger) Counts() []Count {
	var counts []Count
	for _, e := range l {
		i := slices.IndexFunc(counts, func(c Count) bool { return c.Reason == e.Reason && c.Repaired == e.Repaired })
		if i < 0 {
			i = len(counts)
			counts = append(counts, Count{Reason: e.Reason, Repaired: e.Repaired})
		}
		counts[i].Files++
	}
	slices.SortStableFunc(counts, func(a, b Count) int { return cmp.Compare(b.Files, a.Files) })
	return counts
}
