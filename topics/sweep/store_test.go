package sweep

import (
	"bytes"
	"context"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"klew/nmf"
	"klew/topics"
	"klew/vectorize"
)

// A sweep that was interrupted goes on where it was, and comes to what one without
// interruption does.
func TestResume(t *testing.T) {
	table, p := drawn(4, 80, 90, 2), planOf("2:4", 2)
	want := run(t, table, p, nil)
	folder := filepath.Join(t.TempDir(), "fits")
	store := openStore(t, folder)
	ctx, cancel := context.WithCancel(context.Background())
	part, err := Run(ctx, table, p, store, func(done, all int, _ *Fit) {
		if done == 5 {
			cancel()
		}
	})
	if err != nil || part.Missing == 0 || len(part.Rows) == 0 {
		t.Fatalf("interrupted: %+v, %v", part, err)
	}
	before := files(t, folder)
	if len(before) != p.Fits()-part.Missing {
		t.Errorf("%d fits are kept, and %d of %d are missing", len(before), part.Missing, p.Fits())
	}
	got := run(t, table, p, store)
	forgetTime(got)
	forgetTime(want)
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("interrupted and resumed\n%+v\nis not\n%+v", got, want)
	}
	after := files(t, folder)
	for name, text := range before {
		if after[name] != text {
			t.Errorf("%s was made again", name)
		}
	}
	// More numbers, and more seeds: what is there stays.
	run(t, table, planOf("2:5", 3), store)
	if now := files(t, folder); len(now) != 4*(3+2) {
		t.Errorf("%d fits are kept", len(now))
	} else {
		for name, text := range after {
			if now[name] != text {
				t.Errorf("%s was made again", name)
			}
		}
	}
}

// Each fit of all training documents is kept as a model, with the factors of the fit, and of
// every document of the table.
func TestModelsAreKept(t *testing.T) {
	table, p := drawn(4, 80, 90, 2), planOf("2:3", 2)
	folder := t.TempDir()
	store := openStore(t, folder)
	store.Origin.Program, store.Origin.Counting = "test", vectorize.Defaults()
	r := run(t, table, p, store)
	for _, row := range r.Rows {
		for _, f := range row.Fits {
			m, err := topics.Load(filepath.Join(folder, ModelName(f.Topics, f.Seed)))
			if err != nil {
				t.Fatal(err)
			}
			o := m.Origin
			if m.Topics() != f.Topics || len(m.Documents) != 90 || o.HeldOut != 9 || o.Program != "test" || o.Fitting.Seed != f.Seed || o.Fitting.Init != nmf.Race {
				t.Errorf("%d topics, %d documents, %d held out, of %q by %+v", m.Topics(), len(m.Documents), o.HeldOut, o.Program, o.Fitting)
			}
			for j, d := range m.Documents {
				sum := 0.0
				for _, x := range m.Weights(j) {
					sum += x
				}
				if math.Abs(sum/float64(d.Tokens)-1) > 0.01 {
					t.Errorf("document %d of %d tokens has the weights %v", j, d.Tokens, m.Weights(j))
				}
			}
		}
	}
	if entries, _ := filepath.Glob(filepath.Join(folder, "*.klew")); len(entries) != 4 {
		t.Errorf("models: %v", entries)
	}
}

