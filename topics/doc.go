// Package topics joins a counted corpus and its factors into a Model, which answers
// what the topics are and what each document is made of, is saved and loaded, and
// finds the topics of texts that come later.
//
//	table, err := vectorize.Count(ctx, c.Documents(ctx), counting)
//	result, err := nmf.Fit(ctx, table.V, fitting)
//	model := topics.New(table, result, topics.Origin{Counting: counting, Fitting: fitting})
//	for k, share := range model.Shares() {
//		fmt.Println(k+1, share, model.Keywords(k, 10))
//	}
//	err = model.Save("notes.klew")
//
// # What the numbers mean
//
// A factorisation leaves the scale of its factors free. A Model fixes it: each column
// of W sums to 1, so that a topic is a distribution over terms, and H carries the
// mass. Counted with the Kullback-Leibler loss, an entry of H is the number of a
// document's tokens that belong to the topic, and a document's column sums to its
// tokens. Divided by that sum it is the document's topic proportions. A topic's share
// is its part of the sum of H. Under a penalty the weights are less than the tokens; it
// bears on the factors in the scale that fitting gave them, which Scale keeps.
//
// Topics are put in order of falling share, once, when the model is made. Their
// number is their place in that order; the program counts them from 1, this package
// from 0.
//
// # What a topic is about
//
// A list of words by probability begins with those that many topics have. A Ranker puts
// others in front: by Relevance, Lift or FREX, each as its paper defines it. Summaries
// say of each topic how wide it is, where it is first, which documents are typical, and
// give it a label of two or three words. Neighbours, Spreads and Places look from a topic
// to other topics, to metadata, and from a term to topics; a Quoter finds the sentences
// that carry a topic, in texts that the caller has, for a model keeps none.
//
// # Corrections
//
// A reader corrects a model in a journal, Model.Journal: lines of the form
//
//	rename 3 "space flight"    topic 3 is called so; "" takes the label away
//	merge 3 7                  topic 7 is part of topic 3
//	drop 5                     topic 5 is left out, and proportions taken among the others
//	ban word                   the word, in all its forms, is never a keyword
//	pin word 3                 fitted again, the word is in topic 3 alone
//
// A label may do without quotation marks, and a word without blanks in it does; between
// quotation marks " is \" and \ is \\, as in Go. The factors stay as they were fitted, and
// so do the bytes of the file but for the journal. Edited makes the view that the journal
// wants, Amend adds lines that hold, Undo takes one away, and Replay is for a new fit that
// begins with the topics of the old one.
//
// Numbers in a journal are those of the model as fitted, from 1. They never move: after
// "merge 3 7" there is no topic 7, and topic 8 is topic 8. So the topics of a view are not
// numbered by their places. Whoever prints a number prints Number, and finds the topic of a
// number with Topic.
//
// # What can be trusted, and what has changed
//
// Model.Stability says of each topic how far it was found again in random halves of the
// documents, where fitting was asked for that (nmf.Options.Halves); Model.Unstable lists
// those that were not. What became of the topics of one model in another is the matter of
// package comparison, and how good they are that of package evaluation.
//
// # Inference
//
// Infer solves for a document the same convex problem that fitting has solved for the
// documents it saw, with W as it is: it gives a training document its column of H. On
// BBC News proportions differ by 3e-7 on average, and by 7e-4 at most, where two topics
// explain a document nearly equally well.
//
// # Explanations
//
// Explain says of each token of a document for which topics it speaks. It adds nothing to
// what the factors say: the shares of the tokens sum to the document's column of H, which
// on BBC News and 20 Newsgroups they do to within 2e-6 of its tokens.
package topics
