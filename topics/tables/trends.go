package tables

import "klew/topics"

// groupColumns name what groups are by, in columns that are called as none of ours.
func groupColumns(by []string, ours []Column) []Column {
	columns := fieldColumns(by, namesOf(ours))
	for i := range columns {
		columns[i].Lacking = false
	}
	return columns
}

// putGroup fills in the names of a group.
func putGroup(row []Cell, g *topics.Group) {
	row[0] = textCell(g.Name)
	for i := range g.Of {
		row[i] = textCell(g.Of[i].Name)
	}
}

// Trends are the shares of some topics in groups of documents: topic, label, what the groups
// are by (period, or value of a field, or two names), documents, share, and low and high, the
// bounds of its interval.
func Trends(m *topics.Model, trends []topics.Trend, by []string, chosen []int) *Table {
	before := []Column{wholeColumn("topic"), textColumn("label")}
	after := []Column{wholeColumn("documents"), numberColumn("share").lacking(), numberColumn("low").lacking(), numberColumn("high").lacking()}
	groups := groupColumns(by, append(before, after...))
	labels, n, at0 := m.Labels(), len(trends), len(before)+len(groups)
	t := tableOf("trends", append(append(before, groups...), after...), n*len(chosen), func(row []Cell, i int) {
		k, x := chosen[i/n], &trends[i%n]
		row[0], row[1] = topicCell(m, k), textCell(labels[k])
		putGroup(row[2:], &x.Group)
		row[at0] = wholeCell(len(x.Members))
		row[at0+1], row[at0+2], row[at0+3] = numberAt(x.Shares, k), numberAt(x.Low, k), numberAt(x.High, k)
	})
	return t.first(append(append([]string{"topic", "label"}, namesOf(groups)...), "share", "low", "high")...)
}

// TrendsWide are the same shares with a row for each group, and a column for each topic, called
// topic_1 and so on or by labels, if they are given.
func TrendsWide(m *topics.Model, trends []topics.Trend, by []string, chosen []int, labels []string) *Table {
	o := DocumentOptions{Only: chosen, Labels: labels}
	ofTopics := o.topicColumns(m)
	for i := range ofTopics {
		ofTopics[i].Lacking = true
	}
	documents := wholeColumn("documents")
	columns := append(groupColumns(by, append(ofTopics, documents)), documents)
	first := len(columns)
	return tableOf("trends", append(columns, ofTopics...), len(trends), func(row []Cell, i int) {
		putGroup(row, &trends[i].Group)
		row[first-1] = wholeCell(len(trends[i].Members))
		for n, k := range chosen {
			row[first+n] = numberAt(trends[i].Shares, k)
		}
	})
}