// Interrupted, a sweep has what was made, also of numbers of which fits are missing; these are
// not recommended.
func TestInterruptedHasRows(t *testing.T) {
	table, p := drawn(4, 80, 90, 2), planOf("3:4", 2)
	p.Fitting.Threads = 1
	ctx, cancel := context.WithCancel(context.Background())
	r, err := Run(ctx, table, p, nil, func(done, all int, f *Fit) {
		if done == 5 { // the two seeds and two halves of 4 topics, and one seed of 3
			cancel()
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Rows) != 2 || r.Rows[0].Topics != 3 || r.Rows[0].Missing == 0 || len(r.Rows[0].Fits) == 0 || r.Rows[1].Missing != 0 {
		t.Fatalf("%+v", r)
	}
	if a := r.Advise(); a.Topics == 3 || slices.Contains(a.Near, 3) {
		t.Errorf("%+v", a)
	}
}

// Fits of other texts, or made in another way, are not taken for these.
func TestResumeRefuses(t *testing.T) {
	table, p := drawn(4, 80, 90, 2), planOf("2", 1)
	folder := t.TempDir()
	store := openStore(t, folder)
	run(t, table, p, store)
	for want, change := range map[string]func(*Plan) *Plan{
		"other options (tol)":            func(p *Plan) *Plan { p.Fitting.Tol = 1e-3; return p },
		"other options (init)":           func(p *Plan) *Plan { p.Fitting.Init = "random"; return p },
		"other options (texts and words": func(p *Plan) *Plan { p.HeldOut = 0.2; return p },
	} {
		other := p
		_, err := Run(context.Background(), table, *change(&other), store, nil)
		if err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "name another folder") {
			t.Errorf("%s: %v", want, err)
		}
	}
	if _, err := Run(context.Background(), drawn(4, 80, 90, 3), p, store, nil); err == nil || !strings.Contains(err.Error(), "texts and words") {
		t.Errorf("other texts: %v", err)
	}
	for name := range files(t, folder) {
		if err := os.WriteFile(filepath.Join(folder, name), []byte("something else"), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := Run(context.Background(), table, p, store, nil); err == nil || !strings.Contains(err.Error(), "remove it") {
		t.Errorf("damaged: %v", err)
	}
}

func TestOpenStore(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o666); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{file, filepath.Join(file, "below"), filepath.Join(t.TempDir(), "no", "where")} {
		if _, err := OpenStore(path); err == nil {
			t.Errorf("opened %s", path)
		}
	}
}

func openStore(t *testing.T, folder string) *Store {
	t.Helper()
	s, err := OpenStore(folder)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// files are the files in a folder with their contents.
func files(t *testing.T, folder string) map[string]string {
	t.Helper()
	all := map[string]string{}
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if filepath.Ext(e.Name()) != ".fit" {
			continue // a model
		}
		text, err := os.ReadFile(filepath.Join(folder, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		all[e.Name()] = string(text)
	}
	return all
}

// Whatever a file holds, reading it ends with a fit that fits, or with an error.
func FuzzDecode(f *testing.F) {
	table, p := drawn(2, 30, 20, 1), planOf("2", 1)
	d := newData(table, &p)
	j := p.jobs()[0]
	k := p.key(d, j)
	s := &sweep{plan: p, data: d}
	fit, err := s.one(context.Background(), j, 1)
	if err != nil {
		f.Fatal(err)
	}
	var good bytes.Buffer
	if err := fit.write(&good, k); err != nil {
		f.Fatal(err)
	}
	f.Add(good.Bytes())
	f.Add(good.Bytes()[:good.Len()-9])
	f.Add([]byte(magic + "\x01\x00\x00\x00"))
	f.Fuzz(func(t *testing.T, data []byte) {
		got, err := decode(data, k, 30)
		if err != nil {
			if bytes.Equal(data, good.Bytes()) {
				t.Fatal(err)
			}
			return
		}
		if got.w.Items() != 30 || got.w.Topics() != 2 {
			t.Fatalf("a fit of another size: %+v", got)
		}
		var again bytes.Buffer
		if err := got.write(&again, k); err != nil {
			t.Fatal(err)
		}
		if bytes.Equal(data, good.Bytes()) && !bytes.Equal(again.Bytes(), data) {
			t.Fatal("what was read is not what was written")
		}
	})
}

// A fit whose perplexity an older version measured, in another way, is made again.
func TestOldPerplexityIsMeasuredAgain(t *testing.T) {
	store, k := openStore(t, filepath.Join(t.TempDir(), "fits")), key{Topics: 2, Seed: 1}
	for _, prior := range []float64{0, 0.5} {
		f := &Fit{Topics: 2, Seed: 1, Iterations: 9, Perplexity: 70, Prior: prior, w: nmf.NewW(3, 2, []float32{1, 0, 0, 1, 0.5, 0.5})}
		j := job{topics: 2, seed: 1}
		if err := store.save(j, k, f); err != nil {
			t.Fatal(err)
		}
		got, err := store.load(j, k, 3)
		if err != nil || (got != nil) != (prior > 0) || got != nil && got.Prior != prior {
			t.Errorf("with a prior of %v: %+v, %v", prior, got, err)
		}
	}
}
