package parquet

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress"
	"github.com/parquet-go/parquet-go/deprecated"
	"github.com/parquet-go/parquet-go/format"
	"klew/corpus/internal/records"
)

// collect writes records as the .want files show them.
func collect(show *strings.Builder) func(records.Record, error) bool {
	return func(r records.Record, err error) bool {
		if err != nil {
			fmt.Fprintf(show, "%d: fault: %v\n", r.Number, err)
			return true
		}
		fmt.Fprintf(show, "%d: %s|%s|%q", r.Number, r.ID, r.Date, r.Text)
		for _, f := range r.Meta {
			fmt.Fprintf(show, " %s=%s", f.Name, f.Value)
		}
		show.WriteByte('\n')
		return true
	}
}

// The files of testdata were written by Arrow; see make.py of package records. What must be
// read from them was written by that script too.
func TestFixtures(t *testing.T) {
	wants, err := filepath.Glob("testdata/*.want")
	if err != nil || len(wants) < 7 {
		t.Fatalf("%d fixtures, %v", len(wants), err)
	}
	for _, want := range wants {
		name := strings.TrimSuffix(filepath.Base(want), ".want")
		t.Run(name, func(t *testing.T) {
			data := readParquet(t, name)
			var got strings.Builder
			if err := Read(bytes.NewReader(data), int64(len(data)), records.Columns{}, collect(&got)); err != nil {
				t.Error(err)
			}
			if wanted := string(readParquet(t, name+".want")); got.String() != wanted {
				t.Errorf("read\n%swant\n%s", got.String(), wanted)
			}
		})
	}
}

func readParquet(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestParquetColumns(t *testing.T) {
	data := readParquet(t, "kinds.parquet")
	tests := []struct {
		name    string
		columns records.Columns
		want    string // of the first record, its beginning
		err     string // its beginning
	}{
		{name: "a group and a list", columns: records.Columns{Text: []string{"user.at.town", "tags"}, ID: "i8", Date: "ms"}, want: "1: -8|2020-02-29T12:30:15.25|\"Bonn\\n\\nx\\ny\" text=one b=true "},
		{name: "no such column", columns: records.Columns{Text: []string{"user"}}, err: `there is no column "user"; name one of these with --text-column: text, b, i8, `},
		{name: "no such id", columns: records.Columns{ID: "hidden.a"}, err: `there is no column "hidden.a"; name one of these with --id-column: text, b, `},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var got strings.Builder
			err := Read(bytes.NewReader(data), int64(len(data)), test.columns, func(r records.Record, err error) bool {
				collect(&got)(r, err)
				return false
			})
			if !strings.HasPrefix(got.String(), test.want) {
				t.Errorf("got %s, want %s", got.String(), test.want)
			}
			if err == nil && test.err != "" || err != nil && !strings.HasPrefix(err.Error(), test.err) {
				t.Errorf("ended with %v, want %q", err, test.err)
			}
		})
	}
}

// write writes rows of any type as a Parquet file.
func write[T any](t testing.TB, rows []T) []byte {
	t.Helper()
	var data bytes.Buffer
	if err := parquet.Write(&data, rows); err != nil {
		t.Fatal(err)
	}
	return data.Bytes()
}

func TestParquetChoice(t *testing.T) {
	type answers struct{ Q, A string }
	type only struct{ Words string }
	type story struct {
		Title, Story string
		When         time.Time
	}
	tests := []struct {
		name, want, err string
		data            []byte
	}{
		{name: "the only column", data: write(t, []only{{"a"}}), want: "1: ||\"a\"\n"},
		{name: "most letters", data: write(t, []story{{"a", "long, long", time.Unix(0, 1)}}), want: "1: |1970-01-01T00:00:00.000000001Z|\"long, long\" Title=a\n"},
		{name: "undecided", data: write(t, []answers{{"ab", "cd"}}), err: "cannot tell which column is the text; name one of these with --text-column: Q, A"},
		{name: "no rows", data: write(t, []only{})},
		{name: "no rows, undecided", data: write(t, []answers{}), err: "cannot tell which column is the text; name one of these with --text-column: Q, A"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var got strings.Builder
			err := Read(bytes.NewReader(test.data), int64(len(test.data)), records.Columns{}, collect(&got))
			if got.String() != test.want {
				t.Errorf("got %swant %s", got.String(), test.want)
			}
			if err == nil && test.err != "" || err != nil && err.Error() != test.err {
				t.Errorf("ended with %v, want %q", err, test.err)
			}
		})
	}
}

