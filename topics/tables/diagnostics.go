package tables

import (
	"bufio"
	"context"
	"encoding/xml"
	"slices"
	"strconv"
	"unicode/utf8"

	"klew/topics"
	"klew/topics/evaluation"
)

// malletDiagnostics writes what MALLET's --diagnostics-file does: the numbers of each topic,
// and of each of its top words how often it is expected in the topic, its probability there,
// that of all words so far, and the number of documents that have it.
//
//	<model>
//	<topic id='0' tokens='…' document_entropy='…' …>
//	<word rank='1' count='…' prob='…' cumulative='…' docs='…' word-length='…'>boats</word>
//	</topic>
//	</model>
func (e *Export) malletDiagnostics(_ context.Context, w *bufio.Writer) error {
	m := e.Model
	w.WriteString("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<model>\n")
	mass, words := m.H.Sums(), distinctWords(m.Vocabulary)
	top := MALLETTop(m)
	for k, d := range evaluation.Diagnose(m, top) {
		w.WriteString("<topic id='" + strconv.Itoa(k) + "'")
		for _, a := range e.attributes(k, &d) {
			w.WriteString(" " + a.name + "='" + string(appendNumber(nil, a.value, false)) + "'")
		}
		w.WriteString(">\n")
		cumulative := 0.0
		for n, i := range top[k] {
			p := float64(m.W.Item(int(i))[k])
			cumulative += p
			w.WriteString("<word rank='" + strconv.Itoa(n+1) + "'")
			for _, a := range []attribute{
				{"count", p * mass[k]}, {"prob", p}, {"cumulative", cumulative},
				{"docs", float64(m.Vocabulary.Terms[i].DF)}, {"word-length", float64(utf8.RuneCountInString(words[i]))},
			} {
				w.WriteString(" " + a.name + "='" + string(appendNumber(nil, a.value, false)) + "'")
			}
			w.WriteByte('>')
			if err := xml.EscapeText(w, []byte(words[i])); err != nil {
				return err
			}
			w.WriteString("</word>\n")
		}
		w.WriteString("</topic>\n")
	}
	_, err := w.WriteString("</model>\n")
	return err
}

// MALLETTop are the rows of each topic's top words, as MALLET takes them: the most probable.
func MALLETTop(m *topics.Model) (top [][]int32) {
	for k := range m.Topics() {
		top = append(top, topics.MostProbable(m.W, k, MALLETWords))
	}
	return top
}

type attribute struct {
	name  string
	value float64
}

// attributes are a topic's numbers, under MALLET's names and in its order.
func (e *Export) attributes(k int, d *evaluation.Diagnostics) []attribute {
	list := []attribute{
		{"tokens", d.Tokens}, {"document_entropy", d.DocumentEntropy}, {"word-length", d.WordLength},
		{"uniform_dist", d.UniformDist}, {"corpus_dist", d.CorpusDist}, {"eff_num_words", d.EffNumWords},
		{"token-doc-diff", d.TokenDocDiff}, {"rank_1_docs", d.Rank1Docs}, {"allocation_ratio", d.AllocationRatio},
		{"allocation_count", d.AllocationCount}, {"exclusivity", d.Exclusivity},
	}
	if e.Coherence != nil {
		list = slices.Insert(list, 3, attribute{"coherence", e.Coherence[k]})
	}
	return list
}
