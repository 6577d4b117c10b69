package corpus

// Document is one text with what is known of it.
type Document struct {
	// ID names the document: the path as the user would type it, with slashes, or
	// "stdin:12" for line 12 of standard input. Like Text it is valid UTF-8.
	ID string
	// Meta is what is known beside the text. The first field is always "folder": for a
	// file below a named folder the path from there to the file's own folder
	// ("business" for bbc/business/001.txt, where bbc was named), for a file directly
	// in a named folder, or itself named, that folder's own name, and empty for
	// standard input.
	Meta []Field
	// Text is valid UTF-8.
	Text string
}

// Field is one piece of metadata.
type Field struct{ Name, Value string }

// Folder is the name of the metadata field that every document has.
const Folder = "folder"
