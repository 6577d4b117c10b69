// Command release builds what users of klew install: static binaries for six systems, a worker
// for clusters of Linux, their checksums, and wheels, the packages of Python's pip, which carry
// the same binaries. "make release" and "make wheel" run it. The same source and compiler give the
// same bytes.
package main

import (
	"crypto/sha256"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
)

// mostBinary is the size that a binary may have, in bytes: people download it. It is 36 to 38 MB,
// unless a dependency has the linker keep all methods of all types (reflect.Value.MethodByName
// with a name that is not a constant): then it is 43 MB and more.
const mostBinary = 41_000_000

// mostWorker is that of the worker for clusters: 3 MB.
const mostWorker = 4_000_000

// target is a system that binaries are built for. Its tags are those of the platforms in a
// wheel's name (packaging.python.org, "Platform compatibility tags"): a static binary runs
// with any C library of Linux, and Go 1.26 wants macOS 12.
type target struct {
	system, processor string
	tags              []string
}

var targets = []target{
	{"linux", "amd64", []string{"manylinux_2_17_x86_64", "manylinux2014_x86_64", "musllinux_1_1_x86_64"}},
	{"linux", "arm64", []string{"manylinux_2_17_aarch64", "manylinux2014_aarch64", "musllinux_1_1_aarch64"}},
	{"darwin", "amd64", []string{"macosx_12_0_x86_64"}},
	{"darwin", "arm64", []string{"macosx_12_0_arm64"}},
	{"windows", "amd64", []string{"win_amd64"}},
	{"windows", "arm64", []string{"win_arm64"}},
}

func main() {
	out := flag.String("o", "dist", "the `folder` to write to")
	wheels := flag.Bool("wheels", false, "make wheels of the binaries as well")
	native := flag.Bool("native", false, "build for this machine alone")
	flag.Parse()
	if err := release(*out, *wheels, *native); err != nil {
		fmt.Fprintln(os.Stderr, "release:", err)
		os.Exit(1)
	}
}

// release builds for all systems, or for this one alone, and writes the checksums.
func release(out string, wheels, native bool) error {
	version, err := askVersion()
	if err != nil {
		return err
	}
	if err := os.MkdirAll(out, 0o777); err != nil {
		return err
	}
	var sums strings.Builder
	for _, t := range targets {
		if native && (t.system != runtime.GOOS || t.processor != runtime.GOARCH) {
			continue
		}
		files, err := t.files(out, version, wheels)
		if err != nil {
			return fmt.Errorf("building for %s/%s: %w", t.system, t.processor, err)
		}
		for _, file := range files {
			if err := addSum(&sums, file); err != nil {
				return err
			}
		}
	}
	return os.WriteFile(filepath.Join(out, "SHA256SUMS"), []byte(sums.String()), 0o666)
}

// askVersion asks klew itself.
func askVersion() (string, error) {
	said, err := exec.Command("go", "run", "./cmd/klew", "--version").Output()
	if err != nil {
		return "", fmt.Errorf("asking klew for its version (run this from the top of the repository): %w", err)
	}
	fields := strings.Fields(string(said))
	if len(fields) == 0 {
		return "", fmt.Errorf("klew --version printed nothing")
	}
	return fields[len(fields)-1], nil
}

// files builds the binary for a target, and its wheel.
func (t target) files(out, version string, wheel bool) ([]string, error) {
	binary := filepath.Join(out, fmt.Sprintf("klew-%s-%s-%s%s", version, t.system, t.processor, t.suffix()))
	if err := t.build(binary, "./cmd/klew", mostBinary); err != nil {
		return nil, err
	}
	files := []string{binary}
	if t.system == "linux" { // as clusters are
		worker := filepath.Join(out, fmt.Sprintf("klew-worker-%s-%s-%s", version, t.system, t.processor))
		if err := t.build(worker, "./cmd/klew-worker", mostWorker); err != nil {
			return nil, err
		}
		files = append(files, worker)
	}
	if wheel {
		name, err := t.wheel(out, version, binary)
		if err != nil {
			return nil, err
		}
		files = append(files, name)
	}
	return files, nil
}

func (t target) suffix() string {
	if t.system == "windows" {
		return ".exe"
	}
	return ""
}

// build makes a binary of a program without cgo, paths of this machine, symbols and debug
// information.
func (t target) build(binary, program string, most int64) error {
	c := exec.Command("go", "build", "-trimpath", "-ldflags", "-s -w -buildid=", "-o", binary, program)
	c.Env = append(os.Environ(), "CGO_ENABLED=0", "GOOS="+t.system, "GOARCH="+t.processor)
	c.Stderr = os.Stderr
	if err := c.Run(); err != nil {
		return err
	}
	info, err := os.Stat(binary)
	if err != nil {
		return err
	}
	fmt.Printf("%s  %.1f MB\n", binary, float64(info.Size())/1e6)
	if info.Size() > most {
		return fmt.Errorf("%s has %d bytes, and %d are the most", binary, info.Size(), most)
	}
	return nil
}

// addSum adds a line as sha256sum writes it, and reads it with --check.
func addSum(sums *strings.Builder, file string) error {
	content, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	fmt.Fprintf(sums, "%x  %s\n", sha256.Sum256(content), filepath.Base(file))
	return nil
}
