package source

import (
	"bytes"
	"errors"
	"io"
	"testing"
	"testing/iotest"
)

// What is read ahead is what there is, however the reader parts it, and the error comes after it.
func TestAhead(t *testing.T) {
	broken := errors.New("broken")
	for _, size := range []int{0, 1, chunkSize - 1, chunkSize, chunkSize + 1, 9*chunkSize + 7} {
		whole := make([]byte, size)
		for i := range whole {
			whole[i] = byte(i * 31 >> 3)
		}
		for name, from := range map[string]io.Reader{
			"at once":     bytes.NewReader(whole),
			"by halves":   iotest.HalfReader(bytes.NewReader(whole)),
			"with EOF":    iotest.DataErrReader(bytes.NewReader(whole)),
			"then broken": io.MultiReader(bytes.NewReader(whole), iotest.ErrReader(broken)),
		} {
			a := newAhead()
			go a.fill(from)
			got, err := io.ReadAll(a)
			want := map[bool]error{true: broken}[name == "then broken"]
			if !bytes.Equal(got, whole) || err != want {
				t.Errorf("%s, %d bytes: got %d and %v", name, size, len(got), err)
			}
			if _, again := a.Read(make([]byte, 1)); again == nil {
				t.Errorf("%s, %d bytes: no error after the end", name, size)
			}
		}
	}
}

// stop ends what nobody takes any more.
func TestAheadStops(t *testing.T) {
	a, ended := newAhead(), make(chan struct{})
	go func() {
		a.fill(endless{})
		close(ended)
	}()
	if _, err := a.Read(make([]byte, 10)); err != nil {
		t.Fatal(err)
	}
	a.stop()
	<-ended
}

type endless struct{}

func (endless) Read(to []byte) (int, error) { return len(to), nil }
