package mail

import (
	"encoding/binary"
	"math"
)

// The RTF of a mail of Outlook is compressed ([MS-OXRTFCP]): behind a head of 16 bytes each byte
// of flags says of the eight items that follow whether one is a byte (0) or two, which say where
// in the last 4,096 bytes a run stands, and how long it is. Before anything is written these are
// what most RTF begins with.
const (
	lzfuRing  = 4096
	lzfuFirst = `{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript ` +
		`\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0` + "\r\n" + `\par ` +
		`\pard\plain\f0\fs20\b\i\u\tab\tx`
	lzfuHead         = 16
	lzfuCompressed   = 0x75465A4C // LZFu
	lzfuUncompressed = 0x414C454D // MELA
)

// fromLZFu undoes the compression, as far as it goes.
func fromLZFu(raw []byte) []byte {
	if len(raw) < lzfuHead {
		return nil
	}
	// What the head says may be more than an int holds on 32 bits.
	size, kind := int(min(binary.LittleEndian.Uint32(raw[4:]), math.MaxInt32)), binary.LittleEndian.Uint32(raw[8:])
	raw = raw[lzfuHead:]
	if kind != lzfuCompressed {
		if kind != lzfuUncompressed {
			return nil
		}
		return raw[:min(size, len(raw))]
	}
	size = min(size, maxProperty, 17*len(raw)) // two bytes and an eighth stand for 17
	var ring [lzfuRing]byte
	at := copy(ring[:], lzfuFirst)
	out := make([]byte, 0, size)
	put := func(b byte) {
		out, ring[at%lzfuRing] = append(out, b), b
		at++
	}
	for len(raw) > 1 && len(out) < size {
		flags := raw[0]
		raw = raw[1:]
		for bit := 0; bit < 8 && len(raw) > 0 && len(out) < size; bit++ {
			if flags>>bit&1 == 0 {
				put(raw[0])
				raw = raw[1:]
				continue
			}
			if len(raw) < 2 {
				return out
			}
			from, length := int(raw[0])<<4|int(raw[1])>>4, int(raw[1]&15)+2
			raw = raw[2:]
			if from == at%lzfuRing { // the end
				return out
			}
			for i := range length {
				put(ring[(from+i)%lzfuRing])
			}
		}
	}
	return out
}
