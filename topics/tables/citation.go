package tables

import (
	"fmt"
	"strconv"
	"strings"

	"klew/nmf"
	"klew/topics"
	"klew/vectorize"
)

// Citation is what a paper says of a model: a paragraph of methods, the works that it names, and
// the program.
type Citation struct {
	Methods    string
	References []string
	Program    string
}

// The works that methods name.
const (
	leeSeung     = "Lee, D. D. & Seung, H. S. (2001). Algorithms for non-negative matrix factorization. Advances in Neural Information Processing Systems 13."
	hsiehDhillon = "Hsieh, C.-J. & Dhillon, I. S. (2011). Fast coordinate descent methods with variable selection for non-negative matrix factorization. KDD."
	asuncion     = "Asuncion, A., Welling, M., Smyth, P. & Teh, Y. W. (2009). On smoothing and inference for topic models. UAI."
	cichocki     = "Cichocki, A. & Phan, A.-H. (2009). Fast local algorithms for large scale nonnegative matrix and tensor factorizations. IEICE Transactions E92-A."
	jagarlamudi  = "Jagarlamudi, J., Daumé III, H. & Udupa, R. (2012). Incorporating lexical priors into topic models. EACL."
	porter       = "Porter, M. F. (2001). Snowball: a language for stemming algorithms."
)

// Cite describes how a model was made, from what it keeps, and by which program it was.
func Cite(m *topics.Model) Citation {
	c := Citation{Program: m.Origin.Program + " (computer program): topic models of texts by non-negative matrix factorisation."}
	all := []string{c.texts(m), c.terms(m), c.topics(m), c.quality(m), edits(m)}
	for _, sentence := range all {
		if sentence != "" {
			c.Methods += " " + sentence
		}
	}
	c.Methods = strings.TrimSpace(c.Methods)
	return c
}

// Sheet has the parts of a citation as facts: methods, references, program.
func (c Citation) Sheet() Sheet {
	var l facts
	l.text("methods", c.Methods)
	l.list("references", c.References)
	l.text("cite", c.Program)
	return Sheet{Facts: l}
}

// from names a work.
func (c *Citation) from(work string) { c.References = append(c.References, work) }

func (c *Citation) texts(m *topics.Model) string {
	tokens, empty := 0, 0
	for _, d := range m.Documents {
		tokens += d.Tokens
		if d.Tokens == 0 {
			empty++
		}
	}
	text := fmt.Sprintf("The topics of %s (%s) were found with %s.", Count(len(m.Documents), "document"), Count(tokens, "token"), m.Origin.Program)
	if x := m.Origin.Inferred; x != nil {
		text = fmt.Sprintf("The topics were learned from %s with %s; %s (%s) were given their shares of these topics afterwards, and had no part in learning them.",
			Count(x.Documents, "document"), m.Origin.Program, Count(len(m.Documents), "other document"), Count(tokens, "token"))
	}
	if empty > 0 {
		text += fmt.Sprintf(" %s held no word that was counted.", Count(empty, "document"))
	}
	if m.Origin.Background != nil {
		text += fmt.Sprintf(" The topics were learned from %s beside these as well.", Count(m.Origin.BackgroundDocuments, "document"))
	}
	return text
}

// terms says where counts come from.
func (c *Citation) terms(m *topics.Model) string {
	if m.OfMatrix() {
		return "The counts of " + Count(len(m.Vocabulary.Terms), "term") + " were given as a matrix."
	}
	return c.words(&m.Origin.Counting, len(m.Vocabulary.Terms))
}

// words says how words were cut and counted.
func (c *Citation) words(o *vectorize.Options, terms int) string {
	text := "Words were found by Unicode's rules (UAX #29)"
	if o.TokenPattern != "" {
		text = fmt.Sprintf("Words were what the regular expression %s matches", o.TokenPattern)
	}
	switch {
	case o.Language == "none":
		text += ", without a list of stop words"
	case o.Language == vectorize.Auto:
		text += fmt.Sprintf(", without the stop words of each document's language (which was found out; for the most part %s)", o.MainLanguage)
	default:
		text += ", without the stop words of the language " + o.Language
	}
	if o.Stem && o.Language != "none" {
		c.from(porter)
		text += ", and counted by their Snowball stems (Porter 2001)"
	}
	text += fmt.Sprintf(". Terms in fewer than %s or in more than %s were left out, which left %s", bound(o.MinDF), bound(o.MaxDF), Count(terms, "term"))
	if o.NGrams.To > 1 {
		text += fmt.Sprintf(", of %d to %d words", o.NGrams.From, o.NGrams.To)
	}
	if o.Weighting != vectorize.CountWeighting {
		text += fmt.Sprintf("; counts were weighted (%s)", o.Weighting)
	}
	return text + "."
}

// bound is a number of documents, or a share of them.
func bound(f vectorize.Frequency) string {
	text := f.String()
	if share, err := strconv.ParseFloat(text, 64); err == nil && strings.Contains(text, ".") {
		return strconv.FormatFloat(100*share, 'g', 4, 64) + " % of the documents"
	}
	return text + " documents"
}

