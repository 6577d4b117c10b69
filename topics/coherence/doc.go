// Package coherence measures whether the top words of a topic belong together: whether
// texts that have one of them have the others too. People find topics that score well
// easier to name (Newman et al. 2010; Röder, Both & Hinneburg 2015).
//
//	c := coherence.New([][]int32{{3, 17, 4}, {8, 2, 5}}) // the top words of two topics
//	for _, tokens := range documents {                   // of any texts, as []int32
//		c.Add(tokens)
//	}
//	fmt.Println(c.Topic(coherence.NPMI, 0))
//
// # The measures
//
// P(a) is the share of the windows that hold the word a, P(a, b) of those that hold both,
// and ε = 1e-12. The topic's words are w₁, w₂, …, the weightiest first; all logarithms are
// natural.
//
//	U_Mass  mean over i > j of log((P(wᵢ, wⱼ) + ε) / P(wⱼ))
//	C_UCI   mean over i ≠ j of PMI(wᵢ, wⱼ) = log((P(wᵢ, wⱼ) + ε) / (P(wᵢ) P(wⱼ)))
//	C_NPMI  mean over i ≠ j of NPMI(wᵢ, wⱼ) = PMI(wᵢ, wⱼ) / −log(P(wᵢ, wⱼ) + ε)
//	C_V     mean over i of the cosine of vᵢ and Σⱼ vⱼ, where vᵢ is the vector of
//	        NPMI(wᵢ, w) for each word w of the topic, wᵢ itself among them
//
// The window of U_Mass is the document; C_UCI and C_NPMI slide one of 10 tokens over each
// document, C_V one of 110, a token at a time. A document that is not longer than the
// window is one window, also if it is empty. Sources: Mimno, Wallach, Talley, Leenders &
// McCallum 2011 (U_Mass); Newman, Lau, Grieser & Baldwin 2010 (UCI); Bouma 2009 and
// Aletras & Stevenson 2013 (NPMI); Röder, Both & Hinneburg 2015 (C_V, and all in one
// framework: segmentations one-pre, one-one and one-set).
//
// The values are those of gensim 4, to rounding. This includes what gensim does on its
// own: Mimno et al. add 1 to the number of documents with both words, gensim ε to their
// share; and where a word stands several times in one window gensim takes it as gone once
// the first of them has left, until the next one enters. NewExact counts the windows as
// they are defined instead. On 20 Newsgroups (20 topics, ten words each) its C_NPMI is higher by
// 0.007 and its C_V by 0.037 on average.
//
// # Tokens, and words that are not there
//
// A token is a number; which, is the caller's choice. A negative one is a token that is
// no word of any topic; it holds its place in the windows. Klew's documents are what it
// counts: stop words are left out, stems stand for their words, and a token that was
// pruned from the vocabulary is a −1.
//
// A word that occurs in no document is left out of its topic, as gensim leaves out what
// its dictionary does not hold. A topic of which fewer than two words are left has no
// pairs: its values are NaN, but that C_V compares the one word with itself and gives 1.
// A word that stands twice in a topic is compared with itself.
package coherence
