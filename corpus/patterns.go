package corpus

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/bmatcuk/doublestar/v4"
)

// pattern is a glob that chooses files: "*" and "?" stand for anything but a slash, "**"
// for any number of folders, [a-z] for a character, {a,b} for either.
//
//	*.txt        no slash: a file or folder of such a name, wherever it lies
//	mail/*.txt   a slash: the path below the folder that the user named
//	/notes       a slash in front: only there, in the folder that the user named
//	drafts/      a slash at the end: all that lies in folders of that name
type pattern struct {
	text    string // as given
	glob    string
	path    bool // or a name
	dropped int  // files by this pattern
	folders int  // dropped by it
	idle    bool // nothing matched so far
}

// newPatterns reads patterns.
func newPatterns(texts []string) ([]pattern, error) {
	all := make([]pattern, len(texts))
	for i, text := range texts {
		p := pattern{text: text, glob: text, idle: true}
		if folder, ok := strings.CutSuffix(p.glob, "/"); ok && folder != "" {
			if !strings.Contains(folder, "/") {
				folder = "**/" + folder
			}
			p.glob = folder + "/**"
		}
		p.path = strings.Contains(p.glob, "/")
		p.glob = strings.TrimPrefix(p.glob, "/")
		if p.glob == "" {
			return nil, fmt.Errorf("the pattern %q is empty; all files are **", text)
		}
		if !doublestar.ValidatePattern(p.glob) {
			return nil, fmt.Errorf("the pattern %q is not complete: [ needs a ], { a }, and a backslash the character that it quotes", text)
		}
		all[i] = p
	}
	return all, nil
}

// match says whether the pattern chooses the file or folder with this path below the
// folder that was named.
func (p *pattern) match(below string) bool {
	if !p.path {
		below = path.Base(below)
	}
	matched := doublestar.MatchUnvalidated(p.glob, below)
	p.idle = p.idle && !matched
	return matched
}

// selection is what Options.Include and Options.Exclude ask for.
type selection struct {
	include, exclude []pattern
	others           int // files that match nothing in include
}

func newSelection(include, exclude []string) (s selection, err error) {
	if s.include, err = newPatterns(include); err == nil {
		s.exclude, err = newPatterns(exclude)
	}
	return s, err
}

// excludes says whether a file or folder is to be left out, and counts it as what it is. All
// patterns are tried: one is not idle only because others leave out the same files.
func (s *selection) excludes(below string, isFolder func() bool) bool {
	first := -1
	for i := range s.exclude {
		if s.exclude[i].match(below) && first < 0 {
			first = i
		}
	}
	switch {
	case first < 0:
		return false
	case isFolder():
		s.exclude[first].folders++
	default:
		s.exclude[first].dropped++
	}
	return true
}

// includes says whether a file is among those to include, and counts it if it is not.
func (s *selection) includes(below string) bool {
	included := len(s.include) == 0
	for i := range s.include {
		included = s.include[i].match(below) || included
	}
	if !included {
		s.others++
	}
	return included
}

// entries says what was left out, a line for each pattern, and which patterns may hold a
// slip of the pen since they matched nothing.
func (s *selection) entries() (l Ledger) {
	for _, p := range s.exclude {
		if p.dropped > 0 {
			l = append(l, Entry{Path: shown(p.text), Reason: Excluded, Files: p.dropped})
		}
		if p.folders > 0 {
			l = append(l, Entry{Path: shown(p.text), Reason: ExcludedFolder, Files: p.folders})
		}
	}
	if s.others > 0 {
		l = append(l, Entry{Path: shown(joined(s.include)), Reason: NotIncluded, Files: s.others})
	}
	for _, p := range slices.Concat(s.exclude, s.include) {
		if p.idle {
			l = append(l, Entry{Path: shown(p.text), Note: true, Reason: IdlePattern})
		}
	}
	return l
}

// joined is patterns as given.
func joined(patterns []pattern) string {
	var given []string
	for _, p := range patterns {
		given = append(given, p.text)
	}
	return strings.Join(given, " ")
}
