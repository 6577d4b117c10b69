package topics

// The model file
//
// Its form is that of package sections, with the magic "KLEW\r\n\x1a\n" (a line end
// changed in transfer shows). The version rises when an old reader would misread; things
// that it may pass over are added to a version. Each tag occurs once. A "uvarint" and a
// "string" are those of package sections, a "list" is a uvarint and so many things.
//
//	INFO  JSON: program, paths, options, outcome, what was dropped (type infoSection)
//	STOP  the stop words in force: uvarint count, then strings; where INFO says that
//	      each language's own are, those beside them
//	TERM  uvarint count, uvarint number of documents, then for each term: its stem,
//	      a string; uvarint DF; uvarint count; uvarint number of forms; for each
//	      form: string, uvarint count. Stems rise in byte order.
//	PHRS  only with phrases: uvarint count, then for each the stems of its two words,
//	      strings
//	DOCS  uvarint count, then for each document: ID, a string; uvarint tokens; uvarint
//	      unknown; uint32 CRC-32C of the text; uvarint number of fields; for each
//	      field: name and value, strings
//	LEDG  uvarint count, then for each entry: path, a string; one byte, 1 if
//	      repaired; reason and detail, strings
//	NOTE  the entries of the ledger that are notes, or stand for several files; may be
//	      missing. As in LEDG, but the byte is 2 for a note, and at the end is the
//	      number of files, a uvarint, 0 if that is one
//	STAB  only if it is known: uvarint topics, then the stability of each, float64
//	EDIT  only if there is any: uvarint count, then the lines of the journal, strings
//	WMAT  uvarint terms, uvarint topics, then terms × topics float32, term by term
//	HMAT  uvarint documents, uvarint topics, then float32, document by document
//	END   nothing
//
// A file of one document "a.txt" begins, in hexadecimal:
//
//	4b 4c 45 57 0d 0a 1a 0a  02 00 00 00              KLEW····  version 2
//	49 4e 46 4f  d3 02 00 00 00 00 00 00  7b 22 …     INFO, 723 bytes, {"…
//
// Versions:
//
//	1  the first
//	2  counting has rules, languages and phrases that readers of version 1 do not know
const (
	magic   = "KLEW\r\n\x1a\n"
	version = 2
)

// The tags, in the order of writing.
const (
	tagInfo      = "INFO"
	tagStopWords = "STOP"
	tagTerms     = "TERM"
	tagPhrases   = "PHRS"
	tagDocuments = "DOCS"
	tagLedger    = "LEDG"
	tagNotes     = "NOTE"
	tagStability = "STAB"
	tagJournal   = "EDIT"
	tagW         = "WMAT"
	tagH         = "HMAT"
)
