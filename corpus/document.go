package corpus

// Document is one text with what is known of it.
type Document struct {
	// ID names the document: the path as the user would type it, with slashes;
	// "archive.zip/dir/a.txt" for a file in an archive; for a record the id that it has, or
	// "table.csv:12" for the 12th, and so "stdin:12" for line 12 of standard input. Like
	// Text it is valid UTF-8. Those of one corpus differ, but for ids of records that are
	// like a path.
	ID string
	// Meta is what is known beside the text. The first field is always "folder": for a
	// file below a named folder the path from there to the file's own folder
	// ("business" for bbc/business/001.txt, where bbc was named), for a file directly
	// in a named folder, or itself named, that folder's own name, and empty for
	// standard input. An archive counts as a folder that was named. Behind it come the
	// columns of a record, or what a document says of itself: title, author, language.
	Meta []Field
	// Date is when the text was written, as the file says it, or empty.
	Date string
	// Encoding is how the file was written, by the names of web pages (windows-1252,
	// utf-16le); empty for UTF-8, and for formats that leave no choice.
	Encoding string
	// Text is valid UTF-8, in the normal form NFC.
	Text string
}

// Field is one piece of metadata.
type Field struct{ Name, Value string }

// Folder is the name of the metadata field that every document has.
const Folder = "folder"
