package vectorize

import (
	"bufio"
	"cmp"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
)

// tallyRun is the counts of the documents that one tally was given. Documents come to a tally
// in the order of their numbers, so that a run is sorted by itself: those in the file
// come first, then those that the tally still holds. Several are merged by taking the
// next document from whichever has it.
//
// In the file a document is its number, how many entries it has, and for each the
// tally's number of the term and the count, all as uvarints: some 4 bytes an entry, where
// memory takes 8.
type tallyRun struct {
	*tally
	room    Room
	most    int      // entries that the tally may hold
	file    *os.File // nil until that was not enough
	out     *bufio.Writer
	size    int64 // of the file
	spilled int   // documents in it
	number  []byte
	// rows holds the row of each of the tally's terms, once they are known.
	rows []int32
}

// spill writes what the tally holds to the file, once it is too much.
func (r *tallyRun) spill() error {
	if len(r.entries) <= r.most {
		return nil
	}
	if err := r.create(); err != nil {
		return fmt.Errorf("making room for counts in the folder %s: %w", r.room.folder(), err)
	}
	for _, d := range r.documents {
		r.uvarint(int(d.number))
		r.uvarint(int(d.size))
		for _, e := range d.of(r.entries) {
			r.uvarint(int(e.term))
			r.uvarint(int(e.count))
		}
	}
	r.spilled += len(r.documents)
	r.forget()
	if err := r.out.Flush(); err != nil {
		return fmt.Errorf("writing counts to the folder %s: %w", r.room.folder(), err)
	}
	return nil
}

// forget empties the tally of what has been written. The terms must not point to
// entries that will be those of other documents.
func (r *tallyRun) forget() {
	r.documents, r.entries = r.documents[:0], r.entries[:0]
	for i := range r.terms {
		r.terms[i].entry = -1
	}
}

func (r *tallyRun) create() (err error) {
	if r.file != nil {
		return nil
	}
	if r.file, err = os.CreateTemp(r.room.folder(), ".klew-counts-*"); err != nil {
		return err
	}
	// Where a file that is open can be removed it is gone whatever becomes of the
	// program; elsewhere this fails, and close removes it.
	os.Remove(r.file.Name())
	r.out = bufio.NewWriterSize(r.file, 1<<18)
	return nil
}

// uvarint writes a number. Flush has the error.
func (r *tallyRun) uvarint(n int) {
	r.number = binary.AppendUvarint(r.number[:0], uint64(n))
	r.size += int64(len(r.number))
	r.out.Write(r.number)
}

func (r *tallyRun) close() error {
	if r.file == nil {
		return nil
	}
	err := r.file.Close()
	os.Remove(r.file.Name())
	return err
}

// runs are the counts of a corpus as they were taken.
type runs []*tallyRun

func (all runs) close() error {
	var faults []error
	for _, r := range all {
		faults = append(faults, r.close())
	}
	return errors.Join(faults...)
}

// each merges the runs.
func (all runs) each(ctx context.Context, do func(document int, entries []entry) error) error {
	heads := make([]*runReader, len(all))
	for i, r := range all {
		heads[i] = r.read()
		if err := heads[i].next(); err != nil {
			return err
		}
	}
	for number := 0; ; number++ {
		head := headOf(heads, number)
		if head == nil {
			return nil
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := do(number, head.sorted()); err != nil {
			return err
		}
		if err := head.next(); err != nil {
			return err
		}
	}
}

// headOf is the reader that has come to a document, nil if none has it.
func headOf(heads []*runReader, number int) *runReader {
	for _, h := range heads {
		if h.number == number {
			return h
		}
	}
	return nil
}

// runReader goes through a run.
type runReader struct {
	run     *tallyRun
	in      *bufio.Reader
	spilled int // documents of the file that are left
	held    []tallyDocument
	number  int // of the document at hand, -1 at the end
	entries []entry
}

func (r *tallyRun) read() *runReader {
	reader := &runReader{run: r, spilled: r.spilled, held: r.documents}
	if r.file != nil {
		reader.in = bufio.NewReaderSize(io.NewSectionReader(r.file, 0, r.size), 1<<18)
	}
	return reader
}

// next goes to the next document.
func (r *runReader) next() error {
	r.number, r.entries = -1, r.entries[:0]
	switch {
	case r.spilled > 0:
		r.spilled--
		if err := r.fromFile(); err != nil {
			return fmt.Errorf("reading counts from the folder %s: %w", r.run.room.folder(), err)
		}
	case len(r.held) > 0:
		d := r.held[0]
		r.held = r.held[1:]
		r.number = int(d.number)
		r.entries = append(r.entries, d.of(r.run.entries)...)
	}
	return nil
}

func (r *runReader) fromFile() (err error) {
	number := func() int {
		n, fault := binary.ReadUvarint(r.in)
		err = cmp.Or(err, fault)
		return int(n)
	}
	r.number = number()
	for n := number(); n > 0 && err == nil; n-- {
		r.entries = append(r.entries, entry{int32(number()), int32(number())})
	}
	return err
}

// sorted are the entries of the document at hand by row.
func (r *runReader) sorted() []entry {
	for i := range r.entries {
		r.entries[i].term = r.run.rows[r.entries[i].term]
	}
	r.run.sort(r.entries)
	return r.entries
}

func (runs) limit() int { return math.MaxInt }
