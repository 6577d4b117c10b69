package corpus

import (
	"crypto/sha256"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"pgregory.net/rapid"
)

// numberedFiles are files in memory that hold the texts, in order.
func numberedFiles(texts ...string) fstest.MapFS {
	files := fstest.MapFS{}
	for i, text := range texts {
		files[fmt.Sprintf("r/%04d", i)] = &fstest.MapFile{Data: []byte(text)}
	}
	return files
}

const harbour = "The boats sail out of the harbour at dawn, and come back with the tide when the lamps are lit along the quay. " +
	"Old men sit on the wall and mend the nets; they have seen many boats go out, and most of them come back. "

func TestDedupe(t *testing.T) {
	nearly := strings.Replace(harbour, "The", "Three", 1)
	half := harbour[:len(harbour)/2] + "Nobody speaks, for nobody knows what to say to a man who has seen it all."
	tests := []struct {
		name, mode   string
		texts        []string
		want, ledger []string
	}{
		{
			name: "exact but for white space", mode: DedupeExact,
			texts:  []string{"a b", " a\n\tb\u00a0", "a b.", "A b", "ab", "a b"},
			want:   []string{"r/0000", "r/0002", "r/0003", "r/0004"},
			ledger: []string{"r/0001: " + Duplicate + " r/0000", "r/0005: " + Duplicate + " r/0000"},
		}, {
			name: "nothing repeats nothing", mode: DedupeNear,
			texts: []string{"", "", " \n", "?", "!"},
			want:  []string{"r/0000", "r/0001", "r/0002", "r/0003", "r/0004"},
		}, {
			name: "near but not exact", mode: DedupeExact,
			texts: []string{harbour, nearly},
			want:  []string{"r/0000", "r/0001"},
		}, {
			name: "near", mode: DedupeNear,
			texts:  []string{harbour, nearly, half, strings.ToUpper(harbour), harbour},
			want:   []string{"r/0000", "r/0002"},
			ledger: []string{"r/0001: " + NearDuplicate + " r/0000, similarity 0.95", "r/0003: " + NearDuplicate + " r/0000, similarity 1.00", "r/0004: " + Duplicate + " r/0000"},
		}, {
			name: "short texts", mode: DedupeNear,
			texts:  []string{"one two", "One, two!", "one two three", "eins zwei"},
			want:   []string{"r/0000", "r/0002", "r/0003"},
			ledger: []string{"r/0001: " + NearDuplicate + " r/0000, similarity 1.00"},
		}, {
			name: "scripts without blanks", mode: DedupeNear,
			texts:  []string{"船在黎明时分驶出港口，随着潮水回来。", "船在黎明时分驶出港口，随着潮水回来！", "老人坐在墙上补网，他们见过很多船出海。"},
			want:   []string{"r/0000", "r/0002"},
			ledger: []string{"r/0001: " + NearDuplicate + " r/0000, similarity 1.00"},
		}, {
			name: "off", mode: "",
			texts:  []string{"b", "a", "b", "a", "b"},
			want:   []string{"r/0000", "r/0001", "r/0002", "r/0003", "r/0004"},
			ledger: []string{"r/0002: " + Duplicate + " r/0000"},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			c := open(t, Options{Files: numberedFiles(test.texts...), Dedupe: test.mode}, "r")
			equal(t, "documents", ids(gather(c)), test.want)
			var got []string
			for _, e := range c.Ledger() {
				got = append(got, e.Path+": "+e.Reason+" "+e.Detail)
				if e.Note != (test.mode == "") || e.Note && e.Files != 3 {
					t.Errorf("entry %+v", e)
				}
			}
			equal(t, "ledger", got, test.ledger)
		})
	}
}

