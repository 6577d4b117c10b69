package main

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// wheel packs a binary as a wheel, and returns the name of the file. A wheel is a zip
// ("Binary distribution format" in Python's packaging specifications): what stands in
// scripts is put on the path by pip.
//
//	klew-0.1.0.data/scripts/klew
//	klew-0.1.0.dist-info/METADATA, WHEEL, licenses/LICENSE
//	klew-0.1.0.dist-info/RECORD     the name, checksum and size of each file
func (t target) wheel(out, version, binary string) (string, error) {
	program, err := os.ReadFile(binary)
	if err != nil {
		return "", err
	}
	license, err := os.ReadFile("LICENSE")
	if err != nil {
		return "", err
	}
	about := "klew-" + version + ".dist-info/"
	p := newPackage()
	p.add("klew-"+version+".data/scripts/klew"+t.suffix(), 0o755, program)
	p.add(about+"licenses/LICENSE", 0o644, license)
	p.add(about+"METADATA", 0o644, []byte(metadata(version)))
	p.add(about+"WHEEL", 0o644, []byte(t.about()))
	content, err := p.finish(about + "RECORD")
	if err != nil {
		return "", err
	}
	name := filepath.Join(out, fmt.Sprintf("klew-%s-py3-none-%s.whl", version, strings.Join(t.tags, ".")))
	fmt.Printf("%s  %.1f MB\n", name, float64(len(content))/1e6)
	return name, os.WriteFile(name, content, 0o666)
}

// about is the file WHEEL.
func (t target) about() string {
	text := "Wheel-Version: 1.0\nGenerator: klew\nRoot-Is-Purelib: false\n"
	for _, tag := range t.tags {
		text += "Tag: py3-none-" + tag + "\n"
	}
	return text
}

// metadata is the file METADATA: what pip shows.
func metadata(version string) string {
	return `Metadata-Version: 2.1
Name: klew
Version: ` + version + `
Summary: Finds the topics in a collection of texts
License: MIT
Keywords: topic model,text mining,nmf,lda
Classifier: Environment :: Console
Classifier: Topic :: Scientific/Engineering :: Information Analysis
Classifier: Topic :: Text Processing :: Linguistic
Requires-Python: >=3.7
Description-Content-Type: text/markdown

klew reads folders of texts, finds their topics by non-negative matrix factorisation, and
prints the keywords of each topic and the topics of each document. This package holds the
command; nothing of it is Python.

    klew demo
    klew fit FOLDER -k 20 -o texts.klew
`
}

// pack is a wheel in the making.
type pack struct {
	content bytes.Buffer
	zip     *zip.Writer
	record  strings.Builder
	err     error // the first
}

func newPackage() *pack {
	p := &pack{}
	p.zip = zip.NewWriter(&p.content)
	return p
}

// add adds a file, and its line in RECORD. No file has a date, so that the same files give
// the same bytes.
func (p *pack) add(name string, mode fs.FileMode, content []byte) {
	sum := sha256.Sum256(content)
	fmt.Fprintf(&p.record, "%s,sha256=%s,%d\n", name, base64.RawURLEncoding.EncodeToString(sum[:]), len(content))
	p.write(name, mode, content)
}

func (p *pack) write(name string, mode fs.FileMode, content []byte) {
	if p.err != nil {
		return
	}
	header := &zip.FileHeader{Name: name, Method: zip.Deflate}
	header.SetMode(mode)
	w, err := p.zip.CreateHeader(header)
	if err == nil {
		_, err = w.Write(content)
	}
	p.err = err
}

// finish adds RECORD, which names itself without a checksum.
func (p *pack) finish(record string) ([]byte, error) {
	p.write(record, 0o644, []byte(p.record.String()+record+",,\n"))
	if p.err == nil {
		p.err = p.zip.Close()
	}
	return p.content.Bytes(), p.err
}
