package unpack

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
)

// told lists what was visited: "name: text", or "name! fault", of which an error while
// reading is one too.
func told(f File, o Options) []string {
	var lines []string
	Walk(f, o, func(m *Member) bool {
		lines = append(lines, tell(m))
		return true
	})
	return lines
}

func tell(m *Member) string {
	if m.Fault != nil {
		return m.Name + "! " + m.Fault.Error()
	}
	text, err := io.ReadAll(m)
	switch {
	case err != nil:
		return m.Name + "! " + err.Error()
	case m.Kind != "":
		return fmt.Sprintf("%s: %s of %d bytes", m.Name, m.Kind, len(text))
	case len(text) > 100:
		return fmt.Sprintf("%s: %d bytes", m.Name, len(text))
	}
	return m.Name + ": " + strings.TrimSuffix(string(text), "\n")
}

// inMemory is a file that can be read anywhere.
func inMemory(name string, raw []byte) File {
	r := bytes.NewReader(raw)
	return File{Name: name, Reader: r, At: r, Size: int64(len(raw))}
}

// stream is one that cannot, and comes as it likes.
func stream(name string, raw []byte) File {
	return File{Name: name, Reader: iotest.HalfReader(bytes.NewReader(raw))}
}

func fixture(t testing.TB, name string) []byte {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

const tooFar = "cut off: it ends too early; copy it or download it anew"

// tree is what archives of the whole tree hold.
func tree(archive string) []string {
	return []string{
		archive + "/tree/.git! hidden",
		archive + "/tree/boat.txt: The boat sails.",
		archive + "/tree/link.txt! a link or a device in an archive",
		archive + "/tree/sea/deep/möwe.txt: Wale und Möwen.",
		archive + "/tree/sea/empty.txt: ",
		archive + "/tree/sea/harbour.txt: A harbour for boats.",
	}
}

func prefixed(prefix string, lists ...[]string) []string {
	var all []string
	for _, line := range slices.Concat(lists...) {
		all = append(all, prefix+line)
	}
	return all
}

// The archives were made by other programs: see testdata/make.sh.
func TestFixtures(t *testing.T) {
	two := func(archive string) []string {
		return []string{archive + "/tree/boat.txt: The boat sails.", archive + "/tree/sea/harbour.txt: A harbour for boats."}
	}
	const unsupported = ", which is not supported; unpack it, and name the folder"
	tests := []struct {
		name string
		want []string
	}{
		{"boat.txt.gz", []string{"boat.txt.gz: The boat sails."}},
		{"boat.txt.zst", []string{"boat.txt.zst: The boat sails."}},
		{"two.txt.gz", []string{"two.txt.gz: The boat sails.\nA harbour for boats."}},
		{"two.txt.zst", []string{"two.txt.zst: The boat sails.\nA harbour for boats."}},
		{"twice.txt.gz.gz", []string{"twice.txt.gz.gz: The boat sails."}},
		{"tree.tar.gz", tree("tree.tar.gz")},
		{"tree.tgz", tree("tree.tgz")},
		{"tree.tar.zst", tree("tree.tar.zst")},
		{"tree.zip", tree("tree.zip")},
		{"tree.zip.gz", tree("tree.zip.gz")},
		{"v7.tar.gz", two("v7.tar.gz")},
		{"oldgnu.tar.gz", two("oldgnu.tar.gz")},
		{"gnu.tar.gz", two("gnu.tar.gz")},
		{"posix.tar.gz", two("posix.tar.gz")},
		{"stored.zip", two("stored.zip")[:1]},
		{"streamed.zip", two("streamed.zip")[:1]},
		{"nothing.tar.gz", []string{"nothing.tar.gz! " + ErrEmpty.Error()}},
		{"empty.zip", []string{"empty.zip! " + ErrEmpty.Error()}},
		{"outer.zip", prefixed("outer.zip/", tree("tree.zip"), []string{"boat.txt.gz: The boat sails."}, tree("tree.tgz"))},
		{"letter.docx", []string{"letter.docx: docx of 254 bytes"}},
		{"names.tar.gz", []string{"names.tar.gz/a.txt: first", "names.tar.gz/a.txt~2: second", "names.tar.gz/etc/x.txt: out", "names.tar.gz/abs.txt: absolute"}},
		{"names.zip", []string{"names.zip/dir/a.txt: one", "names.zip/möwe.txt: two", "names.zip/b.txt: three", "names.zip/__MACOSX! hidden"}},

		{"encrypted.zip", []string{
			"encrypted.zip/tree/boat.txt! " + ErrEncrypted.Error(),
			"encrypted.zip/tree/sea/harbour.txt! " + ErrEncrypted.Error(),
			"encrypted.zip/tree/sea/deep/möwe.txt: Wale und Möwen.",
		}},
		{"bzip2.zip", []string{"bzip2.zip/long.txt! packed by bzip2" + unsupported, two("bzip2.zip")[1]}},
		{"lzma.zip", []string{"lzma.zip/a.txt! packed by LZMA" + unsupported}},
		{"cut.zip", []string{"cut.zip! broken zip: cut off, or no zip"}},
		{"cut.txt.gz", []string{"cut.txt.gz! " + tooFar}},
		{"cut.tar.gz", []string{"cut.tar.gz/tree/.git! hidden", "cut.tar.gz! broken tar: " + tooFar}},
		{"cut.tgz", []string{"cut.tgz/tree/.git! hidden", "cut.tgz! broken tar: " + tooFar}},
		// Within the grace, and small enough.
		{"bomb.zip", []string{"bomb.zip/bomb.txt: 16777216 bytes", "bomb.zip/after.txt: still here"}},
		{"bomb.txt.zst", []string{"bomb.txt.zst: 16777216 bytes"}},
		{"sparse.tar.gz", []string{"sparse.tar.gz/sparse.txt! unpacks to more than 200 times its size, as a bomb does" + trusted}},
	}
	for _, test := range tests {
		raw := fixture(t, test.name)
		for how, f := range map[string]File{"in memory": inMemory(test.name, raw), "stream": stream(test.name, raw)} {
			t.Run(test.name+"/"+how, func(t *testing.T) {
				got := told(f, Options{})
				slices.SortStableFunc(got, byTree) // archivers differ in the order of folders
				want := slices.Clone(test.want)
				slices.SortStableFunc(want, byTree)
				if !slices.Equal(got, want) {
					t.Errorf("visited\n\t%s\nwant\n\t%s", strings.Join(got, "\n\t"), strings.Join(want, "\n\t"))
				}
			})
		}
	}
}

// byTree orders what is in an archive of the whole tree.
func byTree(a, b string) int {
	if strings.Contains(a, "/tree/") && strings.Contains(b, "/tree/") {
		return strings.Compare(a, b)
	}
	return 0
}

// Every limit stops what is beyond it, says which it is, and leaves the rest.
func TestLimits(t *testing.T) {
	tests := []struct {
		name, file string
		limits     Limits
		want       []string
	}{
		{"ratio of a member", "bomb.zip", Limits{Grace: 1 << 20}, []string{
			"bomb.zip/bomb.txt! unpacks to more than 200 times its size, as a bomb does" + trusted,
			"bomb.zip/after.txt: still here"}},
		{"ratio of zstd", "bomb.txt.zst", Limits{Grace: 1 << 20, Ratio: 1000}, []string{
			"bomb.txt.zst! unpacks to more than 1000 times its size, as a bomb does" + trusted}},
		{"size of a member", "bomb.zip", Limits{Member: 1 << 20}, []string{
			"bomb.zip/bomb.txt! unpacks to more than 1 MiB, the limit for one file in an archive" + trusted,
			"bomb.zip/after.txt: still here"}},
		{"all of it", "bomb.zip", Limits{Total: 1 << 20}, []string{
			"bomb.zip/bomb.txt! the archive unpacks to more than 1 MiB, the limit" + trusted}},
		{"all of it, in several", "two.txt.gz", Limits{Total: 20}, []string{
			"two.txt.gz! the archive unpacks to more than 20 bytes, the limit" + trusted}},
		{"all of a tar", "names.tar.gz", Limits{Total: 1000}, []string{
			"names.tar.gz/a.txt: first",
			"names.tar.gz! broken tar: the archive unpacks to more than 1000 bytes, the limit" + trusted}},
		{"members", "names.tar.gz", Limits{Members: 2}, []string{
			"names.tar.gz/a.txt: first", "names.tar.gz/a.txt~2: second",
			"names.tar.gz! more than 2 files, the limit; the others are left out" + trusted}},
		{"depth", "twice.txt.gz.gz", Limits{Depth: 1}, []string{
			"twice.txt.gz.gz! more than 1 containers in each other, the limit" + trusted}},
		{"depth of one of several", "outer.zip", Limits{Depth: 1}, []string{
			"outer.zip/tree.zip! more than 1 containers in each other, the limit" + trusted,
			"outer.zip/boat.txt.gz! more than 1 containers in each other, the limit" + trusted,
			"outer.zip/tree.tgz! more than 1 containers in each other, the limit" + trusted}},
		{"memory for a zip", "tree.zip.gz", Limits{Memory: 1 << 10}, []string{
			"tree.zip.gz! a zip that is not a file of its own, and larger than 1 KiB, the limit; save it as a file, or unpack it"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := told(inMemory(test.file, fixture(t, test.file)), Options{Limits: test.limits})
			if !slices.Equal(got, test.want) {
				t.Errorf("visited\n\t%s\nwant\n\t%s", strings.Join(got, "\n\t"), strings.Join(test.want, "\n\t"))
			}
		})
	}
}

func TestHidden(t *testing.T) {
	got := told(inMemory("tree.zip", fixture(t, "tree.zip")), Options{Hidden: true})
	if all := strings.Join(got, "\n"); !strings.Contains(all, "tree.zip/tree/.git/config: hidden\n") || strings.Contains(all, "! hidden") {
		t.Errorf("visited\n%s", all)
	}
}

// A container is known by its content, a text by having none of these, whatever the name.
func TestIs(t *testing.T) {
	for _, test := range []struct {
		head, name string
		want       bool
	}{
		{"words", "a.zip", false},
		{"PK is short for park", "a.txt", false},
		{"", "a.txt", false},
		{"", "a.tar.gz", true},
		{strings.Repeat("\x00", 512), "a.tar", true},
		{strings.Repeat("\x00", 512), "a.bin", false},
		{strings.Repeat("0", 600), "a.txt", false},
		{string(fixture(t, "tree.zip")), "a.txt", true},
		{string(fixture(t, "boat.txt.zst")), "a.txt", true},
	} {
		if got := Is([]byte(test.head), test.name); got != test.want {
			t.Errorf("Is(%.20q, %s) = %v", test.head, test.name, got)
		}
	}
}

// A visitor who has seen enough is not called again, and none who does not read is told
// a fault twice.
func TestVisitors(t *testing.T) {
	for _, name := range []string{"tree.zip", "tree.tgz", "outer.zip", "cut.tar.gz"} {
		all := len(told(inMemory(name, fixture(t, name)), Options{}))
		for stop := range all {
			n := 0
			Walk(stream(name, fixture(t, name)), Options{}, func(*Member) bool { n++; return n <= stop })
			if n != stop+1 {
				t.Errorf("%s: %d visits, to be stopped at %d", name, n, stop+1)
			}
		}
		unread := 0
		Walk(stream(name, fixture(t, name)), Options{}, func(*Member) bool { unread++; return true })
		if unread != all {
			t.Errorf("%s: %d visits unread, %d read", name, unread, all)
		}
	}
}

// Wherever a file breaks off, what comes before is visited, and one fault is told.
func TestCutAnywhere(t *testing.T) {
	for _, name := range []string{"tree.tgz", "tree.tar.zst", "names.tar.gz"} {
		raw := fixture(t, name)
		whole := told(inMemory(name, raw), Options{})
		for n := range len(raw) {
			got := told(stream(name, raw[:n]), Options{})
			faults := 0
			for i, line := range got {
				if strings.Contains(line, "!") && !(i < len(whole) && line == whole[i]) {
					faults++
				}
			}
			if faults > 1 || len(got) == 0 || len(got) > len(whole)+1 {
				t.Fatalf("%s cut after %d bytes:\n%s", name, n, strings.Join(got, "\n"))
			}
		}
	}
}

// FuzzWalk holds Walk to what it promises of any bytes: it ends, names are unique and
// clean, and little comes of little.
func FuzzWalk(f *testing.F) {
	files, err := filepath.Glob("testdata/*.*")
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range files {
		f.Add(fixture(f, filepath.Base(name)))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		limits := Limits{Member: 1 << 20, Total: 1 << 21, Grace: 1 << 16, Members: 1000}
		for _, file := range []File{inMemory("x", raw), stream("x", raw)} {
			fuzzOne(t, file, limits)
		}
	})
}

