package parquet

import (
	"encoding/hex"
	"fmt"
	"math/big"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/format"
)

// parquetColumn is a leaf of the schema, or a list of them.
type parquetColumn struct {
	name string
	list bool
	text bool // its values are strings
	show func(parquet.Value) string
}

func newParquetColumn(node *parquet.Column, name string, list bool) parquetColumn {
	c := parquetColumn{name: name, list: list, show: plainValue}
	logical := node.Type().LogicalType()
	kind := node.Type().Kind()
	c.text = kind == parquet.ByteArray
	if kind == parquet.Int96 {
		c.show = int96Time
	}
	if logical == nil {
		return c
	}
	switch t := logical.Value.(type) {
	case *format.DateType:
		c.show = func(v parquet.Value) string { return time.Unix(int64(v.Int32())*86400, 0).UTC().Format(time.DateOnly) }
	case *format.TimestampType:
		c.show = timestamp(unitOf(t.Unit), t.IsAdjustedToUTC)
	case *format.TimeType:
		c.show = timeOfDay(unitOf(t.Unit))
	case *format.DecimalType:
		c.text = false
		c.show = func(v parquet.Value) string { return decimal(v, int(t.Scale)) }
	case *format.IntType:
		if !t.IsSigned {
			c.show = unsigned
		}
	case *format.UUIDType:
		c.show = uuid
	}
	return c
}

// plainValue shows a value whose kind says all. Bytes that are no text are nothing.
func plainValue(v parquet.Value) string {
	switch v.Kind() {
	case parquet.Boolean:
		return strconv.FormatBool(v.Boolean())
	case parquet.Int32:
		return strconv.Itoa(int(v.Int32()))
	case parquet.Int64:
		return strconv.FormatInt(v.Int64(), 10)
	case parquet.Float:
		return strconv.FormatFloat(float64(v.Float()), 'g', -1, 32)
	case parquet.Double:
		return strconv.FormatFloat(v.Double(), 'g', -1, 64)
	case parquet.ByteArray, parquet.FixedLenByteArray:
		if text := string(v.ByteArray()); utf8.ValidString(text) {
			return text
		}
	}
	return ""
}

func unsigned(v parquet.Value) string {
	if v.Kind() == parquet.Int32 {
		return strconv.FormatUint(uint64(v.Uint32()), 10)
	}
	return strconv.FormatUint(v.Uint64(), 10)
}

func unitOf(unit format.TimeUnit) time.Duration {
	if unit.Value == nil {
		return time.Microsecond
	}
	return unit.Value.Duration()
}

// timestamp shows a moment; one that is not said to be of UTC has no zone.
func timestamp(unit time.Duration, utc bool) func(parquet.Value) string {
	layout := "2006-01-02T15:04:05.999999999"
	if utc {
		layout += "Z"
	}
	perSecond := int64(time.Second / unit)
	return func(v parquet.Value) string {
		n := v.Int64()
		return time.Unix(n/perSecond, n%perSecond*int64(unit)).UTC().Format(layout)
	}
}

func timeOfDay(unit time.Duration) func(parquet.Value) string {
	return func(v parquet.Value) string {
		n := v.Int64()
		if v.Kind() == parquet.Int32 {
			n = int64(v.Int32())
		}
		return time.Unix(0, n*int64(unit)).UTC().Format("15:04:05.999999999")
	}
}

// int96Time shows the form of time that Spark and Impala wrote: nanoseconds of the day,
// and the day as astronomers count it.
func int96Time(v parquet.Value) string {
	const unixDay = 2440588
	t := v.Int96()
	day, nanoseconds := int64(t[2])-unixDay, int64(uint64(t[1])<<32|uint64(t[0]))
	return time.Unix(day*86400, nanoseconds).UTC().Format("2006-01-02T15:04:05.999999999")
}

// decimal shows a whole number with so many places behind the point.
func decimal(v parquet.Value, scale int) string {
	n := new(big.Int)
	switch v.Kind() {
	case parquet.Int32:
		n.SetInt64(int64(v.Int32()))
	case parquet.Int64:
		n.SetInt64(v.Int64())
	default:
		setTwosComplement(n, v.ByteArray())
	}
	digits := n.Text(10)
	if scale <= 0 || scale > maxScale {
		return digits
	}
	sign := ""
	if digits[0] == '-' {
		sign, digits = "-", digits[1:]
	}
	if missing := scale + 1 - len(digits); missing > 0 {
		digits = strings.Repeat("0", missing) + digits
	}
	return sign + digits[:len(digits)-scale] + "." + digits[len(digits)-scale:]
}

// maxScale is far beyond the 76 places that any writer offers.
const maxScale = 1000

func setTwosComplement(n *big.Int, bytes []byte) {
	n.SetBytes(bytes)
	if len(bytes) > 0 && bytes[0] >= 0x80 {
		n.Sub(n, new(big.Int).Lsh(big.NewInt(1), uint(8*len(bytes))))
	}
}

func uuid(v parquet.Value) string {
	b := v.ByteArray()
	if len(b) != 16 {
		return hex.EncodeToString(b)
	}
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}
