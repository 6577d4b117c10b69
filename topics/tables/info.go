package tables

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"klew/corpus"
	"klew/nmf"
	"klew/topics"
	"klew/vectorize"
)

// facts is a list of facts in the making.
type facts []Fact

func (l *facts) add(c Column, value Cell)      { *l = append(*l, Fact{c, value}) }
func (l *facts) text(name string, value any)   { l.add(textColumn(name), textCell(fmt.Sprint(value))) }
func (l *facts) whole(name string, n int)      { l.add(wholeColumn(name), wholeCell(n)) }
func (l *facts) number(name string, x float64) { l.add(numberColumn(name), numberCell(x)) }
func (l *facts) list(name string, items []string) {
	l.add(listColumn(name), listCell(append([]string{}, items...)))
}
func (l *facts) truth(name string, is bool) { l.add(Column{Name: name, Kind: Truth}, truthCell(is)) }
func (l *facts) some(name, value string)    { l.when(value != "", name, value) }
func (l *facts) when(said bool, name string, value any) {
	if said {
		l.text(name, value)
	}
}

// topics lists topics by their numbers.
func (l *facts) topics(name string, m *topics.Model, of []int) {
	numbers := []string{}
	for _, k := range of {
		numbers = append(numbers, strconv.Itoa(m.Number(k)))
	}
	l.add(Column{Name: name, Kind: Wholes, Between: ", "}, Cell{List: numbers})
}

// ModelInfo is how a model came about: the program and its options, how fitting ended, how many
// documents, terms and tokens there are; and as parts the restarts, the stability of each topic,
// its pseudo-counts, the lines of klew edit, what was dropped in counting, and the ledger.
func ModelInfo(m *topics.Model) Sheet {
	var l facts
	l.text("program", m.Origin.Program)
	l.list("paths", m.Origin.Paths)
	if x := m.Origin.Inferred; x != nil {
		l.text("inferred from", x.From)
		l.list("which was made from", x.Paths)
		l.whole("which has documents", x.Documents)
		l.text("inferred by", x.By)
	}
	l.reading(&m.Origin.Reading)
	l.tables(m.Origin.Ledger)
	l.sizes(m)
	l.fitting(m)
	l.words(m.Origin.Counting, len(m.Vocabulary.Phrases))
	counting := m.Origin.Counting
	l.text("min-df", counting.MinDF)
	l.text("max-df", counting.MaxDF)
	l.whole("max-features", counting.MaxFeatures)
	l.text("weighting", counting.Weighting)
	return Sheet{Facts: l, Parts: []*Table{
		restartTable(m.Outcome.Restarts), stabilities(m), pseudoCounts(m), Journal(m.Journal), droppedTerms(m.Origin.Dropped), Ledger(m.Origin.Ledger),
	}}
}

func (l *facts) sizes(m *topics.Model) {
	tokens, unknown, empty := 0, 0, 0
	for _, d := range m.Documents {
		tokens += d.Tokens
		unknown += d.Unknown
		if d.Tokens == 0 {
			empty++
		}
	}
	l.whole("documents", len(m.Documents))
	if m.Origin.Background != nil {
		l.list("background", m.Origin.Background)
		l.whole("background documents", m.Origin.BackgroundDocuments)
	}
	if held := m.Origin.HeldOut; held > 0 {
		l.whole("documents held out", held)
	}
	l.whole("documents without tokens", empty)
	l.whole("terms", len(m.Vocabulary.Terms))
	l.whole("tokens", tokens)
	l.whole("tokens dropped with their terms", unknown)
	l.whole("topics", m.Topics())
	l.some("topics, because", m.Origin.Chosen)
	l.some("numbered as in", m.Origin.AlignedTo)
	if fitted := m.Fitted().Topics() - len(m.Gaps); fitted != m.Topics() {
		l.whole("topics as fitted", fitted)
	}
	if empty := m.Empty(); empty != nil {
		l.topics("empty topics", m, empty)
	}
}

