package tables

import (
	"math"

	"klew/topics"
)

// Predictions are predicted cells: row, column, prediction, value (if any cell has one), unseen.
func Predictions(all []topics.Prediction) *Table {
	valued := false
	for _, p := range all {
		valued = valued || !math.IsNaN(p.Value)
	}
	columns := []Column{identifierColumn("row"), identifierColumn("column"), numberColumn("prediction")}
	if valued {
		columns = append(columns, numberColumn("value").lacking())
	}
	columns = append(columns, textColumn("unseen"))
	return tableOf("predictions", columns, len(all), func(row []Cell, i int) {
		p := &all[i]
		row[0], row[1], row[2] = textCell(p.Row), textCell(p.Column), numberCell(p.Predicted)
		if valued {
			row[3] = numberCell(p.Value)
		}
		row[len(row)-1] = textCell(p.Unseen)
	})
}
