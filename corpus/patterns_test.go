package corpus

import (
	"strconv"
	"strings"
	"testing"
)

func TestPatterns(t *testing.T) {
	tests := []struct {
		pattern  string
		yes, not []string
	}{
		{"*.txt", []string{"a.txt", "x/y/a.txt", ".txt"}, []string{"a.txt.gz", "a", "a.txt/b"}},
		{"drafts", []string{"drafts", "x/drafts"}, []string{"drafts/a", "drafts2"}},
		{"drafts/", []string{"drafts", "drafts/a", "x/drafts/y/a"}, []string{"drafts2/a", "x/a"}},
		{"x/drafts/", []string{"x/drafts", "x/drafts/y/a"}, []string{"y/x/drafts/a"}},
		{"mail/*.txt", []string{"mail/a.txt"}, []string{"mail/x/a.txt", "x/mail/a.txt"}},
		{"mail/**/2025-*", []string{"mail/2025-1", "mail/x/y/2025-1"}, []string{"mail/2024-1", "2025-1"}},
		{"**/mail/**", []string{"mail/a", "x/mail/y/a"}, []string{"email/a"}},
		{"/notes", []string{"notes"}, []string{"x/notes"}},
		{"**", []string{"a", "x/y/a"}, nil},
		{"[ab]?.{txt,md}", []string{"a1.txt", "x/b2.md"}, []string{"c1.txt", "a.txt", "a1.html"}},
		{"[!a]*", []string{"b"}, []string{"a"}},
		{`\*.txt`, []string{"*.txt"}, []string{"a.txt"}},
		{"é*", []string{"école"}, []string{"ecole"}},
	}
	for _, test := range tests {
		all, err := newPatterns([]string{test.pattern})
		must(t, err)
		for _, path := range test.yes {
			if !all[0].match(path) {
				t.Errorf("%s does not match %s", test.pattern, path)
			}
		}
		for _, path := range test.not {
			if all[0].match(path) {
				t.Errorf("%s matches %s", test.pattern, path)
			}
		}
	}
}

func TestBadPatterns(t *testing.T) {
	for pattern, want := range map[string]string{"": "is empty", "/": "is empty", "[a": "not complete", "{a,b": "not complete", `a\`: "not complete"} {
		for _, o := range []Options{{Include: []string{pattern}}, {Exclude: []string{"ok", pattern}}} {
			if _, err := Open(nil, o); err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("%q gave the error %v, want one with %q", pattern, err, want)
			}
		}
	}
}

// told is a ledger in lines, with the numbers of what it counts.
func told(l Ledger) (lines []string) {
	for _, e := range l {
		lines = append(lines, strings.Join([]string{e.Path, e.Action(), e.Reason, e.Detail, strconv.Itoa(e.number())}, "|"))
	}
	return lines
}

func TestSelection(t *testing.T) {
	files := []string{"r/a.txt", "r/b.md", "r/drafts/c.txt", "r/drafts/d.md", "r/old/drafts/e.txt", "r/old/f.txt", "r/.git/g.txt", "s/a.txt"}
	tests := []struct {
		name         string
		named        []string
		options      Options
		want, ledger []string
	}{
		{
			name: "include", named: []string{"r"}, options: Options{Include: []string{"*.md"}},
			want:   []string{"r/b.md", "r/drafts/d.md"},
			ledger: []string{"r/.git|skipped|hidden||1", "*.md|skipped|" + NotIncluded + "||4"},
		}, {
			name: "exclude", named: []string{"r"}, options: Options{Exclude: []string{"*.txt", ".*"}},
			want:   []string{"r/b.md", "r/drafts/d.md"},
			ledger: []string{"*.txt|skipped|" + Excluded + "||4", ".*|skipped|" + ExcludedFolder + "||1"},
		}, {
			name: "a folder counts once", named: []string{"r"}, options: Options{Exclude: []string{".git", "drafts"}},
			want:   []string{"r/a.txt", "r/b.md", "r/old/f.txt"},
			ledger: []string{".git|skipped|" + ExcludedFolder + "||1", "drafts|skipped|" + ExcludedFolder + "||2"},
		}, {
			name: "files and folders by one pattern", named: []string{"r"}, options: Options{Exclude: []string{"[a-d]*", ".git"}},
			want:   []string{"r/old/f.txt"},
			ledger: []string{"[a-d]*|skipped|" + Excluded + "||2", "[a-d]*|skipped|" + ExcludedFolder + "||2", ".git|skipped|" + ExcludedFolder + "||1"},
		}, {
			name: "both", named: []string{"r"}, options: Options{Include: []string{"*.txt", "*.md"}, Exclude: []string{".git", "drafts/", "/b.*"}},
			want:   []string{"r/a.txt", "r/old/f.txt"},
			ledger: []string{".git|skipped|" + ExcludedFolder + "||1", "drafts/|skipped|" + ExcludedFolder + "||2", "/b.*|skipped|" + Excluded + "||1", "*.md|note|" + IdlePattern + "||1"},
		}, {
			name: "what matches nothing", named: []string{"s"}, options: Options{Include: []string{"*.tx", "a*"}, Exclude: []string{"*.lgo"}},
			want:   []string{"s/a.txt"},
			ledger: []string{"*.lgo|note|" + IdlePattern + "||1", "*.tx|note|" + IdlePattern + "||1"},
		}, {
			name: "files that were named", named: []string{"r/a.txt", "r/b.md", "s"}, options: Options{Include: []string{"*.txt"}},
			want:   []string{"r/a.txt", "s/a.txt"},
			ledger: []string{"*.txt|skipped|" + NotIncluded + "||1"},
		}, {
			name: "the folder that was named", named: []string{"r"}, options: Options{Exclude: []string{"r", "r/*", ".git"}},
			want:   []string{"r/a.txt", "r/b.md", "r/drafts/c.txt", "r/drafts/d.md", "r/old/drafts/e.txt", "r/old/f.txt"},
			ledger: []string{".git|skipped|" + ExcludedFolder + "||1", "r|note|" + IdlePattern + "||1", "r/*|note|" + IdlePattern + "||1"},
		}, {
			name: "hidden", named: []string{"r"}, options: Options{Hidden: true, Include: []string{"[a-g].txt"}},
			want:   []string{"r/.git/g.txt", "r/a.txt", "r/drafts/c.txt", "r/old/drafts/e.txt", "r/old/f.txt"},
			ledger: []string{"[a-g].txt|skipped|" + NotIncluded + "||2"},
		}, {
			name: "here", named: []string{"."}, options: Options{Hidden: true, Include: []string{"r/.git/*", "/s/**"}},
			want:   []string{"r/.git/g.txt", "s/a.txt"},
			ledger: []string{"r/.git/* /s/**|skipped|" + NotIncluded + "||6"},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			writeFiles(t, files...)
			c := open(t, test.options, test.named...)
			for range 2 { // the second time the ledger is the same
				equal(t, "documents", ids(gather(c)), test.want)
				equal(t, "ledger", told(c.Ledger()), test.ledger)
			}
		})
	}
}

// The folder is a label also where it begins with a dot.
func TestHiddenFolder(t *testing.T) {
	writeFiles(t, ".mail/x", "b/.old/y")
	equal(t, "folders", folders(gather(open(t, Options{Hidden: true}, "."))), []string{".mail", "b/.old"})
}
