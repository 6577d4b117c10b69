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
//
// # What it costs
//
// A pass takes 0.36 µs of a core for each non-zero at k = 50 and some 0.52 at k = 100 (measured, at 10⁷,
// and at 10⁸ and 3·10⁸ non-zeros); a non-zero is 2.2 bytes of a file. W takes 4 bytes for each term and topic,
// statistics 8. The search on the sample takes 260 s of a core at k = 100. There are two passes in
// mini-batches, one for H, and between them as many over all as it takes: eleven at 10⁸ non-zeros, fifteen
// at 3·10⁸, of which the sample is a smaller part. By these figures, with fifteen, but not tried beyond the
// second line:
//
//	non-zeros, terms, k   machines × cores   a pass    all      what limits it
//	10⁸, 10⁵, 100         1 × 2              26 s      8 min    the cores (measured: 986 s of them)
//	3·10⁸, 10⁵, 100       1 × 2              78 s      26 min   the cores (measured: 3,050 s of them)
//	10⁹, 10⁵, 100         1 × 2              260 s     80 min   the cores: reading 2.2 GB takes 10 s
//	10⁹, 10⁵, 100         1 × 16             33 s      11 min   the cores; then the search on the sample
//	10⁹, 10⁵, 100         10 × 16            5 s       4 min    the search on the sample, on one machine, and
//	                                                            some 2 s a pass of the engine
//	10¹¹, 5·10⁵, 100      1 × 16             54 min    16 h     the cores; 220 GB are read in 20 min
//	10¹¹, 5·10⁵, 100      10 × 16            5 min     100 min  the cores
//	10¹¹, 5·10⁵, 100      50 × 16            70 s      25 min   the cores; 0.4 GB of statistics and 0.2 GB of W
//	                                                            for each machine take some 5 s of 10 Gbit/s
//
// At k = 1000 with 10⁶ terms W is 4 GB and the statistics are 8, on every machine and for every pass:
// there the network and the memory limit it, and terms would have to be parted as well. H of 10¹¹
// non-zeros is some 8·10⁸ documents by 100 topics, 300 GB, and only has a place where it is written as
// it is solved.
//
// # What is not done
//
// W is made by EM alone, with a step ahead. Statistics of second order would let it end in fewer passes
// and a little lower: on newsgroups passes 5 to 14 gain 0.2 % together. With a sample of a third D ends
// 0.01 to 0.20 % above a fit in memory, wherever it was measured; with a fifth it was 0.5 % on newsgroups.
// Most of that is where the search on the sample ends, and not how W goes on: from the topics of a fit in
// memory both ends are 0.025 % apart.
package shard
