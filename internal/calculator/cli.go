package calculator

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"strings"

	"ippledge/internal/httpapi"
)

// Exit codes of Run.
const (
	exitAnswered = 0
	exitRefused  = 1
)

// Run answers one calculation of the command line: kind is identifier, working-days,
// split or schedule, in holds the question as JSON, out gets the answer as JSON. It
// returns the exit code: 0 with an answer (a wrong number is one), 1 with a problem of
// the same shape and codes as the API's.
//
// It hands the question to the operations of the API within the process, so that nothing
// is checked twice in two ways.
func Run(kind string, in io.Reader, out io.Writer) int {
	path, known := kinds[kind]
	if !known {
		path, in = unknownKind, strings.NewReader("{}")
	}
	engine := httpapi.Engine(nil)
	commands(httpapi.New(engine, nil), kind)
	request, err := http.NewRequestWithContext(context.Background(), http.MethodPost, httpapi.Prefix+path, in)
	if err != nil {
		return exitRefused // only a malformed address of our own leads here
	}
	request.Header.Set("Content-Type", "application/json")
	var response recorder
	engine.ServeHTTP(&response, request)
	if response.status >= http.StatusBadRequest {
		return write(out, exitRefused, response.body.Bytes())
	}
	return write(out, exitAnswered, response.body.Bytes())
}

func write(out io.Writer, exit int, text []byte) int {
	if _, err := out.Write(text); err != nil {
		return exitRefused
	}
	return exit
}

// recorder keeps what the operation answers.
type recorder struct {
	status int
	header http.Header
	body   bytes.Buffer
}

func (r *recorder) Header() http.Header {
	if r.header == nil {
		r.header = http.Header{}
	}
	return r.header
}

func (r *recorder) WriteHeader(status int) {
	if r.status == 0 {
		r.status = status
	}
}

func (r *recorder) Write(text []byte) (int, error) {
	r.WriteHeader(http.StatusOK)
	return r.body.Write(text)
}
