package main

import (
	"bytes"
	"context"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"klew/cmd/klew/internal/print"
	"klew/cmd/klew/internal/usage"
	"klew/topics"
)

// A model of a counted corpus is that of its texts with the same options, to the byte,
// but for the paths.
func TestModelsOfACountedCorpus(t *testing.T) {
	dir := t.TempDir()
	const demo = "../../examples/demo"
	for name, options := range map[string]struct{ words, limits []string }{
		"defaults": {},
		"limits":   {nil, []string{"--min-df", "3", "--max-df", "0.2", "--max-features", "300", "--weighting", "tfidf"}},
		"words":    {[]string{"--ngram-range", "1,2", "--no-stem"}, []string{"--min-df", "2", "--weighting", "binary"}},
		"phrases":  {[]string{"--phrases", "--phrase-min-count", "3", "--phrase-threshold", "0", "--keep", "hyphens"}, []string{"--min-df", "2", "--weighting", "bm25"}},
		"english":  {[]string{"--language", "en", "--min-length", "4"}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			counts := filepath.Join(dir, name+".kcorpus")
			output(t, append([]string{"import", demo, "-q", "-o", counts}, options.words...)...)
			fit := append([]string{"-k", "4", "--max-iter", "20"}, options.limits...)
			want := fittedModel(t, append(append([]string{demo}, options.words...), fit...)...)
			got := fittedModel(t, append([]string{counts}, fit...)...)
			got.Origin.Paths = want.Origin.Paths
			if !bytes.Equal(written(t, got), written(t, want)) {
				t.Error("the model is another")
			}
		})
	}
}

func written(t *testing.T, m *topics.Model) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := m.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// Interrupted while it counts, klew leaves nothing behind: no file of counts, and no
// temporary ones.
func TestInterruptedImport(t *testing.T) {
	dir := t.TempDir()
	c := exec.Command("klew", "import", "-", "-o", filepath.Join(dir, "c.kcorpus"), "--memory", "1KB")
	in, err := c.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	go func() { // until the pipe is closed
		for err == nil {
			_, err = io.WriteString(in, strings.Repeat("boats and sails\n", 1000))
		}
	}()
	said, code := interruptWhen(t, c, "klew: counting:") // the first line of progress
	if code != exitInterrupted || !strings.Contains(said, "before there was anything to keep") {
		t.Errorf("exit code %d\n%s", code, said)
	}
	if left, _ := os.ReadDir(dir); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// Interrupted while it makes a table of a counted corpus, klew has nothing to keep.
func TestInterruptWhileReadingCounts(t *testing.T) {
	counts := filepath.Join(t.TempDir(), "c.kcorpus")
	output(t, "import", "../../examples/demo", "-q", "-o", counts)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	p := &print.Console{In: strings.NewReader(""), Out: io.Discard, Err: io.Discard}
	if code := run(ctx, []string{"fit", counts}, p); code != exitInterrupted {
		t.Errorf("exit code %d", code)
	}
}

func TestAmountsOfMemory(t *testing.T) {
	for text, want := range map[string]int64{
		"1": 1, "2KB": 2 << 10, "500MB": 500 << 20, "4GB": 4 << 30, "4 gib": 4 << 30, "3m": 3 << 20,
		"": 0, "0": 0, "-1GB": 0, "1.5GB": 0, "GB": 0, "9999999999GB": 0, "1TB": 0,
	} {
		var b usage.Memory
		if err := b.Set(text); (err != nil) != (want == 0) || int64(b) != want {
			t.Errorf("%q is %d (%v), want %d", text, b, err, want)
		}
		var again usage.Memory
		if err := again.Set(b.String()); want > 0 && (err != nil || again != b) {
			t.Errorf("%q is printed %q", text, b.String())
		}
	}
}