// The fast way of squeezing white space gives what the slow one does.
func TestSqueezing(t *testing.T) {
	slow := func(text string) (sum [16]byte) {
		if words := strings.Fields(text); len(words) > 0 {
			text = strings.Join(words, " ") + " "
		} else {
			text = ""
		}
		whole := sha256.Sum256([]byte(text))
		copy(sum[:], whole[:])
		return sum
	}
	piece := rapid.SampledFrom([]string{" ", "\n", "\t", "\r\n", "  ", "a", "word", "longer-words", "é", "\u0085", "\u00a0", "\u1680", "\u2003", "\u2028", "\u3000", "中", "ก", "\u2019", "\U0001F41D", "~", "!"})
	var s fingerprinter
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(piece, 0, 60).Draw(t, "text"), "")
		// Across the edge of the buffer, wherever it falls.
		text = strings.Repeat("x", rapid.SampledFrom([]int{0, 0, 4080, 4087, 4090, 4096}).Draw(t, "before")) + text
		f := s.of(text)
		if f.exact != slow(text) || f.empty != (strings.TrimSpace(text) == "") {
			t.Fatalf("%q: empty %v, or another hash", text, f.empty)
		}
	})
}

// shingles are the shingles of a text, as sketchOf defines them, of words without anything
// but letters.
func shingles(words []string) map[string]bool {
	set := map[string]bool{}
	for i := range max(1, len(words)-shingleWords+1) {
		set[strings.Join(words[i:min(i+shingleWords, len(words))], " ")] = true
	}
	return set
}

// randomPair makes two texts, of which the second is the first with some words changed.
func randomPair(random *rand.Rand, length, changes int) (a, b []string) {
	for range length {
		a = append(a, fmt.Sprintf("w%d", random.IntN(5000)))
	}
	b = slices.Clone(a)
	for range changes {
		b[random.IntN(length)] = fmt.Sprintf("x%d", random.IntN(5000))
	}
	return a, b
}

func jaccard(a, b map[string]bool) float64 {
	both := 0
	for s := range a {
		if b[s] {
			both++
		}
	}
	return float64(both) / float64(len(a)+len(b)-both)
}

// Of texts of up to 64 shingles the similarity is exact. Of longer ones it is an estimate,
// off by 0.05 on average at most.
func TestSimilarity(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	squares, n := 0.0, 0
	for range 2000 {
		length := 1 + random.IntN(600)
		a, b := randomPair(random, length, random.IntN(1+length/20))
		left, _ := sketchOf(strings.Join(a, " "))
		right, _ := sketchOf(strings.Join(b, " "))
		shared, all := alike(left, right)
		got, want := float64(shared)/float64(all), jaccard(shingles(a), shingles(b))
		if len(shingles(a)) <= sketchSize && len(shingles(b)) <= sketchSize/2 && got != want {
			t.Errorf("similarity %v of texts of %d words, want %v", got, length, want)
		}
		squares, n = squares+(got-want)*(got-want), n+1
	}
	if mean := squares / float64(n); mean > 0.05*0.05 {
		t.Errorf("the mean square of the error is %v", mean)
	}
}

// What is near is found among thousands, and nothing else is taken for it.
func TestNearIsFound(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	near, missed, wrong := 0, 0, 0
	seen := newDuplicates(DedupeNear)
	prints := fingerprinter{near: true}
	for i := range 3000 {
		a, b := randomPair(random, 20+random.IntN(300), random.IntN(12))
		similarity := jaccard(shingles(a), shingles(b))
		found := [2]bool{}
		for j, words := range [][]string{a, b} {
			f := prints.of(strings.Join(words, " "))
			_, found[j] = seen.add(&Document{ID: fmt.Sprint(i, j)}, &f)
		}
		switch {
		case found[0], found[1] && similarity < 0.6:
			wrong++
		case similarity >= 0.95:
			if near++; !found[1] {
				missed++
			}
		}
	}
	if near < 300 || missed > 0 || wrong > 0 {
		t.Errorf("of %d near duplicates %d were missed, and %d others taken for some", near, missed, wrong)
	}
}

// A range that borrows a hash is told from the one that has it, and by how far it borrows:
// else texts that share a shingle would look alike in all empty ranges before it.
func TestBorrowedHashesTellTheDistance(t *testing.T) {
	var rows [bandRows * bandCount]uint32
	rows[7] = 42
	seen := map[uint64]int{}
	for row := range rows {
		if other, twice := seen[rowOf(&rows, row)]; twice {
			t.Errorf("ranges %d and %d look alike", other, row)
		}
		seen[rowOf(&rows, row)] = row
	}
	if rowOf(&rows, 7) != 42 {
		t.Error("a range does not have its own hash")
	}
}

