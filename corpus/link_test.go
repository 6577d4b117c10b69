package corpus

import (
	"os"
	"testing"
)

// writeLinks makes symbolic links; each pair is a link and where it leads.
func writeLinks(t *testing.T, links [][2]string) {
	t.Helper()
	for _, link := range links {
		if err := os.Symlink(link[1], link[0]); err != nil {
			t.Skip("no symbolic links here: ", err)
		}
	}
}

func TestLinks(t *testing.T) {
	tests := []struct {
		name                 string
		files                []string
		links                [][2]string
		named, want, skipped []string
	}{
		{
			name:  "to a file",
			files: []string{"r/x", "elsewhere/y"},
			links: [][2]string{{"r/link", "../elsewhere/y"}},
			named: []string{"r"},
			want:  []string{"r/link", "r/x"},
		}, {
			name:  "to a folder elsewhere",
			files: []string{"r/x", "elsewhere/y/z"},
			links: [][2]string{{"r/link", "../elsewhere"}},
			named: []string{"r"},
			want:  []string{"r/link/y/z", "r/x"},
		}, {
			name:    "to a folder that is found anyway, where it lies",
			files:   []string{"r/z/x"},
			links:   [][2]string{{"r/a", "z"}},
			named:   []string{"r"},
			want:    []string{"r/z/x"},
			skipped: []string{"r/a: " + Repeated},
		}, {
			name:    "two to one folder",
			files:   []string{"r/", "elsewhere/x"},
			links:   [][2]string{{"r/a", "../elsewhere"}, {"r/b", "../elsewhere"}},
			named:   []string{"r"},
			want:    []string{"r/a/x"},
			skipped: []string{"r/b: " + Repeated},
		}, {
			name:    "to nothing",
			files:   []string{"r/x"},
			links:   [][2]string{{"r/broken", "nowhere"}},
			named:   []string{"r"},
			want:    []string{"r/x"},
			skipped: []string{"r/broken: " + BrokenLink},
		}, {
			name:    "to itself",
			files:   []string{"r/x"},
			links:   [][2]string{{"r/self", "self"}},
			named:   []string{"r"},
			want:    []string{"r/x"},
			skipped: []string{"r/self: " + BrokenLink},
		}, {
			name:    "to its own folder",
			files:   []string{"r/x"},
			links:   [][2]string{{"r/loop", "."}},
			named:   []string{"r"},
			want:    []string{"r/x"},
			skipped: []string{"r/loop: " + Repeated},
		}, {
			name:    "to the root from below",
			files:   []string{"r/sub/x"},
			links:   [][2]string{{"r/sub/loop", "../../r"}},
			named:   []string{"r"},
			want:    []string{"r/sub/x"},
			skipped: []string{"r/sub/loop: " + Repeated},
		}, {
			// What lies beside the root is found through the link; the root is not
			// found again in it.
			name:    "to above the root",
			files:   []string{"top/r/x", "top/beside"},
			links:   [][2]string{{"top/r/up", ".."}},
			named:   []string{"top/r"},
			want:    []string{"top/r/up/beside", "top/r/x"},
			skipped: []string{"top/r/up/r: " + Repeated},
		}, {
			name:    "from two folders to each other",
			files:   []string{"r/x", "one/x", "two/x"},
			links:   [][2]string{{"r/in", "../one"}, {"one/out", "../two"}, {"two/back", "../one"}},
			named:   []string{"r"},
			want:    []string{"r/in/out/x", "r/in/x", "r/x"},
			skipped: []string{"r/in/out/back: " + Repeated},
		}, {
			name:    "hidden ones are not followed",
			files:   []string{"r/x", "elsewhere/y"},
			links:   [][2]string{{"r/.link", "../elsewhere"}, {"r/.broken", "nowhere"}},
			named:   []string{"r"},
			want:    []string{"r/x"},
			skipped: []string{"r/.broken: " + Hidden, "r/.link: " + Hidden},
		}, {
			name:  "named",
			files: []string{"elsewhere/x"},
			links: [][2]string{{"link", "elsewhere"}},
			named: []string{"link"},
			want:  []string{"link/x"},
		}, {
			name:    "named after the folder itself",
			files:   []string{"elsewhere/x"},
			links:   [][2]string{{"link", "elsewhere"}},
			named:   []string{"elsewhere", "link"},
			want:    []string{"elsewhere/x"},
			skipped: []string{"link: " + Repeated},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			writeFiles(t, test.files...)
			writeLinks(t, test.links)
			c := open(t, Options{}, test.named...)
			equal(t, "documents", ids(gather(c)), test.want)
			equal(t, "ledger", skips(c.Ledger()), test.skipped)
		})
	}
}

// A file that is reached through a link is labelled by where the user found it, not by
// where it lies.
func TestLinkFolder(t *testing.T) {
	writeFiles(t, "r/", "elsewhere/deep/x")
	writeLinks(t, [][2]string{{"r/label", "../elsewhere"}})
	documents := gather(open(t, Options{}, "r"))
	equal(t, "folders", folders(documents), []string{"label/deep"})
}

// A link that a pattern leaves out is counted as what it leads to; one that leads nowhere, as a file.
func TestExcludedLinks(t *testing.T) {
	writeFiles(t, "r/x", "elsewhere/y", "z")
	writeLinks(t, [][2]string{{"r/link1", "../elsewhere"}, {"r/link2", "../z"}, {"r/link3", "nowhere"}})
	c := open(t, Options{Exclude: []string{"link?"}}, "r")
	equal(t, "documents", ids(gather(c)), []string{"r/x"})
	equal(t, "ledger", told(c.Ledger()), []string{"link?|skipped|" + Excluded + "||2", "link?|skipped|" + ExcludedFolder + "||1"})
}

// A named path that is a broken link does not exist.
func TestNamedBrokenLink(t *testing.T) {
	writeFiles(t)
	writeLinks(t, [][2]string{{"broken", "nowhere"}})
	if c, err := Open([]string{"broken"}, Options{}); err == nil {
		t.Errorf("Open found %v", gather(c))
	}
}
