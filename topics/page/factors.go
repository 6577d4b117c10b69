package page

import (
	"encoding/binary"
	"fmt"
	"math"

	"klew/topics"
	"klew/vectorize/sections"
)

// entries are the non-zeros of a factor, list by list: of W topics with their terms, of H
// documents with their topics.
type entries struct {
	lists  int
	counts []uint32
	at     []uint32 // rising within a list
	values []float32
}

// checksum tells a model from others by its topics as fitted.
func checksum(m *topics.Model) string {
	w := m.Fitted().W
	all := make([]byte, 0, 4*w.Items()*w.Topics())
	for i := range w.Items() {
		for _, x := range w.Item(i) {
			all = binary.LittleEndian.AppendUint32(all, math.Float32bits(x))
		}
	}
	return fmt.Sprintf("%08x", sections.Checksum(all))
}

// byTopic are the entries of W, a list a topic: what a topic has stands together.
func byTopic(m *topics.Model) entries {
	e := entries{lists: m.Topics()}
	for k := range m.Topics() {
		n := uint32(0)
		for i := range m.W.Items() {
			if x := m.W.Item(i)[k]; x > 0 {
				e.at, e.values = append(e.at, uint32(i)), append(e.values, x)
				n++
			}
		}
		e.counts = append(e.counts, n)
	}
	return e
}

// byDocument are the entries of H, a list a document.
func byDocument(m *topics.Model, held []int) entries {
	e := entries{lists: len(held)}
	for _, j := range held {
		n := uint32(0)
		for k, x := range m.H.Item(j) {
			if x > 0 {
				e.at, e.values = append(e.at, uint32(k)), append(e.values, x)
				n++
			}
		}
		e.counts = append(e.counts, n)
	}
	return e
}

// sparse writes entries: the number of lists and of entries, and for each list how many it
// has, each 4 bytes, the lowest first; the places, as the difference from the one before in
// the list, as varints; and the values, of single precision, their lowest bytes first, then
// all second ones, and so on: high bytes are much alike and pack well together.
func sparse(e entries) []byte {
	out := binary.LittleEndian.AppendUint32(nil, uint32(e.lists))
	out = binary.LittleEndian.AppendUint32(out, uint32(len(e.at)))
	for _, n := range e.counts {
		out = binary.LittleEndian.AppendUint32(out, n)
	}
	i := 0
	for _, n := range e.counts {
		before := uint32(0)
		for range n {
			out = binary.AppendUvarint(out, uint64(e.at[i]-before))
			before = e.at[i]
			i++
		}
	}
	for shift := 0; shift < 32; shift += 8 {
		for _, x := range e.values {
			out = append(out, byte(math.Float32bits(x)>>shift))
		}
	}
	return out
}
