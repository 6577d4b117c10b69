package main

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"net"
	"os"
	"path"
	"path/filepath"
	"strings"

	"klew/cmd/klew/internal/lookup"
	"klew/cmd/klew/internal/print"
	"klew/cmd/klew/internal/usage"
	"klew/corpus"
	"klew/topics"
	"klew/topics/page"
	"klew/topics/page/server"

	"github.com/spf13/cobra"
)

// serveCommand is the command serve.
type serveCommand struct {
	*print.Console
	listen     string
	allowHosts []string
	readOnly   bool
	noTexts    bool
	name       string
	older      string
	sweep      string
	threads    int
}

func newServe(p *print.Console) *cobra.Command {
	s := &serveCommand{Console: p}
	c := &cobra.Command{
		Use:   "serve MODEL",
		Short: "Show the page to explore the topics live, with edits and new texts",
		Long: `Serve the page of klew view to a browser on this machine, live:

  - all texts are there, however large they are together, and are searched as a whole
  - a text that is pasted, or a file that is dropped, shows its topics, the topic of each of its
    words, and the documents that are most like it, as klew explain and klew similar print them
  - topics can be renamed, merged and dropped, words banned and pinned, with a look at what that
    does, and taken back: each is a line of the journal in MODEL, as of klew edit

With --compare the page also shows what became of the topics of another model in this one, and
with --sweep what klew sweep -o has found in that folder. What klew evaluate measures is found
out when the page is first asked for it, and again after an edit that changes it.

It prints an address to open. This works once, in one browser; who opens it a second time gets
nothing, and a new one is printed here. Ctrl-C ends it, with the exit code 130.

The texts are read again from where they were, before anything is shown. A link that leads out
of the folders of which the model was made is not followed. Up to 200 MB of texts are kept in
memory; of more a copy with an index is kept in the user's cache folder, one for each MODEL: an
older one is removed, and so is one that was not used for 90 days. Where none can be written,
each question reads all texts again. Without texts, all else is
there, and the page says why.

MODEL is written whole or not at all. If klew edit changes it meanwhile, the page shows it so
when it is next looked at, and an edit of what it was before is refused. If another model takes
its place, or it is removed, the page stays as it was, and says that nothing can be changed.

With --listen others can reach it, by the names that --allow-host gives. What they send and get
can then be read on the way, the texts among it, unless a tunnel or a proxy encrypts it.`,
		Example: `  klew serve notes.klew
  klew serve notes.klew --read-only
  klew serve new.klew --compare old.klew                 what became of the old topics
  klew serve notes.klew --listen 127.0.0.1:8080          always the same port
  klew serve notes.klew --listen :8080 --allow-host pc7.example.org --read-only`,
		Args: usage.Args("MODEL"),
		RunE: func(c *cobra.Command, args []string) error { return s.run(c.Context(), args[0]) },
	}
	flags := c.Flags()
	flags.StringVar(&s.listen, "listen", "127.0.0.1:0", "the `address` to listen at; port 0 is one that is free")
	flags.StringSliceVar(&s.allowHosts, "allow-host", nil, "answer also to this `name`, as browsers have it in the address")
	flags.BoolVar(&s.readOnly, "read-only", false, "refuse to change the model")
	flags.BoolVar(&s.noTexts, "no-texts", false, "do not read the texts, and show none")
	flags.StringVar(&s.name, "name", "", "call the page by this `name` (default that of the model's file)")
	flags.StringVar(&s.sweep, "sweep", "", "show what klew sweep has found, too, in this `folder`")
	flags.StringVar(&s.older, "compare", "", "show what became of the topics of this other `model`, too")
	usage.Threads(c, &s.threads)
	return c
}

