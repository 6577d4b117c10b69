package evaluation

import (
	"cmp"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"

	"klew/topics"
)

// Intrusion is a question of Chang, Boyd-Graber, Gerrish, Wang & Blei (2009): which one does not
// belong? Of words, one is likely in another topic and not in the one whose top words the others
// are; of topics, one is not in the document shown. People who find the intruders see the topics
// as the model has them.
type Intrusion struct {
	// Topic is that of the words, by place, and Document that in which the topics are; -1 for
	// the other kind.
	Topic, Document int
	// Shown are the words, or the keywords of each topic, in the order in which they are shown,
	// and Intruder is the place among them of the one that does not belong.
	Shown    []string
	Intruder int

	proportions []float64 // smoothed, of each of the topics shown
}

const (
	topWords       = 5  // of a topic, beside the intruder
	topTopics      = 3  // of a document at most, beside the intruder
	mostDocuments  = 20 // that are asked about
	leastInBearing = 0.05
)

// Intrusions are the questions about a model: one for each topic with words enough, and one for
// each of up to 20 documents that have two topics or more of at least a twentieth. The same seed
// asks the same.
func Intrusions(m *topics.Model, seed uint64) []Intrusion {
	random := rand.New(rand.NewPCG(seed, 0))
	var all []Intrusion
	for k := range m.Topics() {
		if q, ok := wordIntrusion(m, k, random); ok {
			all = append(all, q)
		}
	}
	return append(all, documentIntrusions(m, random)...)
}

// wordIntrusion asks about the top words of a topic. The intruder is one of the top words of
// another topic, one of those that are least likely in this.
func wordIntrusion(m *topics.Model, k int, random *rand.Rand) (q Intrusion, ok bool) {
	rows := topics.MostProbable(m.W, k, topWords)
	var others []int32
	for other := range m.Topics() {
		if other != k {
			others = append(others, topics.MostProbable(m.W, other, topWords)...)
		}
	}
	here := func(i int32) float32 { return m.W.Item(int(i))[k] }
	others = slices.DeleteFunc(others, func(i int32) bool { return slices.Contains(rows, i) })
	if len(rows) < topWords || len(others) == 0 {
		return q, false
	}
	least := slices.Min(weightsOf(others, here))
	others = slices.DeleteFunc(others, func(i int32) bool { return here(i) > least })
	q = Intrusion{Topic: k, Document: -1, Intruder: random.IntN(topWords + 1)}
	rows = slices.Clone(rows)
	random.Shuffle(len(rows), func(a, b int) { rows[a], rows[b] = rows[b], rows[a] })
	q.Shown = wordsOf(m, slices.Insert(rows, q.Intruder, others[random.IntN(len(others))]))
	return q, true
}

func weightsOf(rows []int32, weight func(int32) float32) []float32 {
	all := make([]float32, len(rows))
	for n, i := range rows {
		all[n] = weight(i)
	}
	return all
}

// documentIntrusions ask about documents. The intruder is one of the topics of which the document
// has least.
func documentIntrusions(m *topics.Model, random *rand.Rand) (all []Intrusion) {
	keywords := m.TopWords(topWords)
	proportions := make([]float64, m.Topics())
	for _, j := range random.Perm(len(m.Documents)) {
		topics.PutProportions(proportions, m.H.Item(j))
		var within []int
		least := slices.Min(proportions)
		var without []int
		for k, p := range proportions {
			if p >= leastInBearing {
				within = append(within, k)
			}
			if p == least {
				without = append(without, k)
			}
		}
		if len(all) == mostDocuments || len(within) < 2 || len(within) == m.Topics() || least >= leastInBearing {
			continue
		}
		slices.SortStableFunc(within, func(a, b int) int { return cmp.Compare(proportions[b], proportions[a]) })
		within = within[:min(topTopics, len(within))]
		random.Shuffle(len(within), func(a, b int) { within[a], within[b] = within[b], within[a] })
		q := Intrusion{Topic: -1, Document: j, Intruder: random.IntN(len(within) + 1)}
		for _, k := range slices.Insert(within, q.Intruder, without[random.IntN(len(without))]) {
			q.Shown = append(q.Shown, strings.Join(wordsOf(m, keywords[k]), " "))
			q.proportions = append(q.proportions, smoothed(m, j, k))
		}
		all = append(all, q)
	}
	return all
}

// wordsOf are terms as people write them.
func wordsOf(m *topics.Model, rows []int32) []string {
	words := make([]string, len(rows))
	for n, i := range rows {
		words[n] = m.Vocabulary.Terms[i].Shown()
	}
	return words
}

