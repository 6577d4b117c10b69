package corpus

import (
	"cmp"
	"errors"
	"fmt"
	"strconv"

	"klew/corpus/internal/conllu"
)

// splitTreebank makes documents of the lemmas of a file in CoNLL-U: one of each "# newdoc", or of
// the whole file.
func (c *Corpus) splitTreebank(in *input, do emit) bool {
	l, err := c.decodedFile(in, true)
	if err != nil {
		return do(func() batch { return in.refused(err) })
	}
	more := len(l.repairs) == 0 || do(func() batch { return in.noted(l.repairs) })
	number, words, bare := 0, 0, 0
	err = conllu.Read(l, MaxSize, func(d conllu.Document) bool {
		number++
		words, bare = words+d.Words, bare+d.Bare
		place := in.id + ":" + strconv.Itoa(number)
		more = more && do(func() batch { return in.treebank(d, place, l.encoding) })
		return more
	})
	if number == 0 && err == nil {
		err = errors.New("no word in it")
	}
	if err = cmp.Or(err, l.fault.fault); more && err != nil {
		return do(func() batch { return in.refused(err) })
	}
	if words == 0 {
		return more
	}
	return more && do(func() batch {
		return in.noted([]Entry{{Note: true, Reason: AsLemmas, Detail: fmt.Sprintf("%d words, %d without a lemma", words, bare)}})
	})
}

// treebank makes a document of what was read.
func (in *input) treebank(d conllu.Document, place, encoding string) (b batch) {
	if d.Faulty > 0 {
		e := Entry{Path: place, Repaired: d.Words > 0, Reason: BadLines, Detail: fmt.Sprintf("%d of them, the first is %s", d.Faulty, d.Fault)}
		if d.Words == 0 {
			e.Reason = Unreadable
		}
		b.entries = append(b.entries, e)
	}
	if d.Words == 0 {
		return b
	}
	var t decoded
	t.text = t.tidy(d.Text)
	read := t.document(true, place, in.folder, encoding)
	doc := &read.documents[0]
	doc.ID = cmp.Or(valid(d.ID), place)
	for _, m := range d.Meta {
		if m[0] == DateField {
			doc.Date = valid(m[1])
		} else if m[0] != Folder {
			doc.Meta = append(doc.Meta, Field{valid(m[0]), valid(m[1])})
		}
	}
	b.documents, b.entries = read.documents, append(b.entries, read.entries...)
	return b
}
