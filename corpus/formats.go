package corpus

import (
	"bytes"
	"io"
	"io/fs"
	"regexp"
	"slices"
	"strings"

	"klew/corpus/internal/bibliography"
	"klew/corpus/internal/conllu"
	"klew/corpus/internal/extract"
	"klew/corpus/internal/latex"
	"klew/corpus/internal/mail"
	"klew/corpus/internal/records"
	"klew/corpus/internal/unpack"
)

// format is a way in which files hold texts. Either whole or split is set.
type format struct {
	name    string
	endings []string
	// is tells it by the first bytes of a file; nil if its ending alone does.
	is func(head []byte) bool
	// encoded is set where a file is text in some encoding.
	encoded bool
	// whole makes one document of a file.
	whole func(c *Corpus, in *input, raw []byte) batch
	// split has a file's documents made, in pieces, and returns false if no more are wanted.
	split func(c *Corpus, in *input, do emit) bool
}

// formats are all that klew reads. The first that knows a file's content has it, and else
// the first that has its ending, and else it is a text.
func formats() []format {
	return []format{
		{name: "text", endings: []string{".txt"}, encoded: true, whole: (*Corpus).text},
		{name: "lines", split: (*Corpus).splitLines},
		{name: "html", endings: []string{".html", ".htm", ".xhtml"}, is: isHTML, encoded: true, whole: extractedText(extract.HTML)},
		{name: "xml", endings: xmlEndings, is: isXML, encoded: true, whole: (*Corpus).markup},
		{name: "latex", endings: []string{".tex", ".latex", ".ltx"}, is: latex.Is, encoded: true, whole: extractedText(latexText)},
		{name: "subtitles", endings: []string{".srt", ".vtt", ".sbv", ".ass", ".ssa"}, is: extract.IsSubtitles, encoded: true, whole: extractedText(extract.Subtitles)},
		{name: "markdown", endings: []string{".md", ".markdown"}, encoded: true, whole: extractedText(extract.Markdown)},
		{name: "mail", endings: []string{".eml", ".emlx"}, encoded: true, whole: (*Corpus).message},
		{name: "msg", is: mail.IsOutlook, whole: (*Corpus).outlook},
		{name: "mhtml", endings: []string{".mht", ".mhtml"}, is: isMHTML, encoded: true, whole: (*Corpus).savedPage},
		{name: "mbox", endings: []string{".mbox", ".mbx"}, is: mail.IsMbox, split: (*Corpus).splitMessages},
		{name: "pdf", is: isPDF, whole: registeredDocument("pdf")},
		{name: "rtf", is: isRTF, whole: registeredDocument("rtf")},
		// These are zips, known by what is in them.
		{name: "docx", whole: registeredDocument("docx")},
		{name: "odt", whole: registeredDocument("odt")},
		{name: "pptx", whole: registeredDocument("pptx")},
		{name: "odp", whole: registeredDocument("odp")},
		{name: "xlsx", endings: []string{".xlsx"}, split: splitSheets("xlsx")},
		{name: "ods", endings: []string{".ods"}, split: splitSheets("ods")},
		{name: "epub", whole: registeredDocument("epub")},
		{name: "parquet", endings: []string{".parquet"}, is: beginsWith("PAR1"), split: (*Corpus).splitParquet},
		{name: "conllu", endings: []string{".conllu"}, is: conllu.Is, split: (*Corpus).splitTreebank},
		{name: "references", endings: []string{".ris", ".bib", ".nbib", ".enw", ".ciw"}, is: bibliography.Is, split: (*Corpus).splitReferences},
		{name: "jsonl", endings: []string{".jsonl", ".ndjson"}, is: isJSONLines, split: (*Corpus).splitJSONLines},
		{name: "notebook", endings: []string{".ipynb"}, is: isNotebook, encoded: true, whole: extractedText(extract.Notebook)},
		{name: "json", endings: []string{".json"}, is: isJSON, split: (*Corpus).splitJSON},
		{name: "csv", endings: []string{".csv"}, split: splitCSV(',')},
		{name: "tsv", endings: []string{".tsv", ".tab"}, split: splitCSV('\t')},
	}
}

// Formats are the names of the formats that Options.Format may have.
func Formats() []string {
	names := []string{Auto}
	for _, f := range formats() {
		names = append(names, f.name)
	}
	return names
}

// formatNamed finds a format, or nil.
func formatNamed(name string) *format { return named(formats(), name) }

func named(all []format, name string) *format {
	if i := slices.IndexFunc(all, func(f format) bool { return f.name == name }); i >= 0 {
		return &all[i]
	}
	return nil
}

// formatOf finds the format of a file by its first bytes, and else by its ending.
func (c *Corpus) formatOf(head []byte, name string) *format {
	if c.forced != nil {
		return c.forced
	}
	whole := len(head) < sample
	a, head, _ := markOf(head)
	if a.isWide() {
		head = a.decode(head[:len(head)/4*4])
	}
	for i := range c.formats {
		if f := &c.formats[i]; f.is != nil && f.is(head) {
			return f
		}
	}
	if c.mail && mail.Is(head) {
		return named(c.formats, "mail")
	}
	if !hasEnding(name) {
		return c.tableIn(head, whole)
	}
	for i := range c.formats {
		if f := &c.formats[i]; f.hasEndingOf(name) {
			if f.name == "text" {
				return c.tableIn(head, whole)
			}
			return f
		}
	}
	return c.tableIn(head, whole)
}

