package extract

import (
	"encoding/xml"
	"net/url"
	"path"
	"strings"
)

// relation leads from one part of a document of Microsoft Office to another:
//
//	<Relationship Id="rId3" Type="http://…/relationships/footnotes" Target="notes/foot.xml"/>
//
// The names of parts are only custom; what counts is how they are related.
type relation struct {
	id   string
	kind string // the last part of Type, which is the same in all dialects
	part string // the name of the part in the archive
}

// relations reads the relations of a part, or those of the whole document if it is empty.
// A part that has no list of them has none.
func (b *box) relations(part string) ([]relation, error) {
	folder, name := path.Split(part)
	list := folder + "_rels/" + name + ".rels"
	if !b.has(list) {
		return nil, nil
	}
	r := relationReader{folder: folder}
	err := b.walk(list, &r)
	return r.all, err
}

type relationReader struct {
	folder string
	all    []relation
}

func (r *relationReader) start(e xml.StartElement) bool {
	const most = 100_000
	if e.Name.Local == "Relationship" && value(e, "TargetMode") != "External" && len(r.all) < most {
		kind := value(e, "Type")
		r.all = append(r.all, relation{value(e, "Id"), kind[strings.LastIndexByte(kind, '/')+1:], r.member(value(e, "Target"))})
	}
	return true
}
func (r *relationReader) end(string)  {}
func (r *relationReader) text(string) {}

// member is the name in the archive of what a target leads to.
func (r *relationReader) member(target string) string {
	if name, err := url.PathUnescape(target); err == nil {
		target = name
	}
	target = strings.ReplaceAll(target, `\`, "/")
	if strings.HasPrefix(target, "/") {
		return path.Clean(target)[1:]
	}
	return strings.TrimPrefix(path.Join("/", r.folder, target), "/")
}

// mainPart finds the part that has the text. Only by custom is it word/document.xml.
func (b *box) mainPart(custom string) (string, error) {
	all, err := b.relations("")
	if err != nil {
		return "", err
	}
	for _, r := range all {
		if r.kind == "officeDocument" && b.has(r.part) {
			return r.part, nil
		}
	}
	return custom, nil
}
