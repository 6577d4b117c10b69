package corpus

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"strings"
)

// picture is no text.
const picture = "\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR"

// treeDepth is how many containers may lie in each other in a random tree.
const treeDepth = 3

// records makes up to nine lines of JSON, some of them faulty.
func (tr *tree) records(name string) []byte {
	var b strings.Builder
	n := tr.random.IntN(9)
	if n == 0 {
		tr.reasons[name] = Empty
	}
	for i := range n {
		place := fmt.Sprintf("%s:%d", name, i+1)
		if tr.random.IntN(4) == 0 {
			b.WriteString("{\"text\": broken}\n")
			tr.reasons[place] = BadRecord
		} else {
			fmt.Fprintf(&b, "{\"text\": \"record %d\"}\n", i+1)
			tr.reasons[place] = ""
		}
	}
	return []byte(b.String())
}

// archive makes an archive of random things, and returns it with its name.
func (tr *tree) archive(name string, depth int) (string, []byte) {
	kind := []string{".zip", ".tar", ".tar.gz", ".zip"}[tr.random.IntN(4)]
	name += kind
	inside := depth + strings.Count(kind, ".")
	switch {
	case inside > treeDepth:
		tr.reasons[name] = OverLimit
		return name, packed(kind, []member{{name: "a", data: []byte("too deep")}})
	case tr.random.IntN(8) == 0:
		tr.reasons[name] = Unreadable
		whole := packed(kind, []member{{name: "a", data: []byte("cut off")}})
		if kind != ".zip" {
			return name, whole[:0]
		}
		return name, whole[:len(whole)-tr.random.IntN(20)-1]
	}
	var members []member
	for i := range tr.random.IntN(6) {
		members = append(members, tr.member(fmt.Sprintf("%s/%d", name, i), name, inside, kind))
	}
	if len(members) == 0 {
		tr.reasons[name] = Empty
	}
	return name, packed(kind, members)
}

type member struct {
	name      string
	data      []byte
	encrypted bool
	link      bool
}

// member makes one random thing in an archive, and enters its reasons.
func (tr *tree) member(name, archive string, depth int, kind string) (m member) {
	m.data = []byte("plain")
	reason := ""
	switch tr.random.IntN(9) {
	case 0:
		name, reason = dotted(name), Hidden
	case 1:
		m.data, reason = []byte(picture), Binary
	case 2:
		m.data = []byte("caf\xe9 \x01")
	case 3:
		if m.link = strings.HasPrefix(kind, ".tar"); m.link {
			reason = Special
		}
	case 4:
		if m.encrypted = kind == ".zip"; m.encrypted {
			reason = Encrypted
		}
	case 5:
		name += ".jsonl"
		m.name, m.data = name[len(archive)+1:], tr.records(name)
		return m
	case 6, 7:
		name, m.data = tr.archive(name, depth)
		m.name = name[len(archive)+1:]
		return m
	}
	tr.reasons[name] = reason
	m.name = name[len(archive)+1:]
	return m
}

// packed writes an archive. Nothing in it can fail, for it goes to memory.
func packed(kind string, members []member) []byte {
	var b bytes.Buffer
	switch kind {
	case ".zip":
		packZip(&b, members)
	case ".tar":
		packTar(&b, members)
	default:
		w := gzip.NewWriter(&b)
		packTar(w, members)
		w.Close()
	}
	return b.Bytes()
}

func packZip(to io.Writer, members []member) {
	z := zip.NewWriter(to)
	for _, m := range members {
		h := &zip.FileHeader{Name: m.name, Method: zip.Deflate}
		if m.encrypted {
			h.Flags |= 1
		}
		w, _ := z.CreateHeader(h)
		w.Write(m.data)
	}
	z.Close()
}

func packTar(to io.Writer, members []member) {
	w := tar.NewWriter(to)
	for _, m := range members {
		h := &tar.Header{Name: m.name, Mode: 0o644, Size: int64(len(m.data)), Typeflag: tar.TypeReg}
		if m.link {
			h.Typeflag, h.Linkname, h.Size = tar.TypeSymlink, "elsewhere", 0
		}
		w.WriteHeader(h)
		if !m.link {
			w.Write(m.data)
		}
	}
	w.Close()
}
