// Package sections is the form that klew's own files have in common: a magic word and a
// version, then sections that each have a tag, a length and a checksum.
//
// All numbers are little-endian.
//
//	offset  size  what
//	     0     8  the magic of the kind of file
//	     8     4  the version of its format
//	    12        sections, one after another:
//
//	     4  tag
//	     8  length of the payload
//	     n  payload
//	     4  CRC-32C of tag, length and payload
//
// The last section is "END ". A reader passes over tags that it does not know, so that
// things can be added to a version.
//
// Inside a payload a "uvarint" is that of encoding/binary, and a "string" is a uvarint
// length and as many bytes of UTF-8.
//
// A Writer remembers its first error, and so does Fields, which takes a payload apart:
// what writes and reads a format says what follows what, and asks for the error in the
// end. A Reader holds one section at a time, and no length that a file claims makes it
// allocate more than a small multiple of what is there.
package sections
