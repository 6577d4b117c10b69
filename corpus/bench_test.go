package corpus

import (
	"context"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"testing/fstest"
)

// prose is words of several lengths, n bytes or a few more.
func prose(n int) string {
	const words = "the boat sails along a coast of high white cliffs while gulls follow its wake and "
	return strings.Repeat(words, n/len(words)+1)
}

// BenchmarkRead reads many small files, and large ones of many documents, from memory. It
// reports how far the heap grew above what the files take.
func BenchmarkRead(b *testing.B) {
	line := func(format string) string { return strings.Repeat(fmt.Sprintf(format, prose(2000)), 1<<14) }
	many := fstest.MapFS{}
	for i := range 5000 {
		many[fmt.Sprintf("r/%04d", i)] = &fstest.MapFile{Data: []byte(prose(2000))}
	}
	for _, bench := range []struct {
		name  string
		files fstest.MapFS
	}{
		{"files", many},
		{"lines.txt", fstest.MapFS{"r/x": {Data: []byte(line("%s\n"))}}},
		{"x.jsonl", fstest.MapFS{"r/x.jsonl": {Data: []byte(line(`{"id": "", "text": "%s", "date": "1999-01-01", "category": "sea"}` + "\n"))}}},
		{"x.csv", fstest.MapFS{"r/x.csv": {Data: []byte("id,text,date,category\n" + line(`,"%s",1999-01-01,sea`+"\n"))}}},
	} {
		b.Run(bench.name, func(b *testing.B) { benchmarkRead(b, bench.files, bench.name) })
	}
}

func benchmarkRead(b *testing.B, files fstest.MapFS, name string) {
	options := Options{Files: files}
	if name == "lines.txt" {
		options.Format = "lines"
	}
	size := int64(0)
	for _, f := range files {
		size += int64(len(f.Data))
	}
	b.SetBytes(size)
	b.ReportAllocs()
	var before, now runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	peak, documents := uint64(0), 0
	for b.Loop() {
		c, err := Open([]string{"r"}, options)
		if err != nil {
			b.Fatal(err)
		}
		for range c.Documents(context.Background()) {
			if documents++; documents%4096 == 0 {
				runtime.ReadMemStats(&now)
				peak = max(peak, now.HeapAlloc-min(before.HeapAlloc, now.HeapAlloc))
			}
		}
	}
	b.ReportMetric(float64(peak)/(1<<20), "MB-peak")
}
