package tables

import (
	"archive/zip"
	"bufio"
	"compress/gzip"
	"encoding/binary"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/klauspost/compress/zstd"
	"github.com/parquet-go/parquet-go"
)

// earlier tells whether what is at a path is from an earlier export of the same kind, and
// may be replaced: anything else may be someone's work, named by a slip of the hand.
func (e *Export) earlier(f file) bool {
	switch e.Format {
	case Parquet:
		return earlierParquet(f.path)
	case XLSX:
		return earlierXLSX(f.path)
	case SQLite:
		head := beginning(f.path, 72)
		return strings.HasPrefix(head, "SQLite format 3\x00") && len(head) == 72 &&
			binary.BigEndian.Uint32([]byte(head[68:])) == applicationID
	case Npz:
		return earlierNpz(f.path)
	case LDAvis:
		return strings.HasPrefix(beginning(f.path, len(ldavisHead)), ldavisHead)
	case MALLET:
		return beginning(filepath.Join(filepath.Dir(f.path), malletReadme), len(malletHead)) == malletHead
	}
	return e.earlierLines(f)
}

// earlierLines looks for the first names of the table's columns.
func (e *Export) earlierLines(f file) bool {
	var begins string
	switch first := headOf(f.table); e.Format {
	case CSV:
		begins = strings.Join(first, ",") + ","
	case TSV:
		begins = strings.Join(first, "\t") + "\t"
	default:
		begins = `{"` + first[0] + `": `
	}
	return beginning(f.path, len(begins)) == begins
}

// headOf is how the columns of a table begin.
func headOf(t Name) []string {
	switch t {
	case topicsName:
		return []string{"topic"}
	case documentsName:
		return []string{"document", "folder"}
	case documentTopicsName:
		return []string{"document", "topic"}
	case topicTermsName:
		return []string{"topic", "rank"}
	}
	return []string{"term", "stem"}
}

// beginning is the first bytes of a file, unpacked.
func beginning(path string, n int) string {
	f, err := os.Open(path)
	if err != nil {
		return ""
	}
	defer f.Close()
	r, err := unpacker(bufio.NewReader(f), path)
	if err != nil {
		return ""
	}
	head := make([]byte, n)
	n, _ = io.ReadFull(r, head)
	return string(head[:n])
}

func unpacker(r io.Reader, path string) (io.Reader, error) {
	switch strings.ToLower(filepath.Ext(path)) {
	case ".gz":
		return gzip.NewReader(r)
	case ".zst":
		return zstd.NewReader(r, zstd.WithDecoderConcurrency(1))
	}
	return r, nil
}

func earlierParquet(path string) bool {
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return false
	}
	p, err := parquet.OpenFile(f, info.Size(), parquet.SkipPageIndex(true), parquet.SkipBloomFilters(true))
	if err != nil {
		return false
	}
	_, ours := p.Lookup(madeBy)
	return ours
}

func earlierXLSX(path string) bool {
	z, err := zip.OpenReader(path)
	if err != nil {
		return false
	}
	defer z.Close()
	f, err := z.Open(appPart)
	if err != nil {
		return false
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, 1<<16))
	return err == nil && strings.Contains(string(text), appKlew)
}

func earlierNpz(path string) bool {
	z, err := zip.OpenReader(path)
	if err != nil {
		return false
	}
	defer z.Close()
	return z.Comment == npzComment
}
