package vectorize

import "klew/corpus"

// The file of a counted corpus
//
// Its form is that of package sections, with the magic "KCOR\r\n\x1a\n" (a line end
// changed in transfer shows). The sections stand in this order:
//
//	INFO  JSON: program, paths, options of reading and counting, what is no term, and the
//	      numbers of documents, terms and non-zeros (type countedInfo)
//	STOP  the stop words in force: strings; where each language has its own list, those
//	      beside these lists
//	PHRS  for each phrase: its two stems, strings
//	LEDG  for each entry of the ledger: path, a string; two bytes, 1 if repaired and 1
//	      for a note; reason and detail, strings; uvarint number of files, 0 for one
//	TERM  for each term: its stem, a string; uvarint DF; uvarint count; uvarint number of
//	      forms; for each form: string, uvarint count. Stems rise in byte order.
//	DOCS  for each document: ID, a string; uint32 CRC-32C of the text; uvarint number of
//	      fields; for each field: name and value, strings
//	CNTS  for each document, in the order of DOCS: uvarint number of entries; for each
//	      entry, in the order of terms, a uvarint, twice the number of terms passed over
//	      since the entry before, plus 1 if the count is not 1, and then only the count
//	      less 2, a uvarint
//	SHRD  in place of CNTS, a section for each shard: for each document of it, in the order of
//	      Shuffle: uvarint its number in DOCS, from 0; then as in CNTS
//	END   nothing
//
// But for INFO, SHRD and END each is a list, which begins with a uvarint, the number of things
// in the section. One that is long goes on in the next section, which has the same tag:
// so neither the writer nor the reader holds more than about a megabyte of it, and what is
// damaged is found before much of it is believed. What is not there is an empty list.
//
// A document of 3 terms, the first twice, the second and the tenth once, is written
//
//	03  01 00  00  0e
//
// On 20 Newsgroups (19,997 posts, 2.5 million non-zeros) an entry takes 2.1 bytes.
// Without the bit for a count of 1 it would take 2.7; with terms numbered by frequency,
// for shorter steps, 1.5, and each document would have to be sorted when it is read. The
// whole file takes 9.2 MB, of which terms with their forms are 2.5 MB and documents 1.4.
//
// A shard is one section, so that its checksum tells which one is damaged. It takes about a
// quarter of the 64 MB that it takes in memory.
//
// Versions:
//
//	1  the first; still written where there are no shards
//	2  SHRD
const (
	countedMagic   = "KCOR\r\n\x1a\n"
	countedVersion = 2
)

// The tags, in the order of writing.
const (
	tagInfo      = "INFO"
	tagStopWords = "STOP"
	tagPhrases   = "PHRS"
	tagLedger    = "LEDG"
	tagTerms     = "TERM"
	tagDocuments = "DOCS"
	tagCounts    = "CNTS"
	tagShard     = "SHRD"
)

// countedInfo is the section INFO.
type countedInfo struct {
	Program      string          `json:"program"`
	Paths        []string        `json:"paths"`
	Reading      corpus.Options  `json:"reading,omitzero"`
	Counting     Options         `json:"counting"`
	OwnStopWords bool            `json:"own_stop_words,omitempty"`
	Languages    []LanguageCount `json:"languages"`
	Dropped      []Dropped       `json:"dropped"`
	Documents    int             `json:"documents"`
	Terms        int             `json:"terms"`
	NonZeros     int             `json:"non_zeros"`
	Shards       int             `json:"shards,omitempty"`
}