// fitting says how the model was fitted, and how that ended.
func (l *facts) fitting(m *topics.Model) {
	fitting, outcome := m.Origin.Fitting, m.Outcome
	l.some("fitted on", m.Origin.Cluster)
	l.number("divergence", outcome.Divergence)
	l.whole("iterations", outcome.Iterations)
	l.text("status", outcome.Status)
	if outcome.Residual > 0 { // else it was not measured
		l.number("residual", outcome.Residual)
	}
	if outcome.Penalty > 0 {
		l.number("penalty", outcome.Penalty)
	}
	if known := m.Origin.Known; known != nil {
		l.whole("known cells", known.Cells)
		l.number("least known", known.Least)
		l.number("mean known", known.Mean)
		l.number("largest known", known.Largest)
	}
	if x := m.Origin.Streamed; x != nil {
		l.text("counts", "streamed")
		l.whole("shards", x.Shards)
		l.text("memory", x.Memory)
		l.whole("sample", x.Sample)
		l.whole("mini-batch passes", x.MiniBatchPasses)
	}
	if x := m.Origin.Updated; x != nil {
		l.text("updated from", x.From)
		l.whole("documents before", x.Documents)
		l.whole("new terms", x.Terms)
		l.number("moved most", slices.Max(append([]float64{0}, x.Moved...)))
	}
	l.text("refine", fitting.Refine)
	if outcome.Refinement != nil {
		l.refinement(outcome.Refinement, m.Origin.BackgroundDocuments > 0)
	}
	l.text("loss", fitting.Loss)
	l.text("solver", fitting.Solver)
	l.text("init", fitting.Init)
	l.number("split-merge", float64(fitting.SplitMerge))
	l.add(wholeColumn("seed"), Cell{Whole: fitting.Seed})
	l.whole("restarts", fitting.Restarts)
	if fitting.Halves > 0 {
		l.whole("halves", fitting.Halves)
	}
	if unstable := m.Unstable(); unstable != nil {
		l.topics("unstable topics", m, unstable)
	}
	l.some("edits of", m.Origin.Edits)
	if g := m.Origin.Guide; g != nil {
		var guided []string
		for _, t := range g.Topics {
			guided = append(guided, t.Label+": "+strings.Join(t.Words, " "))
		}
		l.add(Column{Name: "guide", Kind: List, Role: Wrapped, Between: "; "}, listCell(guided))
		l.number("guide-strength", g.Strength)
	}
	l.whole("max-iter", fitting.MaxIter)
	l.number("tol", fitting.Tol)
	l.number("alpha-w", fitting.AlphaW)
	l.number("alpha-h", fitting.AlphaH)
	l.number("l1-ratio", fitting.L1Ratio)
	if m.Origin.Known != nil {
		l.number("shrinkage", fitting.Shrinkage)
	}
}

// refinement says what became of the topics when the solver had ended; background, whether they were
// learned from one as well, which is in what the reason counts.
func (l *facts) refinement(r *nmf.Refinement, background bool) {
	l.truth("refined", r.Done)
	reason := r.Reason
	if background {
		reason += " (texts and background together)"
	}
	l.text("refined, because", reason)
	if !r.Done {
		return
	}
	l.number("divergence before it was refined", r.Divergence)
	l.whole("passes of refining", r.Passes)
	l.number("eta", r.Eta)
}

// pseudoCounts are those of a document in each topic as fitted, if it was refined: topic,
// alpha.
func pseudoCounts(m *topics.Model) *Table {
	var alpha []float64
	if r := m.Outcome.Refinement; r != nil {
		alpha = r.Alpha
	}
	columns := []Column{wholeColumn("topic"), numberColumn("alpha")}
	return tableOf("pseudo-counts", columns, len(alpha), func(row []Cell, k int) {
		row[0], row[1] = wholeCell(k+1), numberCell(alpha[k])
	})
}

// CountedInfo is how a counted corpus came about, of which so many documents have no tokens.
func CountedInfo(c *vectorize.Counted, empty int) Sheet {
	var l facts
	l.text("program", c.Program)
	l.list("paths", c.Paths)
	l.reading(&c.Reading)
	l.tables(c.Ledger)
	l.whole("documents", len(c.Documents))
	l.whole("documents without tokens", empty)
	l.whole("terms", len(c.Terms))
	l.whole("tokens", c.Tokens())
	l.whole("non-zeros", c.NonZeros())
	if c.Shards > 0 {
		l.whole("shards", c.Shards)
	}
	l.words(c.Options, len(c.Phrases))
	return Sheet{Facts: l, Parts: []*Table{droppedTerms(c.Dropped), Ledger(c.Ledger)}}
}

