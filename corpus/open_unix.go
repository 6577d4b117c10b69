//go:build unix

package corpus

import (
	"io/fs"
	"os"
	"syscall"
)

// openFile opens a file to read it once. os.Open first tries whether the file can be waited for,
// as pipes and sockets can, which takes four calls of the system, and more time than reading a
// small file does.
func openFile(path string) (*os.File, error) {
	for {
		fd, err := syscall.Open(path, syscall.O_RDONLY|syscall.O_CLOEXEC, 0)
		if err == nil {
			return os.NewFile(uintptr(fd), path), nil
		} else if err != syscall.EINTR {
			return nil, &fs.PathError{Op: "open", Path: path, Err: err}
		}
	}
}