// However many texts begin alike, they are not all compared with each other.
func TestCrowd(t *testing.T) {
	var table bandTable
	for i := range int32(10000) {
		table.add(7, i)
		table.add(uint32(i)*2654435761, i)
	}
	if found := table.find(7, nil); len(found) != crowd || found[0] != 0 {
		t.Errorf("%d found, want %d, the first of them 0", len(found), crowd)
	}
	for i := range int32(10000) {
		if !slices.Contains(table.find(uint32(i)*2654435761, nil), i) {
			t.Fatalf("document %d is lost", i)
		}
	}
}

// Nothing is dropped in silence, and the number of threads changes nothing.
func TestDedupeLosesNothing(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	var texts []string
	for range 300 {
		a, b := randomPair(random, 1+random.IntN(100), random.IntN(3))
		texts = append(texts, strings.Join(a, " "), strings.Join(b, " "), strings.Join(b, "\n"), "")
	}
	random.Shuffle(len(texts), func(i, j int) { texts[i], texts[j] = texts[j], texts[i] })
	for _, mode := range Dedupes {
		var first []string
		var ledger Ledger
		for _, threads := range []int{1, 2, 8} {
			c := open(t, Options{Files: numberedFiles(texts...), Dedupe: mode, Threads: threads}, "r")
			got := ids(gather(c))
			dropped := 0
			for _, e := range c.Ledger() {
				if !e.Note {
					dropped++
				}
			}
			if len(got)+dropped != len(texts) || mode != DedupeOff && dropped < 300 {
				t.Errorf("%s: %d documents and %d left out of %d", mode, len(got), dropped, len(texts))
			}
			if threads == 1 {
				first, ledger = got, c.Ledger()
			} else if !slices.Equal(got, first) || !slices.Equal(c.Ledger(), ledger) {
				t.Errorf("%s: %d threads change the result", mode, threads)
			}
		}
	}
}

func FuzzDedupe(f *testing.F) {
	f.Add("a b", "a  b\n")
	f.Add(harbour, harbour[1:])
	f.Fuzz(func(t *testing.T, a, b string) {
		prints, seen := fingerprinter{near: true}, newDuplicates(DedupeNear)
		texts := []string{strings.ToValidUTF8(a, "\uFFFD"), strings.ToValidUTF8(b, "\uFFFD")}
		for i, text := range append(texts, texts...) {
			f := prints.of(text)
			if _, repeats := seen.add(&Document{ID: fmt.Sprint(i)}, &f); i >= 2 && repeats == f.empty {
				t.Errorf("%q came twice: repeats %v", text, repeats)
			}
		}
	})
}

func BenchmarkFingerprint(b *testing.B) {
	a, _ := randomPair(rand.New(rand.NewPCG(7, 8)), 350, 0)
	text := strings.Join(a, " ")
	for _, near := range []bool{false, true} {
		b.Run(fmt.Sprintf("near=%v", near), func(b *testing.B) {
			prints := &fingerprinter{near: near}
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				prints.of(text)
			}
		})
	}
}

// BenchmarkDuplicates tells what a document takes once its fingerprint is there.
func BenchmarkDuplicates(b *testing.B) {
	for _, mode := range []string{DedupeExact, DedupeNear} {
		b.Run(mode, func(b *testing.B) {
			random := rand.New(rand.NewPCG(9, 10))
			seen, d := newDuplicates(mode), Document{ID: "x"}
			b.ReportAllocs()
			for b.Loop() {
				f := fingerprint{sketch: make([]uint32, sketchSize), bands: make([]uint32, bandCount)}
				for i := range f.sketch {
					f.sketch[i] = random.Uint32()
				}
				for i := range f.bands {
					f.bands[i] = random.Uint32()
				}
				for i := range f.exact {
					f.exact[i] = byte(random.Uint32())
				}
				seen.add(&d, &f)
			}
		})
	}
}
