package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"klew/topics"
	"klew/vectorize"
)

// served is klew serve as a process, and a browser that has opened its address.
type served struct {
	*testing.T
	process *exec.Cmd
	base    string
	client  *http.Client
	said    *bytes.Buffer
}

func serve(t *testing.T, args ...string) *served {
	t.Helper()
	jar, _ := cookiejar.New(nil)
	s := &served{T: t, process: exec.Command("klew", append([]string{"serve"}, args...)...), client: &http.Client{Jar: jar}, said: &bytes.Buffer{}}
	s.process.Stderr = s.said
	out, err := s.process.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := s.process.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		s.process.Process.Kill()
		s.process.Wait()
	})
	address, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatalf("no address: %v\n%s", err, s.said)
	}
	s.base = address[:strings.Index(address, "/?")]
	if status, _ := s.get(strings.TrimSpace(address[len(s.base):])); status != http.StatusOK {
		t.Fatalf("the address is answered with %d", status)
	}
	return s
}

func (s *served) get(path string) (int, string) {
	answer, err := s.client.Get(s.base + path)
	return s.read(answer, err)
}

func (s *served) post(path, body string) (int, string) {
	answer, err := s.client.Post(s.base+path, "application/json", strings.NewReader(body))
	return s.read(answer, err)
}

// read is 0 if there is no answer.
func (s *served) read(answer *http.Response, err error) (int, string) {
	if err != nil {
		return 0, err.Error()
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		return 0, err.Error()
	}
	return answer.StatusCode, string(body)
}

// notes is a folder of texts with a link to one, and a model of it.
func notes(t *testing.T) (folder, model string) {
	t.Helper()
	folder, outside := filepath.Join(t.TempDir(), "notes"), filepath.Join(t.TempDir(), "outside.txt")
	must(t, os.MkdirAll(folder, 0o755))
	for i := range 12 {
		text := strings.Repeat([]string{"bees and honey in the hive. ", "a train at the station. "}[i%2], 3+i%4)
		must(t, os.WriteFile(filepath.Join(folder, fmt.Sprintf("%02d.txt", i)), []byte(text), 0o644))
	}
	must(t, os.WriteFile(outside, []byte("bees and a secret, honey"), 0o644))
	if err := os.Symlink(outside, filepath.Join(folder, "link.txt")); err != nil {
		t.Skip(err)
	}
	model = filepath.Join(t.TempDir(), "notes.klew")
	output(t, "fit", folder, "-k", "2", "-o", model, "-q")
	return folder, model
}

// klew serve prints an address, answers with texts, but for one behind a link that leads out of
// their folder, and ends with Ctrl-C.
func TestServe(t *testing.T) {
	t.Parallel()
	_, model := notes(t)
	m, err := topics.Load(model)
	must(t, err)
	link := slices.IndexFunc(m.Documents, func(d vectorize.Document) bool { return strings.HasSuffix(d.ID, "link.txt") })
	s := serve(t, model)
	for j := range m.Documents {
		status, text := s.get(fmt.Sprintf("/api/text/%d", j))
		if secret := strings.Contains(text, "secret"); secret || (status == http.StatusOK) == (j == link) {
			t.Errorf("%s: answered with %d %s", m.Documents[j].ID, status, text)
		}
	}
	if status, body := s.get("/api/search?q=secret"); status != http.StatusOK || strings.Contains(body, "a secret") {
		t.Errorf("what lies outside is found: %s", body)
	}
	status, body := s.post("/api/new", `{"name":"a.txt","raw":"YmVlcyBhbmQgaG9uZXk="}`)
	var got struct{ Proportions []float64 }
	if err := json.Unmarshal([]byte(body), &got); status != http.StatusOK || err != nil || len(got.Proportions) != 2 {
		t.Errorf("a new text: %d %s", status, body)
	}
	must(t, s.process.Process.Signal(os.Interrupt))
	if code := exitCode(t, s.process.Wait()); code != exitInterrupted || !strings.Contains(s.said.String(), "behind a link that leads out") {
		t.Errorf("exit code %d\n%s", code, s.said)
	}
}

// However the process ends during edits, the model's file is whole, and has every line that was
// answered for.
func TestServeKilled(t *testing.T) {
	t.Parallel()
	_, model := notes(t)
	version, answered := 0, 0
	for round := range 4 {
		s := serve(t, model)
		version = 0
		for n := 0; ; n++ {
			if n == 2+3*round {
				go s.process.Process.Kill() // while the next ones are made
			}
			status, body := s.post("/api/edit", fmt.Sprintf(`{"version":%d,"verb":"rename","topic":1,"text":"%d %d"}`, version, round, n))
			if status == 0 {
				break
			}
			if status != http.StatusOK {
				t.Fatalf("edit %d: %d %s", n, status, body)
			}
			version++
			answered++
		}
		s.process.Wait()
		m, err := topics.Load(model)
		if err != nil {
			t.Fatalf("after the kill: %v", err)
		}
		if n := len(m.Journal); n < answered || n > answered+1 {
			t.Errorf("%d edits were answered, and the journal has %d lines", answered, n)
		}
		answered = len(m.Journal) // the last may have been written, and not answered
		if _, err := m.Edited(); err != nil {
			t.Error(err)
		}
	}
}

// A server that others can reach wants to know by which name.
func TestServeMistakes(t *testing.T) {
	model := filepath.Join(t.TempDir(), "m.klew")
	must(t, handMade().Save(model))
	for _, args := range [][]string{{"--listen", "0.0.0.0:0"}, {"--listen", ":0"}, {"--listen", "192.0.2.1:0"}, {"--listen", "here"}, {"--allow-host", "*"}} {
		c := exec.Command("klew", append([]string{"serve", model}, args...)...)
		said, err := c.CombinedOutput()
		if code := exitCode(t, err); code != exitUsage {
			t.Errorf("%v: exit code %d\n%s", args, code, said)
		}
	}
}
