#!/usr/bin/env bash
# Makes the documents of this folder anew from notebook.md, with pandoc, LibreOffice and
# qpdf, so that the readers are held to what other programs write:
#
#   apt-get install --no-install-recommends pandoc libreoffice-writer hyphen-en-us qpdf
#
# The files are committed; the tests need none of these programs. Made last with pandoc
# 2.17, LibreOffice 7.4 and qpdf 11.3.
set -euo pipefail
cd "$(dirname "$0")"
work=$(mktemp -d) pdf=../../pdf/testdata
trap 'rm -rf "$work"' EXIT

office() { # office FORMAT FILTER INPUT: what LibreOffice makes of INPUT, in $work/out
	soffice "-env:UserInstallation=file://$work/profile" --headless --convert-to "$1${2:+:$2}" \
		--outdir "$work/out" "$3" >/dev/null
}

for format in html docx odt epub rtf; do
	pandoc --standalone notebook.md --output "pandoc.$format" 2>"$work/pandoc.log"
done

# Through LibreOffice the same text takes its own dialect of each format.
office docx "" pandoc.odt && mv "$work/out/pandoc.docx" office.docx
office rtf "" pandoc.odt && mv "$work/out/pandoc.rtf" office.rtf
office odt "" pandoc.docx && mv "$work/out/pandoc.odt" office.odt
office html "" pandoc.odt && mv "$work/out/pandoc.html" office.html

# The PDF is set in a narrow column with hyphenation, so that words are broken at line ends.
office fodt "" pandoc.odt
sed -i 's/fo:page-width="[^"]*"/fo:page-width="12cm"/; s/fo:hyphenate="false"/fo:hyphenate="true"/g' "$work/out/pandoc.fodt"
office pdf writer_pdf_Export "$work/out/pandoc.fodt" && mv "$work/out/pandoc.pdf" "$pdf/office.pdf"
qpdf --encrypt reader owner 256 -- "$pdf/office.pdf" "$work/locked.pdf" && mv "$work/locked.pdf" "$pdf/locked.pdf"
