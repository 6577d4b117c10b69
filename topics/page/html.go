package page

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	_ "embed" // the bundle
	"encoding/base64"
	"html"
	"io"
	"strconv"
	"strings"

	"klew/topics"
	"klew/topics/tables"
	"klew/vectorize/sections"
)

//go:embed bundle/page.js
var script string

//go:embed bundle/page.css
var style string

// block is data of the page.
type block struct{ name, base64 string }

// pack packs data. The header of gzip has no time, so that the same data are the same bytes.
func pack(name string, data []byte) block {
	return block{name, base64.StdEncoding.EncodeToString(zipped(data, gzip.BestCompression))}
}

func zipped(data []byte, level int) []byte {
	var packed bytes.Buffer
	z, err := gzip.NewWriterLevel(&packed, level)
	if err != nil {
		panic("page: " + err.Error())
	}
	z.Write(data) // to memory, which does not fail
	z.Close()
	return packed.Bytes()
}

// noscriptRows are the topics in the table for browsers that run no script: number, label,
// share, keywords.
func noscriptRows(m *topics.Model) [][4]string {
	rows := [][4]string{}
	t := tables.Topics(m, tables.TopicOptions{})
	last := len(t.Columns) - 1
	for row := range t.Rows {
		rows = append(rows, [4]string{strconv.FormatUint(row[0].Whole, 10), row[1].Text, percent(row[2].Number), row[last].Line(&t.Columns[last])})
	}
	return rows
}

// policy is the content security policy: the page's own script and style sheet, and nothing
// else.
func policy() string {
	return "default-src 'none'; script-src '" + hashOf(script) + "'; style-src '" + hashOf(style) +
		"'; img-src data: blob:; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
}

func hashOf(source string) string {
	sum := sha256.Sum256([]byte(source))
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
}

// magic begins a page.
const magic = "<!doctype html>\n<!-- klew page 1 -->\n"

// IsPage reports whether there is a page at path that Write has written.
func IsPage(path string) bool { return sections.Begins(path, magic) }

// headOf is the page up to its data. The script and the style sheet are ours, and put in as
// they are, since their hashes must fit. It is put together without html/template: a program
// that executes templates calls methods by name, so that the linker keeps every method of
// every type, which made klew 7 MB larger. A live page has its policy from its server, and an
// empty icon, so that no browser asks for one.
func (b *built) headOf(live bool) string {
	var h strings.Builder
	rule, mark := `<meta http-equiv="Content-Security-Policy" content="`+html.EscapeString(policy())+`">`, ""
	if live {
		rule, mark = `<link rel="icon" href="data:,">`, ` data-live="yes"`
	}
	title := html.EscapeString(b.title)
	h.WriteString(`<html lang="en">
<head>
<meta charset="utf-8">
` + rule + `
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>` + title + `: topics</title>
<style>` + style + `</style>
</head>
<body>
<noscript>
<h1>The topics of ` + title + `</h1>
<p>To explore them, open this page in a browser that runs its script.</p>
<table>
<thead><tr><th>Topic</th><th>Label</th><th>Share</th><th>Keywords</th></tr></thead>
<tbody>
`)
	for _, row := range b.rows {
		h.WriteString("<tr>")
		for _, cell := range row {
			h.WriteString("<td>" + html.EscapeString(cell) + "</td>")
		}
		h.WriteString("</tr>\n")
	}
	h.WriteString(`</tbody>
</table>
</noscript>
<div id="app"` + mark + `></div>
`)
	return h.String()
}

// writeTo writes the page and returns its size. The model comes before the script, which
// shows it while the browser reads on.
func (b *built) writeTo(to io.Writer) (int64, error) {
	counting := &counter{to: to}
	if err := counting.strings(magic, b.headOf(false)); err != nil {
		return counting.n, err
	}
	for i, block := range b.blocks {
		if err := counting.strings(`<script type="application/octet-stream" id="`, block.name, `">`, block.base64, "</script>\n"); err != nil {
			return counting.n, err
		}
		if i == 0 {
			if err := counting.strings("<script>", script, "</script>\n"); err != nil {
				return counting.n, err
			}
		}
	}
	err := counting.strings("</body>\n</html>\n")
	return counting.n, err
}

// counter counts what is written.
type counter struct {
	to io.Writer
	n  int64
}

// Write writes and counts.
func (c *counter) Write(p []byte) (int, error) {
	n, err := c.to.Write(p)
	c.n += int64(n)
	return n, err
}

func (c *counter) strings(all ...string) error {
	for _, s := range all {
		if _, err := io.WriteString(c, s); err != nil {
			return err
		}
	}
	return nil
}