// hasEnding tells a name with an ending, of which all are short: those of posts and letters are numbers.
func hasEnding(name string) bool {
	const longest = 12
	return strings.IndexByte(name[max(0, len(name)-longest):], '.') >= 0
}

// tableIn is the format of a table in what would else be a text: .txt, or an ending that says
// nothing.
func (c *Corpus) tableIn(head []byte, whole bool) *format {
	if c.dialect == (records.Dialect{}) && !records.IsTable(head, whole) {
		return &c.formats[0]
	}
	return named(c.formats, "csv")
}

func (f *format) hasEndingOf(name string) bool {
	return slices.ContainsFunc(f.endings, func(ending string) bool {
		return len(name) > len(ending) && strings.EqualFold(name[len(name)-len(ending):], ending)
	})
}

// holdsMany reports whether a file holds many documents, so far as its name tells.
func (c *Corpus) holdsMany(name string) bool {
	f := c.formatOf(nil, name)
	return unpack.Is(nil, name) || f.split != nil || f.name == "xml"
}

// fewSources is the number of files up to which Len looks into each, where a table in a text
// file would make one document of what are many.
const fewSources = 16

// beginsAsMany reports whether a file holds many documents, so far as its beginning tells.
func (c *Corpus) beginsAsMany(name string) bool {
	if info, err := fs.Stat(c.files, name); err != nil || !info.Mode().IsRegular() {
		return false // what a pipe says it says once, and to open it waits for who writes
	}
	f, err := c.files.Open(name)
	if err != nil {
		return false
	}
	defer f.Close()
	head := make([]byte, sample)
	n, _ := io.ReadFull(f, head)
	return unpack.Is(head[:n], name) || c.formatOf(head[:n], name).split != nil
}

// text makes a document of a plain text.
func (c *Corpus) text(in *input, raw []byte) batch {
	if m := matrixOf(raw); m != "" && c.forced == nil {
		return in.matrix(m)
	}
	t, ok := c.decoder.decode(raw)
	t.withoutLeftMarkup()
	b := t.document(ok, in.id, in.folder, "")
	if ok && mail.Is(bytesOf(t.text[:min(len(t.text), sample)])) {
		b.entries = append(b.entries, Entry{Path: in.id, Note: true, Reason: AsMails})
	}
	return b
}

// beginsWith knows a file by a few bytes.
func beginsWith(first string) func([]byte) bool {
	return func(head []byte) bool { return bytes.HasPrefix(head, []byte(first)) }
}

// isJSONLines is true where the first line is an object, by its brackets and what stands
// inside of them. A text may well begin with a bracket, and a file of JSON written for
// people has its first object on many lines.
func isJSONLines(head []byte) bool {
	if len(head) == 0 || head[0] != '{' {
		return false
	}
	line, _, whole := bytes.Cut(head, []byte("\n"))
	line = bytes.TrimSpace(line)
	return bytes.HasPrefix(bytes.TrimSpace(line[1:]), []byte(`"`)) && bytes.Contains(line, []byte(`":`)) &&
		(!whole || line[len(line)-1] == '}' && isClosed(line))
}

// isClosed tells a line that closes all brackets it opens. One that does not is the beginning of an
// object around records that have a line each.
func isClosed(line []byte) bool {
	open, inside := 0, false
	for i := 0; i < len(line); i++ {
		switch b := line[i]; {
		case inside:
			if b == '\\' {
				i++
			}
			inside = b != '"'
		case b == '"':
			inside = true
		case b == '{' || b == '[':
			open++
		case b == '}' || b == ']':
			open--
		}
	}
	return open <= 0 || inside
}

// beginsAsObject is an object by its first name, on a line of its own as programs write it for
// people, or behind other lines of it.
var beginsAsObject = regexp.MustCompile(`^\{\s*"[^"\n]{1,100}"\s*:\s*["\[{0-9tfn-]`)

// isJSON is true of an array of objects, of an object, and of both where a script assigns them.
func isJSON(head []byte) bool {
	if len(head) == 0 || head[0] != '[' && head[0] != '{' {
		return records.IsAssigned(head)
	}
	inside, ok := bytes.CutPrefix(bytes.TrimSpace(head[1:]), []byte("{"))
	return head[0] == '[' && ok && bytes.HasPrefix(bytes.TrimSpace(inside), []byte(`"`)) || beginsAsObject.Match(head[:min(len(head), 512)])
}

// latexText reads a text in LaTeX.
func latexText(raw []byte, limit int64) (extract.Text, error) {
	if int64(len(raw)) > limit {
		return extract.Text{}, extract.TooMuch(limit)
	}
	body, title := latex.Text(string(raw))
	if body == "" {
		return extract.Text{}, extract.ErrNoText
	}
	return extract.Text{Body: body, Title: title}, nil
}

// isNotebook is true of a notebook of Jupyter.
func isNotebook(head []byte) bool {
	return len(head) > 0 && head[0] == '{' && beginsAsObject.Match(head[:min(len(head), 512)]) &&
		bytes.Contains(head, []byte(`"cells"`)) && bytes.Contains(head, []byte(`"cell_type"`))
}
