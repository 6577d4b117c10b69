package tables

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"strings"

	"klew/topics"
	_ "modernc.org/sqlite" // the driver; it is SQLite's own code, without cgo
)

// A database has the tables of the package comment, with numbers in the place of names, so
// that they are joined fast:
//
//	topics           topic, share, keywords …
//	documents        id, document, its metadata, tokens
//	terms            id, term, stem, documents, count
//	document_topics  document (an id), topic, proportion, weight
//	topic_terms      topic, rank, term (an id), weight, count
//	texts            text; its rowid is the document's id: full-text search (FTS5)
//
// and two views with the names: document_mix and topic_keywords. A document of which the
// text is not at hand has no row in texts.

const (
	// applicationID tells a database of ours: "klew" in the bytes 68 to 71 of the file.
	applicationID = 0x6b6c6577
	// The file is a new one that is renamed when it is whole: a journal would guard nothing.
	// Sorting for an index spills to a file beyond the cache, which is in KiB.
	pragmas = `PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE;
PRAGMA cache_size = -32768; PRAGMA temp_store = FILE;`

	tablesSQL = `CREATE TABLE terms (id INTEGER PRIMARY KEY, term TEXT NOT NULL, stem TEXT NOT NULL, documents INTEGER NOT NULL, count INTEGER NOT NULL);
CREATE TABLE document_topics (document INTEGER NOT NULL REFERENCES documents (id), topic INTEGER NOT NULL REFERENCES topics (topic),
	proportion REAL NOT NULL, weight REAL NOT NULL, PRIMARY KEY (document, topic)) WITHOUT ROWID;
CREATE TABLE topic_terms (topic INTEGER NOT NULL REFERENCES topics (topic), rank INTEGER NOT NULL, term INTEGER NOT NULL REFERENCES terms (id),
	weight REAL NOT NULL, count REAL NOT NULL, PRIMARY KEY (topic, rank)) WITHOUT ROWID;`

	indexesSQL = `CREATE INDEX documents_document ON documents (document);
CREATE INDEX document_topics_topic ON document_topics (topic, proportion DESC);
CREATE INDEX topic_terms_term ON topic_terms (term, weight DESC);
CREATE INDEX terms_stem ON terms (stem);
CREATE INDEX terms_term ON terms (term);
CREATE VIEW document_mix AS
	SELECT d.id, d.document, x.topic, t.label, x.proportion, t.keywords
	FROM documents d JOIN document_topics x ON x.document = d.id JOIN topics t ON t.topic = x.topic;
CREATE VIEW topic_keywords AS
	SELECT x.topic, t.label, x.rank, w.term, x.weight, x.count
	FROM topic_terms x JOIN topics t ON t.topic = x.topic JOIN terms w ON w.id = x.term;`

	textsSQL = `CREATE VIRTUAL TABLE texts USING fts5(text, tokenize = 'unicode61 remove_diacritics 2')`
)

// database is one being filled.
type database struct {
	e   *Export
	ctx context.Context
	*sql.DB
}

// sqlite fills the database at path, an empty file.
func (e *Export) sqlite(ctx context.Context, path string) error {
	db, err := sql.Open("sqlite", location(path))
	if err != nil {
		return err
	}
	db.SetMaxOpenConns(1) // the pragmas are the connection's
	d := &database{e, ctx, db}
	return errors.Join(d.fill(), db.Close())
}

// location is a path as SQLite's URI, in which a question mark begins options.
func location(path string) string {
	if absolute, err := filepath.Abs(path); err == nil {
		path = absolute
	}
	path = filepath.ToSlash(path)
	if !strings.HasPrefix(path, "/") { // C:/
		path = "/" + path
	}
	return (&url.URL{Scheme: "file", Path: path}).String()
}

func (d *database) fill() error {
	const most = 2000 // as SQLite is built
	documents := Corpus(d.e.Model.Documents, "id")
	if n := len(documents.Columns) + 1; n > most {
		return fmt.Errorf("the documents have %d fields of metadata, and a table of SQLite at most %d columns; choose another format", n-3, most)
	}
	if _, err := d.Exec(fmt.Sprintf("%s PRAGMA application_id = %d; PRAGMA user_version = 1; BEGIN", pragmas, applicationID)); err != nil {
		return err
	}
	topics := d.e.table(topicsName)
	for _, step := range []func() error{
		func() error { return d.create(topics, "") },
		func() error { return d.create(documents, "id INTEGER PRIMARY KEY, ") },
		d.run(tablesSQL),
		func() error { return d.pour(topics, "") },
		func() error { return d.pour(documents, "id") },
		func() error { return d.pour(d.e.table(termsName), "id") },
		d.documentTopics,
		d.topicTerms,
		d.texts,
		d.run(indexesSQL),
		d.run("COMMIT"),
	} {
		if err := errors.Join(d.ctx.Err(), step()); err != nil {
			return err
		}
	}
	return nil
}

