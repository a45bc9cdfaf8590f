//go:build !nofrontend

// Package frontend serves the built single-page application from the binary. Its hard
// rule: the shell is never cached and carries a fresh nonce, everything else is named
// after its content and may be kept for ever.
package frontend

import (
	"bytes"
	"crypto/rand"
	"embed"
	"encoding/base64"
	"io/fs"
	"net/http"
	"strings"

	"github.com/vearutop/statigz"
	"github.com/vearutop/statigz/brotli"
)

//go:embed all:dist
var dist embed.FS

// noncePlaceholder is what vite.config.ts writes where the nonce belongs.
const noncePlaceholder = "__CSP_NONCE__"

// missing is what a binary built before the front end says.
const missing = `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>邵知融</title></head>
<body><main><h1>前端尚未构建</h1>
<p>接口已可使用，接口文档见 <a href="/docs">/docs</a>。请先执行 make build 构建前端，再重新编译本程序。</p>
</main></body></html>
`

// Handler answers every path that isn't the API's: files of the build as they are, any
// other address with the shell, which routes by itself.
func Handler() http.Handler {
	files, err := fs.Sub(dist, "dist")
	if err != nil {
		panic(err) // the directory is embedded by name
	}
	shell, err := fs.ReadFile(files, "index.html")
	if err != nil {
		shell = nil
	}
	return &handler{
		files:  files,
		static: statigz.FileServer(dist, brotli.AddEncoding, statigz.FSPrefix("dist")),
		shell:  shell,
	}
}

type handler struct {
	files  fs.FS
	static http.Handler
	shell  []byte
}

func (h *handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	path := strings.TrimPrefix(r.URL.Path, "/")
	switch {
	case reserved(r.URL.Path):
		http.NotFound(w, r)
	case r.Method != http.MethodGet && r.Method != http.MethodHead:
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, http.StatusText(http.StatusMethodNotAllowed), http.StatusMethodNotAllowed)
	case h.isFile(path):
		w.Header().Set("Cache-Control", "public, max-age=3600")
		if strings.HasPrefix(path, "assets/") {
			w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
		}
		w.Header().Set("X-Content-Type-Options", "nosniff")
		h.static.ServeHTTP(w, r)
	case strings.HasPrefix(path, "assets/"):
		// A page of an older release asks for its own chunks: the shell would be no script.
		http.NotFound(w, r)
	default:
		h.serveShell(w, r)
	}
}

// reserved are the addresses of the program itself, which never fall back to the shell.
func reserved(path string) bool {
	for _, prefix := range []string{"/api", "/docs", "/healthz", "/readyz", "/metrics"} {
		if path == prefix || strings.HasPrefix(path, prefix+"/") {
			return true
		}
	}
	return false
}

func (h *handler) isFile(path string) bool {
	if path == "" || path == "index.html" || strings.HasPrefix(path, ".") {
		return false
	}
	info, err := fs.Stat(h.files, path)
	return err == nil && !info.IsDir()
}

func (h *handler) serveShell(w http.ResponseWriter, r *http.Request) {
	header := w.Header()
	header.Set("Content-Type", "text/html; charset=utf-8")
	header.Set("Cache-Control", "no-store")
	header.Set("X-Content-Type-Options", "nosniff")
	header.Set("X-Frame-Options", "DENY")
	header.Set("Referrer-Policy", "same-origin")
	if h.shell == nil {
		w.WriteHeader(http.StatusServiceUnavailable)
		_, _ = w.Write([]byte(missing))
		return
	}
	nonce := newNonce()
	header.Set("Content-Security-Policy", policy(nonce))
	w.WriteHeader(http.StatusOK)
	if r.Method == http.MethodHead {
		return
	}
	_, _ = w.Write(bytes.ReplaceAll(h.shell, []byte(noncePlaceholder), []byte(nonce)))
}

// policy allows what the application brings along and nothing else. Style attributes
// stay allowed: charts put them into their tooltips.
func policy(nonce string) string {
	return strings.Join([]string{
		"default-src 'self'",
		"script-src 'self' 'nonce-" + nonce + "'",
		"style-src 'self' 'nonce-" + nonce + "'",
		"style-src-attr 'unsafe-inline'",
		"img-src 'self' data: blob:",
		"font-src 'self'",
		"connect-src 'self'",
		"object-src 'none'",
		"base-uri 'none'",
		"form-action 'self'",
		"frame-ancestors 'none'",
	}, "; ")
}

func newNonce() string {
	var random [16]byte
	_, _ = rand.Read(random[:]) // never fails since Go 1.24
	return base64.RawURLEncoding.EncodeToString(random[:])
}
