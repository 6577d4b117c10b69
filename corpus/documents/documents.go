// Package documents makes a program read office documents, PDF and Parquet. Import it for that
// alone:
//
//	import _ "klew/corpus/documents"
//
// Without it package corpus reads plain texts, HTML, Markdown, mails, CSV, TSV and JSON, and
// enters files of the formats here in the ledger as such that the program cannot read. A small
// program that counts words has 11.6 MB without this package, and 40.5 MB with it: PDFium, which
// reads PDF, is most of that.
package documents

import (
	"klew/corpus/internal/extract"
	"klew/corpus/internal/parquet"
	"klew/corpus/internal/pdf"
	"klew/corpus/internal/registered"
)

func init() {
	registered.Documents["pdf"] = pdf.Read
	registered.Documents["rtf"] = extract.RTF
	registered.Documents["docx"] = extract.DOCX
	registered.Documents["odt"] = extract.ODT
	registered.Documents["pptx"] = extract.PPTX
	registered.Documents["odp"] = extract.ODT
	registered.Documents["epub"] = extract.EPUB
	registered.Spreadsheets["xlsx"] = extract.XLSX
	registered.Spreadsheets["ods"] = extract.ODS
	registered.Tables["parquet"] = parquet.Read
}
