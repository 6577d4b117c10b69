package remote

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
)

// Task does one kind of work: it reads frames up to io.EOF, and writes others. The request is the
// JSON of the frame KLEW, with whatever the task wants to know.
type Task func(ctx context.Context, request []byte, in *Reader, out *Writer) error

// Run holds one conversation. What goes wrong is told the caller in a frame ERR, and returned.
func Run(ctx context.Context, in io.Reader, out io.Writer, program string, tasks map[string]Task) error {
	to := bufio.NewWriterSize(out, 1<<16)
	w := NewWriter(to)
	err := serve(ctx, NewReader(bufio.NewReaderSize(in, 1<<16)), w, program, tasks)
	if err == nil {
		w.Write(Frame{Kind: KindEnd})
		return errors.Join(w.Err(), to.Flush())
	}
	w.Write(Frame{Kind: KindError, Data: []byte(err.Error())})
	return errors.Join(err, to.Flush())
}

// hello is what every request says.
type hello struct {
	Protocol int    `json:"protocol"`
	Task     string `json:"task"`
	Program  string `json:"program,omitempty"`
}

func serve(ctx context.Context, r *Reader, w *Writer, program string, tasks map[string]Task) error {
	first, err := r.Next()
	switch {
	case err == io.EOF:
		return fmt.Errorf("nothing was asked: the first frame says END, and must be %s", KindHello)
	case err != nil:
		return err
	case first.Kind != KindHello:
		return fmt.Errorf("the first frame is %q, and must be %s", first.Kind, KindHello)
	}
	request := bytes.Clone(first.Data)
	var asked hello
	if err := Parse(request, &asked); err != nil {
		return err
	}
	task, err := find(asked, tasks)
	if err != nil {
		return err
	}
	asked.Program = program
	w.Info(KindHello, asked)
	if err := task(ctx, request, r, w); err != nil {
		return fmt.Errorf("%s: %w", asked.Task, err)
	}
	return w.Err()
}

func find(asked hello, tasks map[string]Task) (Task, error) {
	if asked.Protocol != Protocol {
		return nil, fmt.Errorf("the other side speaks version %d of the protocol, and this worker %d: use a worker and a klew_spark.py of the same klew", asked.Protocol, Protocol)
	}
	if task := tasks[asked.Task]; task != nil {
		return task, nil
	}
	known := strings.Join(slices.Sorted(maps.Keys(tasks)), ", ")
	return nil, fmt.Errorf("this worker does not know the task %q, but %s; klew for Linux knows all tasks", asked.Task, known)
}

// Parse reads a request, or any other JSON of a frame.
func Parse(data []byte, to any) error {
	if err := json.Unmarshal(data, to); err != nil {
		return fmt.Errorf("the frame %s is no request: %w", KindHello, err)
	}
	return nil
}

// Info writes a value as a frame of JSON.
func (w *Writer) Info(kind string, value any) {
	data, err := json.Marshal(value)
	if err != nil {
		panic("remote: " + err.Error()) // they are plain values
	}
	w.Write(Frame{Kind: kind, Data: data})
}
