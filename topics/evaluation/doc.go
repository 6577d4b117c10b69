// Package evaluation says how good a model and its topics are, by measures that have been
// published: Evaluate takes all of them for which there is what they need, and Measures names
// and defines them.
//
//	e, err := evaluation.Evaluate(ctx, model, evaluation.Options{Texts: c.Documents(ctx), Labels: corpus.Folder})
//	for _, m := range evaluation.Measures {
//		if value, measured := e.Model(m); measured {
//			fmt.Println(m.Name, value, m.Better)
//		}
//	}
//
// Each can be had alone. Diagnose and Diversity need nothing but the model. CountTogether
// reads texts for the coherence of the topics' words (package coherence). HeldOut, and Complete
// for texts, tell how well half of a document is predicted from the other half. Classify, with
// NMI, ARI and Purity, compares topics with labels.
package evaluation