func fuzzOne(t *testing.T, f File, limits Limits) {
	names, total := map[string]bool{}, 0
	Walk(f, Options{Limits: limits}, func(m *Member) bool {
		if m.Fault == nil {
			if names[m.Name] {
				t.Errorf("%q came twice", m.Name)
			}
			names[m.Name] = true
			n, _ := io.Copy(io.Discard, m)
			total += int(n)
		}
		if m.Name != "x" && !strings.HasPrefix(m.Name, "x/") || strings.Contains(m.Name, "/../") {
			t.Errorf("name %q", m.Name)
		}
		return true
	})
	if total > 4<<20 {
		t.Errorf("%d bytes came", total)
	}
}

// What a zip says to unpack to more than is allowed is refused before any of it is unpacked.
func TestToldSize(t *testing.T) {
	var packed bytes.Buffer
	w := zip.NewWriter(&packed)
	f, _ := w.Create("bomb.txt")
	f.Write(make([]byte, 1<<20))
	w.Close()
	faults := 0
	Walk(File{Name: "z.zip", Reader: bytes.NewReader(packed.Bytes()), At: bytes.NewReader(packed.Bytes()), Size: int64(packed.Len())},
		Options{Limits: Limits{Ratio: 10, Grace: 1 << 10}}, func(m *Member) bool {
			if errors.Is(m.Fault, ErrLimit) && m.Reader == nil {
				faults++
			}
			return true
		})
	if faults != 1 {
		t.Errorf("%d members were refused", faults)
	}
}
