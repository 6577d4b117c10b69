// Package corpus finds and reads texts.
//
// Open looks at what a user named (folders, files, standard input) and fixes the
// order in which the documents will come; Documents reads them:
//
//	c, err := corpus.Open([]string{"notes"}, corpus.Options{})
//	if err != nil { … }
//	for document := range c.Documents(ctx) {
//		fmt.Println(document.ID, len(document.Text))
//	}
//	fmt.Println(c.Ledger())
//
// Rules it keeps:
//
//   - A folder stands for all files below it, in byte order of their paths; an archive
//     for the files in it, in its own order; "-" is standard input. What was named first
//     comes first.
//   - A file is one document, or several if its content or, failing that, its name says
//     that it is a table, JSON Lines, an mbox (see formats), or if Options.Format does.
//     Standard input is one document a line, unless its beginning says otherwise.
//   - Every file, every file in an archive and every record is either yielded or entered
//     in the Ledger with the reason. What cannot be read does not stop the others. An
//     archive that breaks off has an entry beside the documents before its end. Only a path that was named and
//     does not exist is an error, at once. What a pattern leaves out is counted, in one
//     entry for each pattern.
//   - Text is yielded as valid UTF-8 in NFC, whatever the file was written in (see
//     decoder.decode).
//   - Nothing is unpacked to disk, no header is believed, and no input takes much memory:
//     documents of at most MaxSize, and archives within Limits.
//   - Links are followed, and every folder is read once: loops end there.
//   - Files and folders whose name begins with a dot are left out, unless named or
//     asked for.
//
// What happens to a document, in this order, and only if Options ask for it: its path
// is chosen by globs (see pattern); it is read; metadata and a date are found in its
// path (see pathPattern); it is left out if it repeats an earlier one (see duplicates);
// it is cut into segments (see segmenter). So what is compared is whole documents, and
// all segments of a document have its metadata.
//
// Readers of office documents, PDF and Parquet are large. A program has them if it imports
// package documents; without it such a file has an entry in the ledger that says so.
//
// It knows nothing of words, but for their number.
package corpus
