package tables

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"klew/corpus/spelling"
)

// Format is what kind of files to write.
type Format string

// The formats.
const (
	CSV       Format = "csv"
	TSV       Format = "tsv"
	JSONLines Format = "jsonl"
	// JSON is one array of objects. It is for what is printed: an export that ends in .json
	// is LDAvis's.
	JSON    Format = "json"
	Parquet Format = "parquet"
	XLSX    Format = "xlsx"
	SQLite  Format = "sqlite"
	Npz     Format = "npz"
	MALLET  Format = "mallet"
	LDAvis  Format = "ldavis"
)

// Formats are those of an export.
var Formats = []Format{CSV, TSV, JSONLines, Parquet, XLSX, SQLite, Npz, MALLET, LDAvis}

// endings are those by which files are told, the first that of files in a folder.
func (f Format) endings() []string {
	switch f {
	case SQLite:
		return []string{".sqlite", ".sqlite3", ".db"}
	case JSONLines:
		return []string{".jsonl", ".ndjson"}
	case LDAvis:
		return []string{".json"}
	case MALLET:
		return nil
	}
	return []string{"." + string(f)}
}

// OneTable says whether a file holds one table, so that several make a whole.
func (f Format) OneTable() bool {
	return slices.Contains([]Format{CSV, TSV, JSONLines, Parquet}, f)
}

// packs says whether a file may be in gzip or zstd as a whole.
func (f Format) packs() bool { return slices.Contains([]Format{CSV, TSV, JSONLines}, f) }

// ParseFormat finds the format of a name.
func ParseFormat(name string) (Format, error) {
	if err := spelling.OneOf(Format(name), Formats); err != nil {
		return "", fmt.Errorf("format of tables %w", err)
	}
	return Format(name), nil
}

// FormatOf tells the format by the ending of a file's name, before .gz and .zst if it has
// that; "" if it tells nothing.
func FormatOf(path string) Format {
	ending := strings.ToLower(filepath.Ext(unpacked(path)))
	for _, f := range Formats {
		if slices.Contains(f.endings(), ending) {
			return f
		}
	}
	return ""
}

// unpacked is a path without the ending of what it is packed in.
func unpacked(path string) string {
	return strings.TrimSuffix(strings.TrimSuffix(path, ".gz"), ".zst")
}

// Name is the name of a table.
type Name string

// The tables of an export, which the package comment describes.
const (
	topicsName         Name = "topics"
	documentsName      Name = "documents"
	documentTopicsName Name = "document_topics"
	topicTermsName     Name = "topic_terms"
	termsName          Name = "terms"
)

// Names are those of all tables of an export.
var Names = []Name{topicsName, documentsName, documentTopicsName, topicTermsName, termsName}

// ParseName finds the table of a name.
func ParseName(name string) (Name, error) {
	if err := spelling.OneOf(Name(name), Names); err != nil {
		return "", fmt.Errorf("table %w", err)
	}
	return Name(name), nil
}
