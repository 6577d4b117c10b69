package streaming

import (
	"os"
	"strconv"
	"strings"
	"unsafe"

	"klew/vectorize"
)

// Size is how large a fit is.
type Size struct {
	NonZeros, Terms, Documents, Topics, Shards int
	// Names is how many bytes of memory the documents and the terms take.
	Names int64
}

// SizeOf is the size of a fit of a corpus, by the outline of its table.
func SizeOf(t *vectorize.Table, topics, shards int) Size {
	s := Size{Terms: len(t.Vocabulary.Terms), Documents: len(t.Documents), Topics: topics, Shards: shards}
	for _, term := range t.Vocabulary.Terms {
		s.NonZeros += term.DF
		s.Names += 2*int64(unsafe.Sizeof(term)) + text(term.Stem) // the corpus has a list, and the table
		for _, form := range term.Forms {
			s.Names += int64(unsafe.Sizeof(form)) + text(form.Text)
		}
	}
	for _, d := range t.Documents {
		s.Names += int64(unsafe.Sizeof(d)) + text(d.ID)
		for _, field := range d.Meta {
			s.Names += int64(unsafe.Sizeof(field)) + text(field.Name) + text(field.Value)
		}
	}
	return s
}

// text is what the bytes of a string take.
func text(s string) int64 { return (int64(len(s)) + 15) &^ 15 }

// InMemory is about how many bytes nmf.Fit needs: V as it comes, 16 bytes a non-zero, beside its packed
// form, by row and by column; and factors, of which the search keeps a few copies.
func (s Size) InMemory() int64 {
	return 32*int64(s.NonZeros) + 16*int64(s.Topics)*int64(s.Terms+s.Documents) + 200*int64(s.Documents)
}

// Machine is how much memory this machine, or the group that the process is in, has; 0 where that
// cannot be found out, as on systems other than Linux.
func Machine() int64 {
	most := meminfo()
	for _, path := range []string{"/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"} {
		text, err := os.ReadFile(path)
		if err != nil {
			continue
		}
		if n, err := strconv.ParseInt(strings.TrimSpace(string(text)), 10, 64); err == nil && n > 0 && (most == 0 || n < most) {
			most = n
		}
	}
	return most
}

// meminfo is MemTotal, 0 if there is none.
func meminfo() int64 {
	text, _ := os.ReadFile("/proc/meminfo")
	for line := range strings.Lines(string(text)) {
		if rest, ok := strings.CutPrefix(line, "MemTotal:"); ok {
			n, _ := strconv.ParseInt(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(rest), "kB")), 10, 64)
			return n << 10
		}
	}
	return 0
}

// Smallest is the amount of memory as which a smaller one counts: beside the program, which takes up to
// as much, less is of no use to anyone.
const Smallest = 64 << 20

// Least is about how many bytes a fit needs whose counts stay in the file, with an eighth for garbage: with
// less room the collector would take most of the time. The program itself comes on top. Names of documents and the
// vocabulary are there from the beginning to the end; beside them first the sample, then W with what is
// counted for it, and last the weights of documents.
func (s Size) Least() int64 {
	sample := s.search() + sampleEntry*leastSampled*int64(s.Topics)
	passes := 24 * s.w()
	weights := 8*s.w() + int64(s.Documents)*int64(8+5*min(s.Topics, mostActive))
	all := s.Names + s.shards() + max(sample, passes, weights)
	return all + all/8
}

// mostActive is about in how many topics of many a document has weight.
const mostActive = 20

func (s Size) w() int64 { return int64(s.Topics) * int64(s.Terms) }

// shards are three, one of them as the file has it.
func (s Size) shards() int64 { return 28 * int64(s.NonZeros) / int64(max(1, s.Shards)) }

// search is what a fit of the sample keeps of W.
func (s Size) search() int64 { return 16 * s.w() }

const (
	// sampleShare is the part of the memory that the sample may take, and sampleEntry what one of
	// its non-zeros takes while it is fitted.
	sampleShare = 3
	sampleEntry = 40
	// leastSampled and mostSampled are numbers of non-zeros for each topic: with less the topics of
	// the whole are not found (package nmf searches on as many), and more only takes time.
	leastSampled = 18_000
	mostSampled  = 100_000
)

// sampleSize is the number of non-zeros that a sample may have.
func (f *fit) sampleSize() int {
	if f.Sample > 0 {
		return f.Sample
	}
	s, k := SizeOf(f.table, f.Fitting.Topics, f.blocks.of.Shards), int64(f.Fitting.Topics)
	room := min(f.Memory/sampleShare, f.Memory-s.Names-s.shards()-s.search())
	return int(min(max(room/sampleEntry, leastSampled*k), mostSampled*k))
}
