package wholefile

import (
	"errors"
	"fmt"
	"hash/crc32"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"klew/corpus"
)

// part is a new file that is to take the place of another. Its name is that of the other and
//
//	.HOST-PID-N.part
//
// where HOST is a checksum of the machine's name, PID the number of the process, and N from 0 the first
// number that no part has. The process locks it until it is complete and at its place. A program that is
// killed leaves its part behind, and whoever next writes the same file removes it.
type part struct {
	*os.File
	free func() // ends the lock
}

// createBeside makes a part of the file at path, with the permissions that any new file gets.
func createBeside(path string) (*part, error) {
	removeLeft(path)
	for n := 0; ; n++ {
		f, err := os.OpenFile(partName(path, os.Getpid(), n), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
		switch {
		case err == nil:
			if free, ok := hold(f.Name()); ok {
				return &part{f, free}, nil
			}
			f.Close() // a program to which this one is not alive takes it away
		case !errors.Is(err, fs.ErrExist):
			return nil, corpus.Cause(err)
		}
	}
}

// finish syncs and closes, and returns the first error. The lock stays.
func (p *part) finish(err error) error {
	if err == nil {
		err = p.Sync()
	}
	if closing := p.Close(); err == nil {
		err = closing
	}
	return err
}

func partName(path string, pid, n int) string {
	host, _ := os.Hostname()
	return fmt.Sprintf("%s.%08x-%d-%d.part", path, crc32.ChecksumIEEE([]byte(host)), pid, n)
}

// removeLeft removes the parts of the file at path whose process, one of this machine, is gone. A part
// that is locked stays in any case: the process may be in a container, where others do not see it.
func removeLeft(path string) {
	names, begins := partsIn(filepath.Dir(path)), filepath.Base(path)+"."
	for _, name := range names {
		if !strings.HasPrefix(name, begins) {
			continue
		}
		name = filepath.Join(filepath.Dir(path), name)
		if pid, n, ok := partOf(name); ok && name == filepath.Clean(partName(path, pid, n)) {
			removeIfLeft(name, pid)
		}
	}
}

// partsIn are the names in a folder that end as those of parts do.
func partsIn(folder string) (names []string) {
	f, err := os.Open(folder)
	if err != nil {
		return nil
	}
	defer f.Close()
	for {
		some, err := f.Readdirnames(1024)
		for _, name := range some {
			if strings.HasSuffix(name, ".part") {
				names = append(names, name)
			}
		}
		if err != nil {
			return names
		}
	}
}

// partOf is what stands in the name of a part.
func partOf(name string) (pid, n int, ok bool) {
	fields := strings.Split(strings.TrimSuffix(name, ".part"), "-")
	if len(fields) < 3 {
		return 0, 0, false
	}
	pid, bad := strconv.Atoi(fields[len(fields)-2])
	n, worse := strconv.Atoi(fields[len(fields)-1])
	return pid, n, bad == nil && worse == nil && pid > 0
}