// A file that was cut off anywhere, or has one wrong byte, gives an error or the records
// that are left, and needs no more memory than files of its size do.
func TestParquetDamaged(t *testing.T) {
	for _, name := range []string{"kinds.parquet", "zstd.parquet", "snappy.parquet"} {
		data := readParquet(t, name)
		for n := 0; n < len(data); n += 7 {
			if Read(bytes.NewReader(data), int64(n), records.Columns{}, func(records.Record, error) bool { return true }) == nil {
				t.Errorf("%s: the first %d bytes are a whole file", name, n)
			}
		}
		for i := 0; i < len(data); i += 2 {
			mask := []byte{0x01, 0x80, 0xff}[i/2%3]
			damaged := bytes.Clone(data)
			damaged[i] ^= mask
			if used := memoryOf(func() {
				_ = Read(bytes.NewReader(damaged), int64(len(damaged)), records.Columns{}, func(records.Record, error) bool { return true })
			}); used > 200<<20 {
				t.Errorf("%s with byte %d changed by %#x: %d MB allocated", name, i, mask, used>>20)
			}
		}
	}
}

// memoryOf is how many bytes are allocated while do runs.
func memoryOf(do func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	do()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

func TestParquetRefused(t *testing.T) {
	frame := func(footer string, size uint32) string {
		return "PAR1" + footer + string(binary.LittleEndian.AppendUint32(nil, size)) + "PAR1"
	}
	tests := []struct{ name, data, err string }{
		{"nothing", "", "not a Parquet file: too short"},
		{"another file", "words, words, words", "not a Parquet file"},
		{"cut off", "PAR1 words, words, words", "the Parquet file is cut off: it has no footer"},
		{"encrypted", "PARE....PARE", "the Parquet file is encrypted"},
		{"a huge footer", frame("", 1<<31), "the footer claims 2147483648 bytes, which cannot be in a file of 12"},
		{"no footer", frame("", 0), "in the footer the metadata breaks off"},
		// Field 2, a list of 2³¹ structs.
		{"a huge schema", frame("\x29\xfc\xff\xff\xff\xff\x07", 7), "in the footer the metadata breaks off"},
		// Structs within structs.
		{"a deep one", frame(strings.Repeat("\x1c", 1000), 1000), "in the footer the metadata names a length that cannot be"},
	}
	for _, test := range tests {
		err := Read(strings.NewReader(test.data), int64(len(test.data)), records.Columns{}, func(records.Record, error) bool { return true })
		if err == nil || err.Error() != test.err {
			t.Errorf("%s: %v, want %s", test.name, err, test.err)
		}
	}
}

func TestParquetLZ4(t *testing.T) {
	data := readParquet(t, "lz4.parquet")
	err := Read(bytes.NewReader(data), int64(len(data)), records.Columns{}, func(records.Record, error) bool { return true })
	if want := "row group 1: column 1: its compression LZ4_RAW cannot be read; write the file with snappy, gzip, zstd, brotli or none"; err == nil || err.Error() != want {
		t.Errorf("%v, want %s", err, want)
	}
}

// What emit does wrong is not blamed on the file.
func TestParquetPanicOfEmit(t *testing.T) {
	data := readParquet(t, "none.parquet")
	defer func() {
		if fault := recover(); fault != "mine" {
			t.Errorf("recovered %v", fault)
		}
	}()
	_ = Read(bytes.NewReader(data), int64(len(data)), records.Columns{}, func(records.Record, error) bool { panic("mine") })
	t.Error("emit's panic was swallowed")
}

type failing struct {
	*bytes.Reader
	calls, after int
}

var errDisk = errors.New("the disk is on fire")

func (f *failing) ReadAt(p []byte, at int64) (int, error) {
	if f.calls++; f.calls > f.after {
		return 0, errDisk
	}
	return f.Reader.ReadAt(p, at)
}

func TestParquetFailingDisk(t *testing.T) {
	data := readParquet(t, "zstd.parquet")
	for after := range 20 {
		err := Read(&failing{bytes.NewReader(data), 0, after}, int64(len(data)), records.Columns{}, func(records.Record, error) bool { return true })
		if !errors.Is(err, errDisk) {
			t.Errorf("failing after %d reads: %v", after, err)
		}
	}
}

func TestDecimal(t *testing.T) {
	tests := []struct {
		value parquet.Value
		scale int
		want  string
	}{
		{parquet.Int32Value(1230), 2, "12.30"},
		{parquet.Int64Value(-5), 3, "-0.005"},
		{parquet.Int64Value(7), 0, "7"},
		{parquet.ByteArrayValue([]byte{0xff, 0x38}), 1, "-20.0"},
		{parquet.ByteArrayValue(nil), 2, "0.00"},
		{parquet.Int32Value(1), 1 << 30, "1"},
	}
	for _, test := range tests {
		if got := decimal(test.value, test.scale); got != test.want {
			t.Errorf("decimal(%v, %d) = %s, want %s", test.value, test.scale, got, test.want)
		}
	}
}

func TestInt96Time(t *testing.T) {
	const noon = 12 * 3600 * 1_000_000_000
	v := parquet.Int96Value(deprecated.Int96{noon & 0xffffffff, noon >> 32, 2440588 - 1})
	if got, want := int96Time(v), "1969-12-31T12:00:00"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

// A page may claim to unpack to what it likes.
func TestPageChecker(t *testing.T) {
	zeros := make([]byte, 1<<20)
	pack := func(codec compress.Codec) []byte {
		packed, err := codec.Encode(nil, zeros)
		if err != nil {
			t.Fatal(err)
		}
		return packed
	}
	var c pageChecker
	defer c.close()
	for name, codec := range map[string]compress.Codec{
		"gzip": &parquet.Gzip, "zstd": &parquet.Zstd, "brotli": &parquet.Brotli, "snappy": &parquet.Snappy,
	} {
		packed := pack(codec)
		for range 2 { // decoders are used again
			if plain, err := c.unpack(codec.CompressionCodec(), packed, int64(len(zeros))); err != nil || !bytes.Equal(plain, zeros) {
				t.Errorf("%s: a sound page: %v", name, err)
			}
			for _, size := range []int64{0, 1000, int64(len(zeros)) - 1, int64(len(zeros)) + 1, records.MaxRecord} {
				if _, err := c.unpack(codec.CompressionCodec(), packed, size); err == nil {
					t.Errorf("%s: a page of %d bytes passed for one of %d", name, len(zeros), size)
				}
			}
			if _, err := c.unpack(codec.CompressionCodec(), packed[:len(packed)/2], int64(len(zeros))); err == nil {
				t.Errorf("%s: half a page passed", name)
			}
		}
	}
}

// Runs may claim to be as long as they like.
func TestCheckRuns(t *testing.T) {
	run := func(n uint64) []byte { return append(binary.AppendUvarint(nil, n<<1), 1) }
	prefix := func(runs []byte) []byte {
		return append(binary.LittleEndian.AppendUint32(nil, uint32(len(runs))), runs...)
	}
	list := leaf{repetition: 1, definition: 2}
	dictionary, delta := int64(format.RLEDictionary), int64(format.DeltaBinaryPacked)
	tests := []struct {
		name         string
		page         pageHeader
		leaf         leaf
		levels, data []byte
		err          error
	}{
		{name: "as many as there are", page: pageHeader{values: 9}, leaf: list, data: append(prefix(run(9)), prefix(run(9))...)},
		{name: "repetition", page: pageHeader{values: 9}, leaf: list, data: append(prefix(run(1<<30)), prefix(run(9))...), err: errLies},
		{name: "definition", page: pageHeader{values: 9}, leaf: list, data: append(prefix(run(9)), prefix(run(1<<30))...), err: errLies},
		{name: "many short ones", page: pageHeader{values: 9}, leaf: leaf{definition: 1}, data: prefix(bytes.Repeat(run(1000), 5)), err: errLies},
		{name: "packed", page: pageHeader{values: 9}, leaf: leaf{definition: 1}, data: prefix([]byte{0xff, 0xff, 0xff, 0xff, 0x0f}), err: errLies},
		{name: "levels cut off", page: pageHeader{values: 9}, leaf: list, data: []byte{9, 0, 0, 0, 1}, err: errCutOff},
		{name: "the second version", page: pageHeader{kind: dataPageV2, values: 9, levels: 4, repetition: 2}, leaf: list, levels: append(run(9), run(9)...)},
		{name: "its definition", page: pageHeader{kind: dataPageV2, values: 9, levels: 7, repetition: 2}, leaf: list, levels: append(run(9), run(1<<30)...), err: errLies},
		{name: "a dictionary", page: pageHeader{values: 9, encoding: dictionary}, data: append([]byte{8}, run(9)...)},
		{name: "its places", page: pageHeader{values: 9, encoding: dictionary}, data: append([]byte{8}, run(1<<30)...), err: errLies},
		{name: "deltas", page: pageHeader{values: 9, encoding: delta}, data: []byte{0x80, 0x01, 4, 9, 0}},
		{name: "their number", page: pageHeader{values: 9, encoding: delta}, data: []byte{0x80, 0x01, 4, 0xff, 0xff, 0xff, 0xff, 0x07, 0}, err: errLies},
		{name: "nothing", page: pageHeader{encoding: dictionary}},
	}
	for _, test := range tests {
		if err := checkRuns(&test.page, &test.leaf, test.levels, test.data); err != test.err {
			t.Errorf("%s: %v, want %v", test.name, err, test.err)
		}
	}
}

// FuzzParquet holds Parquet to ending, with an error or without, on any bytes at all.
func FuzzParquet(f *testing.F) {
	files, err := filepath.Glob("testdata/*.parquet")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range files {
		f.Add(readParquet(f, filepath.Base(file)))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		used := memoryOf(func() {
			_ = Read(bytes.NewReader(data), int64(len(data)), records.Columns{}, func(records.Record, error) bool { return true })
		})
		if used > 2<<30 {
			t.Errorf("%d MB allocated for %d bytes", used>>20, len(data))
		}
	})
}
