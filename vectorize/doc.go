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
// there. OfMatrix makes a Table of counts that others have made, as package matrixfile reads
// them, and Table.Matrix hands one on.
//
// A Cutter cuts a text into the terms of a vocabulary as they stand there, and says where.
//
// CountAll counts documents without choosing among their terms, however many there are,
// and keeps the counts in memory, in temporary files, or for good in a file. Of such a
// Counted corpus Table makes as many tables as one likes, with other limits, each as Count
// would have made it of the texts.
//
// # From text to terms
//
// A word is what UAX #29 says it is, but for marks inside other than apostrophes ("and/or",
// "snake_case", "example.com" are two words), and a token is a word in lower case that
// begins with a letter: "don't" and "mp3" are tokens. By default
//
//	numbers      42, 3.14, 3rd, 1990s     are dropped
//	urls         https://x.org, www.x.org are dropped whole
//	emails       jo@example.org           are dropped whole, and so are message identifiers
//	hashtags     #whales                  are the word
//	hyphens      well-known               are two words
//	apostrophes  don't, l'eau             are one word
//
// Each kind of Options.Keep stays one token as it is, in lower case; each of Options.Split
// is cut into its words. Tokens have at least Options.MinLength characters and at most
// MaxLength bytes. Options.TokenPattern puts a regular expression in place of these rules.
//
// Han, Hiragana, Thai, Lao, Khmer and Burmese put no blanks between words. Each two
// neighbouring characters of one script are a token there, with the marks that belong to
// them, and a single one that has no neighbour. Katakana and Hangul are cut as UAX #29 has
// it; one character of them, or of Han, is long enough.
//
// A stop word is dropped; stop words are compared as written, before stemming. An English
// possessive loses its 's, a French or Italian word its l' or d'; spellings that differ by habit
// (ё, Greek accents, Arabic vowels, the long ſ, marks of stress) are made one. What is left is
// stemmed, by Snowball, once for each distinct token, and tokens of the same stem are one term.
// A term remembers its surface forms, of which the most frequent is shown: never the bare stem.
//
// With Auto the language is found out for each document, by its script or its stop words;
// detect.go says how. Terms of several languages that are written alike are one.
//
// With an n-gram range, terms of several tokens are joined by "_"; neighbours are
// what stands side by side once stop words are gone, as in scikit-learn. With
// Options.Phrases only those are joined that chance does not explain, and they take the
// place of their parts; phrases.go has the measure.
//
// What Options.Rules means: a vocabulary must later be counted by the rules it was made
// by. FirstRules are those of klew 0.1, CurrentRules the ones above; lists of stop words
// and stemmers change only with them.
//
// # What is dropped, and said
//
// Every document keeps its column, also if nothing of it is left. Terms are pruned
// by the number of documents they occur in, and if asked by their frequency; Table.Dropped
// has the number of terms and tokens that went, by reason.
package vectorize
