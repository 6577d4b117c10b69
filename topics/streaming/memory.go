package streaming

import (
	"os"
	"strconv"
	"strings"
)

// InMemory is about how many bytes nmf.Fit needs for so many non-zeros, terms, documents and topics:
// V as it comes, 16 bytes a non-zero, beside its packed form, by row and by column; and factors, of
// which the search keeps a few copies.
func InMemory(nonZeros, terms, documents, topics int) int64 {
	return 32*int64(nonZeros) + 16*int64(topics)*int64(terms+documents) + 200*int64(documents)
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

// Streamed is about how many bytes a fit needs whose counts stay in the file, in so many shards: W and
// what is counted for it, in a few copies, weights and names of documents, and three shards.
func Streamed(nonZeros, terms, documents, topics, shards int) int64 {
	return 28*int64(topics)*int64(terms) + 4*int64(topics)*int64(documents) + 200*int64(documents) + 24*int64(nonZeros)/int64(max(1, shards))
}

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
func (o Options) sampleSize() int {
	if o.Sample > 0 {
		return o.Sample
	}
	k := int64(o.Fitting.Topics)
	return int(min(max(o.Memory/sampleShare/sampleEntry, leastSampled*k), mostSampled*k))
}
