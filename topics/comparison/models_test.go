package comparison

import (
	"fmt"
	"math/rand/v2"

	"klew/nmf"
	"klew/topics"
	"klew/vectorize"
)

// drawn is a model with a block of words for each topic, a few words that all have, and
// documents of one or two topics. Models of other texts have other checksums.
func drawn(many int, seed uint64, texts uint32) *topics.Model {
	const words, common, documents = 30, 10, 20
	r := rand.New(rand.NewPCG(seed, 5))
	terms := many*words + common
	w, h := make([]float32, terms*many), make([]float32, many*documents*many)
	for i := range terms {
		for k := range many {
			if i/words == k || i >= many*words {
				w[i*many+k] = 0.1 + float32(r.ExpFloat64())
			}
		}
	}
	for j := range many * documents {
		h[j*many+j%many] = 20 + float32(r.IntN(30))
		h[j*many+r.IntN(many)] += float32(r.IntN(15))
	}
	return made(terms, many, w, h, texts)
}

// made is a model of factors.
func made(terms, many int, w, h []float32, texts uint32) *topics.Model {
	table := &vectorize.Table{Vocabulary: &vectorize.Vocabulary{}}
	for i := range terms {
		table.Vocabulary.Terms = append(table.Vocabulary.Terms, vectorize.Term{Stem: fmt.Sprintf("term%04d", i), DF: 1000, Count: 1000})
	}
	for j := range len(h) / many {
		table.Documents = append(table.Documents, vectorize.Document{ID: fmt.Sprint(j), Tokens: 9, Checksum: texts + uint32(j)})
	}
	options := nmf.Defaults()
	options.Topics = many
	return topics.New(table, &nmf.Result{W: nmf.NewW(terms, many, w), H: nmf.NewH(many, len(h)/many, h)}, topics.Origin{Fitting: options})
}

// changedBy is a copy of a model, with other factors.
func changedBy(m *topics.Model, many int, weight func(i, k int) float32, weights func(j, k int) float32) *topics.Model {
	w, h := make([]float32, m.W.Items()*many), make([]float32, m.H.Items()*many)
	for i := range w {
		w[i] = weight(i/many, i%many)
	}
	for j := range h {
		h[j] = weights(j/many, j%many)
	}
	return made(m.W.Items(), many, w, h, m.Documents[0].Checksum)
}

// shuffled is a copy with its topics in another order: topic k was order[k].
func shuffled(m *topics.Model, order []int) *topics.Model {
	c := changedBy(m, m.Topics(), func(i, k int) float32 { return m.W.Item(i)[k] }, func(j, k int) float32 { return m.H.Item(j)[k] })
	c.Renumber(order)
	return c
}

// elsewhere makes the documents those of other texts.
func elsewhere(m *topics.Model) *topics.Model {
	for j := range m.Documents {
		m.Documents[j].Checksum += 1 << 20
	}
	return m
}

// splitWords is a copy in which each second word of topic k has gone to a topic of its own,
// the last one.
func splitWords(m *topics.Model, k int) *topics.Model {
	all := m.Topics()
	part := [2]float32{}
	for i := range m.W.Items() {
		part[i%2] += m.W.Item(i)[k]
	}
	return changedBy(m, all+1, func(i, l int) float32 {
		switch {
		case l == k && i%2 == 1 || l == all && i%2 == 0:
			return 0
		case l == all:
			return m.W.Item(i)[k] / part[1]
		case l == k:
			return m.W.Item(i)[k] / part[0]
		}
		return m.W.Item(i)[l]
	}, func(j, l int) float32 {
		switch l {
		case all:
			return m.H.Item(j)[k] * part[1]
		case k:
			return m.H.Item(j)[k] * part[0]
		}
		return m.H.Item(j)[l]
	})
}

// splitDocuments is a copy in which the second half of the documents of topic k has a topic
// of its own, with the same words.
func splitDocuments(m *topics.Model, k int) *topics.Model {
	all, half := m.Topics(), m.H.Items()/2
	return changedBy(m, all+1, func(i, l int) float32 {
		if l == all {
			l = k
		}
		return m.W.Item(i)[l]
	}, func(j, l int) float32 {
		switch {
		case l == k && j >= half || l == all && j < half:
			return 0
		case l == all:
			l = k
		}
		return m.H.Item(j)[l]
	})
}

// ofTerms is a model of terms alone: each topic is given by its weights, all topics have the
// same share, and no document has a text.
func ofTerms(weights ...[]float32) *topics.Model {
	many := len(weights)
	w, h := make([]float32, len(weights[0])*many), make([]float32, many*many)
	for k, column := range weights {
		for i, x := range column {
			w[i*many+k] = x
		}
		h[k*many+k] = 100
	}
	m := made(len(weights[0]), many, w, h, 0)
	for j := range m.Documents {
		m.Documents[j].Checksum = 0
	}
	return m
}
