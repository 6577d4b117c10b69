// Package relations tells how the topics of a model hang together, and with what is known
// of the documents.
//
//   - Tree joins topics whose words are alike to groups, and those to larger ones: the
//     agglomerative clustering of topics by the Jensen-Shannon distance of their words.
//   - Effects says how a topic's proportion differs with fields of the metadata, several
//     at once: the question that estimateEffect of the R package stm answers.
//
// Nothing here changes a model. The same model and seed give the same numbers.
package relations
