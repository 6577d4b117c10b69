package corpus_test

import (
	"context"
	"fmt"
	"testing/fstest"

	"klew/corpus"
)

// A folder of folders: the inner ones serve as labels. One file is not UTF-8, one is no
// text, and both are accounted for.
func ExampleOpen() {
	files := fstest.MapFS{
		"notes/food/menu.txt":   {Data: []byte("caf\xe9 noir")},
		"notes/food/photo.jpg":  {Data: []byte("\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00")},
		"notes/music/viola.txt": {Data: []byte("four strings")},
		"notes/readme":          {Data: []byte("read me first")},
	}
	c, err := corpus.Open([]string{"notes"}, corpus.Options{Files: files})
	if err != nil {
		fmt.Println(err)
		return
	}
	for d := range c.Documents(context.Background()) {
		fmt.Printf("%s (%s): %s\n", d.ID, d.Meta[0].Value, d.Text)
	}
	for _, e := range c.Ledger() {
		fmt.Printf("%s: %s\n", e.Path, e.Reason)
	}
	// Output:
	// notes/food/menu.txt (food): café noir
	// notes/music/viola.txt (music): four strings
	// notes/readme (notes): read me first
	// notes/food/menu.txt: not UTF-8, read as Windows-1252
	// notes/food/photo.jpg: not text
}