// topics says how the topics were found.
func (c *Citation) topics(m *topics.Model) string {
	o, fitted := &m.Origin.Fitting, m.Fitted().Topics()-len(m.Gaps)-len(m.Fitted().Empty())
	c.from(leeSeung)
	text := fmt.Sprintf("%s were found by non-negative matrix factorisation of the counts under the Kullback-Leibler divergence (Lee & Seung 2001)", Count(fitted, "topic"))
	if o.Loss == nmf.Frobenius {
		text = fmt.Sprintf("%s were found by non-negative matrix factorisation of the counts under the squared error (Lee & Seung 2001)", Count(fitted, "topic"))
	}
	switch o.Solver {
	case nmf.CCD:
		c.from(hsiehDhillon)
		text += " by coordinate descent (Hsieh & Dhillon 2011)"
	case nmf.HALS:
		c.from(cichocki)
		text += " by hierarchical alternating least squares (Cichocki & Phan 2009)"
	}
	text += fmt.Sprintf(", with seed %d", o.Seed)
	if o.Restarts > 1 {
		text += fmt.Sprintf(", the best of %d starts", o.Restarts)
	}
	if o.AlphaW > 0 || o.AlphaH > 0 {
		text += fmt.Sprintf(", with penalties (alpha-w %.4g, alpha-h %.4g, l1-ratio %.4g)", o.AlphaW, o.AlphaH, o.L1Ratio)
	}
	if o.Shrinkage > 0 {
		text += fmt.Sprintf(", with weights shrunk to their means (shrinkage %.4g)", o.Shrinkage)
	}
	if why := m.Origin.Chosen; why != "" {
		text += fmt.Sprintf("; their number was chosen by the program: %s", why)
	}
	if r := m.Outcome.Refinement; r != nil && r.Done {
		c.from(asuncion)
		text += "; they were refined with each token left out of the counts that judge it (Asuncion et al. 2009)"
	}
	return text + "." + c.beginning(m)
}

// beginning says with what topics the fit began, where the user has said that.
func (c *Citation) beginning(m *topics.Model) (text string) {
	if g := m.Origin.Guide; g != nil {
		c.from(jagarlamudi)
		var all []string
		for k, t := range g.Topics {
			if m.Guided(k) {
				all = append(all, t.Label+" ("+strings.Join(t.Words, ", ")+")")
			}
		}
		text = fmt.Sprintf(" Before fitting, %s seeded with words, as far as the texts have them (a guide; strength %v; as in Jagarlamudi et al. 2012): %s.",
			were(len(all)), g.Strength, strings.Join(all, "; "))
	}
	if m.Origin.Edits != "" {
		text += fmt.Sprintf(" The fit began with the topics and the corrections of an older model (%s).", m.Origin.Edits)
	}
	return text
}

// were is a number of topics of which something is told.
func were(topics int) string {
	if topics == 1 {
		return "1 topic was"
	}
	return Count(topics, "topic") + " were"
}

// quality says where the fit ended, and how far topics are found again.
func (c *Citation) quality(m *topics.Model) string {
	d := func(x float64) string { return strconv.FormatFloat(x, 'g', 6, 64) }
	text := fmt.Sprintf("The fit ended after %s (%s) with a divergence of %s.", Count(m.Outcome.Iterations, "iteration"), m.Outcome.Status, d(m.Outcome.Divergence))
	if r := m.Outcome.Refinement; r != nil && r.Done {
		text = fmt.Sprintf("The fit ended after %s (%s) with a divergence of %s, and the refinement with one of %s.", Count(m.Outcome.Iterations, "iteration"), m.Outcome.Status,
			d(r.Divergence), d(m.Outcome.Divergence))
	}
	if m.Stability != nil {
		text += fmt.Sprintf(" Of %s, %d were not found again in fits to random halves of the documents (stability below %v).", Count(m.Topics(), "topic"), len(m.Unstable()), nmf.Stable)
	}
	return text
}

// edits says what was corrected by hand.
func edits(m *topics.Model) string {
	times := map[topics.Verb]int{}
	for _, line := range m.Corrections() {
		if e, err := topics.ParseEdit(line); err == nil {
			times[e.Verb]++
		}
	}
	if len(times) == 0 {
		return ""
	}
	var said []string
	for _, v := range []struct {
		verb topics.Verb
		what string
	}{
		{topics.RenameTopic, "topics named"}, {topics.MergeTopics, "topics merged into others"}, {topics.DropTopic, "topics left out"},
		{topics.BanWord, "words left out of the keywords"}, {topics.PinWord, "words assigned to topics"},
	} {
		if n := times[v.verb]; n > 0 {
			said = append(said, fmt.Sprintf("%s (%d)", v.what, n))
		}
	}
	if m.Origin.Edits != "" {
		return "Taken over from the older model, or made since: " + strings.Join(said, ", ") + "."
	}
	return "After reading, by hand or by another program: " + strings.Join(said, ", ") + "."
}