func (s *serveCommand) run(ctx context.Context, model string) error {
	if err := s.check(); err != nil {
		return err
	}
	m, err := lookup.Model(model)
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", s.listen)
	if err != nil {
		return fmt.Errorf("listening at %s: %w", s.listen, err)
	}
	defer listener.Close()
	o := server.Options{Name: s.name, ReadOnly: s.readOnly, AllowHosts: s.allowHosts, Read: s.read, Threads: s.threads}
	o.Say = func(line string) { s.Say("klew: %s", line) }
	if o.Name == "" {
		o.Name = lookup.NameOf(model)
	}
	if o.Older, o.OlderName, err = lookup.Older(s.older); err != nil {
		return err
	}
	if s.sweep != "" {
		if o.Sweep, err = page.ReadSweep(s.sweep); err != nil {
			return err
		}
	}
	if o.Texts, o.Why, err = s.texts(ctx, m, model); err != nil {
		return err
	}
	live, err := server.New(model, o)
	if err != nil {
		return err
	}
	ready := func(address string) {
		fmt.Fprintln(s.Out, address)
		s.Say("klew: open this address in a browser; Ctrl-C ends klew serve")
	}
	if err := live.Serve(ctx, listener, ready); err != nil {
		return err
	}
	return usage.ErrInterrupted
}

// check refuses an address that other machines can reach unless --allow-host says by which names
// they ask for it: else a page of any site whose name leads here could read the texts.
func (s *serveCommand) check() error {
	host, _, err := net.SplitHostPort(s.listen)
	if err != nil {
		return usage.Mistakef("--listen %s: must be an address and a port, such as 127.0.0.1:8080", s.listen)
	}
	for _, name := range s.allowHosts {
		if name == "" || strings.ContainsAny(name, "/ *") {
			return usage.Mistakef("--allow-host %q: must be one name, such as pc7.example.org", name)
		}
	}
	if ip := net.ParseIP(host); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		if len(s.allowHosts) == 0 {
			return usage.Mistakef("--listen %s: others can reach that; --allow-host says by which name they may", s.listen)
		}
		s.Say("klew: others can reach %s, and nothing is encrypted on the way", s.listen)
	}
	return nil
}

// texts makes the texts ready, or says why there are none.
func (s *serveCommand) texts(ctx context.Context, m *topics.Model, model string) (texts server.Texts, why string, err error) {
	if s.noTexts {
		return nil, "klew serve was started with --no-texts.", nil
	}
	if _, err := lookup.RereadWithin(m, s.threads); err != nil {
		s.Say("klew: %v; the page will be without them", err)
		if m.OfMatrix() {
			return nil, "The model was made of a matrix, which has no texts.", nil
		}
		return nil, "The texts were not there when klew serve was started.", nil
	}
	cache := server.Cache{Model: model}
	if folder, err := os.UserCacheDir(); err == nil {
		cache.Folder = filepath.Join(folder, "klew")
	}
	reading := s.Begin("reading the texts again", len(m.Documents))
	texts, told, err := server.Gather(ctx, m, s.reading(m, reading), server.MostInMemory, cache)
	reading.End()
	if err != nil {
		return nil, "", err
	}
	if told != "" {
		s.Say("klew: %s", told)
	}
	if n := len(m.Documents) - texts.Len(); n > 0 {
		s.Say("klew: the texts of %s are not there any more, have changed, or lie behind a link that leads out of the model's folders", print.Count(n, "document"))
	}
	return texts, "", nil
}

// reading reads all texts each time, with progress the first time.
func (s *serveCommand) reading(m *topics.Model, first *print.Stage) server.Source {
	return func(ctx context.Context) iter.Seq2[int, string] {
		progress := first
		first = nil
		return func(yield func(int, string) bool) {
			again, err := lookup.RereadWithin(m, s.threads)
			if err != nil {
				return // the texts were there, and are not any more
			}
			for j, d := range again.All(ctx) {
				if progress != nil {
					progress.Set(again.Found, "documents")
				}
				if !yield(j, d.Text) {
					return
				}
			}
		}
	}
}

// read makes a document of what was pasted or dropped.
func (s *serveCommand) read(ctx context.Context, m *topics.Model, name string, raw []byte) (corpus.Document, error) {
	if len(raw) == 0 {
		return corpus.Document{}, errors.New("the text is empty")
	}
	quiet := &print.Console{In: s.In, Out: s.Out, Err: s.Err, Quiet: true}
	base := path.Base(filepath.ToSlash(print.Printable(name)))
	if name == "" || base == "-" || strings.Trim(base, "./") == "" {
		base = "text"
	}
	return lookup.NewText(ctx, quiet, m, base, raw)
}
