// Package sweep helps to choose the number of topics: it fits a grid of numbers and seeds,
// measures every fit by the same means, and says which number stands out, with the reason
// and the doubt.
//
//	plan := sweep.Defaults()
//	plan.Topics, err = sweep.Grid("2:12")
//	result, err := sweep.Run(ctx, table, plan, nil, nil)
//	err = result.Cohere(ctx, table.Vocabulary, counting, texts)
//	fmt.Println(result.Advise())
//
// # What is fitted
//
// A tenth of the documents is held out, the same for all fits, and the others are fitted
// from each seed: no fit is made for perplexity alone. For each number of topics two
// halves of the training documents are fitted besides, which costs less than two more
// seeds, and shows which topics other documents would have shown too.
//
// Fits do not begin with what another number of topics has come to: splitting and merging, which
// takes the place of luck in a fit, is only done from a start of its own, and what begins
// with one and the same fit says nothing on how far fits agree.
//
// # What is measured
//
//	divergence  what is left of the divergence, as a part of that with one topic
//	perplexity  of held-out documents, completed from their halves (evaluation.HeldOut)
//	npmi, c_v   coherence of the top words (package coherence), the mean over topics
//	diversity   distinct words among the top words of all topics, as a share
//	stability   of each topic of the fit with the least divergence (nmf.Stability)
//
// All but the time that fits took is the same for the same table and plan, whatever the
// number of threads.
//
// Choose is quicker: it chooses a number in the time of two to four fits.
//
// A Store keeps fits and their models when they are done: a sweep that is interrupted goes on where
// it was, and a larger grid makes only what is new.
package sweep
