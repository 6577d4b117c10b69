package mail

import (
	"bytes"
	"encoding/binary"
	"os"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf16"
)

// compound writes a compound file with these streams in its root, whose parts are all small: in
// sectors of 64 bytes within one stream.
func compound(streams map[string][]byte) []byte {
	const sector, mini, end, free = 512, 64, 0xFFFFFFFE, 0xFFFFFFFF
	var names []string
	for name := range streams {
		names = append(names, name)
	}
	slices.Sort(names)
	var small []byte
	var miniFAT []uint32
	starts := map[string]uint32{}
	for _, name := range names {
		starts[name] = uint32(len(small) / mini)
		data := streams[name]
		for at := 0; at < len(data); at += mini {
			small = append(small, data[at:min(at+mini, len(data))]...)
			small = append(small, make([]byte, (mini-len(small)%mini)%mini)...)
			miniFAT = append(miniFAT, uint32(len(miniFAT)+1))
		}
		if len(data) == 0 {
			starts[name] = end
		} else {
			miniFAT[len(miniFAT)-1] = end
		}
	}
	sectors := func(bytes int) int { return (bytes + sector - 1) / sector }
	directory, table, data := sectors(128*(len(names)+1)), sectors(4*len(miniFAT)), sectors(len(small))
	var file bytes.Buffer
	put := func(values ...any) {
		for _, v := range values {
			binary.Write(&file, binary.LittleEndian, v)
		}
	}
	put([]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), make([]byte, 16), uint16(0x3E), uint16(3), uint16(0xFFFE), uint16(9), uint16(6), make([]byte, 6))
	put(uint32(0), uint32(1), uint32(1), uint32(0), uint32(4096), uint32(1+directory), uint32(table), uint32(end), uint32(0), uint32(0))
	put(slices.Repeat([]uint32{free}, 108))
	fat := slices.Repeat([]uint32{free}, sector/4)
	fat[0] = 0xFFFFFFFD
	for _, run := range []struct{ from, n int }{{1, directory}, {1 + directory, table}, {1 + directory + table, data}} {
		for i := range run.n {
			fat[run.from+i] = uint32(run.from + i + 1)
		}
		if run.n > 0 {
			fat[run.from+run.n-1] = end
		}
	}
	put(fat)
	entry := func(name string, kind byte, right, child, start uint32, size int) {
		var wide [32]uint16
		n := copy(wide[:], utf16.Encode([]rune(name)))
		put(wide, uint16(2*n+2), kind, byte(1), uint32(free), right, child, make([]byte, 36), start, uint64(size))
	}
	entry("Root Entry", 5, free, 1, uint32(1+directory+table), len(small))
	for i, name := range names {
		right := uint32(i + 2)
		if i == len(names)-1 {
			right = free
		}
		kind := byte(2)
		if strings.HasPrefix(name, "__attach") {
			kind = 1
		}
		entry(name, kind, right, free, starts[name], len(streams[name]))
	}
	file.Write(make([]byte, 512*(2+directory)-file.Len()))
	put(miniFAT)
	file.Write(make([]byte, 512*(2+directory+table)-file.Len()))
	file.Write(small)
	file.Write(make([]byte, 512*(2+directory+table+data)-file.Len()))
	return file.Bytes()
}

func wide(text string) []byte {
	var b []byte
	for _, unit := range utf16.Encode([]rune(text)) {
		b = binary.LittleEndian.AppendUint16(b, unit)
	}
	return b
}

// numbers is the stream of properties that are no streams.
func numbers(values map[uint16]uint64) []byte {
	b := make([]byte, 32)
	for _, property := range []uint16{propSubmitted, propDelivered, propCodePage, propHTMLPage} {
		if value, ok := values[property]; ok {
			b = binary.LittleEndian.AppendUint16(b, 0x40)
			b = binary.LittleEndian.AppendUint16(b, property)
			b = binary.LittleEndian.AppendUint32(b, 6)
			b = binary.LittleEndian.AppendUint64(b, value)
		}
	}
	return b
}

// lzfu writes RTF without compressing it: each byte for itself.
func lzfu(rtf string) []byte {
	var b []byte
	for at := 0; at < len(rtf); at += 8 {
		b = append(append(b, 0), rtf[at:min(at+8, len(rtf))]...)
	}
	head := binary.LittleEndian.AppendUint32(nil, uint32(len(b)+12))
	head = binary.LittleEndian.AppendUint32(head, uint32(len(rtf)))
	head = binary.LittleEndian.AppendUint32(head, lzfuCompressed)
	return append(append(head, 0, 0, 0, 0), b...)
}

const streamName = "__substg1.0_"

