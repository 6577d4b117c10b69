package tables

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"klew/topics"
)

// A workbook is for people: topics are called by their labels, shares are per cent, dates and
// numbers of the metadata are dates and numbers, which can be sorted, filtered and drawn.
//
//	topics     topic, label, share, first_in (in how many documents it is the first),
//	           stability if it is known, keywords, typical, and quotes if there are texts
//	documents  document, its metadata, tokens, topic (the largest), label, and a column for
//	           each topic with its proportion
//	trends     if documents have dates: the share of each topic by year, month or week
//
// and with all tables document_topics, topic_terms and terms.

// Kinds of columns that workbooks have beside the others.
const (
	// percent is a share, shown as per cent.
	percent Kind = iota + 100
	// exact is a number of the metadata, with its digits.
	exact
	// date and moment are days since the end of 1899, the latter with the time of the day.
	date
	moment
)

// Quoted is a sentence that carries a topic, and its document.
type Quoted struct{ Document, Text string }

// sheets are the tables of a workbook.
func (e *Export) sheets() []*Table {
	headers := LabelHeaders(e.Model)
	all := []*Table{e.topicSheet(), e.documentSheet(headers)}
	if t := e.trendSheet(headers); t != nil {
		all = append(all, t)
	}
	if e.AllTables {
		all = append(all, e.table(documentTopicsName), e.table(topicTermsName), e.table(termsName))
	}
	return all
}

// LabelHeaders are the labels of the topics, each in a way of its own, and none called as
// another column.
func LabelHeaders(m *topics.Model) []string {
	labels, seen := m.Labels(), map[string]bool{"": true}
	for _, name := range []string{"document", "tokens", "topic", "label", "period", "documents"} {
		seen[name] = true
	}
	for k, label := range labels {
		label = clean(label)
		for seen[strings.ToLower(label)] {
			label = strings.TrimSpace(label + " (" + strconv.Itoa(m.Number(k)) + ")")
		}
		seen[strings.ToLower(label)] = true
		labels[k] = label
	}
	return labels
}

func percentColumns(headers []string) []Column {
	columns := make([]Column, len(headers))
	for k, name := range headers {
		columns[k] = Column{Name: name, Kind: percent, Lacking: true}
	}
	return columns
}

// quotesShown is how many sentences stand for a topic.
const quotesShown = 3

func (e *Export) topicSheet() *Table {
	m := e.Model
	labels, shares, leading, typical := m.Labels(), m.Shares(), m.Leading(), m.Typical(quotesShown)
	names := listColumn("typical")
	names.Between = "; "
	columns := []Column{wholeColumn("topic"), textColumn("label"), {Name: "share", Kind: percent}, wholeColumn("first_in")}
	if m.Stability != nil {
		columns = append(columns, numberColumn("stability").lacking())
	}
	columns = append(columns, listColumn("keywords"), names)
	if e.Quotes != nil {
		for n := range quotesShown {
			columns = append(columns, Column{Name: "quote_" + strconv.Itoa(n+1), Role: Wrapped, Lacking: true})
		}
	}
	r := topics.NewRanker(m)
	return tableOf(topicsName, columns, m.Topics(), func(row []Cell, k int) {
		cells := append(row[:0], topicCell(m, k), textCell(labels[k]), numberCell(shares[k]), wholeCell(leading[k]))
		if m.Stability != nil {
			cells = append(cells, numberAt(m.Stability, k))
		}
		cells = append(cells, listCell(Keywords(r, k, KeywordsShown)), listCell(documentIDs(m, typical[k])))
		for n := len(cells); n < len(row); n++ {
			row[n] = none
		}
		if e.Quotes != nil {
			for _, q := range e.Quotes[k][:min(quotesShown, len(e.Quotes[k]))] {
				cells = append(cells, textCell(q.Text+" ("+q.Document+")"))
			}
		}
	})
}

