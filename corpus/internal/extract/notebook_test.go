package extract

import "testing"

// Of a notebook what people wrote is read, in whatever version, and not what programs printed.
func TestNotebook(t *testing.T) {
	for _, book := range []string{
		`{"cells":[{"cell_type":"markdown","source":["# Kelp\n","drifts *in*"]},{"cell_type":"code","source":"foam(3)","outputs":[{"text":["printed"]}]}],"nbformat":4}`,
		`{"worksheets":[{"cells":[{"cell_type":"markdown","source":"# Kelp\ndrifts *in*"},{"cell_type":"code","input":["foam(3)"],"outputs":[]}]}],"nbformat":3}`,
	} {
		if got, err := Notebook([]byte(book), 1000); err != nil || got.Body != "Kelp\n\ndrifts in\n\nfoam(3)" {
			t.Errorf("%q, %v", got.Body, err)
		}
	}
	for _, broken := range []string{"", "{}", `{"cells":[{"source":7}]}`, `{"cells":`} {
		if got, err := Notebook([]byte(broken), 1000); err == nil {
			t.Errorf("%q is read as %q", broken, got.Body)
		}
	}
	if _, err := Notebook([]byte(`{"cells":[]}`), 5); err == nil {
		t.Error("one larger than is allowed is read")
	}
}
