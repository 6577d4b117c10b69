// Package unpack reads the files inside gzip, zstd, zip and tar, and inside these inside
// each other, as streams: nothing is unpacked to disk.
//
// Rules it keeps:
//
//   - What a file is is told by its first bytes; its name counts only where it is empty.
//   - Every file inside is visited, in the order of the archive: with a reader, or with
//     the fault for which it cannot be read. Folders are not visited. What is hidden (a
//     name that begins with a dot, or __MACOSX) is visited once, as a whole, with
//     ErrHidden.
//   - One fault is met once: from the member's reader, or as Member.Fault. The others
//     go on where that is possible: in a zip always, in a stream up to the fault.
//   - No archive makes it use much memory or run for ever (see Limits). A size that a
//     header tells is never believed.
//
// Documents of Word, LibreOffice and EPUB are zips too, but are one document: they are
// visited as they are, with Kind set.
//
// It knows nothing of texts.
package unpack