func TestParseOutlook(t *testing.T) {
	day := uint64(time.Date(2021, 3, 2, 11, 0, 0, 0, time.UTC).Unix()+11_644_473_600) * 10_000_000
	read := keep()
	read.HTML = func(page []byte) string { return "page: " + string(page) }
	read.RTF = func(rtf []byte) string { return "RTF: " + string(rtf) }
	read.Decode = func(raw []byte, charset string, _ []byte) string {
		return strings.TrimPrefix(charset+":"+string(raw), ":")
	}
	tests := []struct {
		name    string
		streams map[string][]byte
		want    string
	}{
		{"as Outlook saves it", map[string][]byte{streamName + "0037001F": wide("fog"), streamName + "0C1A001F": wide("Ada"), streamName + "5D01001F": wide("ada@example.org"),
			streamName + "0E04001F": wide("Bob"), streamName + "1000001F": wide("The café is closed.\r\nIt rained."), "__properties_version1.0": numbers(map[uint16]uint64{propSubmitted: day})},
			"from: Ada <ada@example.org>\nto: Bob\nsubject: fog\ndate: 2021-03-02T11:00:00Z\n\nThe café is closed.\nIt rained."},
		{"the header that it had", map[string][]byte{streamName + "007D001F": wide("From: ada@example.org\r\nDate: Tue, 2 Mar 2021 11:00:00 +0000\r\n\r\n"), streamName + "0037001F": wide("fog"), streamName + "1000001F": wide("It rained.")},
			"from: ada@example.org\ndate: Tue, 2 Mar 2021 11:00:00 +0000\nsubject: fog\n\nIt rained."},
		{"letters of a page", map[string][]byte{streamName + "1000001E": []byte("rain"), "__properties_version1.0": numbers(map[uint16]uint64{propCodePage: 1251})}, "\ncp1251:rain"},
		{"a page", map[string][]byte{streamName + "10130102": []byte("<p>rain"), "__properties_version1.0": numbers(map[uint16]uint64{propHTMLPage: 65001})}, "\npage: utf-8:<p>rain"},
		{"RTF", map[string][]byte{streamName + "10090102": lzfu(`{\rtf1 rain falls}`)}, `RTF: {\rtf1 rain falls}`},
	}
	for _, test := range tests {
		raw := compound(test.streams)
		if !IsOutlook(raw) {
			t.Errorf("%s: it is not known", test.name)
		}
		m, err := ParseOutlook(raw, read)
		if got := show(m); err != nil || strings.TrimSpace(got) != strings.TrimSpace(test.want) {
			t.Errorf("%s: %v\n%s\nwant\n%s", test.name, err, got, test.want)
		}
	}
	m, err := ParseOutlook(compound(map[string][]byte{streamName + "0037001F": wide("fog"), "__attach_version1.0_#00000000": nil}), read)
	if err != nil || m.Unread != 1 {
		t.Errorf("an attachment: %d, %v", m.Unread, err)
	}
}

// A mail as a file, for tests of other packages; to write it anew, remove it.
func TestOutlookFixture(t *testing.T) {
	const file = "testdata/fog.msg"
	raw := compound(map[string][]byte{streamName + "0037001F": wide("Re: fog"), streamName + "0C1A001F": wide("Ada"), streamName + "0E04001F": wide("Bob"),
		streamName + "1000001F": wide("The café is closed.\r\n\r\n> Is it?\r\n"), "__properties_version1.0": numbers(map[uint16]uint64{propSubmitted: 132591564000000000})})
	if old, err := os.ReadFile(file); err != nil {
		err = os.WriteFile(file, raw, 0o644)
		t.Error("there was no file: ", err)
	} else if !bytes.Equal(old, raw) {
		t.Errorf("%s is another", file)
	}
}

// The example of the specification, [MS-OXRTFCP] 4.1.1 and 4.1.2.
func TestLZFu(t *testing.T) {
	for raw, want := range map[string]string{
		"\x2d\x00\x00\x00\x2b\x00\x00\x00LZFu\xf1\xc5\xc7\xa7\x03\x00\x0a\x00rcpg125B2\x0a\xf3 hel\x09\x00 bw\x05\xb0ld}\x0a\x80\x0f\xa0": "{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n",
		"\x1a\x00\x00\x00\x1c\x00\x00\x00LZFu\xe2\xd4KQA\x00\x04 WXYZ\x0dn}\x01\x0e\xb0":                                                  "{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}",
		"\x14\x00\x00\x00\x04\x00\x00\x00MELA\x00\x00\x00\x00rain":                                                                        "rain",
		"\x14\x00\x00\x00\xff\xff\xff\xffLZFu\x00\x00\x00\x00\x00rain":                                                                    "rain",
		"\x14\x00\x00\x00\x04\x00\x00\x00Zzzz\x00\x00\x00\x00rain":                                                                        "",
		"LZFu": "",
	} {
		if got := string(fromLZFu([]byte(raw))); got != want {
			t.Errorf("%q became %q, want %q", raw, got, want)
		}
	}
}

func FuzzParseOutlook(f *testing.F) {
	f.Add(compound(map[string][]byte{streamName + "0037001F": wide("fog"), streamName + "10090102": lzfu(`{\rtf1 rain}`), "__properties_version1.0": numbers(map[uint16]uint64{propCodePage: 1251})}))
	f.Add(compound(map[string][]byte{streamName + "1000001E": bytes.Repeat([]byte("rain "), 300)}))
	f.Fuzz(func(t *testing.T, raw []byte) {
		o := keep()
		o.HTML = func(page []byte) string { return string(page) }
		o.RTF = o.HTML
		m, err := ParseOutlook(raw, o)
		if err == nil && len(m.Body) > 20*len(raw)+1000 {
			t.Errorf("%d bytes became a body of %d", len(raw), len(m.Body))
		}
	})
}
