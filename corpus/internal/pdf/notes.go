package pdf

import (
	"math"
	"strings"

	"github.com/klippa-app/go-pdfium/enums"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
	"klew/corpus/internal/extract"
)

// maxNotes is the number of annotations of a page that are looked at.
const maxNotes = 10_000

// notes are what is filled in and noted on a page: the values of forms, notes that stand
// freely, stamps.
type notes struct {
	said   []string // their text, as far as the document says it
	unseen []string // of that, what has no appearance and so is never part of the page
	seen   bool     // there are some that have an appearance
}

// notes lists those of a page.
func (e *engine) notes(of requests.Page) (all notes) {
	count, err := e.FPDFPage_GetAnnotCount(&requests.FPDFPage_GetAnnotCount{Page: of})
	if err != nil {
		return all
	}
	for i := range min(count.Count, maxNotes) {
		note, err := e.FPDFPage_GetAnnot(&requests.FPDFPage_GetAnnot{Page: of, Index: i})
		if err != nil {
			continue
		}
		text, seen := e.note(note.Annotation)
		if all.seen = all.seen || seen; text != "" {
			all.said = append(all.said, text)
			if !seen {
				all.unseen = append(all.unseen, text)
			}
		}
		e.FPDFPage_CloseAnnot(&requests.FPDFPage_CloseAnnot{Annotation: note.Annotation})
	}
	return all
}

// withNotes reads a page again with its notes made part of it. What stands there in an
// appearance comes to its place. Now and then the page itself comes out worse: its fonts are
// mistaken for those of a note, or a note is printed over it. Then the page is read without
// notes, and what the document says they are follows.
func (e *engine) withNotes(doc references.FPDF_DOCUMENT, n int, page references.FPDF_PAGE, lines []printed, all notes) []printed {
	again := lines
	if all.seen {
		if set, err := e.set(doc, n, page); err == nil && containsWords(set, lines) {
			again, all.said = set, all.unseen
		}
	}
	for _, text := range all.said {
		again = append(again, printed{text: text, height: math.NaN(), size: math.NaN()})
	}
	return again
}

// set makes the notes of a page part of it, and reads it.
func (e *engine) set(doc references.FPDF_DOCUMENT, n int, page references.FPDF_PAGE) ([]printed, error) {
	of := requests.Page{ByReference: &page}
	if _, err := e.FPDFPage_Flatten(&requests.FPDFPage_Flatten{Page: of, Usage: requests.FPDFPage_FlattenUsageNormalDisplay}); err != nil {
		return nil, err
	}
	loaded, err := e.FPDF_LoadPage(&requests.FPDF_LoadPage{Document: doc, Index: n})
	if err != nil {
		return nil, err
	}
	defer e.FPDF_ClosePage(&requests.FPDF_ClosePage{Page: loaded.Page})
	return e.lines(loaded.Page)
}

// containsWords tells whether nearly all words of some lines are among those of others.
func containsWords(all, some []printed) bool {
	const nearly = 0.98
	there := map[string]int{}
	for _, l := range all {
		for word := range strings.FieldsSeq(l.text) {
			there[word]++
		}
	}
	words, found := 0, 0
	for _, l := range some {
		for word := range strings.FieldsSeq(l.text) {
			words++
			if there[word] > 0 {
				there[word]--
				found++
			}
		}
	}
	return float64(found) >= nearly*float64(words)
}

// note returns the text of one annotation, and whether it is to be seen on the page. Those on
// links, highlights and the remarks that readers open say nothing on the page.
func (e *engine) note(note references.FPDF_ANNOTATION) (text string, seen bool) {
	kind, err := e.FPDFAnnot_GetSubtype(&requests.FPDFAnnot_GetSubtype{Annotation: note})
	if err != nil {
		return "", false
	}
	key := ""
	switch kind.Subtype {
	case enums.FPDF_ANNOT_SUBTYPE_WIDGET:
		key = "V"
	case enums.FPDF_ANNOT_SUBTYPE_FREETEXT:
		key = "Contents"
	case enums.FPDF_ANNOT_SUBTYPE_STAMP:
		return "", true
	default:
		return "", false
	}
	if flags, err := e.FPDFAnnot_GetFlags(&requests.FPDFAnnot_GetFlags{Annotation: note}); err != nil || flags.Flags&(enums.FPDF_ANNOT_FLAG_HIDDEN|enums.FPDF_ANNOT_FLAG_NOVIEW) != 0 {
		return "", false
	}
	has, err := e.FPDFAnnot_HasKey(&requests.FPDFAnnot_HasKey{Annotation: note, Key: "AP"})
	seen = err == nil && has.HasKey
	value, err := e.FPDFAnnot_GetStringValue(&requests.FPDFAnnot_GetStringValue{Annotation: note, Key: key})
	if err != nil {
		return "", seen
	}
	return extract.Tidy(value.Value), seen
}