// words says how text was counted, and how many phrases were found.
func (l *facts) words(o vectorize.Options, phrases int) {
	l.text("language", o.Language)
	l.some("main language", o.MainLanguage)
	l.truth("stem", o.Stem)
	if o.OwnStopWords() {
		l.text("stop words", fmt.Sprintf("each language's own and %d others", len(o.ExtraStopWords)))
	} else {
		l.whole("stop words", len(o.StopWords))
	}
	l.text("ngram-range", o.NGrams)
	if o.Phrases {
		l.whole("phrases", phrases)
		l.whole("phrase-min-count", o.PhraseMinCount)
		l.number("phrase-threshold", o.PhraseThreshold)
	}
	l.text("token-pattern", o.TokenPattern)
	l.whole("rules", o.Rules)
	l.text("keep", o.Keep)
	l.text("split", o.Split)
	l.whole("min-length", o.MinLength)
}

// reading says the options on reading that the user gave.
func (l *facts) reading(o *corpus.Options) {
	if len(o.Listed) > 0 {
		l.whole("paths of a list", len(o.Listed))
	}
	if o.Format != corpus.Auto {
		l.some("input", o.Format)
	}
	l.given("text-column", o.TextColumns)
	l.some("id-column", o.IDColumn)
	l.some("date-column", o.DateColumn)
	l.some("date-format", o.DateFormat)
	l.some("delimiter", o.Delimiter)
	if o.NoHeader {
		l.truth("no-header", true)
	}
	if o.Mail {
		l.truth("mail", true)
	}
	l.some("encoding", o.Encoding)
	l.given("include", o.Include)
	l.given("exclude", o.Exclude)
	if o.Hidden {
		l.truth("hidden", true)
	}
	l.some("meta-path", o.MetaPath)
	l.some("segment", o.Segment)
	if o.Dedupe != corpus.DedupeOff {
		l.some("dedupe", string(o.Dedupe))
	}
}

// tables says what was taken for what in tables that were read.
func (l *facts) tables(ledger corpus.Ledger) {
	for _, e := range ledger {
		if e.Reason == corpus.Taken {
			l.text("table", e.AsTable())
		}
	}
}

// given says a list, if it has any items.
func (l *facts) given(name string, items []string) {
	if len(items) > 0 {
		l.list(name, items)
	}
}

// restartTable has a row for each fit: seed, divergence, iterations, status, agreement.
func restartTable(all []nmf.Restart) *Table {
	columns := []Column{
		wholeColumn("seed"), numberColumn("divergence").lacking(), wholeColumn("iterations"), textColumn("status"), numberColumn("agreement").lacking(),
	}
	return tableOf("fits", columns, len(all), func(row []Cell, i int) {
		r := &all[i]
		row[0], row[1], row[2] = Cell{Whole: r.Seed}, numberCell(r.Divergence), wholeCell(r.Iterations)
		row[3], row[4] = textCell(fmt.Sprint(r.Status)), numberCell(r.Agreement)
	})
}

// stabilities are those of the topics, if they are known: topic, stability.
func stabilities(m *topics.Model) *Table {
	columns := []Column{wholeColumn("topic"), numberColumn("stability").lacking()}
	return tableOf("stability", columns, len(m.Stability), func(row []Cell, k int) {
		row[0], row[1] = topicCell(m, k), numberCell(m.Stability[k])
	})
}

// droppedTerms are what was dropped in counting: reason, terms, tokens.
func droppedTerms(all []vectorize.Dropped) *Table {
	columns := []Column{textColumn("reason"), wholeColumn("terms"), wholeColumn("tokens")}
	return tableOf("dropped", columns, len(all), func(row []Cell, i int) {
		row[0], row[1], row[2] = textCell(string(all[i].Reason)), wholeCell(all[i].Terms), wholeCell(all[i].Tokens)
	})
}

// Line is a field with its value, in words.
type Line struct{ Field, Value string }

// Listing is the facts of a sheet as a table of two columns, field and value, with more lines
// below, which say what its parts hold.
func Listing(s *Sheet, more []Line) *Table {
	columns := []Column{textColumn("field"), {Name: "value", Role: Wrapped}}
	n := len(s.Facts)
	return tableOf("info", columns, n+len(more), func(row []Cell, i int) {
		if i < n {
			f := &s.Facts[i]
			row[0], row[1] = textCell(f.Column.Name), textCell(f.Cell.Line(&f.Column))
			return
		}
		row[0], row[1] = textCell(more[i-n].Field), textCell(more[i-n].Value)
	})
}
