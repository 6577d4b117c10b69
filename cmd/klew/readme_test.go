package main

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// readmes are the first page and the manual.
var readmes = []string{"../../README.md", "README.md"}

// The sessions in the README and in the manual are real: each command that stands there
// behind a $ is run, and must print what stands below it. With -update it is written anew.
func TestReadme(t *testing.T) {
	for _, name := range readmes {
		t.Run(name, func(t *testing.T) { runSession(t, name) })
	}
}

func runSession(t *testing.T, name string) {
	shell, err := exec.LookPath("sh")
	if err != nil {
		t.Skip("there is no shell here")
	}
	readme, err := filepath.Abs(name)
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(readme)
	if err != nil {
		t.Fatal(err)
	}
	examples, err := filepath.Abs("../../examples")
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	if err := os.Symlink(examples, "examples"); err != nil {
		t.Skip("this system has no links:", err)
	}
	steps := session(string(text))
	if len(steps) < 3 {
		t.Fatalf("only %d commands found", len(steps))
	}
	if *update {
		defer func() {
			if err := os.WriteFile(readme, text, 0o666); err != nil {
				t.Error(err)
			}
		}()
	}
	for _, s := range steps {
		got, err := exec.Command(shell, "-c", asOnTerminal(s.command)).CombinedOutput()
		if err != nil {
			t.Errorf("%s: %v", s.command, err)
		}
		if *update {
			old, anew := "$ "+s.command+"\n"+s.output, "$ "+s.command+"\n"+timing.ReplaceAllString(string(got), "in 0.0 s")
			text = bytes.Replace(text, []byte(old), []byte(anew), 1)
		} else if steady(string(got)) != steady(s.output) {
			t.Errorf("$ %s\ngot\n%s\nthe text has\n%s", s.command, got, s.output)
		}
	}
}

// step is a command with what it prints.
type step struct{ command, output string }

// session takes the commands out of the fenced blocks that begin with "$ ".
func session(text string) []step {
	var steps []step
	for i, block := range strings.Split(text, "```") {
		if i%2 == 0 || !strings.HasPrefix(block, "\n$ ") {
			continue
		}
		for _, part := range strings.Split(block[1:], "$ ")[1:] {
			command, output, _ := strings.Cut(part, "\n")
			steps = append(steps, step{command, output})
		}
	}
	return steps
}

// asOnTerminal makes a command print tables though its output goes to no terminal. klew view
// prints none.
func asOnTerminal(command string) string {
	last := command[strings.LastIndex(command, "|")+1:]
	if strings.Contains(last, "klew ") && !strings.Contains(last, ">") && !strings.Contains(last, "--format") && !strings.Contains(last, "klew view ") {
		return command + " --format table"
	}
	return command
}

var (
	timing = regexp.MustCompile(`in \d+\.\d s`)
	// What is said of a fit that takes long, on a machine that has other work.
	progress = regexp.MustCompile(`(?m)^klew: \w+: .* at most .* left\n`)
	digit6   = regexp.MustCompile(`(\.\d{3})\d{3}\b`)
)

// steady leaves out what differs from machine to machine: times, progress and last digits.
func steady(output string) string {
	return digit6.ReplaceAllString(timing.ReplaceAllString(progress.ReplaceAllString(output, ""), "in 0.0 s"), "$1")
}

// The program of the README compiles, as it stands there.
func TestReadmeProgram(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles a program")
	}
	tool, err := exec.LookPath("go")
	if err != nil {
		t.Skip("there is no go command here")
	}
	readme, err := os.ReadFile("../../README.md")
	must(t, err)
	_, rest, _ := strings.Cut(string(readme), "```go\n")
	program, _, found := strings.Cut(rest, "```")
	if !found {
		t.Fatal("the README has no program")
	}
	dir := t.TempDir()
	place, err := filepath.Abs("../../examples/readme/main.go")
	must(t, err)
	write(t, filepath.Join(dir, "main.go"), []byte(program))
	overlay, err := json.Marshal(map[string]any{"Replace": map[string]string{place: filepath.Join(dir, "main.go")}})
	must(t, err)
	write(t, filepath.Join(dir, "overlay.json"), overlay)
	c := exec.Command(tool, "build", "-overlay", filepath.Join(dir, "overlay.json"), "-o", filepath.Join(dir, "program"), "./examples/readme")
	c.Dir = "../.."
	if out, err := c.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}
