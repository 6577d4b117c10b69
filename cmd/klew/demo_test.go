package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"klew/cmd/klew/internal/print"
	"klew/topics"
	"klew/topics/evaluation"
)

// fittedModel fits a folder by the command and returns the model.
func fittedModel(t *testing.T, args ...string) *topics.Model {
	t.Helper()
	path := filepath.Join(t.TempDir(), "m.klew")
	var out, said bytes.Buffer
	p := &print.Console{In: strings.NewReader(""), Out: &out, Err: &said}
	if code := run(context.Background(), append([]string{"fit", "-o", path}, args...), p); code != exitDone {
		t.Fatalf("exit code %d\n%s", code, said.String())
	}
	m, err := topics.Load(path)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// folderNMI compares the first topic of each document with its folder.
func folderNMI(m *topics.Model) float64 {
	var first []int
	var folders []string
	for j, d := range m.Documents {
		first = append(first, m.First(j))
		folders = append(folders, d.Meta[0].Value)
	}
	return evaluation.NMI(first, folders)
}

// The demo finds the themes of its texts, whatever the seed.
func TestDemoFindsTheThemes(t *testing.T) {
	for _, seed := range []string{"1", "2", "3"} {
		m := fittedModel(t, "../../examples/demo", "-k", "8", "--seed", seed)
		if nmi := folderNMI(m); nmi < 0.85 {
			t.Errorf("seed %s: NMI of first topic and folder %.3f, want at least 0.85", seed, nmi)
		}
	}
}

// The files below are for tests beside the project, not part of it.
func sharedFile(t *testing.T, name string) string {
	t.Helper()
	if testing.Short() {
		t.Skip("a large corpus, left out with -short")
	}
	path := filepath.Join("..", "..", "..", "shared", "data", name)
	if _, err := os.Stat(path); err != nil {
		t.Skipf("the corpus %s is not here", path)
	}
	return path
}

// shared unpacks a folder of them.
func shared(t *testing.T, name string) string {
	t.Helper()
	archive := sharedFile(t, name+".tar.gz")
	dir := t.TempDir()
	untar(t, archive, dir)
	return filepath.Join(dir, name)
}

// scikit-learn's multiplicative updates reach NMI 0.67 to 0.83 by seed.
func TestBBC(t *testing.T) {
	folder := shared(t, "bbc")
	for _, seed := range []string{"1", "2", "3", "4", "5"} {
		for _, init := range []string{"nndsvd", "random"} {
			m := fittedModel(t, folder, "-k", "5", "--seed", seed, "--init", init)
			nmi := folderNMI(m)
			t.Logf("seed %s, %s: NMI %.4f", seed, init, nmi)
			if nmi < 0.78 {
				t.Errorf("seed %s, %s: NMI of first topic and folder %.3f, want at least 0.78", seed, init, nmi)
			}
		}
	}
}

// Every document in, every document out.
func Test20Newsgroups(t *testing.T) {
	folder := shared(t, "20_newsgroups")
	m := fittedModel(t, folder, "-k", "20", "--max-iter", "40")
	path := filepath.Join(t.TempDir(), "m.klew")
	if err := m.Save(path); err != nil {
		t.Fatal(err)
	}
	if rows := strings.Count(output(t, "docs", path), "\n") - 1; rows != 19997 {
		t.Errorf("%d rows for 19,997 documents; skipped: %v", rows, m.Origin.Ledger.Counts())
	}
	if nmi := folderNMI(m); nmi < 0.5 {
		t.Errorf("NMI of first topic and folder %.3f, want at least 0.5", nmi)
	} else {
		t.Logf("NMI %.4f", nmi)
	}
}
