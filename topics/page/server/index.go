package server

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"iter"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"klew/topics/wholefile"
	_ "modernc.org/sqlite" // the driver; it is SQLite's own code, without cgo
)

// index is texts in a database of SQLite, with an index by trigrams (FTS5), so that what holds a
// string is found as a scan would find it, though it is no word. The index says which documents
// have a trigram, and not where: it is a third as large so, and who asks looks at the text anyway.
type index struct {
	db *sql.DB
	n  int
}

const (
	indexID = 0x6b6c7778 // "klwx", the application's id

	indexSQL = `PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE; PRAGMA cache_size = -65536;
CREATE TABLE texts (document INTEGER PRIMARY KEY, text TEXT NOT NULL);
CREATE VIRTUAL TABLE trigrams USING fts5(text, content = '', detail = none, tokenize = 'trigram');`
)

func openDatabase(path, mode string) (*sql.DB, error) {
	absolute, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	if absolute = filepath.ToSlash(absolute); !strings.HasPrefix(absolute, "/") { // C:/
		absolute = "/" + absolute
	}
	u := url.URL{Scheme: "file", Path: absolute, RawQuery: mode}
	return sql.Open("sqlite", u.String())
}

// openIndex opens an index that is whole.
func openIndex(path string) (*index, error) {
	if _, err := os.Stat(path); err != nil {
		return nil, err
	}
	db, err := openDatabase(path, "mode=ro&immutable=1")
	if err != nil {
		return nil, err
	}
	x := &index{db: db}
	err = openAll(db)
	id := 0
	if err == nil {
		err = db.QueryRow(`PRAGMA application_id`).Scan(&id)
	}
	if err == nil && id != indexID {
		err = errors.New("it is no index of klew's")
	}
	if err == nil {
		err = db.QueryRow(`SELECT count(*) FROM texts`).Scan(&x.n)
	}
	if err != nil {
		db.Close()
		return nil, err
	}
	return x, nil
}

// openAll opens as many connections as are ever wanted, so that an index can be asked also when its
// file has been removed.
func openAll(db *sql.DB) error {
	connections := 2*runtime.GOMAXPROCS(0) + 2 // as many as are at work at once, and who reads all texts
	db.SetMaxOpenConns(connections)
	db.SetMaxIdleConns(connections)
	for range connections {
		c, err := db.Conn(context.Background())
		if err != nil {
			return err
		}
		defer c.Close() // when all are open
		if err := c.QueryRowContext(context.Background(), `SELECT count(*) FROM sqlite_schema`).Scan(new(int)); err != nil {
			return err
		}
	}
	return nil
}

// buildIndex writes an index of the texts in memory and of those that come after them, whole or
// not at all, for its user alone.
func buildIndex(ctx context.Context, path string, in *memory, next func() (int, string, bool)) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	return wholefile.WriteBy(path, func(part string) error {
		if err := os.Chmod(part, 0o600); err != nil {
			return err
		}
		db, err := openDatabase(part, "")
		if err != nil {
			return err
		}
		return errors.Join(fill(ctx, db, in, next), db.Close())
	})
}

// fill fills a new database. One that is not whole has no id.
func fill(ctx context.Context, db *sql.DB, in *memory, next func() (int, string, bool)) error {
	db.SetMaxOpenConns(1)
	if _, err := db.Exec(indexSQL); err != nil {
		return err
	}
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	defer tx.Rollback()
	intoTexts, err := tx.Prepare(`INSERT OR REPLACE INTO texts VALUES (?, ?)`)
	if err != nil {
		return err
	}
	intoTrigrams, err := tx.Prepare(`INSERT INTO trigrams (rowid, text) VALUES (?, ?)`)
	if err != nil {
		return err
	}
	keep := func(j int, text string) error {
		_, err := intoTexts.Exec(j, text)
		if err == nil {
			_, err = intoTrigrams.Exec(j, text)
		}
		return err
	}
	for j, text := range in.Having(ctx, "") {
		if err := keep(j, text); err != nil {
			return err
		}
	}
	for j, text, more := next(); more; j, text, more = next() {
		if err := keep(j, text); err != nil {
			return err
		}
	}
	if err := cmp.Or(ctx.Err(), tx.Commit()); err != nil { // texts end with ctx
		return err
	}
	_, err = db.Exec(`PRAGMA application_id = 1802270584`)
	return err
}

func (x *index) Len() int { return x.n }

func (x *index) Text(ctx context.Context, j int) (text string, err error) {
	err = x.db.QueryRowContext(ctx, `SELECT text FROM texts WHERE document = ?`, j).Scan(&text)
	if errors.Is(err, sql.ErrNoRows) {
		err = ErrNoText
	}
	return text, err
}

// Having yields the texts that have all trigrams of a string, or all if it has none.
func (x *index) Having(ctx context.Context, some string) iter.Seq2[int, string] {
	query, arguments := `SELECT document, text FROM texts ORDER BY document`, []any{}
	if match := trigramsOf(some); match != "" {
		query = `SELECT document, text FROM texts WHERE document IN (SELECT rowid FROM trigrams WHERE trigrams MATCH ?) ORDER BY document`
		arguments = []any{match}
	}
	return func(yield func(int, string) bool) {
		rows, err := x.db.QueryContext(ctx, query, arguments...)
		if err != nil {
			return
		}
		defer rows.Close()
		for rows.Next() {
			j, text := 0, ""
			if rows.Scan(&j, &text) != nil || !yield(j, text) {
				return
			}
		}
	}
}

// mostTrigrams is how many are asked for: with more, few documents are left out that are not
// already.
const mostTrigrams = 24

// trigramsOf asks for all trigrams of a string. Only those of ASCII are asked for: of other
// letters SQLite and Go do not always agree which is the small one.
func trigramsOf(low string) string {
	var all []string
	for i := 0; i+3 <= len(low) && len(all) < mostTrigrams; i++ {
		if t := low[i : i+3]; !strings.ContainsFunc(t, func(r rune) bool { return r < ' ' || r > '~' }) {
			all = append(all, `"`+strings.ReplaceAll(t, `"`, `""`)+`"`)
		}
	}
	return strings.Join(all, " AND ")
}
