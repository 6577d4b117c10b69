package server

import (
	"bytes"
	"net/http"
	"strconv"
)

func (s *Server) getPage(w http.ResponseWriter, _ *http.Request) {
	var out bytes.Buffer
	if err := s.state.now().page.WriteLive(&out); err != nil {
		refuse(w, http.StatusInternalServerError, err.Error())
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Write(out.Bytes())
}

// getData answers with a block of the page by the version in which it was made, packed: the browser
// unpacks it. One that there is not any more is gone, and the page begins again.
func (s *Server) getData(w http.ResponseWriter, r *http.Request) {
	now := s.state.now()
	block, known := now.blocks[r.PathValue("name")]
	switch version, err := strconv.Atoi(r.PathValue("version")); {
	case !known || err != nil:
		refuse(w, http.StatusNotFound, "There is no such data.")
		return
	case version != block.version:
		refuse(w, http.StatusConflict, "The model was changed meanwhile.")
		return
	}
	data, err := block.make()
	switch {
	case err != nil:
		refuse(w, http.StatusInternalServerError, err.Error())
	case data == nil:
		w.WriteHeader(http.StatusNoContent)
	default:
		w.Header().Set("Content-Type", "application/octet-stream")
		w.Header().Set("Content-Encoding", "gzip")
		w.Header().Set("Content-Length", strconv.Itoa(len(data)))
		w.Write(data)
	}
}
