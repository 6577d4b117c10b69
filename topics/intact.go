package topics

import (
	"bufio"
	"errors"
	"io"
	"io/fs"
	"os"

	"klew/vectorize/sections"
)

// Intact reports whether the file at path is a model of which nothing is lost or changed, by the
// checksums of its sections: it keeps nothing of them, so that the largest model takes no memory. A file
// that is not there, or empty, is not intact. The error says that it cannot tell: the file cannot
// be read, is no model, or is one of a newer klew.
func Intact(path string) (bool, error) {
	f, err := os.Open(path)
	if err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return false, nil
		}
		return false, err
	}
	defer f.Close()
	if info, err := f.Stat(); err != nil || info.Size() == 0 {
		return false, err
	}
	return intact(f)
}

func intact(f *os.File) (bool, error) {
	r, err := sections.NewReader(bufio.NewReaderSize(f, 1<<16), magic, version)
	switch {
	case err == sections.ErrMagic:
		return false, ErrNotModel
	case err == sections.ErrTruncated:
		return false, nil
	case err != nil:
		return false, err
	}
	for err == nil {
		if _, _, err = r.Open(); err == nil {
			err = r.Check()
		}
	}
	if unreadable := (*fs.PathError)(nil); errors.As(err, &unreadable) {
		return false, err
	}
	return err == io.EOF, nil
}
