package print

import (
	"fmt"
	"io"

	"klew/cmd/klew/internal/usage"
	"klew/topics/picture"
	"klew/topics/wholefile"
)

// CheckPicture finds out before the work whether a picture could be saved at path, if it names
// one.
func CheckPicture(path string) error {
	if path == "" {
		return nil
	}
	if _, err := picture.FormatOf(path); err != nil {
		return usage.Mistakef("--plot %w", err)
	}
	return wholefile.Check(path, "picture", picture.IsPicture)
}

// SavePicture writes a picture in the format of which the name has the ending.
func SavePicture(to *Console, f *picture.Figure, path string) error {
	format, err := picture.FormatOf(path)
	if err != nil {
		return err
	}
	if err := wholefile.Write(path, func(to io.Writer) error { return f.Write(to, format) }); err != nil {
		return fmt.Errorf("saving the picture to %s: %w", path, err)
	}
	to.Say("klew: saved the picture to %s", path)
	return nil
}
