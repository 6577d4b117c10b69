package remote

import (
	"fmt"
	"io"
)

// Whole puts the parts of a long thing together.
type Whole struct {
	Data  []byte
	first Frame // that of part 0, without its data
	parts int
}

// Add adds the next part.
func (w *Whole) Add(f Frame) error {
	switch {
	case f.Part != w.parts:
		return fmt.Errorf("part %d of %q comes after %d parts: parts are missing, or out of order", f.Part, f.Kind, w.parts)
	case w.parts == 0:
		w.first = Frame{Kind: f.Kind, Key: f.Key}
	case f.Kind != w.first.Kind || f.Key != w.first.Key:
		return fmt.Errorf("part %d of %q %d goes on as one of %q %d", f.Part, w.first.Kind, w.first.Key, f.Kind, f.Key)
	}
	w.parts++
	w.Data = append(w.Data, f.Data...)
	return nil
}

// Begun says whether any part has come.
func (w *Whole) Begun() bool { return w.parts > 0 }

// Each gives each frame to what its kind stands for, until the END.
func (r *Reader) Each(take map[string]func(Frame) error) error {
	for {
		f, err := r.Next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		do := take[f.Kind]
		if do == nil {
			return fmt.Errorf("a frame %q is of no use here", f.Kind)
		}
		if err := do(f); err != nil {
			return fmt.Errorf("%s %d: %w", f.Kind, f.Key, err)
		}
	}
}
