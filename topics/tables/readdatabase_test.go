package tables

import (
	"database/sql"
)

// databaseTables are the tables with names in the place of ids.
var databaseTables = map[Name]string{
	topicsName:         "SELECT * FROM topics ORDER BY topic",
	documentsName:      "SELECT * FROM documents ORDER BY id",
	documentTopicsName: "SELECT d.document, x.topic, t.label, x.proportion, x.weight FROM document_topics x JOIN documents d ON d.id = x.document JOIN topics t ON t.topic = x.topic ORDER BY d.id, x.topic",
	topicTermsName:     "SELECT x.topic, x.rank, t.term, t.stem, x.weight, x.count FROM topic_terms x JOIN terms t ON t.id = x.term ORDER BY x.topic, x.rank",
	termsName:          "SELECT * FROM terms ORDER BY id",
}

func readDatabase(path string, query string) (g got, err error) {
	db, err := sql.Open("sqlite", location(path))
	if err != nil {
		return g, err
	}
	defer db.Close()
	rows, err := db.Query(query)
	if err != nil {
		return g, err
	}
	defer rows.Close()
	if g.columns, err = rows.Columns(); err != nil {
		return g, err
	}
	for rows.Next() {
		row, to := make([]any, len(g.columns)), make([]any, len(g.columns))
		for i := range row {
			to[i] = &row[i]
		}
		if err := rows.Scan(to...); err != nil {
			return g, err
		}
		for i := range row {
			if n, ok := row[i].(int64); ok {
				row[i] = float64(n)
			}
		}
		g.rows = append(g.rows, row)
	}
	if g.columns[0] == "id" {
		g.columns = g.columns[1:]
		for i := range g.rows {
			g.rows[i] = g.rows[i][1:]
		}
	}
	return g, rows.Err()
}
