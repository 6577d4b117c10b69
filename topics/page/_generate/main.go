// Command generate bundles the front end of a page: a script and a style sheet, each one
// file, small, and the same bytes whenever the sources are the same.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"

	"github.com/evanw/esbuild/pkg/api"
)

func main() {
	web := flag.String("web", "../web", "`folder` with main.ts and page.css")
	out := flag.String("out", "../bundle", "`folder` for page.js and page.css")
	flag.Parse()
	for _, name := range []string{"main.ts", "page.css"} {
		if err := bundle(filepath.Join(*web, name), *out); err != nil {
			fmt.Fprintln(os.Stderr, "generate:", err)
			os.Exit(1)
		}
	}
}

// bundle writes what a file and its imports make.
func bundle(entry, out string) error {
	result := api.Build(api.BuildOptions{
		EntryPoints: []string{entry},
		Bundle:      true,
		Format:      api.FormatIIFE,
		// What a page asks of a browser: DecompressionStream came in 2023.
		Target:            api.ES2022,
		Charset:           api.CharsetASCII,
		LegalComments:     api.LegalCommentsNone,
		MinifyWhitespace:  true,
		MinifyIdentifiers: true,
		MinifySyntax:      true,
		LogLevel:          api.LogLevelWarning,
	})
	if len(result.Errors) > 0 {
		return fmt.Errorf("bundling %s: %d errors, which stand above", entry, len(result.Errors))
	}
	name := "page" + filepath.Ext(entry)
	if filepath.Ext(entry) == ".ts" {
		name = "page.js"
	}
	return os.WriteFile(filepath.Join(out, name), result.OutputFiles[0].Contents, 0o644)
}
