// Package shard factorises a matrix of counts that is larger than memory, or lies on several
// machines. V is cut into blocks of documents, each complete in itself, and a pass over the blocks
// is one iteration of EM for the Kullback-Leibler divergence: with W given, each document's weights
// are solved from nothing, and the counts that W and they expect of every term and topic are added
// up. The next W is these counts, each topic made to sum to 1. H is never kept.
//
//	Block         some documents of V, and the bytes that it travels and is stored in
//	Worker        the expectation step on blocks, W given
//	Statistics    what blocks add up to: expected counts, and D
//	State         W and where the passes have come to: what a driver keeps between two of them
//	Fit           the driver: passes until D hardly falls
//	Online        mini-batches, which bring W near before the first pass
//
// A driver on another machine does what Fit does: it gives every worker State.W (Encode and
// DecodeState, or EncodeW and DecodeW), lets Worker.Expect see each block once, adds the Statistics
// in any order, and gives the sum to State.Advance, until that says that it is done:
//
//	state := shard.NewState(w)
//	for done := false; !done; {
//		all := shard.NewStatistics(terms, topics)
//		worker := shard.NewWorker(state.W, options)
//		for each block {
//			err = worker.Expect(ctx, block, all, nil)
//		}
//		worker.Close()
//		done, err = state.Advance(all, options)
//	}
//
// # The same bits
//
// An expected count, and a document's part of D, is rounded to a whole multiple of 2⁻²⁴ within the
// block it comes from, and summed as a 64-bit integer from there on. Such sums do not depend on
// their order, and so a pass gives the same bits however blocks are shared out among goroutines,
// processes or machines, and however often a part of the work was lost and made again. Within a
// block the documents are worked on in parts of 2,048, in their order, so that results depend on
// how V is cut into blocks, and on the kernels: processors of other kinds may differ in the last
// bits.
//
// The unit allows for 5·10¹¹ tokens in all, which is 10¹¹ non-zeros with room to spare, and rounds
// a count away that is below 3·10⁻⁸ of one token. Statistics.Add says so if the sum would not fit.
package shard
