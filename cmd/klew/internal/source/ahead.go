package source

import "io"

// ahead reads in one goroutine what is taken in another. Through io.Pipe each hand-over waits for the
// other side: unpacking and taking apart newsgroups.mtx.gz then took as long as one after the other.
type ahead struct {
	chunks  chan chunk
	stopped chan struct{} // closed once nothing more will be taken
	now     chunk         // what is left of the chunk at hand
}

// chunk is some bytes, and the error that came after them.
type chunk struct {
	data []byte
	err  error
}

// chunkSize and chunksAhead bound what is read before it is taken.
const (
	chunkSize   = 1 << 18
	chunksAhead = 4
)

func newAhead() *ahead {
	return &ahead{chunks: make(chan chunk, chunksAhead), stopped: make(chan struct{})}
}

// fill reads to the end, or until stop.
func (a *ahead) fill(from io.Reader) {
	for next := (chunk{}); next.err == nil; {
		next = readChunk(from)
		next.err = damaged(next.err)
		select {
		case a.chunks <- next:
		case <-a.stopped:
			return
		}
	}
}

func readChunk(from io.Reader) (c chunk) {
	buffer := make([]byte, chunkSize)
	held := 0
	for n := 0; held < len(buffer) && c.err == nil; held += n {
		n, c.err = from.Read(buffer[held:])
	}
	c.data = buffer[:held]
	return c
}

// Read is part of io.Reader.
func (a *ahead) Read(to []byte) (int, error) {
	for len(a.now.data) == 0 {
		if a.now.err != nil {
			return 0, a.now.err
		}
		a.now = <-a.chunks
	}
	n := copy(to, a.now.data)
	a.now.data = a.now.data[n:]
	return n, nil
}

// stop says that nothing more will be taken.
func (a *ahead) stop() { close(a.stopped) }
