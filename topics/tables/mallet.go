package tables

import (
	"bufio"
	"cmp"
	"context"
	"io"
	"math"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"klew/topics"
	"klew/vectorize"
)

const (
	malletReadme = "README.txt"
	malletHead   = "The files of MALLET, written by klew.\n"
	// MALLETWords is how many top words of a topic MALLET prints, and diagnoses, unless told
	// otherwise.
	MALLETWords = 20
)

// malletText is the README.txt in the folder.
const malletText = malletHead + `
MALLET (McCallum 2002) counts the tokens that its sampler has given to each topic. klew
has no sampler: in the place of those counts it has the numbers of tokens to be expected,
which are fractions. Topics are numbered from 0 here, as MALLET does.

topics.tsv
    which topic of klew each of these is: mallet, topic (its number in klew), label, share.
topic-keys.txt
    topic, weight, keywords. The weight is the topic's share of the corpus; MALLET has its
    Dirichlet parameter there.
doc-topics.txt
    number, document, and the topics' proportions of the document in the order of topics.
    Proportions may be 0, for klew smooths nothing.
word-topic-counts.txt
    number, word, and topic:count, the largest first. A count is the number of the word's
    tokens that are expected in the topic, W times the sum of the topic's row of H, brought
    to a whole number so that the counts of a word sum to its number of tokens: all are
    rounded down, and what is then missing goes to those that have lost the most. Those
    that are 0 are left out.
topic-word-weights.txt
    topic, word, weight. The weight is that expected count, not rounded; MALLET adds its
    smoothing (beta) to its counts, and lists all words, where klew leaves out those that
    have none.

Tabs, ends of lines and backslashes in names are written \t, \n, \r and \\, and blanks in
words \s. Where two stems are most often written alike, the second has its stem behind a
slash.
`

// mallet are the files that MALLET's train-topics writes.
func (e *Export) mallet() []file {
	var files []file
	for _, f := range []struct {
		name  string
		write func(ctx context.Context, w *bufio.Writer) error
	}{
		{malletReadme, func(_ context.Context, w *bufio.Writer) error { w.WriteString(malletText); return nil }},
		{"topics.tsv", e.malletTopics},
		{"topic-keys.txt", e.malletTopicKeys},
		{"doc-topics.txt", e.malletDocTopics},
		{"word-topic-counts.txt", e.malletWordCounts},
		{"topic-word-weights.txt", e.malletWeights},
		{"diagnostics.xml", e.malletDiagnostics},
	} {
		files = append(files, file{filepath.Join(e.Path, f.name), "", func(ctx context.Context, to io.Writer) error {
			w := bufio.NewWriterSize(to, 1<<16)
			if err := f.write(ctx, w); err != nil {
				return err
			}
			return w.Flush()
		}})
	}
	return files
}

var malletEscapes = strings.NewReplacer("\\", `\\`, "\t", `\t`, "\n", `\n`, "\r", `\r`, " ", `\s`)

// malletTopics says which number a topic has here, and which people know it by.
func (e *Export) malletTopics(_ context.Context, w *bufio.Writer) error {
	if e.renumbered() {
		e.note("MALLET numbers topics from 0 without gaps: topics.tsv says which topic each of these is")
	}
	m := e.Model
	labels, shares := m.Labels(), m.Shares()
	columns := []Column{wholeColumn("mallet"), wholeColumn("topic"), textColumn("label"), numberColumn("share")}
	return Write(w, TSV, tableOf(topicsName, columns, m.Topics(), func(row []Cell, k int) {
		row[0], row[1], row[2], row[3] = wholeCell(k), topicCell(m, k), textCell(labels[k]), numberCell(shares[k])
	}))
}

// renumbered says whether topics have other numbers than their places would give them,
// since some were merged, dropped, or given other numbers.
func (e *Export) renumbered() bool {
	for k := range e.Model.Topics() {
		if e.Model.Number(k) != k+1 {
			return true
		}
	}
	return false
}

func (e *Export) malletTopicKeys(_ context.Context, w *bufio.Writer) error {
	words := distinctWords(e.Model.Vocabulary)
	for k, share := range e.Model.Shares() {
		w.WriteString(strconv.Itoa(k) + "\t" + string(appendNumber(nil, share, false)) + "\t")
		for _, i := range topics.MostProbable(e.Model.W, k, MALLETWords) {
			w.WriteString(malletEscapes.Replace(words[i]) + " ")
		}
		w.WriteByte('\n')
	}
	return nil
}

