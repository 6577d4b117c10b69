// Package page makes the explorer of a model: one HTML file that shows its topics, words and
// documents, and needs no network and no program but a browser.
//
//	p := page.Page{Model: m, Name: "notes", Texts: texts, Options: page.Defaults()}
//	report, err := p.Write(ctx, file)
//
// # What is in the file
//
// A script, a style sheet, and blocks of data: each is bytes packed by gzip, written in base64
// in a script element of the type application/octet-stream, which a browser does not run.
//
//	model       JSON: what the tables of klew say of the model and of each topic, the tree, the
//	            map, trends, and what texts are there. The numbers are those that the commands
//	            print, to the digit, because the same tables write them.
//	terms       JSON: the vocabulary by columns
//	documents   JSON: ids, tokens and metadata by columns
//	w, h        the factors, without zeros (see sparse)
//	fw, fh      those as fitted, of a model that has been edited: tokens have their shares by them
//	texts-N     JSON: an array of texts
//	tokens-N    where the tokens of these texts stand (see chunk)
//
// The same model and texts give the same bytes: there is no date in the file.
//
// # What the file may do
//
// Nothing but show itself. The content security policy in its head lets the one script and the
// one style sheet run whose hashes it names, and forbids everything else: requests, frames,
// forms, and making elements of text. So nothing that stands in a text, an id or a label runs.
//
// # The front end
//
// Folder web has it, in TypeScript; bundle has what the generator in _generate makes of it,
// which is committed, so that Go alone builds klew.
package page

//go:generate sh -c "cd _generate && go run . -web ../web -out ../bundle"
