// Package server shows a model in a browser as package page does, live: each text whole, new
// texts with their topics, and edits of the model's file.
//
//	s, err := server.New("notes.klew", server.Options{Texts: texts})
//	err = s.Serve(ctx, listener)
//
// # What it answers
//
//	GET  /                    the page without data
//	GET  /api/state           version, journal, what may be done, the versions of blocks
//	GET  /api/data/V/NAME     a block of the page that was made for version V, packed by gzip
//	GET  /api/text/J          the text of document J, with its tokens
//	GET  /api/word/ROW        the documents that have a term, and the lines that it stands in
//	GET  /api/measures        what klew evaluate measures, or that it is being measured
//	GET  /api/search?q=       the texts that hold what is asked for
//	POST /api/new             the topics of a text that is new
//	POST /api/preview         what an edit would do
//	POST /api/edit, /api/undo a line of the journal more, or less
//
// # Whom it answers
//
// Whoever has the address, once: it holds a token, which becomes a cookie that no script can
// read and that no other site's requests carry. Every request is looked at first (see guard): the
// Host must be one of those on which the server listens, or else a foreign name that has been
// made to lead here could read everything; what changes anything must come from the page itself.
//
// # What it reads and writes
//
// It reads texts before it answers anything, and afterwards none by a name that comes from a
// request: a document is asked for by its number. It writes the model's file, whole or not at
// all, and only if that is still the one that the page shows.
package server