func (e *Export) malletDocTopics(ctx context.Context, w *bufio.Writer) error {
	m := e.Model
	shares := make([]float64, m.Topics())
	var line []byte
	for j := range m.Documents {
		if err := ctx.Err(); err != nil {
			return err
		}
		line = strconv.AppendInt(line[:0], int64(j), 10)
		line = append(append(line, '\t'), escapes.Replace(clean(m.Documents[j].ID))...)
		topics.PutProportions(shares, m.H.Item(j))
		for _, share := range shares {
			line = appendNumber(append(line, '\t'), share, false)
		}
		if _, err := w.Write(append(line, '\n')); err != nil {
			return err
		}
		e.wrote()
	}
	return nil
}

func (e *Export) malletWordCounts(ctx context.Context, w *bufio.Writer) error {
	m := e.Model
	mass := m.H.Sums()
	expected, counts := make([]float64, m.Topics()), make([]int64, m.Topics())
	for i, word := range distinctWords(m.Vocabulary) {
		for k, x := range m.W.Item(i) {
			expected[k] = float64(x) * mass[k]
		}
		roundTogether(counts, expected)
		settle(counts, m.Vocabulary.Terms[i].Count)
		line := strconv.Itoa(i) + " " + malletEscapes.Replace(word)
		for _, k := range byCount(counts) {
			line += " " + strconv.Itoa(k) + ":" + strconv.FormatInt(counts[k], 10)
		}
		if _, err := w.WriteString(line + "\n"); err != nil {
			return err
		}
		if err := ctx.Err(); err != nil {
			return err
		}
	}
	return nil
}

// roundTogether rounds numbers so that they sum to their rounded sum: down, and then one
// more for those with the largest remainders, the first of equal ones.
func roundTogether(to []int64, numbers []float64) {
	sum, left := 0.0, int64(0)
	order := make([]int, len(numbers))
	for k, x := range numbers {
		sum += x
		to[k] = int64(math.Floor(x))
		left -= to[k]
		order[k] = k
	}
	left += int64(math.Round(sum))
	remainder := func(k int) float64 { return numbers[k] - math.Floor(numbers[k]) }
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(remainder(b), remainder(a)) })
	for _, k := range order[:min(max(left, 0), int64(len(order)))] {
		to[k]++
	}
}

// settle gives the most frequent topic what whole numbers lack of a word's tokens, or have too
// much, where that is no more than what single precision cannot tell: not where weights are no
// counts, or topics have been dropped.
func settle(counts []int64, tokens int) {
	sum := int64(0)
	for _, n := range counts {
		sum += n
	}
	const digits = 1e-6
	if left := int64(tokens) - sum; len(counts) > 0 && math.Abs(float64(left)) <= digits*float64(tokens) {
		counts[slices.Index(counts, slices.Max(counts))] += left
	}
}

// byCount are the topics that have any, the largest first.
func byCount(counts []int64) []int {
	var order []int
	for k, n := range counts {
		if n > 0 {
			order = append(order, k)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(counts[b], counts[a]) })
	return order
}

func (e *Export) malletWeights(ctx context.Context, w *bufio.Writer) error {
	m := e.Model
	words := distinctWords(m.Vocabulary)
	for k, mass := range m.H.Sums() {
		for i := range m.W.Items() {
			x := m.W.Item(i)[k]
			if x == 0 {
				continue
			}
			w.WriteString(strconv.Itoa(k) + "\t" + malletEscapes.Replace(words[i]) + "\t")
			w.Write(appendNumber(nil, float64(x)*mass, false))
			if err := w.WriteByte('\n'); err != nil {
				return err
			}
			e.wrote()
		}
		if err := ctx.Err(); err != nil {
			return err
		}
	}
	return nil
}

// distinctWords are the terms as people write them, each in a way of its own: a form may
// be the most frequent of two stems where texts are of several languages.
func distinctWords(v *vectorize.Vocabulary) []string {
	words, taken := make([]string, len(v.Terms)), make(map[string]bool, len(v.Terms))
	for i, t := range v.Terms {
		word := clean(t.Shown())
		if taken[word] {
			word += "/" + clean(t.Stem)
		}
		for taken[word] {
			word += "/"
		}
		taken[word] = true
		words[i] = word
	}
	return words
}
