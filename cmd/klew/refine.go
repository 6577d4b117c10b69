package main

import (
	"fmt"
	"strings"

	"klew/nmf"
)

const refineUsage = "once the topics are found, judge each token by the others alone: auto (where that helps), on, off"

const refineHelp = `In a text of four words each word speaks for its topic mostly because it is there itself. So
where texts are short, topics are refined when they have been found: each token is left out
of the counts by which it is judged (CVB0: Asuncion, Welling, Smyth and Teh 2009), and words
that a topic has not shown yet are not impossible (pseudo-counts). --refine auto does so where
documents have at most 30 tokens on average, of counts, with the default loss and without
penalties, if half of the tokens of documents held out are predicted better from the other
half. The pseudo-counts are found by that, too. --refine on does so in longer texts as well,
and off never.`

// addAlpha adds the pseudo-counts of a document in each topic, if topics were refined.
func (l *lineList) addAlpha(r *nmf.Refinement) {
	if r == nil || !r.Done {
		return
	}
	alpha := make([]string, len(r.Alpha))
	for k, a := range r.Alpha {
		alpha[k] = fmt.Sprintf("%d: %.4g", k+1, a)
	}
	l.add("alpha by topic", strings.Join(alpha, ", "))
}