func (d *database) run(statements string) func() error {
	return func() error {
		_, err := d.Exec(statements)
		return err
	}
}

// create makes a table for the columns of one of ours.
func (d *database) create(t *Table, before string) error {
	var columns []string
	for i, c := range t.Columns {
		line := quoted(c.Name) + " " + [...]string{Text: "TEXT", Whole: "INTEGER", Number: "REAL", List: "TEXT", Wholes: "TEXT"}[c.Kind]
		if c.Name == "topic" && i == 0 {
			line += " PRIMARY KEY"
		} else if !c.Lacking {
			line += " NOT NULL"
		}
		columns = append(columns, line)
	}
	_, err := d.Exec(fmt.Sprintf("CREATE TABLE %s (%s%s)", t.Name, before, strings.Join(columns, ", ")))
	return err
}

// quoted is a name in SQL, which cannot hold NUL.
func quoted(name string) string {
	return `"` + strings.NewReplacer(`"`, `""`, "\x00", "\uFFFD").Replace(name) + `"`
}

// pour fills a table, with a first column of numbers from 1 if it has a name.
func (d *database) pour(t *Table, id string) error {
	columns, numbered := namesOf(t.Columns), id != ""
	if numbered {
		columns = append([]string{id}, columns...)
	}
	into, err := d.into(string(t.Name), columns...)
	if err != nil {
		return err
	}
	return d.e.pour(d.ctx, t, &inserting{into, t.Columns, numbered, 0, nil})
}

// into prepares to insert rows.
func (d *database) into(table string, columns ...string) (*sql.Stmt, error) {
	list := make([]string, len(columns))
	for i, name := range columns {
		list[i] = quoted(name)
	}
	marks := strings.TrimSuffix(strings.Repeat("?, ", len(columns)), ", ")
	return d.Prepare(fmt.Sprintf("INSERT INTO %s (%s) VALUES (%s)", table, strings.Join(list, ", "), marks))
}

// inserting is the sink of a table.
type inserting struct {
	*sql.Stmt
	columns  []Column
	numbered bool
	rows     int64
	values   []any
}

func (s *inserting) row(cells []Cell) error {
	s.rows++
	s.values = s.values[:0]
	if s.numbered {
		s.values = append(s.values, s.rows)
	}
	for i := range cells {
		switch c, in := &cells[i], &s.columns[i]; {
		case c.None:
			s.values = append(s.values, nil)
		case in.Kind.isText():
			s.values = append(s.values, c.asText(in))
		case in.Kind == Whole:
			s.values = append(s.values, int64(c.Whole))
		default:
			s.values = append(s.values, c.Number)
		}
	}
	_, err := s.Exec(s.values...)
	return err
}

func (s *inserting) close() error { return s.Close() }

func (d *database) documentTopics() error {
	into, err := d.into("document_topics", "document", "topic", "proportion", "weight")
	if err != nil {
		return err
	}
	defer into.Close()
	m := d.e.Model
	shares := make([]float64, m.Topics())
	for j := range m.H.Items() {
		if err := d.ctx.Err(); err != nil {
			return err
		}
		topics.PutProportions(shares, m.H.Item(j))
		for k, x := range m.H.Item(j) {
			if x == 0 {
				continue
			}
			if _, err := into.Exec(int64(j+1), int64(m.Number(k)), shares[k], float64(x)); err != nil {
				return err
			}
			d.e.wrote()
		}
	}
	return nil
}

func (d *database) topicTerms() error {
	into, err := d.into("topic_terms", "topic", "rank", "term", "weight", "count")
	if err != nil {
		return err
	}
	defer into.Close()
	m := d.e.Model
	for k, mass := range m.H.Sums() {
		for rank, i := range allTerms(m, k) {
			if err := d.ctx.Err(); err != nil {
				return err
			}
			weight := float64(m.W.Item(int(i))[k])
			if _, err := into.Exec(int64(m.Number(k)), int64(rank+1), int64(i+1), weight, weight*mass); err != nil {
				return err
			}
			d.e.wrote()
		}
	}
	return nil
}

// texts fills the index of full-text search, if there are any texts.
func (d *database) texts() error {
	if d.e.Texts == nil {
		return nil
	}
	if _, err := d.Exec(textsSQL); err != nil {
		return err
	}
	into, err := d.into("texts", "rowid", "text")
	if err != nil {
		return err
	}
	defer into.Close()
	for j, text := range d.e.Texts {
		if err := d.ctx.Err(); err != nil {
			return err
		}
		if _, err := into.Exec(int64(j+1), clean(text)); err != nil {
			return err
		}
		d.e.wrote()
	}
	return d.run("INSERT INTO texts (texts) VALUES ('optimize')")()
}