func (e *Export) documentSheet(headers []string) *Table {
	m := e.Model
	after := append([]Column{wholeColumn("topic").lacking(), textColumn("label").lacking()}, percentColumns(headers)...)
	about := describe(m.Documents, nil, namesOf(after))
	columns, first := append(slices.Clone(about.columns), after...), len(about.columns)
	typed := e.typed(columns[1 : first-1])
	labels, shares := m.Labels(), make([]float64, m.Topics())
	return tableOf(documentsName, columns, len(m.Documents), func(row []Cell, j int) {
		about.put(row, &m.Documents[j])
		for i, t := range typed {
			if c := &row[1+i]; t != nil && !c.None {
				x, ok := t(c.Text)
				*c = Cell{Number: x, None: !ok} // an empty text is none
			}
		}
		k := m.First(j)
		row[first], row[first+1] = topicCell(m, k), labelCell(labels, k)
		topics.PutProportions(shares, m.H.Item(j))
		for k, share := range shares {
			row[first+2+k] = numberCell(share)
		}
	})
}

// reading makes a number of a text; false if it is none.
type reading func(text string) (x float64, ok bool)

// typed finds out which fields are numbers or dates in all documents that have them, makes
// their columns such, and returns how they are read; nil for texts.
func (e *Export) typed(columns []Column) []reading {
	readings := make([]reading, len(columns))
	for i, name := range topics.Fields(e.Model.Documents) {
		for _, k := range []struct {
			kind Kind
			read reading
		}{{exact, readNumber}, {date, readDate}, {moment, readMoment}} {
			if e.every(name, k.read) {
				columns[i].Kind, readings[i] = k.kind, k.read
				break
			}
		}
	}
	return readings
}

// every says whether all that documents have of a field is read, and there is any.
func (e *Export) every(field string, read reading) bool {
	any := false
	for i := range e.Model.Documents {
		for _, f := range e.Model.Documents[i].Meta {
			if f.Name != field || f.Value == "" {
				continue
			}
			if _, ok := read(f.Value); !ok {
				return false
			}
			any = true
		}
	}
	return any
}

// plainNumber is what is surely a number, and no code such as 007, or more digits than a
// number of a workbook has.
var plainNumber = regexp.MustCompile(`^-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,9})?$`)

func readNumber(text string) (float64, bool) {
	if !plainNumber.MatchString(text) || len(text) > 16 {
		return 0, false
	}
	x, err := strconv.ParseFloat(text, 64)
	return x, err == nil
}

func readDate(text string) (float64, bool) { return readTime(text, "2006-01-02") }

func readMoment(text string) (float64, bool) {
	return readTime(text, "2006-01-02", "2006-01-02 15:04", "2006-01-02 15:04:05", "2006-01-02T15:04", "2006-01-02T15:04:05")
}

// readTime counts days from the end of 1899. Excel takes 1900 for a leap year: only what is
// after February of that is the same day everywhere.
func readTime(text string, layouts ...string) (float64, bool) {
	for _, layout := range layouts {
		if t, err := time.Parse(layout, text); err == nil && t.Year() > 1900 {
			return t.Sub(time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)).Hours() / 24, true
		}
	}
	return 0, false
}

// trendSheet is the shares of topics over time; nil if there are not at least two periods.
func (e *Export) trendSheet(headers []string) *Table {
	m := e.Model
	groups, left := periods(m)
	if len(groups) < 2 {
		return nil
	}
	if left > 0 {
		e.note("%d documents are not in the sheet trends, since they have no date that tells the period", left)
	}
	trends := m.Trends(groups, topics.Bootstrap{})
	columns := append([]Column{textColumn("period"), wholeColumn("documents")}, percentColumns(headers)...)
	return tableOf("trends", columns, len(trends), func(row []Cell, i int) {
		row[0], row[1] = textCell(trends[i].Name), wholeCell(len(trends[i].Members))
		for k := range headers {
			row[2+k] = numberAt(trends[i].Shares, k)
		}
	})
}

// periods groups documents by the longest periods of which there are three or more, or else
// by the shortest; left are the documents in none.
func periods(m *topics.Model) (groups []topics.Group, left int) {
	for _, p := range []topics.Period{topics.Year, topics.Month, topics.Week} {
		of, undated, vague := m.ByPeriod(p)
		if len(of) > len(groups) {
			groups, left = of, undated+vague
		}
		if len(groups) >= 3 {
			break
		}
	}
	return groups, left
}
