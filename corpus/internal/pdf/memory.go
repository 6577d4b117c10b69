package pdf

import (
	"context"
	"runtime"

	"github.com/tetratelabs/wazero/experimental"
)

const (
	// firstRoom is what an engine's memory has room for at first: most documents need no more.
	firstRoom = 16 << 20
	// muchRoom is the size from which what was outgrown is given back before there is more.
	muchRoom = 64 << 20
)

// withMemory has engines take their memory from us. The runtime's own way is to append, by which
// all that was outgrown lay around until the collector came: a page of 60,000 lines took 835 MB
// with a limit of 224 MiB, and 540 MB in this way.
func withMemory(ctx context.Context) context.Context {
	return experimental.WithMemoryAllocator(ctx, experimental.MemoryAllocatorFunc(func(_, most uint64) experimental.LinearMemory {
		return &memory{most: most}
	}))
}

// memory is that of an engine, which doubles.
type memory struct {
	buffer []byte
	most   uint64
}

// Reallocate makes the memory larger, or is nil if there may be no more.
func (m *memory) Reallocate(size uint64) []byte {
	if size > m.most {
		return nil
	}
	if size > uint64(cap(m.buffer)) {
		if size > muchRoom {
			runtime.GC()
		}
		room := min(max(size, 2*uint64(cap(m.buffer)), firstRoom), m.most)
		m.buffer = append(make([]byte, 0, room), m.buffer...)
	}
	m.buffer = m.buffer[:size]
	return m.buffer
}

// Free leaves the memory to the collector: an engine that was ended may be in the middle of it.
func (m *memory) Free() {}
