// Package vectorize turns documents into a term-document matrix.
//
// Count reads documents, cuts them into tokens, drops stop words, stems, counts,
// prunes the vocabulary, and returns a Table: the documents, the vocabulary, and the
// matrix V with one row a term and one column a document:
//
//	table, err := vectorize.Count(ctx, c.Documents(ctx), vectorize.Defaults())
//	terms, documents := table.V.Dims()
//
// CountWith does the same for later documents with a vocabulary that is already
// there. ReadMatrix makes a Table of counts that others have made, and WriteMatrix hands
// one on.
//
// CountAll counts documents without choosing among their terms, however many there are,
// and keeps the counts in memory, in temporary files, or for good in a file. Of such a
// Counted corpus Table makes as many tables as one likes, with other limits, each as Count
// would have made it of the texts.
//
// # From text to terms
//
// A token is a run of letters and digits that begins with a letter, in lower case;
// an apostrophe inside belongs to it, so that "don't" is one token. A
// run that begins with a digit is no token, nor is one of a single letter or of more
// than MaxLength bytes. Options.TokenPattern puts a regular expression in place of
// these rules.
//
// A stop word is dropped; stop words are compared as written, before stemming. An
// English possessive loses its 's, a French word its l' or d'. What is left is stemmed, by Snowball, and tokens
// of the same stem are one term. A term remembers its surface forms, of which the
// most frequent is shown: never the bare stem.
//
// With an n-gram range, terms of several tokens are joined by "_"; neighbours are
// what stands side by side once stop words are gone, as in scikit-learn.
//
// # What is dropped, and said
//
// Every document keeps its column, also if nothing of it is left. Terms are pruned
// by the number of documents they occur in, and if asked by their frequency; Table.Dropped
// has the number of terms and tokens that went, by reason.
package vectorize