// smoothed is the proportion of a topic in a document with one more token, spread evenly over
// topics: the logarithm of 0 is not finite.
func smoothed(m *topics.Model, j, k int) float64 {
	sum := 0.0
	for _, h := range m.H.Item(j) {
		sum += float64(h)
	}
	return (float64(m.H.Item(j)[k]) + 1/float64(m.Topics())) / (sum + 1)
}

// Answered is what people have answered.
type Answered struct {
	// Precision is, for each topic, the share of answers that name its intruder, NaN where there
	// is none: the model precision of Chang et al. (2009), their equation 1.
	Precision []float64
	// LogOdds is the mean over answers of log θ(intruder) - log θ(answer), by the document's
	// proportions with a token more, spread evenly: the topic log odds, equation 2. At most 0.
	LogOdds float64
	// Words and Documents are how many questions of each kind were answered, and Open how many
	// were not.
	Words, Documents, Open int
}

// MeanPrecision is the mean of Precision over the topics asked about.
func (a *Answered) MeanPrecision() float64 { return mean(a.Precision) }

// Score reads a sheet with answers: a table with a column question, the number of a question from
// 1, the columns a, b, … of what was shown, and answer: a letter, or what stands under it. A
// question may be there several times, as several people have answered it.
func Score(m *topics.Model, asked []Intrusion, sheet io.Reader) (*Answered, error) {
	rows, err := readSheet(sheet)
	if err != nil {
		return nil, err
	}
	a := &Answered{Precision: make([]float64, m.Topics())}
	times, odds := make([]float64, m.Topics()), 0.0
	for line, row := range rows {
		n, err := strconv.Atoi(row["question"])
		if err != nil || n < 1 || n > len(asked) || !asked[n-1].isShown(row) {
			return nil, fmt.Errorf("row %d is no question about this model: another model, or another --seed, has made the sheet", line+1)
		}
		q := &asked[n-1]
		chosen, err := q.answer(row["answer"])
		switch {
		case err != nil:
			return nil, fmt.Errorf("row %d: %w", line+1, err)
		case chosen < 0:
			a.Open++
		case q.Topic >= 0:
			a.Words++
			times[q.Topic]++
			if chosen == q.Intruder {
				a.Precision[q.Topic]++
			}
		default:
			a.Documents++
			odds += math.Log(q.proportions[q.Intruder]) - math.Log(q.proportions[chosen])
		}
	}
	for k := range times {
		a.Precision[k] /= times[k] // NaN without answers
	}
	a.LogOdds = odds / float64(a.Documents)
	return a, nil
}

// isShown says whether a row shows what the question does.
func (q *Intrusion) isShown(row map[string]string) bool {
	for i, shown := range q.Shown {
		if row[Letter(i)] != shown {
			return false
		}
	}
	return true
}

// answer is the place that was named; -1 if none was.
func (q *Intrusion) answer(text string) (int, error) {
	text = strings.TrimSpace(text)
	if text == "" {
		return -1, nil
	}
	for i, shown := range q.Shown {
		if strings.EqualFold(text, Letter(i)) || text == shown {
			return i, nil
		}
	}
	return 0, fmt.Errorf("the answer %q is neither a letter from a to %s nor one of what is shown", text, Letter(len(q.Shown)-1))
}

// Letter names what is shown: a, b, …
func Letter(i int) string { return string(rune('a' + i)) }

// readSheet reads a table by the names of its columns, as spreadsheets save it.
func readSheet(from io.Reader) ([]map[string]string, error) {
	text, err := io.ReadAll(io.LimitReader(from, 1<<26))
	if err != nil {
		return nil, err
	}
	content := strings.TrimPrefix(string(text), "\uFEFF")
	r := csv.NewReader(strings.NewReader(content))
	if head, _, _ := strings.Cut(content, "\n"); strings.Count(head, ";") > strings.Count(head, ",") {
		r.Comma = ';'
	}
	all, err := r.ReadAll()
	if err != nil {
		return nil, err
	}
	if len(all) == 0 || !slices.Contains(all[0], "question") || !slices.Contains(all[0], "answer") {
		return nil, errors.New("it is no sheet of questions: it has no columns question and answer")
	}
	var rows []map[string]string
	for _, cells := range all[1:] {
		row := map[string]string{}
		for i, name := range all[0] {
			row[name] = cells[i]
		}
		rows = append(rows, row)
	}
	return rows, nil
}
