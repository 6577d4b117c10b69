package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// common are the files of the program itself, which no command uses. All others belong to a
// command: its file, such as words.go, and at most a second one, such as words_sheet.go.
var common = []string{"main.go", "root.go"}

// No command uses what another command's file declares. What two commands need stands in a
// room below them. Only main.go and root.go stand above the commands.
func TestCommandsKeepToThemselves(t *testing.T) {
	files, declared := parsed(t)
	for name, file := range files {
		for _, id := range file.Unresolved {
			for _, from := range declared[id.Name] {
				if from != name && commandOf(from) != commandOf(name) && name != "root.go" && name != "main.go" {
					t.Errorf("%s uses %s, which %s declares", name, id.Name, from)
				}
			}
		}
	}
}

// A command has one file, or two.
func TestFilesOfACommand(t *testing.T) {
	files, _ := parsed(t)
	of := map[string][]string{}
	for name := range files {
		if !slices.Contains(common, name) {
			of[commandOf(name)] = append(of[commandOf(name)], name)
		}
	}
	for command, list := range of {
		if len(list) > 2 || !slices.Contains(list, command+".go") {
			slices.Sort(list)
			t.Errorf("%s has the files %v", command, list)
		}
	}
}

// parsed are the files of this package but for its tests, and which of them declare a name.
// The names of a file that it does not itself declare are left unresolved by the parser.
func parsed(t *testing.T) (files map[string]*ast.File, declared map[string][]string) {
	t.Helper()
	paths, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	files, declared = map[string]*ast.File{}, map[string][]string{}
	for _, path := range paths {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if files[path], err = parser.ParseFile(token.NewFileSet(), path, text, 0); err != nil {
			t.Fatal(err)
		}
		for name := range files[path].Scope.Objects {
			declared[name] = append(declared[name], path)
		}
	}
	return files, declared
}

// commandOf is the command to which a file belongs: words_sheet.go belongs to words.
func commandOf(file string) string {
	name, _, _ := strings.Cut(strings.TrimSuffix(file, ".go"), "_")
	return name
}
