package mail

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode/utf16"

	"github.com/richardlehane/mscfb"
)

// A mail that Outlook saves as .msg is a compound file ([MS-CFB]) with a stream for each property
// of the mail, named by the number of the property and of its type ([MS-OXMSG], [MS-OXPROPS]):
//
//	__properties_version1.0         numbers and times, 16 bytes each
//	__substg1.0_0037001F            the subject, in UTF-16
//	__attach_version1.0_#00000000/  the first attachment
const (
	propSubject    = 0x0037
	propSubmitted  = 0x0039
	propHeaders    = 0x007D // as the mail had them on its way
	propSender     = 0x0C1A
	propDelivered  = 0x0E06
	propTo         = 0x0E04
	propCC         = 0x0E03
	propBody       = 0x1000
	propRTF        = 0x1009 // compressed
	propHTML       = 0x1013
	propMessageID  = 0x1035
	propSMTPSender = 0x5D01
	propCodePage   = 0x3FFD
	propHTMLPage   = 0x3FDE
)

// The types of properties.
const (
	typeString8 = 0x001E
	typeString  = 0x001F
)

// maxProperty is the size of the largest property that is read.
const maxProperty = 64 << 20

// outlook is a mail as Outlook keeps one.
type outlook struct {
	streams     map[uint32][]byte // by property and type
	numbers     map[uint16]uint64 // by property
	attachments int
	decoder     decoder
}

// IsOutlook tells a compound file, in which Outlook keeps a mail, and other programs other things.
func IsOutlook(head []byte) bool {
	return bytes.HasPrefix(head, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"))
}

// ParseOutlook reads a mail that Outlook saved as .msg. Mails attached to it are not read.
func ParseOutlook(raw []byte, o Options) (m Message, err error) {
	mail, err := openOutlook(raw)
	if err != nil {
		return m, err
	}
	mail.decoder = decoder{decode: o.Decode, message: nil}
	header := mail.header()
	m.setHeader(header, mail.decoder)
	m.Body, m.Unread = clean(mail.body(o), envelopeOf(m.Header, header), o)
	m.Unread += mail.attachments
	return m, nil
}

func openOutlook(raw []byte) (*outlook, error) {
	file, err := mscfb.New(bytes.NewReader(raw))
	if err != nil {
		return nil, fmt.Errorf("it is not a whole file of Outlook: %w", err)
	}
	o := &outlook{streams: map[uint32][]byte{}, numbers: map[uint16]uint64{}}
	left := int64(maxProperty)
	for _, f := range file.File {
		switch {
		case len(f.Path) > 0:
		case strings.HasPrefix(f.Name, "__attach_version1.0_"):
			o.attachments++
		case f.Size > left || f.Size > int64(len(raw)): // a lie, or too much
		default:
			left -= o.add(f)
		}
	}
	if len(o.streams) == 0 {
		return nil, errors.New("no text in it")
	}
	return o, nil
}

// add takes a stream, and returns how much it is.
func (o *outlook) add(f *mscfb.File) int64 {
	var id uint32
	isProperties := f.Name == "__properties_version1.0"
	if n, err := fmt.Sscanf(f.Name, "__substg1.0_%08X", &id); !isProperties && (n != 1 || err != nil) {
		return 0
	}
	data, _ := io.ReadAll(io.LimitReader(f, f.Size)) // as far as it goes
	if isProperties {
		o.addNumbers(data)
	} else {
		o.streams[id] = data
	}
	return int64(len(data))
}

// addNumbers takes the properties that are no streams.
func (o *outlook) addNumbers(data []byte) {
	const head, size = 32, 16
	for at := head; at+size <= len(data); at += size {
		o.numbers[binary.LittleEndian.Uint16(data[at+2:])] = binary.LittleEndian.Uint64(data[at+8:])
	}
}

// text is a property that is a text, or empty.
func (o *outlook) text(property uint32) string {
	if wide, ok := o.streams[property<<16|typeString]; ok {
		units := make([]uint16, len(wide)/2)
		for i := range units {
			units[i] = binary.LittleEndian.Uint16(wide[2*i:])
		}
		return strings.TrimRight(string(utf16.Decode(units)), "\x00")
	}
	narrow := bytes.TrimRight(o.streams[property<<16|typeString8], "\x00")
	return o.decoder.decoded(narrow, o.page(propCodePage), o.streams[propBody<<16|typeString8])
}

// page names the code page that a property gives, or is empty.
func (o *outlook) page(property uint16) string {
	switch number := uint32(o.numbers[property]); number {
	case 0:
		return ""
	case 65001:
		return "utf-8"
	case 20866:
		return "koi8-r"
	case 21866:
		return "koi8-u"
	case 50220, 50221, 50222:
		return "iso-2022-jp"
	case 51932:
		return "euc-jp"
	case 28591, 28592, 28593, 28594, 28595, 28596, 28597, 28598, 28599, 28603, 28605:
		return fmt.Sprintf("iso-8859-%d", number-28590)
	default:
		return fmt.Sprintf("cp%d", number)
	}
}

// header is the header of the mail, made of its properties where it never had one.
func (o *outlook) header() []field {
	fields, _ := splitHeader([]byte(o.text(propHeaders)))
	add := func(name, value string) {
		if value = strings.Join(strings.Fields(value), " "); value != "" && valueOf(fields, name) == "" {
			fields = append(fields, field{name: name, value: []byte(value)})
		}
	}
	sender := o.text(propSender)
	if address := o.text(propSMTPSender); address != "" && !strings.Contains(sender, "@") {
		sender += " <" + address + ">"
	}
	add("from", sender)
	add("to", o.text(propTo))
	add("cc", o.text(propCC))
	add("subject", o.text(propSubject))
	add("message-id", o.text(propMessageID))
	for _, property := range []uint16{propSubmitted, propDelivered} {
		if at := o.numbers[property]; at > 0 {
			add("date", fromFiletime(at).Format(time.RFC3339))
		}
	}
	return fields
}

// fromFiletime reads a time of Windows: tenths of microseconds since 1601.
func fromFiletime(ticks uint64) time.Time {
	const perSecond, until1970 = 10_000_000, 11_644_473_600
	return time.Unix(int64(ticks/perSecond)-until1970, 0).UTC()
}

// body is the text of the mail: as such, or else as a page, or else as RTF.
func (o *outlook) body(options Options) string {
	if text := o.text(propBody); strings.TrimSpace(text) != "" {
		return strings.ReplaceAll(text, "\r\n", "\n")
	}
	if raw, ok := o.streams[propHTML<<16|0x0102]; ok && options.HTML != nil {
		return options.HTML([]byte(o.decoder.decoded(raw, o.page(propHTMLPage), raw)))
	} else if text := o.text(propHTML); text != "" && options.HTML != nil {
		return options.HTML([]byte(text))
	}
	if rtf := fromLZFu(o.streams[propRTF<<16|0x0102]); len(rtf) > 0 && options.RTF != nil {
		return options.RTF(rtf)
	}
	return ""
}
