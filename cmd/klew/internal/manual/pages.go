package manual

import (
	"embed"
	"strings"

	"github.com/spf13/cobra"
)

//go:embed pages/*.txt
var texts embed.FS

// topics are the pages of prose, in the order in which help lists them.
var topics = []string{"reading", "counting", "matrices", "where", "edits", "penalties", "trust", "memory", "json"}

// Topics are the pages of prose as topics of klew help. The first line of a page says in short
// what it is about.
func Topics() []*cobra.Command {
	all := make([]*cobra.Command, len(topics))
	for i, name := range topics {
		text, err := texts.ReadFile("pages/" + name + ".txt")
		if err != nil {
			panic("manual: " + err.Error()) // it is part of the program
		}
		short, long, _ := strings.Cut(string(text), "\n")
		all[i] = topic(name, short, long)
	}
	return all
}

// topic is a page that is no command, for klew help NAME.
func topic(name, short, long string) *cobra.Command {
	return &cobra.Command{Use: name, Short: short, Long: strings.TrimSpace(long)}
}
