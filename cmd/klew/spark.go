package main

import (
	"bytes"
	"debug/elf"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/spf13/cobra"
	"klew/cmd/klew/internal/print"
	"klew/cmd/klew/internal/usage"
	"klew/topics/spark"
	"klew/topics/wholefile"
	"klew/vectorize/sections"
)

// sparkCommand is the command spark.
type sparkCommand struct {
	*print.Console
	worker string
}

func newSpark(p *print.Console) *cobra.Command {
	s := &sparkCommand{Console: p}
	c := &cobra.Command{
		Use:   "spark FOLDER",
		Short: "Write a program that finds the topics of texts on an Apache Spark cluster",
		Long: `Write what it takes to find the topics of texts on a cluster with Apache Spark 3.5 or 4, for
corpora that are too large for one machine. These files come into FOLDER:

  klew_spark.py    a program for spark-submit, which counts texts and fits topics to them
  klew             this program, which the driver runs
  klew-worker      the file of --worker, which executors run; without it they run klew

klew_spark.py calculates nothing itself. It gives texts, counts and topics to processes of klew
on the cluster, and takes what they answer. It reads Parquet, CSV, JSON lines, lines of text,
tables of the catalog, and files of all formats that klew reads, and counts words as klew fit
does. It begins with the topics of a sample, which the driver finds, and goes on with passes over
all documents; it prints D after each, and how many seconds it took. Under --output come

  documents/    Parquet: id, metadata (JSON), tokens, weights (tokens by topic)
  model.klew    the model, for klew topics, docs, info and all else; --model names another file
  work/         what the stages have made. The same command goes on from there after a failure,
                and with another -k it begins with the same counts. When done, it can go.

The result depends on the texts, their ids, the options and --shards. It does not depend on how
many executors there are, nor on which of them fail: on processors of one kind the topics are the
same, bit by bit.

Executors run Linux. Where this klew is for another system or processor than theirs, --worker
names one for them: klew for Linux, or klew-worker, which is small, and fits but does not count.
SPARK.md in the sources, beside the manual, says what machines it takes, and what to expect on
YARN, Kubernetes, EMR and Databricks.`,
		Example: `  klew spark job
  cd job
  spark-submit klew_spark.py fit --input s3://shop/reviews.parquet --text-column review \
      --id-column id -k 200 --output s3://shop/topics --model topics.klew
  klew topics topics.klew`,
		Args: usage.Args("FOLDER"),
		RunE: func(c *cobra.Command, args []string) error { return s.run(args[0]) },
	}
	c.Flags().StringVar(&s.worker, "worker", "", "a `program` for the executors: klew or klew-worker for Linux")
	return c
}

// run writes the files.
func (s *sparkCommand) run(folder string) error {
	own, err := os.Executable()
	if err != nil {
		return fmt.Errorf("finding this program's own file: %w", err)
	}
	if err := s.checkWorker(); err != nil {
		return err
	}
	if err := os.MkdirAll(folder, 0o777); err != nil {
		return fmt.Errorf("writing to %s: %w", folder, err)
	}
	program, klew, worker := filepath.Join(folder, spark.ProgramName), filepath.Join(folder, "klew"), filepath.Join(folder, "klew-worker")
	if err := s.write(program, bytes.NewReader(spark.Program), "#!/usr/bin/env python3\n\"\"\"Finds topics with klew"); err != nil {
		return err
	}
	if err := s.copy(own, klew); err != nil {
		return err
	}
	written := []string{program, klew}
	if s.worker != "" {
		if err := s.copy(s.worker, worker); err != nil {
			return err
		}
		written = append(written, worker)
	} else if _, err := os.Stat(worker); err == nil {
		s.Say("klew: %s is from an earlier call, and executors will run it; remove it if they are to run klew", worker)
	}
	s.Say("klew: wrote %s; run the first with spark-submit", strings.Join(written, ", "))
	return nil
}

// checkWorker wants a program that executors can run, and says which can.
func (s *sparkCommand) checkWorker() error {
	if s.worker == "" {
		if runtime.GOOS != "linux" {
			return usage.Mistake(fmt.Errorf("executors run Linux, and this klew is one for %s: name a klew for Linux with --worker", runtime.GOOS))
		}
		return nil
	}
	processor, err := processorOf(s.worker)
	if err != nil {
		return fmt.Errorf("--worker %s: %w", s.worker, err)
	}
	s.Say("klew: executors must have processors of the kind %s", processor)
	return nil
}

// copy writes a program that is there.
func (s *sparkCommand) copy(from, to string) error {
	f, err := os.Open(from)
	if err != nil {
		return fmt.Errorf("reading the program %s: %w", from, err)
	}
	defer f.Close()
	magic := make([]byte, 4)
	if _, err = io.ReadFull(f, magic); err == nil {
		_, err = f.Seek(0, io.SeekStart)
	}
	if err != nil {
		return fmt.Errorf("reading the program %s: %w", from, err)
	}
	return s.write(to, f, string(magic))
}

// write writes a program, whole or not at all, where there is none or an earlier one, which begins
// in the same way.
func (s *sparkCommand) write(path string, from io.Reader, begins string) error {
	if err := wholefile.Check(path, "program", func(path string) bool { return sections.Begins(path, begins) }); err != nil {
		return err
	}
	err := wholefile.Write(path, func(to io.Writer) error {
		_, err := io.Copy(to, from)
		return err
	})
	if err := errors.Join(err, os.Chmod(path, 0o755)); err != nil {
		return fmt.Errorf("writing %s: %w", path, err)
	}
	return nil
}

// processorOf says which processors run a program of Linux.
func processorOf(path string) (string, error) {
	f, err := elf.Open(path)
	var form *elf.FormatError
	none := err == io.EOF || err == io.ErrUnexpectedEOF || errors.As(err, &form)
	if err == nil {
		defer f.Close()
		none = f.Type != elf.ET_EXEC && f.Type != elf.ET_DYN
	}
	switch {
	case none:
		return "", errors.New("it is no program of Linux, which executors run")
	case err != nil:
		return "", err
	case f.Machine == elf.EM_X86_64:
		return "amd64 (x86-64)", nil
	case f.Machine == elf.EM_AARCH64:
		return "arm64 (aarch64)", nil
	}
	return f.Machine.String(), nil
}
