package shard

import (
	"bytes"
	"fmt"
	"io"

	"klew/vectorize/sections"
)

// part is a section, before it is written: its payload, or what makes a long one in pieces.
type part struct {
	tag     string
	payload sections.Payload
	long    func(add func(sections.Payload))
}

// encode makes a file of sections.
func encode(magic string, version uint32, parts ...part) []byte {
	var to bytes.Buffer
	write(&to, magic, version, parts...) // no error comes from a buffer
	return to.Bytes()
}

// write writes a file of sections.
func write(to io.Writer, magic string, version uint32, parts ...part) error {
	w := sections.NewWriter(to, magic, version)
	for _, p := range parts {
		if p.long != nil {
			w.Long(p.tag, p.long)
		} else {
			w.Section(p.tag, p.payload)
		}
	}
	return w.Close()
}

// each calls do with each section of such a file. The payload is good until do returns.
func each(data []byte, magic string, version uint32, do func(tag string, payload []byte) error) error {
	r, err := sections.NewReader(bytes.NewReader(data), magic, version)
	seen := map[string]bool{}
	for err == nil {
		var tag string
		var payload []byte
		if tag, payload, err = r.Next(); err != nil {
			break
		}
		if seen[tag] {
			return fmt.Errorf("it is damaged: section %q occurs twice", tag)
		}
		seen[tag] = true
		if err := do(tag, payload); err != nil {
			return fmt.Errorf("it is damaged: section %q: %w", tag, err)
		}
	}
	if err == io.EOF {
		return nil
	}
	return err
}

// decode returns the sections by tag.
func decode(data []byte, magic string, version uint32) (map[string][]byte, error) {
	parts := map[string][]byte{}
	err := each(data, magic, version, func(tag string, payload []byte) error {
		parts[tag] = bytes.Clone(payload)
		return nil
	})
	return parts, err
}
