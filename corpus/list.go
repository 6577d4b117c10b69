package corpus

import (
	"bytes"
	"fmt"
	"io"
)

const (
	// longestPath is the length from which a path of a list cannot be one: no system
	// takes any half as long. A list of one such line is no list.
	longestPath = 1 << 16
	// longestList is the size of the longest list of paths, in bytes.
	longestList = 1 << 30
)

// ReadPaths reads a list of paths, for Options.Listed: one on each line, or, if there is
// a NUL anywhere, as from "find -print0", one before each NUL. Blanks are part of a path;
// lines that are empty are passed over. A byte order mark is too.
func ReadPaths(r io.Reader) ([]string, error) {
	list, err := io.ReadAll(io.LimitReader(r, longestList+1))
	if err != nil {
		return nil, err
	}
	if len(list) > longestList {
		return nil, fmt.Errorf("the list is larger than 1 GiB")
	}
	list = bytes.TrimPrefix(list, []byte("\ufeff"))
	end, ending := []byte("\n"), []byte("\r")
	if bytes.IndexByte(list, 0) >= 0 {
		end, ending = []byte{0}, nil
	}
	paths := make([]string, 0, bytes.Count(list, end)+1)
	n := 0
	for line := range bytes.SplitSeq(list, end) {
		n++
		line = bytes.TrimSuffix(line, ending)
		if len(line) > longestPath {
			return nil, fmt.Errorf("line %d is %d bytes long, and no path; the list should hold one path a line", n, len(line))
		}
		if len(line) > 0 {
			paths = append(paths, string(line))
		}
	}
	return paths, nil
}
