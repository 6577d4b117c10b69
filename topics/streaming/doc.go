// Package streaming finds the topics of a counted corpus of which not all counts fit into memory:
// they stay in the file, in shards (vectorize.Counted.Shuffle), and are gone through one shard at a
// time, the next being read while one is worked on.
//
//  1. Sample. The first documents of the shards, which are shuffled, as many as a third of the memory
//     holds, are fitted as nmf.Fit does by itself, with its search for a good start. Its topics are
//     spread a little over all terms, so that those come in that the sample does not have. If halves are
//     asked, they are halves of the sample, and stability is that of its topics. Given a start, the fit
//     of the sample begins there, and what the start settles holds to the end.
//  2. Mini-batches: two passes in which W learns from 500 documents at a time (shard.Online).
//  3. Passes over all documents, each an iteration of EM (shard.Fit), until D falls by less than a
//     ten-thousandth, at most 20. D of these never rises.
//  4. The weights of every document are solved for the last W.
//
// The topics depend on the corpus, its number of shards, the options, the seed, and on the memory
// where that bounds the sample; not on the number of threads. Where a fit in memory ends is a matter
// of the start, and here the start is that of the sample: the closer it is to the whole, the closer
// the end (see BENCHMARKS.md of package nmf).
//
// # Memory
//
// The names of documents and the vocabulary are in memory throughout, and three shards. Beside them W takes
// 24 bytes for each topic of a term, in four copies and the statistics for the next, and in the end the
// weights of H above zero (nmf.NewCompactH) take 5 bytes each. The sample is read from the file whenever
// nmf.Fit visits it. Size.Least adds this up. With the collector's limit at the memory given a process takes that, and up
// to 64 MB for the program: 10⁷ non-zeros, k = 50, given 200 MB, took 243. A limit below what is in use costs
// much: 20 Newsgroups, k = 20, with the collector held to 10 MB took 26 s of the processor, and with 64 MB 17.
//
// There is no refinement of short texts, no penalty and no weighting of terms, all of which need all counts
// at once.
package streaming
