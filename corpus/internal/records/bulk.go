package records

import (
	"bytes"
	"slices"
	"strings"
)

// Search engines take and give their documents in bulk: a line that says what to do with a document, and
// one that is the document.
//
//	{"index":{"_index":"news","_id":"7"}}
//	{"title":"Kelp","body":"lantern and foam"}
//
// The first line names it: its id becomes that of the document. One that deletes stands alone.

// bulkActions are what may be done with a document.
var bulkActions = []string{"index", "create", "update", "delete"}

// IsBulk tells such a file by its first two lines.
func IsBulk(head []byte) bool {
	const longest = 1 << 10 // of a line that says what to do
	first, rest, more := bytes.Cut(head, []byte("\n"))
	if !more || len(first) > longest || !bytes.HasPrefix(bytes.TrimSpace(rest), []byte("{")) {
		return false
	}
	second, _, whole := bytes.Cut(rest, []byte("\n"))
	a, is := bulkAction(first)
	_, again := bulkAction(second)
	return is && (a.deletes || !whole || !again)
}

// bulkAction tells a line that says what to do with a document: an object of one member that is called so
// and holds nothing but short plain values, called _index, _id and the like.
func bulkAction(line []byte) (a action, ok bool) {
	const longest = 1 << 10
	if len(line) > longest {
		return a, false
	}
	members := membersOf(line)
	if len(members) != 1 || !slices.Contains(bulkActions, members[0].path) || members[0].raw[0] != '{' {
		return a, false
	}
	a.deletes, a.updates = members[0].path == "delete", members[0].path == "update"
	for _, m := range membersOf(members[0].raw) {
		switch {
		case m.raw[0] == '{' || m.raw[0] == '[', !strings.HasPrefix(m.path, "_") && !slices.Contains(bulkNames, m.path):
			return a, false
		case m.path == "_id":
			a.id = bytes.Clone(m.raw)
		}
	}
	return a, true
}

// bulkNames are what an action may say beside names that begin with a line below.
var bulkNames = []string{"routing", "pipeline", "version", "version_type", "retry_on_conflict", "require_alias", "if_seq_no", "if_primary_term"}

// action is what a line says of the next.
type action struct {
	id               []byte
	deletes, updates bool
}

// of is the document behind the line, with the id.
func (a action) of(document []byte) []byte {
	members := membersOf(document)
	if a.updates { // {"doc": {…}}
		for _, m := range members {
			if m.path == "doc" && m.raw[0] == '{' {
				members = membersOf(m.raw)
				break
			}
		}
	}
	if a.id != nil && !slices.ContainsFunc(members, func(m part) bool { return find(idNames(), m.path) >= 0 }) {
		members = append([]part{{"_id", a.id}}, members...)
	}
	return written(members)
}
