package pdf

import "testing"

// Memory grows to its limit, keeps what it holds, and has zeros behind it.
func TestMemory(t *testing.T) {
	m := &memory{most: 40 << 20}
	small := m.Reallocate(1 << 20)
	small[7] = 7
	for size := uint64(1 << 20); size <= m.most; size += 1 << 20 {
		if b := m.Reallocate(size); uint64(len(b)) != size || b[7] != 7 || size > 1<<20 && b[size-1] != 0 {
			t.Fatalf("memory of %d bytes", size)
		}
	}
	if m.Reallocate(m.most+1) != nil || uint64(cap(m.buffer)) > m.most {
		t.Errorf("memory grows beyond its limit")
	}
}
