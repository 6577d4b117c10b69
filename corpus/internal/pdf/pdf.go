// Package pdf finds the text in PDF documents by PDFium, in a sandbox. It is a room of its own
// because the engine is 18 MB of a program: only what imports klew/corpus/documents has it.
//
// Its text has the form that package extract promises, and its errors are those of extract.
package pdf

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"strings"

	pdferrors "github.com/klippa-app/go-pdfium/errors"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/responses"
	"klew/corpus/internal/extract"
)

// Read reads the text of all pages in their order, with what is filled in and noted on
// them, and with words mended that were broken at line ends. Lines stay lines; an empty line
// stands where the space between two lines is clearly wider than is usual on the page, and
// between pages unless a sentence goes on. Running heads and page numbers are left out. A
// page that cannot be read does not cost the others.
//
// Any number of goroutines may call it; each has an engine of its own while it reads.
//
// A document that opens without a password is read, though it may forbid that its text is
// copied: to count words is not to copy.
func Read(raw []byte, limit int64) (t extract.Text, err error) {
	if head := raw[:min(len(raw), 1024)]; !bytes.Contains(head, []byte("%PDF-")) {
		return t, errors.New("it does not begin as a PDF does, with %PDF-")
	}
	if int64(len(raw)) > limit {
		return t, extract.TooMuch(limit)
	}
	// The engine and the code around it meet numbers that a hostile file chose. Go's part
	// answers some of them by a panic, which must not end the reading of other files.
	defer func() {
		if fault := recover(); fault != nil {
			t, err = extract.Text{}, fmt.Errorf("klew's reader failed (%v): save it anew in another program, or as text", firstLine(fmt.Sprint(fault)))
		}
	}()
	e, err := borrow()
	if err != nil {
		return t, err
	}
	defer e.giveBack()
	raw, letters := nameLigatures(raw)
	if t, err = e.read(raw, limit); letters != nil {
		t.Body = letters.Replace(t.Body)
	}
	return t, err
}

// read reads one document.
func (e *engine) read(raw []byte, limit int64) (t extract.Text, err error) {
	opened, repair, err := e.open(raw)
	if err != nil {
		return t, e.explain(err)
	}
	doc := opened.Document
	count, err := e.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: doc})
	if err != nil {
		return t, e.explain(err)
	}
	t = e.described(doc)
	t.Repair = repair
	pages, err := e.pages(doc, count.PageCount, limit)
	if err != nil {
		t.Repair = err.Error()
	}
	if t.LeftOut = dropRepeated(pages); t.LeftOut != "" {
		t.Body = joined(pages, false)
	}
	if t.Body == "" { // or nothing else would be left
		t.Body, t.LeftOut = joined(pages, true), ""
	}
	if t.Body == "" {
		return t, cmp.Or(err, fmt.Errorf("%w: it is a scan, or drawn; a program for text recognition (OCR) can add it", extract.ErrNoText))
	}
	if errors.Is(err, extract.ErrLimit) {
		return extract.Text{}, err
	}
	return t, nil
}

// joined is the text of pages, with the lines that repeat if all is set.
func joined(pages []page, all bool) string {
	var text body
	for _, p := range pages {
		text.addPage(p, all)
	}
	return extract.Mend(text.String())
}

// open opens a document, or one that lacks its end as well as can be.
func (e *engine) open(raw []byte) (opened *responses.OpenDocument, repair string, err error) {
	if opened, err = e.OpenDocument(asked(raw)); err == nil || errors.Is(err, pdferrors.ErrPassword) {
		return opened, "", err
	}
	whole, ok := withTrailer(raw)
	if !ok {
		return nil, "", err
	}
	again, stillErr := e.OpenDocument(asked(whole))
	if stillErr != nil {
		return nil, "", err
	}
	return again, "its end is missing", nil
}

// asked is how a document is handed to the engine: whole, or in pieces if it is large.
func asked(raw []byte) *requests.OpenDocument {
	if len(raw) <= inEngine {
		return &requests.OpenDocument{File: &raw}
	}
	return &requests.OpenDocument{FileReader: bytes.NewReader(raw), FileReaderSize: int64(len(raw))}
}

// pages reads all pages that can be read. The error is that of the last one that cannot;
// what ends the engine ends the reading.
func (e *engine) pages(doc references.FPDF_DOCUMENT, count int, limit int64) (pages []page, err error) {
	size := int64(0)
	for n := range count {
		e.extend()
		p, fault := e.page(doc, n)
		if fault != nil {
			err = fmt.Errorf("its page %d cannot be read: %w", n+1, e.explain(fault))
			if e.late.Load() || errors.Is(err, extract.ErrLimit) {
				return pages, err
			}
			continue
		}
		for _, l := range p.lines {
			size += int64(len(l.text))
		}
		if size > limit {
			return pages, extract.TooMuch(limit)
		}
		pages = append(pages, p)
	}
	return pages, err
}

