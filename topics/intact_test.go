package topics

import (
	"bytes"
	"encoding/binary"
	"errors"
	"os"
	"path/filepath"
	"testing"
)

// A model is intact as it was saved, and not with a byte less or another one; what may be sound, and cannot
// be read, is an error and no damage.
func TestIntact(t *testing.T) {
	path := filepath.Join(t.TempDir(), "m.klew")
	if ok, err := Intact(path); ok || err != nil {
		t.Errorf("no file: %v, %v", ok, err)
	}
	if err := ofFour(t).Save(path); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	intactWith := func(data []byte) (bool, error) {
		if err := os.WriteFile(path, data, 0o666); err != nil {
			t.Fatal(err)
		}
		return Intact(path)
	}
	if ok, err := intactWith(whole); !ok || err != nil {
		t.Errorf("as saved: %v, %v", ok, err)
	}
	for n := len(magic) + 4; n < len(whole); n += 1 + len(whole)/100 {
		changed := bytes.Clone(whole)
		changed[n] ^= 1
		for what, data := range map[string][]byte{"cut": whole[:n], "changed": changed} {
			if ok, err := intactWith(data); ok || err != nil {
				t.Errorf("%s at %d: %v, %v", what, n, ok, err)
			}
		}
	}
	if ok, err := intactWith(nil); ok || err != nil {
		t.Errorf("empty: %v, %v", ok, err)
	}
	if _, err := intactWith([]byte("somebody's text")); !errors.Is(err, ErrNotModel) {
		t.Errorf("a text: %v", err)
	}
	newer := bytes.Clone(whole)
	binary.LittleEndian.PutUint32(newer[len(magic):], version+1)
	if _, err := intactWith(newer); err == nil {
		t.Error("a newer version: no error")
	}
	if _, err := Intact(t.TempDir()); err == nil {
		t.Error("a folder: no error")
	}
}
