package server

import (
	"crypto/rand"
	"crypto/subtle"
	"mime"
	"net"
	"net/http"
	"strings"
	"sync"
)

// guard lets through what comes from the page, in the browser that has opened the address.
type guard struct {
	hosts   map[string]bool // as the Host of a request has them, with the port where there is one
	cookie  string          // its name: cookies of one host are shared by all of its ports
	session string
	origins *http.CrossOriginProtection
	renewed func(token string)

	mu    sync.Mutex
	token string // that has not been used; empty if it has
}

func newGuard(hosts []string, port string, renewed func(token string)) *guard {
	g := &guard{hosts: map[string]bool{}, cookie: "klew-" + port, session: rand.Text(), origins: http.NewCrossOriginProtection(), renewed: renewed, token: rand.Text()}
	for _, host := range hosts {
		g.hosts[strings.ToLower(host)] = true
	}
	return g
}

// hostsOf are the names by which a server may be called that listens at an address: those that
// the user allows, with its port or, behind a proxy, without; and where it listens on this machine
// alone, the names of that.
func hostsOf(at net.Addr, allowed []string) (hosts []string, port string) {
	address, port, err := net.SplitHostPort(at.String())
	if err != nil {
		return allowed, ""
	}
	if ip := net.ParseIP(address); ip != nil && ip.IsLoopback() {
		for _, name := range []string{address, "localhost"} {
			hosts = append(hosts, net.JoinHostPort(name, port))
		}
	}
	for _, name := range allowed {
		hosts = append(hosts, net.JoinHostPort(strings.Trim(name, "[]"), port), name)
	}
	return hosts, port
}

// protect answers what must not come through, and hands on the rest.
func (g *guard) protect(next http.Handler, policy string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		setHeaders(w.Header(), policy)
		switch {
		case !g.hosts[strings.ToLower(r.Host)]:
			refuse(w, http.StatusMisdirectedRequest, "This server does not answer to that name. Open the address that klew serve has printed; --allow-host allows other names.")
		case r.Method != http.MethodGet && r.Method != http.MethodPost:
			refuse(w, http.StatusMethodNotAllowed, "There is nothing to be had in this way.")
		case r.URL.Path == "/" && r.URL.Query().Has("token"):
			g.enter(w, r)
		case !g.knows(r):
			refuse(w, http.StatusForbidden, "Open the address that klew serve has printed. It works once, in one browser.")
		case g.origins.Check(r) != nil || isForeign(r):
			refuse(w, http.StatusForbidden, "This came from another page than that of klew serve.")
		case r.Method == http.MethodPost && !isJSON(r):
			refuse(w, http.StatusUnsupportedMediaType, "This must be application/json.")
		default:
			next.ServeHTTP(w, r)
		}
	})
}

// setHeaders sets what holds for every answer: nothing is kept by the browser, shown within
// another page, read by another site, or taken for what it is not.
func setHeaders(h http.Header, policy string) {
	h.Set("Content-Security-Policy", policy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("X-Frame-Options", "DENY")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cache-Control", "no-store")
}

// enter makes the token of an address a cookie, once. If it has been used already, there is a new
// one for whoever sees the terminal.
func (g *guard) enter(w http.ResponseWriter, r *http.Request) {
	given := r.URL.Query().Get("token")
	g.mu.Lock()
	good := g.token != "" && subtle.ConstantTimeCompare([]byte(given), []byte(g.token)) == 1
	renew := !good && g.token == "" && !g.knows(r)
	switch {
	case good:
		g.token = ""
	case renew:
		g.token = rand.Text()
	}
	token := g.token
	g.mu.Unlock()
	switch {
	case good:
		http.SetCookie(w, &http.Cookie{Name: g.cookie, Value: g.session, Path: "/", HttpOnly: true, SameSite: http.SameSiteStrictMode})
	case renew:
		g.renewed(token)
	}
	if good || g.knows(r) {
		w.Header().Set("Location", "/")
		w.WriteHeader(http.StatusSeeOther)
		return
	}
	refuse(w, http.StatusForbidden, "This address has been used, or was never one. It works once: klew serve prints a new one in the terminal when a used one is opened.")
}

func (g *guard) knows(r *http.Request) bool {
	c, err := r.Cookie(g.cookie)
	return err == nil && subtle.ConstantTimeCompare([]byte(c.Value), []byte(g.session)) == 1
}

// isForeign reports whether a browser says that another page asks for data. Servers on other ports
// of a machine are of one site, and their requests carry the cookie.
func isForeign(r *http.Request) bool {
	site := r.Header.Get("Sec-Fetch-Site")
	return strings.HasPrefix(r.URL.Path, "/api/") && site != "" && site != "same-origin" && site != "none"
}

func isJSON(r *http.Request) bool {
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	return err == nil && kind == "application/json"
}

// refuse answers with a sentence.
func refuse(w http.ResponseWriter, status int, why string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(status)
	w.Write([]byte(why + "\n"))
}
