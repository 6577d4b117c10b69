package vectorize

import (
	"slices"
	"strings"

	"klew/corpus/spelling"
)

// Kinds is a set of kinds of tokens that Options treats by choice, as text
// "numbers,urls".
type Kinds uint8

// The kinds.
const (
	Numbers     Kinds = 1 << iota // 42, 3.14, 3rd, 1990s
	URLs                          // https://example.org/page, www.example.org
	Emails                        // jo@example.org
	Hashtags                      // #example
	Hyphens                       // well-known
	Apostrophes                   // don't, l'eau
)

// kindNames are the names in the order of their bits.
var kindNames = []string{"numbers", "urls", "emails", "hashtags", "hyphens", "apostrophes"}

// The kinds that Options.Keep and Options.Split may hold.
const (
	Keepable   = Numbers | URLs | Emails | Hashtags | Hyphens
	Splittable = URLs | Emails | Apostrophes
)

func (k Kinds) has(kind Kinds) bool { return k&kind != 0 }

// String is what Set reads.
func (k Kinds) String() string { return strings.Join(k.Names(), ",") }

// Names lists the names of the kinds in the set.
func (k Kinds) Names() []string {
	var names []string
	for i, name := range kindNames {
		if k.has(1 << i) {
			names = append(names, name)
		}
	}
	return names
}

// Set reads a list of names with commas between them; an empty one is the empty set.
func (k *Kinds) Set(text string) error {
	var all Kinds
	for name := range strings.SplitSeq(text, ",") {
		if name = strings.TrimSpace(name); name == "" {
			continue
		}
		i := slices.Index(kindNames, name)
		if i < 0 {
			return spelling.OneOf(name, kindNames)
		}
		all |= 1 << i
	}
	*k = all
	return nil
}

// Type names the value on a command line.
func (k *Kinds) Type() string { return "kinds" }

// MarshalText and UnmarshalText keep it as text.
func (k Kinds) MarshalText() ([]byte, error)     { return []byte(k.String()), nil }
func (k *Kinds) UnmarshalText(text []byte) error { return k.Set(string(text)) }
