package page

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"klew/topics/tables"
)

// Sweep is what klew sweep has found, as its file in the folder of the fits says it
// (tables.SweepSheet).
type Sweep struct {
	Version  int        `json:"klew_sweep"`
	Advice   string     `json:"advice"`
	Training int        `json:"training"`
	HeldOut  int        `json:"held_out"`
	Missing  int        `json:"missing"`
	Rows     []sweepRow `json:"sweep"`
	Fits     []sweepFit `json:"sweep_fits"`
}

// Documents is how many there were.
func (s *Sweep) Documents() int { return s.Training + s.HeldOut }

type sweepMeasures struct {
	Divergence *number `json:"divergence"`
	Perplexity *number `json:"perplexity"`
	NPMI       *number `json:"npmi"`
	CV         *number `json:"c_v"`
	Diversity  *number `json:"diversity"`
}

type sweepRow struct {
	Topics int `json:"topics"`
	sweepMeasures
	Stability *number `json:"stability"`
	Least     *number `json:"least"`
	Stable    *int    `json:"stable"`
	Seconds   number  `json:"seconds"`
	Advice    string  `json:"advice"`
}

type sweepFit struct {
	Topics int    `json:"topics"`
	Seed   uint64 `json:"seed"`
	sweepMeasures
	Iterations int    `json:"iterations"`
	Seconds    number `json:"seconds"`
}

// mostSweep is far above what a sweep can be: 10,000 fits have 2 MB.
const mostSweep = 64 << 20

// ReadSweep reads what is in the folder of a sweep.
func ReadSweep(folder string) (*Sweep, error) {
	path := filepath.Join(folder, tables.SweepFile)
	f, err := os.Open(path)
	if errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("reading the sweep in %s: there is no %s; klew sweep with -o %s writes it, and takes the fits that are there", folder, tables.SweepFile, folder)
	}
	if err != nil {
		return nil, fmt.Errorf("reading a sweep: %w", err)
	}
	defer f.Close()
	s, err := decodeSweep(io.LimitReader(f, mostSweep))
	if err != nil {
		return nil, fmt.Errorf("reading the sweep %s: %w; klew sweep with -o %s writes it again", path, err, folder)
	}
	return s, nil
}

func decodeSweep(from io.Reader) (*Sweep, error) {
	s := &Sweep{}
	d := json.NewDecoder(from)
	if err := d.Decode(s); err != nil {
		return nil, err
	}
	switch {
	case s.Version < 1:
		return nil, errors.New("this is not what klew sweep has written")
	case s.Version > 1:
		return nil, errors.New("a newer klew has written it")
	case len(s.Rows) == 0:
		return nil, errors.New("no number of topics has been fitted")
	}
	for i, row := range s.Rows {
		if row.Topics < 1 || i > 0 && row.Topics <= s.Rows[i-1].Topics {
			return nil, errors.New("the numbers of topics do not rise")
		}
	}
	return s, nil
}
