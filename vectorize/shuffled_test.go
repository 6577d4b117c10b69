package vectorize

import (
	"bytes"
	"context"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// shuffledBytes is the file of a corpus in so many shards. The corpus stays as it is.
func shuffledBytes(t rapid.TB, c *Counted, shards int, memory int64) []byte {
	t.Helper()
	again := opened(t, bytesOf(t, c))
	if err := again.Shuffle(context.Background(), shards, Room{Memory: memory}); err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	return bytesOf(t, again)
}

// Shards hold every document once, in an order that depends on neither memory nor their number,
// and are of the same length but for one. Shuffled again they are in other shards.
func TestShards(t *testing.T) {
	c := countedAll(t, Defaults(), 0, "", babble(rand.New(rand.NewPCG(5, 5)), 301, 3000)...)
	var order []int
	for _, shards := range []int{1, 4, 7, 301, 1000} {
		file := shuffledBytes(t, c, shards, 1)
		if !bytes.Equal(file, shuffledBytes(t, opened(t, file), shards, 1<<20)) || !bytes.Equal(file, bytesOf(t, opened(t, file))) {
			t.Errorf("%d shards: another file", shards)
		}
		var now []int
		parts, of := 0, opened(t, file)
		if err := of.EachShard(context.Background(), func(s *Shard) error {
			parts++
			if n := len(s.Documents); n != 301/of.Shards && n != 301/of.Shards+1 || len(s.Start) != n+1 || len(s.Terms) != len(s.Counts) || s.Start[n] != len(s.Terms) {
				t.Errorf("a shard of %d documents with %d starts, %d terms and %d counts", n, len(s.Start), len(s.Terms), len(s.Counts))
			}
			now = append(now, s.Documents...)
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		if order == nil {
			order = now
		}
		if parts != min(shards, 301) || !slices.Equal(now, order) {
			t.Errorf("%d shards: there are %d, in the order %v", shards, parts, now)
		}
	}
	if slices.IsSorted(order) || len(order) != 301 {
		t.Errorf("not shuffled: %v", order)
	}
}

// A flipped bit is found, and the shard named.
func TestDamagedShard(t *testing.T) {
	c := countedAll(t, plain(), 0, "", babble(rand.New(rand.NewPCG(5, 5)), 40, 3000)...)
	file := shuffledBytes(t, c, 4, 0)
	file[bytes.LastIndex(file, []byte(tagShard))+30] ^= 4
	o := plain()
	_, err := opened(t, file).Table(context.Background(), o)
	if err == nil || !strings.Contains(err.Error(), "shard 4 of 4") {
		t.Errorf("error %v", err)
	}
}

// Nothing is left of the temporary file, and a folder that cannot be written to is named.
func TestRoomForShards(t *testing.T) {
	folder := t.TempDir()
	c := countedAll(t, Defaults(), 0, "", "whale ship", "whale")
	if err := c.Shuffle(context.Background(), 2, Room{Folder: folder + "/nowhere"}); err == nil || !strings.Contains(err.Error(), "nowhere") {
		t.Errorf("error %v", err)
	}
	if err := c.Shuffle(context.Background(), 2, Room{Folder: folder}); err != nil {
		t.Fatal(err)
	}
	if err := c.Close(); err != nil {
		t.Error(err)
	}
	if left, _ := os.ReadDir(folder); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// Version 2 of the file opens for good.
func TestOldShardsOpen(t *testing.T) {
	c, err := OpenCounted("../testdata/version2.kcorpus")
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	o := c.Options
	o.MinDF, o.MaxDF = frequency("2"), frequency("1.0")
	table, err := c.Table(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	if got := shown(table); c.Shards != 2 || got != "sea ship whale" || table.V.At(2, 2) != 2 {
		t.Errorf("%d shards, terms %q, a count of %v", c.Shards, got, table.V.At(2, 2))
	}
}
