package server

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
)

// handler answers a request with a value, as JSON.
type handler func(r *http.Request) (any, error)

// fault is an error with the status of the answer.
type fault struct {
	status int
	error
}

func faultf(status int, format string, args ...any) error {
	return fault{status, fmt.Errorf(format, args...)}
}

// answer writes what a handler returns. A fault is an object with a sentence for people.
func answer(do handler) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		r.Body = http.MaxBytesReader(w, r.Body, mostBody)
		value, err := do(r)
		status := http.StatusOK
		if err != nil {
			status = http.StatusInternalServerError
			var known fault
			if errors.As(err, &known) {
				status = known.status
			}
			value = map[string]string{"error": err.Error()}
		}
		var out bytes.Buffer
		e := json.NewEncoder(&out)
		e.SetEscapeHTML(false)
		if err := e.Encode(value); err != nil {
			panic("server: " + err.Error()) // the values are ours
		}
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Content-Length", strconv.Itoa(out.Len()))
		w.WriteHeader(status)
		w.Write(out.Bytes()) // whoever has gone away needs no answer
	}
}

// read reads the object that a request sends.
func read(r *http.Request, to any) error {
	d := json.NewDecoder(r.Body)
	d.DisallowUnknownFields()
	err := d.Decode(to)
	if err == nil && d.More() {
		err = errors.New("more than one object")
	}
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		return faultf(http.StatusRequestEntityTooLarge, "this is more than %d MB: use klew infer for what is so large", mostBody>>20)
	case err != nil:
		return faultf(http.StatusBadRequest, "this is not what the page sends: %w", err)
	}
	return nil
}

// number is a number in the path of a request, from 0 to below n.
func number(r *http.Request, name, what string, n int) (int, error) {
	i, err := strconv.Atoi(r.PathValue(name))
	if err != nil || i < 0 || i >= n {
		return 0, faultf(http.StatusNotFound, "there is no %s %q", what, r.PathValue(name))
	}
	return i, nil
}
