// Package conllu reads texts that a parser has taken apart, in the format CoNLL-U of Universal
// Dependencies: a line a word, with its lemma in the third of ten columns, an empty line behind
// each sentence, and lines with # that say where documents and paragraphs begin.
//
//	# newdoc id = weblog-7
//	# newpar
//	1	The	the	DET	DT	_	2	det	_	_
//	2	mice	mouse	NOUN	NNS	_	3	nsubj	_	_
//	3-4	don't	_	_	_	_	_	_	_	_
//	3	do	do	AUX	VBP	_	5	aux	_	_
//	4	n't	not	PART	RB	_	5	advmod	_	_
//
// The text of a document is its lemmas, a line a sentence and an empty line between paragraphs:
// "the mouse do not". What has no lemma is there as its form. The lines of tokens of several words
// (3-4) and of words that are not there (8.1) say nothing more.
package conllu

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"strings"
)

// Document is what stands behind a line "# newdoc", or a file without one.
type Document struct {
	// ID is that of the document, or empty.
	ID string
	// Meta are the names and values of lines such as "# meta::genre = news".
	Meta [][2]string
	// Text is the lemmas.
	Text string
	// Words is their number, and Bare that of forms without a lemma among them.
	Words, Bare int
	// Faulty is the number of lines that are no CoNLL-U and are left out, and Fault what is
	// wrong with the first.
	Faulty int
	Fault  string
}

const (
	columns = 10
	// maxLine is the length of the longest line, in bytes.
	maxLine = 1 << 20
)

// Is tells CoNLL-U by its first word, behind lines with # alone.
func Is(head []byte) bool {
	for len(head) > 0 {
		var line []byte
		line, head, _ = bytes.Cut(head, []byte("\n"))
		if line = bytes.TrimRight(line, "\r"); len(line) > 0 && line[0] == '#' {
			continue
		}
		if len(line) == 0 || line[0] != '1' && line[0] != '0' { // most texts
			return false
		}
		cells := strings.Split(string(line), "\t")
		first := cells[0] == "1" || strings.HasPrefix(cells[0], "1-") || cells[0] == "0.1"
		return len(cells) == columns && first && isNumber(cells[6]) && isTag(cells[3])
	}
	return false
}

// isNumber is true of what names the head of a word.
func isNumber(cell string) bool {
	return cell == "_" || cell != "" && strings.Trim(cell, "0123456789") == ""
}

// isTag is true of a part of speech.
func isTag(cell string) bool {
	return cell == "_" || cell != "" && strings.Trim(cell, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == ""
}

// Read reads the documents of a file, decoded to UTF-8, until emit returns false. It fails where a
// document comes to more than limit bytes.
func Read(r io.Reader, limit int, emit func(Document) bool) error {
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, maxLine)
	var d reading
	for number := 1; lines.Scan(); number++ {
		line := strings.TrimRight(lines.Text(), "\r")
		if number == 1 {
			line = strings.TrimPrefix(line, "\ufeff")
		}
		if value, ok := comment(line, "newdoc"); ok {
			if !d.end(emit) {
				return nil
			}
			d = reading{}
			d.ID = value
		} else {
			d.add(line, number)
		}
		if d.text.Len() > limit {
			return fmt.Errorf("a document of more than %d MiB, at line %d", limit>>20, number)
		}
	}
	if err := lines.Err(); err != nil {
		return fmt.Errorf("a line of more than %d bytes: %w", maxLine, err)
	}
	d.end(emit)
	return nil
}

// reading is a document that is being read.
type reading struct {
	Document
	text    strings.Builder
	between string // what is to be written before the next word
}

// comment is what a line says of a thing: the id of "# newdoc id = a" or of "# newpar".
func comment(line, thing string) (id string, ok bool) {
	rest, ok := strings.CutPrefix(strings.TrimLeft(strings.TrimPrefix(line, "#"), " \t"), thing)
	if !ok || !strings.HasPrefix(line, "#") || rest != "" && rest[0] != ' ' && rest[0] != '\t' {
		return "", false
	}
	name, id, _ := strings.Cut(rest, "=")
	if strings.TrimSpace(name) != "id" {
		return "", true
	}
	return strings.TrimSpace(id), true
}

func (d *reading) add(line string, number int) {
	switch {
	case strings.TrimSpace(line) == "":
		d.gap("\n")
	case line[0] == '#':
		if _, ok := comment(line, "newpar"); ok {
			d.gap("\n\n")
		}
		d.meta(line)
	default:
		d.word(line, number)
	}
}

// gap says what parts the next word from the last: the widest of what was said.
func (d *reading) gap(between string) {
	if d.text.Len() > 0 && len(between) >= len(d.between) {
		d.between = between
	}
}

// meta takes "# meta::genre = news".
func (d *reading) meta(line string) {
	const many = 100
	rest, ok := strings.CutPrefix(strings.TrimLeft(line, "# \t"), "meta::")
	name, value, named := strings.Cut(rest, "=")
	if name, value = strings.TrimSpace(name), strings.TrimSpace(value); ok && named && name != "" && len(d.Meta) < many {
		d.Meta = append(d.Meta, [2]string{name, value})
	}
}

// word takes the lemma of a line.
func (d *reading) word(line string, number int) {
	cells := strings.Split(line, "\t")
	if fault := faultOf(cells); fault != "" {
		if d.Faulty++; d.Faulty == 1 {
			d.Fault = fmt.Sprintf("line %d: %s", number, fault)
		}
		return
	}
	if strings.ContainsAny(cells[0], "-.") {
		return
	}
	lemma := strings.TrimSpace(cells[2])
	if lemma == "" || lemma == "_" {
		lemma = cells[1]
		d.Bare++
	}
	d.Words++
	d.text.WriteString(d.between)
	d.text.WriteString(lemma)
	d.between = " "
}

// faultOf says what is wrong with the columns of a line, if something is.
func faultOf(cells []string) string {
	switch {
	case len(cells) != columns:
		return fmt.Sprintf("%d columns in place of %d, with tabs between", len(cells), columns)
	case cells[0] == "" || strings.Trim(cells[0], "0123456789-.") != "":
		return fmt.Sprintf("%.20q is no number of a word", cells[0])
	}
	return ""
}

// end hands out the document, unless there is nothing in it.
func (d *reading) end(emit func(Document) bool) bool {
	if d.Words == 0 && d.Faulty == 0 {
		return true
	}
	d.Text = d.text.String()
	return emit(d.Document)
}
