package main

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A wheel holds the program where pip puts programs from, may be run, and has a line in
// RECORD for every file; the same binary gives the same bytes.
func TestWheel(t *testing.T) {
	t.Chdir("../../../..")
	dir := t.TempDir()
	binary := filepath.Join(dir, "klew")
	program := strings.Repeat("not a program, but as long\n", 1000)
	if err := os.WriteFile(binary, []byte(program), 0o777); err != nil {
		t.Fatal(err)
	}
	first, again := wheelOf(t, dir, binary), wheelOf(t, dir, binary)
	if !bytes.Equal(first, again) {
		t.Error("twice made, other bytes")
	}
	z, err := zip.NewReader(bytes.NewReader(first), int64(len(first)))
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		files[f.Name] = string(text)
		if runs := f.Mode()&0o111 != 0; runs != strings.Contains(f.Name, "/scripts/") {
			t.Errorf("%s: mode %v", f.Name, f.Mode())
		}
	}
	if files["klew-1.2.3.data/scripts/klew"] != program {
		t.Error("the program is not in it")
	}
	lines, err := csv.NewReader(strings.NewReader(files["klew-1.2.3.dist-info/RECORD"])).ReadAll()
	if err != nil || len(lines) != len(files) {
		t.Errorf("%d lines in RECORD for %d files (%v)", len(lines), len(files), err)
	}
	for _, line := range lines {
		if _, ok := files[line[0]]; !ok || (line[1] == "") != strings.HasSuffix(line[0], "RECORD") {
			t.Errorf("RECORD has %q", line)
		}
	}
}

func wheelOf(t *testing.T, dir, binary string) []byte {
	t.Helper()
	name, err := targets[0].wheel(dir, "1.2.3", binary)
	if err != nil {
		t.Fatal(err)
	}
	if base := filepath.Base(name); base != "klew-1.2.3-py3-none-manylinux_2_17_x86_64.manylinux2014_x86_64.musllinux_1_1_x86_64.whl" {
		t.Errorf("called %s", base)
	}
	content, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return content
}
