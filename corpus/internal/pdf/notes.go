package pdf

import (
	"github.com/klippa-app/go-pdfium/enums"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
	"klew/corpus/internal/extract"
)

// maxNotes is the number of annotations of a page that are looked at.
const maxNotes = 10_000

// setNotes makes what is filled in and noted on a page part of it: the values of forms,
// notes that stand freely, stamps. What has no appearance of its own is returned, as it is
// to be read behind the page. changed says that the page must be loaded anew.
func (e *engine) setNotes(page references.FPDF_PAGE) (unseen []string, changed bool) {
	of := requests.Page{ByReference: &page}
	count, err := e.FPDFPage_GetAnnotCount(&requests.FPDFPage_GetAnnotCount{Page: of})
	if err != nil {
		return nil, false
	}
	for i := range min(count.Count, maxNotes) {
		note, err := e.FPDFPage_GetAnnot(&requests.FPDFPage_GetAnnot{Page: of, Index: i})
		if err != nil {
			continue
		}
		text, seen := e.note(note.Annotation)
		if text != "" {
			unseen = append(unseen, text)
		}
		changed = changed || seen
		e.FPDFPage_CloseAnnot(&requests.FPDFPage_CloseAnnot{Annotation: note.Annotation})
	}
	if changed {
		_, err = e.FPDFPage_Flatten(&requests.FPDFPage_Flatten{Page: of, Usage: requests.FPDFPage_FlattenUsageNormalDisplay})
	}
	return unseen, changed && err == nil
}

// note returns the text of one annotation, or that it is to be seen on the page. Those on
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
	if has, err := e.FPDFAnnot_HasKey(&requests.FPDFAnnot_HasKey{Annotation: note, Key: "AP"}); err == nil && has.HasKey {
		return "", true
	}
	value, err := e.FPDFAnnot_GetStringValue(&requests.FPDFAnnot_GetStringValue{Annotation: note, Key: key})
	if err != nil {
		return "", false
	}
	return extract.Tidy(value.Value), false
}
