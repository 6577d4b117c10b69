package server

import (
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"klew/topics"
)

// Cache is where indexes of texts are kept.
type Cache struct {
	// Folder is the one that they are in; empty for none.
	Folder string
	// Model is the file of the model. Of each file one index is kept.
	Model string
}

const (
	indexEnd = ".texts"
	partEnd  = ".part" // of what is being written
	// unusedFor is after what time an index that nobody has opened is removed, and brokenFor a
	// part that nobody can be writing any more.
	unusedFor = 90 * 24 * time.Hour
	brokenFor = 24 * time.Hour
)

// begin is how the names of all indexes of the model's file begin.
func (c Cache) begin() string {
	path := c.Model
	if absolute, err := filepath.Abs(path); err == nil {
		path = absolute
	}
	sum := sha256.Sum256([]byte(path))
	return fmt.Sprintf("%x-", sum[:8])
}

// indexPath is where the index of a model's texts is, whatever its journal.
func (c Cache) indexPath(m *topics.Model) string {
	digest := digestOf(m.Fitted())
	return filepath.Join(c.Folder, fmt.Sprintf("%s%x%s", c.begin(), digest[:16], indexEnd))
}

// tidy notes that an index is used, and removes those of what was in the model's file before, and
// those that have not been used for long, of models that may be gone. Who still serves one has it
// open, and goes on.
func (c Cache) tidy(used string) {
	now := time.Now()
	os.Chtimes(used, now, now) // if it cannot be noted, the index is made again in time
	entries, _ := os.ReadDir(c.Folder)
	for _, e := range entries {
		info, err := e.Info()
		if err != nil || !info.Mode().IsRegular() || e.Name() == filepath.Base(used) {
			continue
		}
		whole := strings.HasSuffix(e.Name(), indexEnd)
		part := strings.Contains(e.Name(), indexEnd+".") && strings.HasSuffix(e.Name(), partEnd)
		age := now.Sub(info.ModTime())
		if whole && (strings.HasPrefix(e.Name(), c.begin()) || age > unusedFor) || part && age > brokenFor {
			os.Remove(filepath.Join(c.Folder, e.Name()))
		}
	}
}
