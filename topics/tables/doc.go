// Package tables has every table that klew shows or writes, each defined once: its columns,
// what they hold and how that is written. Write writes one in a format of lines, and Export
// a model as files that other programs read: spreadsheets, databases, data frames, and the
// formats of two other topic modellers.
//
//	err := tables.Write(os.Stdout, tables.TSV, tables.Topics(model, tables.TopicOptions{}))
//
//	e := tables.Export{Model: model, Format: tables.CSV, Path: "notes", Folder: true}
//	report, err := e.Write(ctx)
//
// # The tables of an export
//
// Topics have the numbers by which people know them, from 1 on, with gaps after klew edit.
//
//	topics           topic, label, share, stability if it is known, keywords
//	documents        document, its metadata, tokens, topic_1 to topic_k: the topics'
//	                 proportions of the document, which sum to 1, or are 0 for one without tokens
//	document_topics  document, topic, label, proportion, weight: a row for each weight that is not 0
//	topic_terms      topic, rank, term, stem, weight, count: the same for W
//	terms            term, stem, documents, count
//
// The weight of a document's topic is its entry of H: with raw counts the number of the
// document's tokens that belong to the topic. The weight of a topic's term is its entry of
// W, the term's probability in the topic, and its count that times the topic's sum over H:
// how many of the topic's tokens are to be expected of the term. The terms' documents and
// count are what was counted in the corpus.
//
// # The formats
//
// CSV, TSV, JSON Lines and Parquet hold one table a file. A workbook (XLSX) has a sheet
// for each, a database (SQLite) those tables with numbers in the place of repeated names.
// Npz has the factors as NumPy's arrays; MALLET's files and LDAvis's JSON are as the
// programs after which they are called write them. The file of each format says how.
//
// # What holds for all
//
// Nothing is cut or changed in silence: what a format cannot hold is either written in
// another way, which the Report says, or an error before anything is written. Numbers are
// written with the fewest digits that give the same number of single precision, as weights
// are: 0 is 0, a half 0.5, and none has more than nine digits. Files of binary numbers
// (Parquet, SQLite, npz) have them as they were computed.
//
// Rows are made one after another and not kept: an export needs little memory beside the
// model's. The same model gives the same bytes.
package tables
