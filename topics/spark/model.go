package spark

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"math"

	"klew/corpus"
	"klew/nmf"
	"klew/nmf/shard"
	"klew/nmf/shard/remote"
	"klew/topics"
	"klew/vectorize"
)

// modelRequest is what a model says of how it came about.
type modelRequest struct {
	Paths      []string  `json:"paths"`
	Cluster    string    `json:"cluster"` // how and where, as in topics.Origin
	Seed       uint64    `json:"seed"`
	Passes     int       `json:"passes"` // the most
	Tol        float64   `json:"tol"`
	Divergence []float64 `json:"divergence"` // after each pass
}

// modelBy puts the results together, as made by a program.
func modelBy(program string) remote.Task {
	return func(_ context.Context, request []byte, in *remote.Reader, out *remote.Writer) error {
		return putModel(program, request, in, out)
	}
}

func putModel(program string, request []byte, in *remote.Reader, out *remote.Writer) error {
	a := &assembly{program: program, words: given{what: "vocabulary (VOCA)"}}
	if err := remote.Parse(request, &a.asked); err != nil {
		return err
	}
	a.documents = sequence{do: a.addDocuments}
	var w remote.Whole
	err := in.Each(map[string]func(remote.Frame) error{
		kindVocabulary:  a.words.whole.Add,
		remote.KindW:    w.Add,
		kindDocuments:   a.documents.take,
		remote.KindH:    a.addWeights,
		remote.KindInfo: a.addShard,
	})
	if err == nil {
		err = a.documents.flush()
	}
	if err == nil {
		a.w, err = shard.DecodeW(w.Data)
	}
	if err != nil {
		return err
	}
	m, err := a.model()
	if err != nil {
		return err
	}
	var file bytes.Buffer
	if err := m.Write(&file); err != nil {
		return err
	}
	out.Long(kindModel, 0, file.Bytes())
	return nil
}

// assembly is a model in the making.
type assembly struct {
	program   string
	asked     modelRequest
	words     given
	w         *nmf.Factor
	documents sequence
	ledger    corpus.Ledger
	table     []vectorize.Document
	weights   []float32
}

// addShard adds what a shard says of itself.
func (a *assembly) addShard(f remote.Frame) error {
	var about counted
	err := remote.Parse(f.Data, &about)
	a.ledger = append(a.ledger, about.Ledger...)
	return err
}

// addDocuments adds those of a block.
func (a *assembly) addDocuments(_ int64, data []byte) error {
	var documents []document
	err := remote.Parse(data, &documents)
	for _, d := range documents {
		a.table = append(a.table, d.counted())
	}
	return err
}

// addWeights adds a part of those of the block whose documents came last.
func (a *assembly) addWeights(f remote.Frame) error {
	if err := a.documents.flush(); err != nil {
		return err
	}
	if f.Key != a.documents.key || len(f.Data)%4 != 0 {
		return fmt.Errorf("the weights of block %d come after the documents of block %d", f.Key, a.documents.key)
	}
	for at := 0; at < len(f.Data); at += 4 {
		x := math.Float32frombits(binary.LittleEndian.Uint32(f.Data[at:]))
		if !(x >= 0 && x < math.MaxFloat32) {
			return fmt.Errorf("a weight of %v", x)
		}
		a.weights = append(a.weights, x)
	}
	return nil
}

// model makes it. Topics keep their order: the table of documents has it, too.
func (a *assembly) model() (*topics.Model, error) {
	v, err := a.words.get()
	if err != nil {
		return nil, err
	}
	n, k := len(a.table), a.w.Topics()
	if n == 0 || len(a.weights) != n*k || a.w.Items() != len(v.Terms) {
		return nil, fmt.Errorf("%d documents with %d weights, %d terms in the vocabulary and %d in W: a part is missing", n, len(a.weights), len(v.Terms), a.w.Items())
	}
	if len(a.asked.Divergence) == 0 {
		return nil, errors.New("no pass was made")
	}
	table := &vectorize.Table{
		Documents: a.table, Dropped: v.Dropped, Languages: v.Languages,
		Vocabulary: &vectorize.Vocabulary{Terms: v.Terms, Documents: n},
	}
	table.MainLanguage = v.Options.MainLanguage
	d := a.asked.Divergence
	result := &nmf.Result{W: a.w, H: nmf.NewH(k, n, a.weights), Divergence: d[len(d)-1], Iterations: len(d), Status: a.status()}
	for i, x := range d {
		result.Trace = append(result.Trace, nmf.Step{Iteration: i + 1, Divergence: x})
	}
	return topics.InOrder(table, result, a.origin(v)), nil
}

func (a *assembly) status() nmf.Status {
	if len(a.asked.Divergence) >= a.asked.Passes {
		return nmf.Limit
	}
	return nmf.Converged
}

// origin says how the model came about.
func (a *assembly) origin(v *vectorize.Counted) topics.Origin {
	fitting := nmf.Defaults()
	fitting.Topics, fitting.Seed, fitting.Refine = a.w.Topics(), a.asked.Seed, nmf.RefineOff
	fitting.MaxIter, fitting.Tol = a.asked.Passes, a.asked.Tol
	return topics.Origin{
		Program: a.program, Paths: a.asked.Paths, Cluster: a.asked.Cluster,
		Counting: v.Options, Fitting: fitting, Ledger: a.ledger,
	}
}
