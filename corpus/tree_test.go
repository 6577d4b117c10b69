package corpus

import (
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"path"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"
)

// tree is a random folder of everything that a user may have, with what should become
// of each path in it: empty for a document, or else the reason for which it is skipped.
type tree struct {
	faultyFiles
	random  *rand.Rand
	reasons map[string]string
}

func newTree(seed uint64) *tree {
	tr := &tree{random: rand.New(rand.NewPCG(seed, 0)), reasons: map[string]string{}}
	tr.MapFS = fstest.MapFS{}
	tr.folder("r", 0)
	return tr
}

// folder puts some random things into a folder.
func (tr *tree) folder(dir string, depth int) {
	tr.MapFS[dir] = &fstest.MapFile{Mode: fs.ModeDir | 0o755}
	for i := range tr.random.IntN(6) {
		// The character after the name is above or below the slash in byte order.
		name := fmt.Sprintf("%s/%d%c", dir, i, "-.~x"[tr.random.IntN(4)])
		if depth < 4 && tr.random.IntN(2) == 0 {
			tr.folderOfKind(name, depth)
		} else {
			tr.file(name)
		}
	}
}

// folderOfKind adds a folder; one of which nothing can be seen counts as one thing.
func (tr *tree) folderOfKind(name string, depth int) {
	switch tr.random.IntN(8) {
	case 0:
		hidden := dotted(name)
		tr.MapFS[hidden+"/file"] = &fstest.MapFile{Data: []byte("never seen")}
		tr.reasons[hidden] = Hidden
	case 1:
		tr.MapFS[name] = &fstest.MapFile{Mode: fs.ModeDir}
		tr.locked = append(tr.locked, name)
		tr.reasons[name] = Unreadable
	default:
		tr.folder(name, depth+1)
	}
}

func (tr *tree) file(name string) {
	file := &fstest.MapFile{Data: []byte("plain"), Mode: 0o644}
	reason := ""
	switch tr.random.IntN(16) {
	case 8, 9:
		name += ".jsonl"
		tr.MapFS[name] = &fstest.MapFile{Data: tr.records(name)}
		return
	case 10, 11:
		name, file.Data = tr.archive(name, 0)
		tr.MapFS[name] = file
		return
	case 0:
		name, reason = dotted(name), Hidden
	case 1:
		file.Data, reason = []byte(picture), Binary
	case 2:
		tr.locked, reason = append(tr.locked, name), Unreadable
	case 3:
		file.Mode, reason = fs.ModeNamedPipe, Special
	case 4:
		file.Mode, file.Data, reason = fs.ModeSymlink, []byte("nowhere"), BrokenLink
	case 5:
		file.Data = []byte("caf\xe9 \x01")
	case 6:
		file.Data = nil
	case 7:
		tr.MapFS["elsewhere"] = &fstest.MapFile{Data: []byte("linked")}
		up := strings.Repeat("../", strings.Count(name, "/"))
		file.Mode, file.Data = fs.ModeSymlink, []byte(up+"elsewhere")
	}
	tr.MapFS[name] = file
	tr.reasons[name] = reason
}

// dotted hides the last part of a path.
func dotted(name string) string {
	dir, base := path.Split(name)
	return dir + "." + base
}

// Whatever lies in a folder, each thing is yielded or skipped, once, and for the right
// reason: nothing is dropped silently.
func TestNothingIsLost(t *testing.T) {
	met := map[string]bool{}
	for seed := range uint64(300) {
		tr := newTree(seed)
		c := open(t, Options{Files: tr, Threads: 1 + int(seed%4), Limits: Limits{Depth: treeDepth}}, "r")
		documents := gather(c)
		checkTexts(t, documents)
		reasons := map[string]string{}
		add := func(name, reason string) {
			if _, twice := reasons[name]; twice {
				t.Errorf("seed %d: %s came twice", seed, name)
			}
			reasons[name], met[reason] = reason, true
		}
		for _, d := range documents {
			add(d.ID, "")
		}
		for _, e := range c.Ledger() {
			if !e.Repaired && !e.Note {
				add(e.Path, e.Reason)
			}
		}
		if !maps.Equal(reasons, tr.reasons) {
			t.Fatalf("seed %d: of the tree\n%v\ncame\n%v", seed, tr.reasons, reasons)
		}
		if !slices.IsSorted(ids(documents)) {
			t.Fatalf("seed %d: out of order: %v", seed, ids(documents))
		}
	}
	for _, reason := range []string{"", Hidden, Binary, Unreadable, Special, BrokenLink, BadRecord, Empty, Encrypted, OverLimit} {
		if !met[reason] {
			t.Errorf("no tree had anything with the reasons %q", reason)
		}
	}
}

// checkTexts fails where a text is not fit for the stages to come.
func checkTexts(t *testing.T, documents []Document) {
	t.Helper()
	for _, d := range documents {
		if !utf8.ValidString(d.Text) {
			t.Errorf("%s is not valid UTF-8: %q", d.ID, d.Text)
		}
	}
}

// However the paths overlap that are named, every file is yielded at most once, and
// all that hangs below them is.
func TestOverlappingRoots(t *testing.T) {
	for seed := range uint64(300) {
		tr := newTree(seed)
		whole := ids(gather(open(t, Options{Files: tr}, "r")))
		named := tr.somePaths()
		got := ids(gather(open(t, Options{Files: tr}, append(named, "r")...)))
		slices.Sort(got)
		if !slices.Equal(got, whole) {
			t.Fatalf("seed %d, with %v before r:\n%v\nwant\n%v", seed, named, got, whole)
		}
	}
}

// somePaths picks files and folders to be named before the whole.
func (tr *tree) somePaths() []string {
	var paths []string
	for _, name := range slices.Sorted(maps.Keys(tr.MapFS)) {
		below := name == "r" || strings.HasPrefix(name, "r/")
		if below && tr.reasons[name] == "" && !strings.Contains(name, "/.") && tr.random.IntN(4) == 0 {
			paths = append(paths, name)
		}
	}
	tr.random.Shuffle(len(paths), func(i, j int) { paths[i], paths[j] = paths[j], paths[i] })
	return paths
}
