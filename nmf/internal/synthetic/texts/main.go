// Command texts prints the documents of a synthetic corpus, one a line, for klew import to count: to
// measure on more than there is at hand, with topics that are known. A term is written t and its number.
//
//	go run ./nmf/internal/synthetic/texts -terms 100000 -topics 100 -non-zeros 1e9 |
//		klew import - --input lines --language none -o synthetic.kcorpus
//
// Words come in bursts of the same term, since only counts matter. BENCHMARKS.md of package nmf says
// what was measured.
package main

import (
	"bufio"
	"flag"
	"os"
	"strconv"

	"klew/nmf/internal/synthetic"
)

func main() {
	terms := flag.Int("terms", 100_000, "number of terms")
	topics := flag.Int("topics", 100, "number of topics, beside the background")
	nonZeros := flag.Float64("non-zeros", 1e7, "number of non-zeros, about")
	seed := flag.Uint64("seed", 1, "seed of the random numbers")
	flag.Parse()
	to := bufio.NewWriterSize(os.Stdout, 1<<20)
	print(to, synthetic.Model{Terms: *terms, Topics: *topics, Seed: *seed}.Matrix(int(*nonZeros)))
	if err := to.Flush(); err != nil {
		os.Stderr.WriteString("texts: " + err.Error() + "\n")
		os.Exit(1)
	}
}

// print writes a line for each document: a pipe that is closed ends it when the buffer is full.
func print(to *bufio.Writer, m *synthetic.Matrix) {
	last, word := 0, []byte(nil)
	m.DoNonZero(func(term, document int, count float64) {
		for ; last < document; last++ {
			to.WriteByte('\n')
		}
		word = append(strconv.AppendInt(append(word[:0], 't'), int64(term), 10), ' ')
		for range int(count) {
			to.Write(word)
		}
	})
	to.WriteByte('\n')
}
