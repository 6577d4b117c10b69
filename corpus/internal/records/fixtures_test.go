package records

import (
	"bufio"
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The files of testdata were written by Python; see make.py there. What must be
// read from them was written by that script too.
func TestFixtures(t *testing.T) {
	wants, err := filepath.Glob("testdata/*.want")
	if err != nil || len(wants) < 5 {
		t.Fatalf("%d fixtures, %v", len(wants), err)
	}
	for _, want := range wants {
		name := strings.TrimSuffix(want, ".want")
		t.Run(filepath.Base(name), func(t *testing.T) {
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			wanted, err := os.ReadFile(want)
			if err != nil {
				t.Fatal(err)
			}
			var got strings.Builder
			if err := readAs(filepath.Ext(name), data, &got); err != nil {
				t.Error(err)
			}
			if got.String() != string(wanted) {
				t.Errorf("read\n%swant\n%s", got.String(), wanted)
			}
		})
	}
}

func readAs(extension string, data []byte, show *strings.Builder) error {
	switch extension {
	case ".json":
		return JSONValues(bytes.NewReader(data), Columns{}, collect(show))
	case ".tsv":
		return CSV(bytes.NewReader(data), Dialect{Usual: '\t'}, Columns{}, collect(show))
	case ".csv":
		return CSV(bytes.NewReader(data), Dialect{}, Columns{}, collect(show))
	}
	lines := bufio.NewScanner(bytes.NewReader(data))
	for lines.Scan() {
		collect(show)(JSON(lines.Bytes(), Columns{}))
	}
	return lines.Err()
}
