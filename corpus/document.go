package corpus

import "slices"

// Document is one text with what is known of it.
type Document struct {
	// ID names the document: the path as the user would type it, with slashes;
	// "archive.zip/dir/a.txt" for a file in an archive; for a record the id that it has, or
	// "table.csv:12" for the 12th, and so "stdin:12" for line 12 of standard input; a
	// segment is "notes/a.txt#3". Like Text it is valid UTF-8. Those of one corpus differ,
	// but for ids of records that are like a path.
	ID string
	// Meta is what is known beside the text. The first field is always "folder": for a
	// file below a named folder the path from there to the file's own folder
	// ("business" for bbc/business/001.txt, where bbc was named), for a file directly
	// in a named folder, or itself named, that folder's own name, and empty for
	// standard input. An archive counts as a folder that was named. Behind it come the
	// columns of a record, or what a document says of itself: title, author, language. It
	// may be shared by several documents and must not be changed.
	Meta []Field
	// Date is when the text was written, as far as that is known, in ISO 8601: 1999,
	// 1999-03, 1999-03-12, or 1999-03-12T14:30:00 with Z or +02:00 if the zone is known.
	// Else it is empty.
	Date string
	// Place is what the ID of a record would be if it had none of its own: "table.csv:12". It is
	// empty for what is no record.
	Place string
	// Parent is the ID of the document of which this one is a segment, or empty.
	Parent string
	// Encoding is how the file was written, by the names of web pages (windows-1252,
	// utf-16le); empty for UTF-8, and for formats that leave no choice.
	Encoding string
	// Text is valid UTF-8, in the normal form NFC.
	Text string
}

// Field is one piece of metadata.
type Field struct{ Name, Value string }

// Value is that of the field with a name, or empty if there is none. Of several the first
// counts.
func Value(fields []Field, name string) string {
	for _, f := range fields {
		if f.Name == name {
			return f.Value
		}
	}
	return ""
}

const (
	// Folder is the name of the metadata field that every document has.
	Folder = "folder"
	// DateField and ParentField are the names under which Date and Parent are among
	// Fields.
	DateField   = "date"
	ParentField = "parent"
)

// Fields is all that is known of a document as metadata: Meta, and behind it the date and
// the parent, unless they are empty. They take the place of a field of the same name,
// such as a column with the date as it was written.
func (d *Document) Fields() []Field {
	if d.Date == "" && d.Parent == "" {
		return d.Meta
	}
	return d.AppendFields(make([]Field, 0, len(d.Meta)+2))
}

// AppendFields appends the fields to others, whose room is used if there is enough.
func (d *Document) AppendFields(fields []Field) []Field {
	from := len(fields)
	fields = append(fields, d.Meta...)
	for _, f := range []Field{{DateField, d.Date}, {ParentField, d.Parent}} {
		at := slices.IndexFunc(fields[from:], func(old Field) bool { return old.Name == f.Name })
		switch {
		case f.Value == "":
		case at >= 0:
			fields[from+at] = f
		default:
			fields = append(fields, f)
		}
	}
	return fields
}
