package tables

import "klew/topics"

// Trends are the shares of some topics in groups of documents: topic, label, what the groups
// are by (period, or value of a field), documents, share, and low and high, the bounds of its
// interval.
func Trends(m *topics.Model, trends []topics.Trend, by string, chosen []int) *Table {
	columns := []Column{
		wholeColumn("topic"), textColumn("label"), textColumn(by), wholeColumn("documents"),
		numberColumn("share").lacking(), numberColumn("low").lacking(), numberColumn("high").lacking(),
	}
	labels, n := m.Labels(), len(trends)
	t := tableOf("trends", columns, n*len(chosen), func(row []Cell, i int) {
		k, x := chosen[i/n], &trends[i%n]
		row[0], row[1], row[2], row[3] = topicCell(m, k), textCell(labels[k]), textCell(x.Name), wholeCell(len(x.Members))
		row[4], row[5], row[6] = at(x.Shares, k), at(x.Low, k), at(x.High, k)
	})
	return t.first("topic", "label", by, "share", "low", "high")
}
