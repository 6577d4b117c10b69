package main

import (
	"go/build"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// rooms is the architecture: which package may import which of ours. A package that is
// not named may not be.
var rooms = map[string][]string{
	"corpus/spelling":              {},
	"corpus":                       {"corpus/internal/unpack", "corpus/internal/records", "corpus/internal/mail", "corpus/internal/extract", "corpus/internal/registered", "corpus/internal/date", "corpus/internal/conllu", "corpus/internal/bibliography", "corpus/internal/latex"},
	"corpus/documents":             {"corpus/internal/extract", "corpus/internal/parquet", "corpus/internal/pdf", "corpus/internal/registered"},
	"corpus/internal/date":         {},
	"corpus/internal/conllu":       {},
	"corpus/internal/latex":        {},
	"corpus/internal/bibliography": {"corpus/internal/latex"},
	"corpus/internal/unpack":       {},
	"corpus/internal/records":      {"corpus/internal/date"},
	"corpus/internal/mail":         {},
	"corpus/internal/extract":      {},
	"corpus/internal/pdf":          {"corpus/internal/extract"},
	"corpus/internal/parquet":      {"corpus/internal/records"},
	"corpus/internal/registered":   {"corpus/internal/extract", "corpus/internal/records"},

	"vectorize":                    {"corpus", "vectorize/matrixfile", "vectorize/sections"},
	"vectorize/matrixfile":         {},
	"vectorize/sections":           {},
	"nmf":                          {"nmf/internal/kernel"},
	"nmf/nnrank":                   {},
	"nmf/shard":                    {"nmf", "vectorize/sections"},
	"nmf/shard/remote":             {"nmf", "nmf/shard"},
	"nmf/internal/kernel":          {},
	"nmf/internal/peers":           {},
	"nmf/internal/synthetic":       {},
	"nmf/internal/synthetic/texts": {"nmf/internal/synthetic"},
	"nmf/internal/synthetic/found": {"nmf", "nmf/internal/synthetic", "nmf/shard", "topics"},
	"topics":                       {"corpus", "vectorize", "vectorize/sections", "nmf", "topics/coherence", "topics/wholefile"},
	"topics/coherence":             {},
	"topics/wholefile":             {"corpus"},
	"topics/evaluation":            {"corpus", "vectorize", "nmf", "topics", "topics/coherence"},
	"topics/comparison":            {"nmf", "topics"},
	"topics/picture":               {},
	"topics/spark":                 {"corpus", "vectorize", "nmf", "nmf/shard", "nmf/shard/remote", "topics"},
	"topics/streaming":             {"vectorize", "vectorize/sections", "nmf", "nmf/shard", "topics", "topics/wholefile"},
	"topics/updating":              {"nmf", "topics", "vectorize"},
	"topics/relations":             {"nmf", "topics", "vectorize"},
	"topics/sweep":                 {"corpus", "vectorize", "vectorize/sections", "nmf", "topics", "topics/coherence", "topics/evaluation", "topics/wholefile"},
	"cmd/klew": {"topics/relations", "corpus", "vectorize/matrixfile", "corpus/documents", "vectorize", "nmf", "topics", "topics/coherence", "topics/picture", "topics/sweep", "topics/tables", "topics/page", "topics/page/server",
		"topics/evaluation", "topics/comparison", "topics/wholefile", "topics/streaming", "topics/updating", "vectorize/sections", "topics/spark", "nmf/shard/remote",
		"cmd/klew/internal/print", "cmd/klew/internal/usage", "cmd/klew/internal/source", "cmd/klew/internal/lookup",
		"cmd/klew/internal/fitting", "cmd/klew/internal/manual", "corpus/spelling", "examples"},
	"cmd/klew/internal/print":   {"topics", "topics/tables", "topics/picture", "topics/wholefile", "cmd/klew/internal/usage"},
	"cmd/klew/internal/usage":   {"corpus/spelling"},
	"cmd/klew/internal/manual":  {},
	"cmd/klew/internal/source":  {"corpus", "vectorize/matrixfile", "vectorize", "vectorize/sections", "topics", "topics/tables", "topics/wholefile", "cmd/klew/internal/print", "cmd/klew/internal/usage", "cmd/klew/internal/manual"},
	"cmd/klew/internal/lookup":  {"topics/tables", "corpus", "vectorize", "topics", "cmd/klew/internal/print", "cmd/klew/internal/source", "cmd/klew/internal/usage"},
	"cmd/klew/internal/fitting": {"topics/tables", "vectorize", "vectorize/sections", "nmf", "topics", "topics/comparison", "topics/streaming", "topics/updating", "topics/wholefile", "cmd/klew/internal/print", "cmd/klew/internal/usage", "cmd/klew/internal/source", "cmd/klew/internal/lookup"},
	"cmd/klew/internal/release": {},
	"cmd/klew-worker":           {"nmf/shard/remote"},
	"topics/tables":             {"topics/relations", "corpus", "vectorize", "nmf", "topics", "topics/evaluation", "topics/comparison", "topics/sweep", "topics/wholefile"},
	"topics/page":               {"corpus", "vectorize", "vectorize/sections", "topics", "topics/comparison", "topics/evaluation", "topics/relations", "topics/tables"},
	"topics/page/server":        {"corpus", "vectorize", "topics", "topics/page", "topics/tables", "topics/wholefile"},
	"examples":                  {},
	"examples/sheet":            {},
	"examples/parts":            {"examples/sheet", "nmf"},
	"examples/unmix":            {"examples/sheet", "nmf"},
	"examples/ratings":          {"examples/sheet", "nmf"},
	"examples/rank":             {"examples/sheet", "nmf/nnrank"},
	"examples/starts":           {"examples/sheet", "nmf"},
	"examples/folder":           {"corpus", "vectorize", "nmf", "topics"},
	"examples/factorise":        {"nmf"},
	"examples/infer":            {"corpus", "topics"},
}

// words are what any package may import that has to do with words, so not those below nmf.
var words = []string{"corpus/spelling"}

func TestRooms(t *testing.T) {
	const root = "../.."
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.IsDir() {
			return err
		}
		// What "./..." passes over: a generator in such a folder is a module of its own.
		if name := d.Name(); name == "testdata" || strings.HasPrefix(name, "_") || strings.HasPrefix(name, ".") && path != root {
			return filepath.SkipDir
		}
		p, err := build.ImportDir(path, 0)
		if _, empty := err.(*build.NoGoError); empty {
			return nil
		} else if err != nil {
			return err
		}
		name, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		checkRoom(t, filepath.ToSlash(name), p.Imports)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func checkRoom(t *testing.T, name string, imports []string) {
	allowed, known := rooms[name]
	if !known {
		t.Errorf("package %s has no place in the architecture", name)
	}
	for _, path := range imports {
		if ours, ok := strings.CutPrefix(path, "klew/"); ok && !slices.Contains(allowed, ours) && (!slices.Contains(words, ours) || inNMF(name)) {
			t.Errorf("package %s may not import %s", name, ours)
		}
		// Templates call methods by name: with them the linker keeps all methods of all types,
		// and klew is larger by a sixth.
		if path == "text/template" || path == "html/template" {
			t.Errorf("package %s imports %s", name, path)
		}
	}
}

// A program that counts words must not carry the engine of PDF and the library of Parquet:
// 28 MB. What reads texts may have them only through corpus/documents.
func TestLightRooms(t *testing.T) {
	seen := map[string]bool{}
	var visit func(name string)
	visit = func(name string) {
		if seen[name] {
			return
		}
		seen[name] = true
		p, err := build.ImportDir(filepath.Join("../..", name), 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range p.Imports {
			for _, heavy := range []string{"github.com/klippa-app/", "github.com/tetratelabs/", "github.com/parquet-go/"} {
				if strings.HasPrefix(path, heavy) {
					t.Errorf("package %s imports %s", name, path)
				}
			}
			if ours, ok := strings.CutPrefix(path, "klew/"); ok {
				visit(ours)
			}
		}
	}
	visit("corpus")
	visit("vectorize")
	visit("topics")
}

func inNMF(name string) bool { return name == "nmf" || strings.HasPrefix(name, "nmf/") }