// explain makes of an engine's error one for people.
func (e *engine) explain(err error) error {
	switch {
	case e.late.Load():
		return fmt.Errorf("one page took longer than %v", patience)
	case errors.Is(err, pdferrors.ErrPassword), errors.Is(err, pdferrors.ErrSecurity):
		return extract.ErrEncrypted
	case errors.Is(err, pdferrors.ErrFormat), errors.Is(err, pdferrors.ErrFile):
		return errors.New("it is damaged or cut off: download it anew, or save it anew in a program that opens it")
	case strings.Contains(err.Error(), "wasm error"):
		return fmt.Errorf("%w, or made to mislead: the PDF engine failed within its %d MiB", extract.ErrLimit, memoryPages/16)
	}
	return errors.New(firstLine(err.Error()))
}

// firstLine leaves out the stack of the engine.
func firstLine(s string) string {
	s, _, _ = strings.Cut(s, "\n")
	return s
}

// described is what the document says about itself.
func (e *engine) described(doc references.FPDF_DOCUMENT) extract.Text {
	says := func(tag string) string {
		m, err := e.FPDF_GetMetaText(&requests.FPDF_GetMetaText{Document: doc, Tag: tag})
		if err != nil {
			return ""
		}
		return extract.Tidy(m.Value)
	}
	return extract.Text{Title: says("Title"), Author: says("Author"), Date: pdfDate(says("CreationDate"))}
}

// pdfDate turns D:20240317140500+01'00' into ISO 8601, as far as it goes.
func pdfDate(s string) string {
	digits, ok := strings.CutPrefix(s, "D:")
	if !ok {
		return s
	}
	n := strings.IndexFunc(digits, func(r rune) bool { return r < '0' || r > '9' })
	if n < 0 {
		n = len(digits)
	}
	d, zone := digits[:n], strings.TrimSuffix(strings.ReplaceAll(digits[n:], "'", ":"), ":")
	if strings.HasPrefix(zone, "Z") { // behind which some write 00'00'
		zone = "Z"
	}
	switch {
	case n >= 14:
		return d[:4] + "-" + d[4:6] + "-" + d[6:8] + "T" + d[8:10] + ":" + d[10:12] + ":" + d[12:14] + zone
	case n >= 8:
		return d[:4] + "-" + d[4:6] + "-" + d[6:8]
	case n >= 6:
		return d[:4] + "-" + d[4:6]
	case n >= 4:
		return d[:4]
	}
	return ""
}

// page reads one page, with its notes.
func (e *engine) page(doc references.FPDF_DOCUMENT, n int) (p page, err error) {
	loaded, err := e.FPDF_LoadPage(&requests.FPDF_LoadPage{Document: doc, Index: n})
	if err != nil {
		return p, err
	}
	defer e.FPDF_ClosePage(&requests.FPDF_ClosePage{Page: loaded.Page})
	if p.lines, err = e.lines(loaded.Page); err != nil {
		return p, err
	}
	if all := e.notes(requests.Page{ByReference: &loaded.Page}); all.seen || len(all.said) > 0 {
		p.lines = e.withNotes(doc, n, loaded.Page, p.lines, all)
	}
	p.usual = usualStep(p.lines)
	return p, nil
}

// lines reads the lines of a page.
func (e *engine) lines(page references.FPDF_PAGE) ([]printed, error) {
	opened, err := e.FPDFText_LoadPage(&requests.FPDFText_LoadPage{Page: requests.Page{ByReference: &page}})
	if err != nil {
		return nil, err
	}
	text := opened.TextPage
	defer e.FPDFText_ClosePage(&requests.FPDFText_ClosePage{TextPage: text})
	chars, err := e.FPDFText_CountChars(&requests.FPDFText_CountChars{TextPage: text})
	if err != nil || chars.Count <= 0 {
		return nil, err
	}
	letters, err := e.FPDFText_GetText(&requests.FPDFText_GetText{TextPage: text, Count: chars.Count})
	if err != nil {
		return nil, err
	}
	lines := printedLines(letters.Text)
	parted := e.byRoom(text, lines)
	e.measure(text, lines)
	for i := range parted {
		lines[i].text = parted[i]
	}
	return lines, nil
}
