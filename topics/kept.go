package topics

import (
	"sync"

	"klew/nmf"
)

// findings is what has been found out by going through the weights of all documents.
type findings struct {
	h     *nmf.Factor
	mu    sync.Mutex
	found map[any]any // functions that find a thing once
}

// Keep has the model remember what it finds out by going through all documents: the topics'
// shares and correlations, which documents are typical, how topics are spread. It is for a model
// that is asked again and again: of a million documents each of these takes a tenth of a second or
// more. Copies of the model, and views of it that have the same documents and weights, share what
// is remembered. From then on neither the weights nor the documents may be changed in place, nor
// what these methods return.
func (m *Model) Keep() {
	if m.kept == nil || m.kept.h != m.H {
		m.kept = &findings{h: m.H, found: map[any]any{}}
	}
}

// remembered is what find returns: found once, if it is to be kept.
func remembered[T any](d *DocumentTopics, key any, find func() T) T {
	k := d.kept
	if k == nil || k.h != d.H {
		return find()
	}
	k.mu.Lock()
	once, known := k.found[key].(func() T)
	if !known {
		once = sync.OnceValue(find)
		k.found[key] = once
	}
	k.mu.Unlock()
	return once()
}

// The keys of what is remembered.
type (
	massKey         struct{}
	leadingKey      struct{}
	correlationsKey struct{}
	spreadsKey      struct{}
	similarKey      struct{}
	typicalKey      int
)
