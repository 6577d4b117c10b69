// Package pdf finds the text in PDF documents by PDFium, in a sandbox. It is a room of its own
// because the engine is 18 MB of a program: only what imports klew/corpus/documents has it.
//
// Its text has the form that package extract promises, and its errors are those of extract.
package pdf

import (
	"bytes"
	"errors"
	"fmt"
	"strings"

	pdferrors "github.com/klippa-app/go-pdfium/errors"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
	"klew/corpus/internal/extract"
)

// Read reads the text of all pages in their order, with words mended that were broken at
// line ends. Lines stay lines; an empty line stands where the space between two lines is
// clearly wider than is usual on the page, and between pages unless a sentence goes on.
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
			t, err = extract.Text{}, fmt.Errorf("its reading failed: %v", firstLine(fmt.Sprint(fault)))
		}
	}()
	e, err := borrow()
	if err != nil {
		return t, err
	}
	defer e.giveBack()
	return e.read(raw, limit)
}

// read reads one document.
func (e *engine) read(raw []byte, limit int64) (t extract.Text, err error) {
	opened, err := e.OpenDocument(&requests.OpenDocument{File: &raw})
	if err != nil {
		return t, e.explain(err)
	}
	doc := opened.Document
	count, err := e.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: doc})
	if err != nil {
		return t, e.explain(err)
	}
	var body body
	for n := range count.PageCount {
		e.extend()
		if err := e.page(&body, doc, n); err != nil {
			return t, fmt.Errorf("its page %d cannot be read: %w", n+1, e.explain(err))
		}
		if int64(len(body.String())) > limit {
			return t, extract.TooMuch(limit)
		}
	}
	t = e.described(doc)
	t.Body = extract.Mend(body.String())
	if t.Body == "" {
		return t, fmt.Errorf("%w: it is a scan, or drawn; a program for text recognition (OCR) can add it", extract.ErrNoText)
	}
	return t, nil
}

// explain makes of an engine's error one for people.
func (e *engine) explain(err error) error {
	switch {
	case e.late.Load():
		return fmt.Errorf("one page took longer than %v", patience)
	case errors.Is(err, pdferrors.ErrPassword), errors.Is(err, pdferrors.ErrSecurity):
		return extract.ErrEncrypted
	case errors.Is(err, pdferrors.ErrFormat), errors.Is(err, pdferrors.ErrFile):
		return errors.New("it is damaged or cut off")
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

// page adds the text of one page.
func (e *engine) page(body *body, doc references.FPDF_DOCUMENT, n int) error {
	loaded, err := e.FPDF_LoadPage(&requests.FPDF_LoadPage{Document: doc, Index: n})
	if err != nil {
		return err
	}
	defer e.FPDF_ClosePage(&requests.FPDF_ClosePage{Page: loaded.Page})
	opened, err := e.FPDFText_LoadPage(&requests.FPDFText_LoadPage{Page: requests.Page{ByReference: &loaded.Page}})
	if err != nil {
		return err
	}
	page := opened.TextPage
	defer e.FPDFText_ClosePage(&requests.FPDFText_ClosePage{TextPage: page})
	chars, err := e.FPDFText_CountChars(&requests.FPDFText_CountChars{TextPage: page})
	if err != nil || chars.Count <= 0 {
		return err
	}
	text, err := e.FPDFText_GetText(&requests.FPDFText_GetText{TextPage: page, Count: chars.Count})
	if err != nil {
		return err
	}
	e.addPage(body, page, text.Text)
	return nil
}
